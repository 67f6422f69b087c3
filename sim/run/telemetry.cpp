#include "sim/run/telemetry.hpp"

#include <string>
#include <string_view>

namespace sim {
namespace {

using models::cloudwatch::Datapoint;
using models::cloudwatch::MetricHandle;
using models::cloudwatch::MetricId;
using models::cloudwatch::MetricStore;
using models::cloudwatch::StatisticSet;
using models::endpoint::Outcome;
using models::endpoint::RequestTally;

constexpr std::string_view kInvocationMetrics = "AWS/SageMaker";
constexpr std::string_view kHostMetrics = "/aws/sagemaker/Endpoints";

// ConcurrentRequestsPerModel is sampled every ten seconds.
constexpr std::int64_t kConcurrencySamplesPerMinute = 6;

// `count` samples that add up to `sum`, each between `least` and `most`.
StatisticSet samples(std::int64_t count, double sum, double least, double most) {
  return {.sample_count = count, .sum = sum, .minimum = least, .maximum = most};
}

// A share of the requests counted as 1, the others as 0.
StatisticSet zeros_and_ones(std::int64_t requests, std::int64_t ones) {
  return samples(requests, static_cast<double>(ones), ones == requests ? 1 : 0, ones > 0 ? 1 : 0);
}

double microseconds(core::Duration span) { return static_cast<double>(span.count()) * 1e-3; }

}  // namespace

Telemetry::Telemetry(const Scenario& scenario, MetricStore& store)
    : overhead_(scenario.variants.front().variant.overhead),
      zero_traffic_(scenario.assumptions.zero_traffic),
      delay_(scenario.assumptions.metric_delay) {
  const auto metric = [&](std::string_view name_space, std::string_view name,
                          std::string_view unit) {
    const MetricId id{
        .metric_namespace = std::string(name_space),
        .name = std::string(name),
        .dimensions = {{"EndpointName", scenario.variants.front().variant.endpoint_name},
                       {"VariantName", scenario.variants.front().variant.variant_name}}};
    return store.register_metric(id, unit);
  };
  handles_ = {
      .invocations = metric(kInvocationMetrics, "Invocations", "None"),
      .invocations_per_instance = metric(kInvocationMetrics, "InvocationsPerInstance", "None"),
      .errors_4xx = metric(kInvocationMetrics, "Invocation4XXErrors", "None"),
      .errors_5xx = metric(kInvocationMetrics, "Invocation5XXErrors", "None"),
      .model_errors = metric(kInvocationMetrics, "InvocationModelErrors", "None"),
      .model_latency = metric(kInvocationMetrics, "ModelLatency", "Microseconds"),
      .overhead_latency = metric(kInvocationMetrics, "OverheadLatency", "Microseconds"),
      .concurrent_requests = metric(kInvocationMetrics, "ConcurrentRequestsPerModel", "None"),
      .cpu = metric(kHostMetrics, "CPUUtilization", "Percent"),
  };
}

void Telemetry::publish(const MinuteSamples& minute, MetricStore& store) const {
  publish_invocations(minute, store);
  publish_errors(minute, store);
  publish_concurrency(minute, store);
  publish_latencies(minute, store);
  if (!minute.cpu_percents.empty()) {
    StatisticSet cpu;  // a sample for each instance
    for (const double percent : minute.cpu_percents) cpu.add(percent);
    put(store, handles_.cpu, minute, cpu);
  }
}

// When traffic falls to zero, SageMaker publishes zeros, one a minute while there is an
// instance (S-22); or, by the option, nothing.
bool Telemetry::publishes_zeros(const MinuteSamples& minute) const {
  return zero_traffic_ == ZeroTraffic::EmitZero && !minute.cpu_percents.empty();
}

void Telemetry::publish_invocations(const MinuteSamples& minute, MetricStore& store) const {
  const std::int64_t count = minute.requests.invocations;
  if (count == 0 && !publishes_zeros(minute)) return;
  const auto total = static_cast<double>(count);
  const double one = count > 0 ? 1 : 0;
  const std::int64_t samples_count = std::max<std::int64_t>(count, 1);
  put(store, handles_.invocations, minute, samples(samples_count, total, one, one));
  const double mean_share = count > 0 ? minute.invocations_per_instance / total : 0;
  put(store, handles_.invocations_per_instance, minute,
      samples(samples_count, minute.invocations_per_instance, mean_share, mean_share));
}

void Telemetry::publish_errors(const MinuteSamples& minute, MetricStore& store) const {
  const RequestTally& requests = minute.requests;
  std::int64_t ended = 0;
  for (const std::int64_t outcome : requests.ended) ended += outcome;
  if (ended == 0 && !publishes_zeros(minute)) return;
  ended = std::max<std::int64_t>(ended, 1);
  // Rejected requests and those lost with their instance are answered 503 (S-18, S-19); a timeout
  // is an error of the model. Nothing here answers 4XX.
  const std::int64_t errors_5xx = requests.count(Outcome::Rejected) +
                                  requests.count(Outcome::Interrupted) +
                                  requests.count(Outcome::NoCapacity);
  put(store, handles_.errors_4xx, minute, zeros_and_ones(ended, 0));
  put(store, handles_.errors_5xx, minute, zeros_and_ones(ended, errors_5xx));
  put(store, handles_.model_errors, minute,
      zeros_and_ones(ended, requests.count(Outcome::TimedOut)));
}

void Telemetry::publish_concurrency(const MinuteSamples& minute, MetricStore& store) const {
  const auto& concurrency = minute.requests.concurrency;
  const bool silent = minute.requests.invocations == 0 && concurrency.maximum == 0;
  if (silent && !publishes_zeros(minute)) return;
  put(store, handles_.concurrent_requests, minute,
      samples(kConcurrencySamplesPerMinute,
              concurrency.mean() * static_cast<double>(kConcurrencySamplesPerMinute),
              static_cast<double>(concurrency.count == 0 ? 0 : concurrency.minimum),
              static_cast<double>(concurrency.maximum)));
}

void Telemetry::publish_latencies(const MinuteSamples& minute, MetricStore& store) const {
  const auto& latency = minute.requests.model_latency;
  if (latency.count() == 0) return;
  put(store, handles_.model_latency, minute,
      samples(latency.count(), latency.sum_seconds() * 1e6, microseconds(*latency.minimum()),
              microseconds(*latency.maximum())));
  const double overhead = microseconds(overhead_);
  put(store, handles_.overhead_latency, minute,
      samples(latency.count(), overhead * static_cast<double>(latency.count()), overhead,
              overhead));
}

void Telemetry::put(MetricStore& store, MetricHandle metric, const MinuteSamples& minute,
                    const StatisticSet& statistics) const {
  const Datapoint datapoint{.start = minute.start, .statistics = statistics};
  store.put(metric, datapoint, minute.start + std::chrono::minutes{1} + delay_);
}

}  // namespace sim
