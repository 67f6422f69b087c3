#include "models/autoscaling/policy_configuration.hpp"

#include "core/check.hpp"

namespace models::autoscaling {

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
                                std::string_view resource_id) {
  if (const auto* customized = std::get_if<CustomizedMetric>(&policy.metric)) return *customized;
  const auto& predefined = std::get<PredefinedMetric>(policy.metric);
  const auto resource = parse_resource_id(resource_id);
  CHECK(resource.has_value());
  CHECK_EQ(predefined.type, PredefinedMetric{}.type);
  CustomizedMetric metric;  // InvocationsPerInstance knows no statistic but Sum
  metric.metric = {
      "AWS/SageMaker",
      "InvocationsPerInstance",
      {{"EndpointName", resource->endpoint_name}, {"VariantName", resource->variant_name}}};
  metric.statistic = models::cloudwatch::Statistic::Sum;
  return metric;
}

}  // namespace models::autoscaling
