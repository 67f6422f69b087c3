// Turns what an endpoint did in a minute into the CloudWatch metrics that SageMaker publishes.
//
// The only place where the units of published metrics are made: latencies in microseconds,
// CPU as a percentage summed over the vCPUs.
#pragma once

#include <span>
#include <vector>

#include "core/sim_time.hpp"
#include "models/cloudwatch/metric_store.hpp"
#include "models/endpoint/request_ledger.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// One minute of one variant, as its instances and its router know it.
struct MinuteSamples {
  core::SimTime start;
  const models::endpoint::RequestTally& requests;
  double invocations_per_instance = 0;
  std::span<const double> cpu_percents;  // one for each instance in service
};

class Telemetry {
 public:
  // Makes the metrics known to the store.
  Telemetry(const Scenario& scenario, models::cloudwatch::MetricStore& store);

  void publish(const MinuteSamples& minute, models::cloudwatch::MetricStore& store) const;

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
    models::cloudwatch::MetricHandle cpu;
  };

  bool publishes_zeros(const MinuteSamples& minute) const;
  void publish_invocations(const MinuteSamples& minute,
                           models::cloudwatch::MetricStore& store) const;
  void publish_errors(const MinuteSamples& minute, models::cloudwatch::MetricStore& store) const;
  void publish_concurrency(const MinuteSamples& minute,
                           models::cloudwatch::MetricStore& store) const;
  void publish_latencies(const MinuteSamples& minute, models::cloudwatch::MetricStore& store) const;
  void put(models::cloudwatch::MetricStore& store, models::cloudwatch::MetricHandle metric,
           const MinuteSamples& minute, const models::cloudwatch::StatisticSet& statistics,
           std::vector<models::cloudwatch::CountedValue> values = {}) const;

  Handles handles_;
  Duration overhead_;
  ZeroTraffic zero_traffic_;
  Duration delay_;
};

}  // namespace sim
