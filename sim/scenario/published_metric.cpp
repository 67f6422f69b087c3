#include "sim/scenario/published_metric.hpp"

#include <array>
#include <variant>

namespace sim {
namespace {

using enum MetricSource;
using enum MetricRange;
using enum MetricScope;
using models::cloudwatch::Statistic;
using models::cloudwatch::StatisticChoice;

constexpr core::Duration kMinute = std::chrono::seconds{60};
constexpr core::Duration kTenSeconds = std::chrono::seconds{10};
constexpr std::string_view kRequests = "AWS/SageMaker";
constexpr std::string_view kHosts = "/aws/sagemaker/Endpoints";
constexpr std::string_view kMicroseconds = "Microseconds";

constexpr PublishedMetric asynchronous(std::string_view name, MetricScope scope,
                                       MetricRange range = FromZero) {
  return {kRequests, name, "", Asynchronous, range, false, kMinute, scope, ""};
}

constexpr PublishedMetric not_simulated(std::string_view metric_namespace, std::string_view name,
                                        std::string_view feature) {
  return {metric_namespace, name, "", NotSimulated, FromZero, false, kMinute, Variant, feature};
}

//
constexpr PublishedMetric utilization(const UtilizationKey& key) {
  return {kHosts, key.metric, "Percent", RealTime, Utilization, false, kMinute, Variant, "", &key};
}

constexpr std::string_view kComponents = "inference components";
constexpr std::string_view kServerless = "serverless endpoints";
constexpr std::string_view kStreaming = "streaming responses";

constexpr std::array kMetrics{
    PublishedMetric{kRequests, "Invocations", "None", RealTime, FromZero, true},
    PublishedMetric{kRequests, "InvocationsPerInstance", "None"},
    PublishedMetric{kRequests, "Invocation4XXErrors", "None", RealTime, ZeroOrOne, true},
    PublishedMetric{kRequests, "Invocation5XXErrors", "None", RealTime, ZeroOrOne, true},
    PublishedMetric{kRequests, "InvocationModelErrors", "None", RealTime, ZeroOrOne,
                    true},
    PublishedMetric{kRequests, "ModelLatency", kMicroseconds},
    PublishedMetric{kRequests, "OverheadLatency", kMicroseconds},
    PublishedMetric{kRequests, "ConcurrentRequestsPerModel", "None",
                    RealTime, FromZero, false, kTenSeconds},
    utilization(kUtilizationKeys[0]),
    utilization(kUtilizationKeys[1]),
    utilization(kUtilizationKeys[2]),
    utilization(kUtilizationKeys[3]),
    utilization(kUtilizationKeys[4]),
    //
    asynchronous("ApproximateBacklogSize", Endpoint),
    asynchronous("ApproximateBacklogSizePerInstance", Endpoint),
    asynchronous("ApproximateAgeOfOldestRequest", Endpoint),
    asynchronous("HasBacklogWithoutCapacity", Endpoint, ZeroOrOne),
    //
    asynchronous("TimeInBacklog", Variant),
    asynchronous("RequestDownloadLatency", Variant),
    asynchronous("ResponseUploadLatency", Variant),
    asynchronous("TotalProcessingTime", Variant),
    asynchronous("InvocationsProcessed", Variant),
    asynchronous("InvocationFailures", Variant),
    asynchronous("ExpiredRequests", Variant),
    not_simulated(kRequests, "InvocationsPerCopy", kComponents),
    not_simulated(kRequests, "ConcurrentRequestsPerCopy", kComponents),
    not_simulated(kRequests, "NoCapacityInvocationFailures", kComponents),
    not_simulated(kRequests, "ModelSetupTime", kServerless),
    not_simulated(kRequests, "ServerlessProvisionedConcurrencyUtilization", kServerless),
    not_simulated(kRequests, "FirstChunkLatency", kStreaming),
    not_simulated(kRequests, "FirstChunkModelLatency", kStreaming),
    not_simulated(kRequests, "FirstChunkOverheadLatency", kStreaming),
    not_simulated(kRequests, "MidStreamErrors", kStreaming),
    not_simulated(kHosts, "CPUUtilizationNormalized", kComponents),
    not_simulated(kHosts, "MemoryUtilizationNormalized", kComponents),
    not_simulated(kHosts, "GPUUtilizationNormalized", kComponents),
    not_simulated(kHosts, "GPUMemoryUtilizationNormalized", kComponents),
    not_simulated(kHosts, "CPUReservation", kComponents),
    not_simulated(kHosts, "MemoryReservation", kComponents),
    not_simulated(kHosts, "GPUReservation", kComponents),
};

bool is_one_of(const StatisticChoice& statistic, std::initializer_list<Statistic> valid) {
  const auto* simple = statistic.plain();
  if (simple == nullptr) return false;
  for (const Statistic candidate : valid) {
    if (candidate == *simple) return true;
  }
  return false;
}

}  // namespace

std::span<const PublishedMetric> published_metrics() { return kMetrics; }

const PublishedMetric* find_published_metric(std::string_view name) {
  for (const PublishedMetric& metric : kMetrics) {
    if (metric.name == name) return &metric;
  }
  return nullptr;
}

std::string_view not_simulated_namespace(std::string_view metric_namespace) {
  if (metric_namespace == "/aws/sagemaker/InferenceComponents") return kComponents;
  if (metric_namespace == "/aws/sagemaker/InferenceRecommendationsJobs") {
    return "load tests of Inference Recommender";
  }
  return {};
}

std::optional<double> highest_value(const PublishedMetric& metric, const StatisticChoice& statistic,
                                    const models::endpoint::EndpointVariant& variant) {
  // However many samples a period has.
  if (is_one_of(statistic, {Statistic::Sum, Statistic::SampleCount})) return std::nullopt;
  switch (metric.range) {
    case FromZero:
      return std::nullopt;
    case ZeroOrOne:
      return 1;
    case Utilization:
      return highest_percent(metric.utilization->range, variant);
  }
  return std::nullopt;
}

bool needs_points(const PublishedMetric& metric) {
  return metric.utilization != nullptr && metric.utilization != &kUtilizationKeys.front();
}

bool lacks_points(const PublishedMetric& metric, const models::endpoint::EndpointVariant& variant) {
  return needs_points(metric) && (variant.*metric.utilization->points).empty();
}

std::string_view valid_statistics(const PublishedMetric& metric) {
  if (metric.name == "InvocationsPerInstance") return "Sum";
  if (metric.name == "ConcurrentRequestsPerModel") return "Minimum and Maximum";
  return {};
}

bool is_valid_statistic(const PublishedMetric& metric, const StatisticChoice& statistic) {
  if (metric.name == "InvocationsPerInstance") return is_one_of(statistic, {Statistic::Sum});
  if (metric.name == "ConcurrentRequestsPerModel") {
    return is_one_of(statistic, {Statistic::Minimum, Statistic::Maximum});
  }
  return true;
}

}  // namespace sim
