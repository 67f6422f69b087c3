// Turns what an endpoint did in a minute into the CloudWatch metrics that SageMaker publishes, and
// into those of the user's own.
//
// The only place where the units of published metrics are made: latencies in microseconds,
// CPU and GPU as percentages summed over vCPUs and GPUs.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "core/sim_time.hpp"
#include "models/cloudwatch/distribution.hpp"
#include "models/cloudwatch/metric_store.hpp"
#include "models/endpoint/request_ledger.hpp"
#include "sim/run/minute_account.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// One minute of one variant, as its instances and its router know it.
struct MinuteSamples {
  core::SimTime start;
  const models::endpoint::RequestTally& requests;
  double invocations_per_instance = 0;
  std::int32_t in_service = 0;  // at the end of the minute
  std::int64_t reporting = 0;   // instances that were in service during it
  const UtilizationSamples& utilization;
};

class Telemetry {
 public:
  // Makes the metrics known to the store.
  Telemetry(const Scenario& scenario, models::cloudwatch::MetricStore& store);

  // Whether something watches a metric of ten seconds, so that ConcurrentRequestsPerModel is
  // published as often as SageMaker does. Once a minute is enough for everything else.
  bool has_ten_seconds() const { return has_ten_seconds_; }

  // `minutes`: one for each variant, in the order of the scenario.
  void publish(std::span<const MinuteSamples> minutes,
               models::cloudwatch::MetricStore& store) const;

  // The ten seconds of a variant that began at `start`. REQUIRES: has_ten_seconds().
  void publish_ten_seconds(std::size_t variant, core::SimTime start,
                           const models::endpoint::ConcurrencySamples& concurrency,
                           models::cloudwatch::MetricStore& store) const;

 private:
  struct Handles {
    models::cloudwatch::MetricHandle invocations;
    models::cloudwatch::MetricHandle invocations_per_instance;
    models::cloudwatch::MetricHandle errors_4xx;
    models::cloudwatch::MetricHandle errors_5xx;
    models::cloudwatch::MetricHandle model_errors;
    models::cloudwatch::MetricHandle model_latency;
    models::cloudwatch::MetricHandle overhead_latency;
    models::cloudwatch::MetricHandle concurrent_requests;
    // By kUtilizationKeys.
    std::array<models::cloudwatch::MetricHandle, kUtilizationKeys.size()> utilization;
    core::Duration overhead{};
  };

  Handles register_variant(const ScenarioVariant& variant,
                           models::cloudwatch::MetricStore& store) const;
  void publish_variant(const Handles& handles, const MinuteSamples& minute,
                       models::cloudwatch::MetricStore& store) const;
  void publish_invocations(const Handles& handles, const MinuteSamples& minute,
                           models::cloudwatch::MetricStore& store) const;
  void publish_errors(const Handles& handles, const MinuteSamples& minute,
                      models::cloudwatch::MetricStore& store) const;
  void publish_latencies(const Handles& handles, const MinuteSamples& minute,
                         models::cloudwatch::MetricStore& store) const;
  void publish_utilization(models::cloudwatch::MetricHandle metric, core::SimTime start,
                           std::span<const double> percents,
                           models::cloudwatch::MetricStore& store) const;
  void publish_custom(const CustomMetric& metric, models::cloudwatch::MetricHandle handle,
                      std::span<const MinuteSamples> minutes,
                      models::cloudwatch::MetricStore& store) const;
  bool publishes_zeros(const MinuteSamples& minute) const;
  std::int64_t zero_samples(const MinuteSamples& minute) const;
  void put(models::cloudwatch::MetricStore& store, models::cloudwatch::MetricHandle metric,
           core::SimTime start, const models::cloudwatch::StatisticSet& statistics,
           std::vector<models::cloudwatch::CountedValue> values = {}) const;

  const Scenario& scenario_;
  bool has_ten_seconds_;
  std::vector<Handles> handles_;                          // by variant
  std::vector<models::cloudwatch::MetricHandle> custom_;  // in the order of the scenario's metrics
};

}  // namespace sim
