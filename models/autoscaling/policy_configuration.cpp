#include "models/autoscaling/policy_configuration.hpp"

#include <array>
#include <utility>

#include "core/check.hpp"

namespace models::autoscaling {
namespace {

using models::cloudwatch::Statistic;

constexpr std::array kPredefinedTypes{
    std::pair{PredefinedMetricType::InvocationsPerInstance,
              std::string_view{"SageMakerVariantInvocationsPerInstance"}},
    std::pair{PredefinedMetricType::ConcurrentRequestsPerModelHighResolution,
              std::string_view{"SageMakerVariantConcurrentRequestsPerModelHighResolution"}}};
constexpr std::array kAdjustmentTypes{
    std::pair{AdjustmentType::ChangeInCapacity, std::string_view{"ChangeInCapacity"}},
    std::pair{AdjustmentType::ExactCapacity, std::string_view{"ExactCapacity"}},
    std::pair{AdjustmentType::PercentChangeInCapacity,
              std::string_view{"PercentChangeInCapacity"}}};
constexpr std::array kAggregationTypes{
    std::pair{MetricAggregationType::Average, std::string_view{"Average"}},
    std::pair{MetricAggregationType::Minimum, std::string_view{"Minimum"}},
    std::pair{MetricAggregationType::Maximum, std::string_view{"Maximum"}}};

template <typename Enum, std::size_t kCount>
std::string_view spelling(Enum value,
                          const std::array<std::pair<Enum, std::string_view>, kCount>& spellings) {
  for (const auto& [candidate, text] : spellings) {
    if (candidate == value) return text;
  }
  CHECK(false);
  return {};
}

template <typename Enum, std::size_t kCount>
std::optional<Enum> spelt(std::string_view text,
                          const std::array<std::pair<Enum, std::string_view>, kCount>& spellings) {
  for (const auto& [value, candidate] : spellings) {
    if (candidate == text) return value;
  }
  return std::nullopt;
}

Statistic statistic_of(ConcurrencyStatistic choice) {
  switch (choice) {
    case ConcurrencyStatistic::Maximum:
      return Statistic::Maximum;
    case ConcurrencyStatistic::Average:
      return Statistic::Average;
    case ConcurrencyStatistic::Minimum:
      return Statistic::Minimum;
  }
  CHECK(false);
  return {};
}

bool is_high_resolution(const TargetTrackingConfiguration& policy) {
  const auto* predefined = std::get_if<PredefinedMetric>(&policy.metric);
  return predefined != nullptr &&
         predefined->type == PredefinedMetricType::ConcurrentRequestsPerModelHighResolution;
}

}  // namespace

std::string_view to_string(PredefinedMetricType type) { return spelling(type, kPredefinedTypes); }
std::optional<PredefinedMetricType> predefined_metric_type_from(std::string_view text) {
  return spelt(text, kPredefinedTypes);
}
std::string_view to_string(AdjustmentType type) { return spelling(type, kAdjustmentTypes); }
std::optional<AdjustmentType> adjustment_type_from(std::string_view text) {
  return spelt(text, kAdjustmentTypes);
}
std::string_view to_string(MetricAggregationType type) { return spelling(type, kAggregationTypes); }
std::optional<MetricAggregationType> metric_aggregation_type_from(std::string_view text) {
  return spelt(text, kAggregationTypes);
}

const std::string& policy_name_of(const PolicyConfiguration& policy) {
  return std::visit(
      [](const auto& configuration) -> const std::string& { return configuration.policy_name; },
      policy);
}

std::optional<VariantResource> parse_resource_id(std::string_view resource_id) {
  constexpr std::string_view kEndpoint = "endpoint/";
  constexpr std::string_view kVariant = "/variant/";
  if (resource_id.substr(0, kEndpoint.size()) != kEndpoint) return std::nullopt;
  resource_id.remove_prefix(kEndpoint.size());
  const std::size_t separator = resource_id.find(kVariant);
  if (separator == std::string_view::npos) return std::nullopt;
  const std::string_view endpoint = resource_id.substr(0, separator);
  const std::string_view variant = resource_id.substr(separator + kVariant.size());
  const bool names_are_whole = !endpoint.empty() && !variant.empty() &&
                               endpoint.find('/') == std::string_view::npos &&
                               variant.find('/') == std::string_view::npos;
  if (!names_are_whole) return std::nullopt;
  return VariantResource{std::string{endpoint}, std::string{variant}};
}

CustomizedMetric tracked_metric(const TargetTrackingConfiguration& policy,
                                std::string_view resource_id, ConcurrencyStatistic statistic) {
  if (const auto* customized = std::get_if<CustomizedMetric>(&policy.metric)) return *customized;
  const auto resource = parse_resource_id(resource_id);
  CHECK(resource.has_value());
  const bool high_resolution = is_high_resolution(policy);
  CustomizedMetric metric;
  metric.metric = {
      "AWS/SageMaker",
      high_resolution ? "ConcurrentRequestsPerModel" : "InvocationsPerInstance",
      {{"EndpointName", resource->endpoint_name}, {"VariantName", resource->variant_name}}};
  // InvocationsPerInstance knows no statistic but Sum.
  metric.statistic = high_resolution ? statistic_of(statistic) : Statistic::Sum;
  return metric;
}

Duration tracked_period(const TargetTrackingConfiguration& policy) {
  return std::chrono::seconds{is_high_resolution(policy) ? 10 : 60};
}

}  // namespace models::autoscaling
