#include "sim/run/telemetry.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/check.hpp"
#include "core/latency_histogram.hpp"

namespace sim {
namespace {

using models::cloudwatch::CountedValue;
using models::cloudwatch::Datapoint;
using models::cloudwatch::Distribution;
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
constexpr core::Duration kTenSeconds = std::chrono::seconds{10};

// `count` samples that add up to `sum`, each between `least` and `most`.
StatisticSet samples(std::int64_t count, double sum, double least, double most) {
  return {.sample_count = count, .sum = sum, .minimum = least, .maximum = most};
}

// A share of the requests counted as 1, the others as 0.
StatisticSet zeros_and_ones(std::int64_t requests, std::int64_t ones) {
  return samples(requests, static_cast<double>(ones), ones == requests ? 1 : 0, ones > 0 ? 1 : 0);
}

// The mean and the extremes of a gauge, as `count` samples.
StatisticSet gauge(const models::endpoint::ConcurrencySamples& concurrency, std::int64_t count,
                   double factor) {
  const double least = concurrency.count == 0 ? 0 : static_cast<double>(concurrency.minimum);
  return samples(count, factor * concurrency.mean() * static_cast<double>(count), factor * least,
                 factor * static_cast<double>(concurrency.maximum));
}

double microseconds(core::Duration span) { return static_cast<double>(span.count()) * 1e-3; }

// For percentiles, to the accuracy of the histogram.
std::vector<CountedValue> values_of(const core::LatencyHistogram& latency) {
  std::vector<CountedValue> values;
  latency.for_each([&](core::Duration value, std::int64_t count) {
    values.push_back({microseconds(value), count});
  });
  return values;
}

// target tracking on ConcurrentRequestsPerModel; R-042: a high-resolution alarm.
bool watches_ten_seconds(const models::autoscaling::PolicyConfiguration& policy) {
  using models::autoscaling::PredefinedMetric;
  using models::autoscaling::PredefinedMetricType;
  const auto* tracking = std::get_if<models::autoscaling::TargetTrackingConfiguration>(&policy);
  if (tracking == nullptr) return false;
  const auto* predefined = std::get_if<PredefinedMetric>(&tracking->metric);
  return predefined != nullptr &&
         predefined->type == PredefinedMetricType::ConcurrentRequestsPerModelHighResolution;
}

bool watches_ten_seconds(const Scenario& scenario) {
  for (const ScenarioVariant& variant : scenario.variants) {
    for (const auto& policy : variant.policies) {
      if (watches_ten_seconds(policy)) return true;
    }
  }
  for (const auto& alarm : scenario.alarms) {
    if (alarm.period < std::chrono::minutes{1}) return true;
    for (const auto& query : alarm.metrics) {
      const auto* stat = std::get_if<models::cloudwatch::MetricStat>(&query.source);
      if (stat != nullptr && stat->period < std::chrono::minutes{1}) return true;
    }
  }
  return false;
}

}  // namespace

Telemetry::Telemetry(const Scenario& scenario, MetricStore& store)
    : scenario_(scenario), has_ten_seconds_(watches_ten_seconds(scenario)) {
  for (const ScenarioVariant& variant : scenario.variants) {
    handles_.push_back(register_variant(variant, store));
  }
  for (const CustomMetric& metric : scenario.metrics) {
    custom_.push_back(store.register_metric(metric.metric, "None"));
  }
}

Telemetry::Handles Telemetry::register_variant(const ScenarioVariant& variant,
                                               MetricStore& store) const {
  const auto id = [&](std::string_view name_space, std::string_view name) {
    return MetricId{.metric_namespace = std::string(name_space),
                    .name = std::string(name),
                    .dimensions = {{"EndpointName", variant.variant.endpoint_name},
                                   {"VariantName", variant.variant.variant_name}}};
  };
  const auto metric = [&](std::string_view name_space, std::string_view name,
                          std::string_view unit) {
    return store.register_metric(id(name_space, name), unit);
  };
  std::array<MetricHandle, kUtilizationKeys.size()> utilization;
  for (std::size_t kind = 0; kind < utilization.size(); ++kind) {
    utilization[kind] = metric(kHostMetrics, kUtilizationKeys[kind].metric, "Percent");
  }
  const MetricId concurrency = id(kInvocationMetrics, "ConcurrentRequestsPerModel");
  return {
      .invocations = metric(kInvocationMetrics, "Invocations", "None"),
      .invocations_per_instance = metric(kInvocationMetrics, "InvocationsPerInstance", "None"),
      .errors_4xx = metric(kInvocationMetrics, "Invocation4XXErrors", "None"),
      .errors_5xx = metric(kInvocationMetrics, "Invocation5XXErrors", "None"),
      .model_errors = metric(kInvocationMetrics, "InvocationModelErrors", "None"),
      .model_latency = metric(kInvocationMetrics, "ModelLatency", "Microseconds"),
      .overhead_latency = metric(kInvocationMetrics, "OverheadLatency", "Microseconds"),
      .concurrent_requests =
          has_ten_seconds_
              ? store.register_metric(concurrency, "None", kTenSeconds,
                                      scenario_.assumptions.high_resolution_metric_delay)
              : store.register_metric(concurrency, "None"),
      .utilization = utilization,
      .overhead = variant.variant.overhead,
  };
}

void Telemetry::publish(std::span<const MinuteSamples> minutes, MetricStore& store) const {
  for (std::size_t variant = 0; variant < minutes.size(); ++variant) {
    publish_variant(handles_[variant], minutes[variant], store);
  }
  for (std::size_t index = 0; index < custom_.size(); ++index) {
    publish_custom(scenario_.metrics[index], custom_[index], minutes, store);
  }
}

void Telemetry::publish_variant(const Handles& handles, const MinuteSamples& minute,
                                MetricStore& store) const {
  publish_invocations(handles, minute, store);
  publish_errors(handles, minute, store);
  const auto& concurrency = minute.requests.concurrency;
  const bool silent = minute.requests.invocations == 0 && concurrency.maximum == 0;
  if (!has_ten_seconds_ && (!silent || publishes_zeros(minute))) {
    put(store, handles.concurrent_requests, minute.start,
        gauge(concurrency, kConcurrencySamplesPerMinute, 1));
  }
  publish_latencies(handles, minute, store);
  for (std::size_t kind = 0; kind < handles.utilization.size(); ++kind) {
    publish_utilization(handles.utilization[kind], minute.start, minute.utilization[kind], store);
  }
}

// A sample for each instance.
void Telemetry::publish_utilization(MetricHandle metric, core::SimTime start,
                                    std::span<const double> percents, MetricStore& store) const {
  if (percents.empty()) return;
  StatisticSet set;
  std::vector<CountedValue> values;
  for (const double percent : percents) {
    set.add(percent);
    if (store.keeps_distributions(metric)) values.push_back({percent, 1});
  }
  put(store, metric, start, set, std::move(values));
}

// When traffic falls to zero, SageMaker publishes zeros, one a minute while there is an
// instance (S-22); or, by the options, one from each of them, or nothing.
bool Telemetry::publishes_zeros(const MinuteSamples& minute) const {
  return scenario_.assumptions.zero_traffic == ZeroTraffic::EmitZero && minute.reporting > 0;
}

std::int64_t Telemetry::zero_samples(const MinuteSamples& minute) const {
  return scenario_.assumptions.zero_samples == ZeroSamples::OnePerMinute ? 1 : minute.reporting;
}

void Telemetry::publish_invocations(const Handles& handles, const MinuteSamples& minute,
                                    MetricStore& store) const {
  const std::int64_t count = minute.requests.invocations;
  if (count == 0) {
    if (!publishes_zeros(minute)) return;
    const StatisticSet zeros = samples(zero_samples(minute), 0, 0, 0);
    put(store, handles.invocations, minute.start, zeros);
    put(store, handles.invocations_per_instance, minute.start, zeros);
    return;
  }
  const auto total = static_cast<double>(count);
  put(store, handles.invocations, minute.start, samples(count, total, 1, 1));
  const double mean_share = minute.invocations_per_instance / total;
  put(store, handles.invocations_per_instance, minute.start,
      samples(count, minute.invocations_per_instance, mean_share, mean_share));
}

void Telemetry::publish_errors(const Handles& handles, const MinuteSamples& minute,
                               MetricStore& store) const {
  const RequestTally& requests = minute.requests;
  std::int64_t ended = 0;
  for (const std::int64_t outcome : requests.ended) ended += outcome;
  if (ended == 0 && !publishes_zeros(minute)) return;
  if (ended == 0) ended = zero_samples(minute);
  // Rejected requests and those lost with their instance are answered 503 (S-18, S-19); a timeout
  // is an error of the model or, by the option, of the server. Nothing answers 4XX.
  const std::int64_t timed_out = requests.count(Outcome::TimedOut);
  const bool of_model = scenario_.assumptions.timeout_error == TimeoutError::ModelError;
  const std::int64_t errors_5xx = requests.count(Outcome::Rejected) +
                                  requests.count(Outcome::Interrupted) +
                                  requests.count(Outcome::NoCapacity) + (of_model ? 0 : timed_out);
  put(store, handles.errors_4xx, minute.start, zeros_and_ones(ended, 0));
  put(store, handles.errors_5xx, minute.start, zeros_and_ones(ended, errors_5xx));
  const std::int64_t of_the_model =
      requests.count(Outcome::ModelError) + (of_model ? timed_out : 0);
  put(store, handles.model_errors, minute.start, zeros_and_ones(ended, of_the_model));
}

void Telemetry::publish_latencies(const Handles& handles, const MinuteSamples& minute,
                                  MetricStore& store) const {
  const auto& latency = minute.requests.model_latency;
  if (latency.count() == 0) return;
  std::vector<CountedValue> values;
  if (store.keeps_distributions(handles.model_latency)) values = values_of(latency);
  put(store, handles.model_latency, minute.start,
      samples(latency.count(), latency.sum_seconds() * 1e6, microseconds(*latency.minimum()),
              microseconds(*latency.maximum())),
      std::move(values));
  const double overhead = microseconds(handles.overhead);
  put(store, handles.overhead_latency, minute.start,
      samples(latency.count(), overhead * static_cast<double>(latency.count()), overhead,
              overhead));
}

void Telemetry::publish_ten_seconds(std::size_t variant, core::SimTime start,
                                    const models::endpoint::ConcurrencySamples& concurrency,
                                    MetricStore& store) const {
  CHECK(has_ten_seconds_);
  const Datapoint datapoint{.start = start, .statistics = gauge(concurrency, concurrency.count, 1)};
  const MetricHandle metric = handles_[variant].concurrent_requests;
  store.put(metric, datapoint, store.usually_visible_at(metric, datapoint));
}

// Of one variant, or of all that answer: the number of instances of several is that at the end of
// the minute.
void Telemetry::publish_custom(const CustomMetric& metric, MetricHandle handle,
                               std::span<const MinuteSamples> minutes, MetricStore& store) const {
  std::int64_t invocations = 0;
  double per_instance = 0;
  std::int32_t in_service = 0;
  models::endpoint::ConcurrencySamples concurrency;
  std::size_t count = 0;
  for (std::size_t variant = 0; variant < minutes.size(); ++variant) {
    const bool is_meant = metric.variant ? *metric.variant == variant
                                         : !scenario_.variants[variant].variant.is_shadow();
    if (!is_meant) continue;
    const MinuteSamples& minute = minutes[variant];
    ++count;
    invocations += minute.requests.invocations;
    per_instance = minute.invocations_per_instance;
    in_service += minute.in_service;
    concurrency.merge_beside(minute.requests.concurrency);
  }
  const core::SimTime start = minutes.front().start;
  if (in_service == 0 && metric.per_instance) return;
  if (metric.per_concurrent_request) {
    const double factor = *metric.per_concurrent_request / (metric.per_instance ? in_service : 1);
    put(store, handle, start, gauge(concurrency, kConcurrencySamplesPerMinute, factor));
    return;
  }
  if (count > 1) per_instance = static_cast<double>(invocations) / std::max(in_service, 1);
  if (invocations == 0) {
    if (scenario_.assumptions.zero_traffic == ZeroTraffic::Sparse) return;
    put(store, handle, start, samples(1, 0, 0, 0));
    return;
  }
  const double total =
      *metric.per_request * (metric.per_instance ? per_instance : static_cast<double>(invocations));
  const double each = total / static_cast<double>(invocations);
  put(store, handle, start, samples(invocations, total, each, each));
}

void Telemetry::put(MetricStore& store, MetricHandle metric, core::SimTime start,
                    const StatisticSet& statistics, std::vector<CountedValue> values) const {
  Datapoint datapoint{.start = start, .statistics = statistics};
  if (!values.empty()) datapoint.distribution = std::make_shared<Distribution>(std::move(values));
  store.put(metric, datapoint, store.usually_visible_at(metric, datapoint));
}

}  // namespace sim
