#include "sim/scenario/scaling_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "sim/prices/price_table.hpp"

namespace sim {
namespace {

using models::autoscaling::CustomizedMetric;
using models::autoscaling::PredefinedMetric;
using models::autoscaling::ScalableTargetConfiguration;
using models::autoscaling::TargetTrackingConfiguration;
using models::autoscaling::VariantResource;
using models::cloudwatch::Dimension;

void fail(Diagnostics& diagnostics, const NodePlace& place, std::string code, std::string message,
          std::string hint = {}) {
  report(diagnostics, Severity::Error, place, std::move(code), std::move(message), std::move(hint));
}

std::string_view dimension_value(const CustomizedMetric& metric, std::string_view name) {
  for (const Dimension& dimension : metric.metric.dimensions) {
    if (dimension.name == name) return dimension.value;
  }
  return {};
}

// The endpoint's own name, or the first that a target, a policy or a metric gives it.
VariantResource variant_of(const ScenarioDraft& draft) {
  VariantResource variant{draft.endpoint.variant.endpoint_name,
                          draft.endpoint.variant.variant_name};
  std::vector<const ResourceDraft*> resources;
  for (const TargetDraft& target : draft.scaling.targets) resources.push_back(&target.resource);
  for (const PolicyDraft& policy : draft.scaling.policies) resources.push_back(&policy.resource);
  for (const ResourceDraft* resource : resources) {
    if (!resource->variant) continue;
    variant.variant_name = resource->variant->variant_name;
    if (!draft.endpoint.has_name) variant.endpoint_name = resource->variant->endpoint_name;
    return variant;
  }
  for (const PolicyDraft& policy : draft.scaling.policies) {
    const auto* metric = std::get_if<CustomizedMetric>(&policy.configuration.metric);
    if (metric == nullptr || dimension_value(*metric, "EndpointName").empty()) continue;
    if (!draft.endpoint.has_name) {
      variant.endpoint_name = std::string(dimension_value(*metric, "EndpointName"));
    }
    const std::string_view name = dimension_value(*metric, "VariantName");
    if (!name.empty()) variant.variant_name = std::string(name);
    return variant;
  }
  return variant;
}

std::string resource_id_of(const VariantResource& variant) {
  return fmt::format("endpoint/{}/variant/{}", variant.endpoint_name, variant.variant_name);
}

void check_resource(const ResourceDraft& resource, const VariantResource& variant,
                    Diagnostics& diagnostics) {
  if (!resource.variant) return;
  const std::string expected = resource_id_of(variant);
  const std::string found = resource_id_of(*resource.variant);
  if (expected == found) return;
  fail(diagnostics, resource.place, "other-resource",
       fmt::format("expected the ResourceId {}, found {}", in_quotes(expected), in_quotes(found)),
       "a scenario simulates one variant of one endpoint");
}

// A metric of another endpoint, or without dimensions, is another metric: the simulated
// endpoint publishes nothing there, and the alarm would stay in INSUFFICIENT_DATA.
void check_dimensions(const PolicyDraft& policy, const VariantResource& variant,
                      Diagnostics& diagnostics) {
  const auto* metric = std::get_if<CustomizedMetric>(&policy.configuration.metric);
  if (metric == nullptr) return;
  const std::vector<Dimension> expected{{"EndpointName", variant.endpoint_name},
                                        {"VariantName", variant.variant_name}};
  if (metric->metric.dimensions == expected) return;
  std::vector<std::string> found;
  for (const Dimension& dimension : metric->metric.dimensions) {
    found.push_back(fmt::format("{}={}", dimension.name, dimension.value));
  }
  fail(diagnostics, policy.dimensions_place, "other-dimensions",
       fmt::format("expected the Dimensions EndpointName={}, VariantName={}, found {}",
                   variant.endpoint_name, variant.variant_name,
                   found.empty() ? "none" : fmt::format("{}", fmt::join(found, ", "))),
       "with others the alarm would find no datapoint and stay in INSUFFICIENT_DATA");
}

// Registrations in their order: each keeps what it does not say.
std::optional<ScalableTargetConfiguration> registered_target(const ScenarioDraft& draft,
                                                             const VariantResource& variant,
                                                             Diagnostics& diagnostics) {
  if (draft.scaling.targets.empty()) return std::nullopt;
  std::optional<std::int32_t> min;
  std::optional<std::int32_t> max;
  ScalableTargetConfiguration configuration;
  NodePlace max_place;
  for (const TargetDraft& target : draft.scaling.targets) {
    check_resource(target.resource, variant, diagnostics);
    if (target.min_capacity) min = target.min_capacity;
    if (target.max_capacity) {
      max = target.max_capacity;
      max_place = target.max_place;
    }
    auto& suspended = configuration.suspended_state;
    suspended.dynamic_scaling_in_suspended =
        target.scale_in_suspended.value_or(suspended.dynamic_scaling_in_suspended);
    suspended.dynamic_scaling_out_suspended =
        target.scale_out_suspended.value_or(suspended.dynamic_scaling_out_suspended);
  }
  const NodePlace& first = draft.scaling.targets.front().place;
  if (!min || !max) {
    fail(diagnostics, first, "missing-key",
         fmt::format("expected MinCapacity and MaxCapacity, found no {}",
                     min ? "MaxCapacity" : "MinCapacity"),
         "both are required when a target is first registered");
    return std::nullopt;
  }
  if (*max < *min) {  // R-068; AWS's words are those of R-174
    fail(diagnostics, max_place, "out-of-range",
         fmt::format("expected a MaxCapacity of at least the MinCapacity {}, found {}", *min, *max),
         "AWS says: Maximum capacity cannot be less than minimum capacity");
  }
  configuration.resource_id = resource_id_of(variant);
  configuration.min_capacity = {*min};
  configuration.max_capacity = {*max};
  return configuration;
}

// What makes two metric specifications the same to AWS.
std::string specification_of(const TargetTrackingConfiguration& configuration) {
  if (const auto* predefined = std::get_if<PredefinedMetric>(&configuration.metric)) {
    return std::string(to_string(predefined->type));
  }
  const auto& metric = std::get<CustomizedMetric>(configuration.metric);
  return fmt::format("{}/{}/{}", metric.metric.metric_namespace, metric.metric.name,
                     models::cloudwatch::to_string(metric.statistic));
}

void resolve_policies(const ScenarioDraft& draft, const VariantResource& variant,
                      Scenario& scenario, Diagnostics& diagnostics) {
  std::set<std::string> names;
  std::set<std::string> specifications;
  for (const PolicyDraft& policy : draft.scaling.policies) {
    check_resource(policy.resource, variant, diagnostics);
    check_dimensions(policy, variant, diagnostics);
    const std::string& name = policy.configuration.policy_name;
    if (!name.empty() && !names.insert(name).second) {
      fail(diagnostics, policy.name_place, "duplicate-name",
           fmt::format("expected a PolicyName of its own for each policy, found {} again",
                       in_quotes(name)));
    } else if (!specifications.insert(specification_of(policy.configuration)).second) {
      fail(diagnostics, policy.metric_place, "duplicate-metric",
           "expected one target-tracking policy a metric, found a second",
           "AWS says: Only one TargetTrackingScaling policy for a given metric specification is "
           "allowed.");
    }
    if (draft.scaling.targets.empty()) {
      fail(diagnostics, policy.place, "policy-without-target",
           "expected a scalable target for the policy, found none",
           "add ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}] to scaling, or the arguments "
           "of register-scalable-target to 'from'");
    }
    scenario.variants.front().policies.push_back(policy.configuration);
  }
}

// The capacity at time zero, within the bounds of the target.
void resolve_initial_instances(const ScenarioDraft& draft, Scenario& scenario,
                               Diagnostics& diagnostics) {
  std::int32_t& initial = scenario.variants.front().variant.initial_instances;
  if (!scenario.variants.front().scalable_target) return;
  const std::int32_t min = scenario.variants.front().scalable_target->min_capacity.value;
  const std::int32_t max = scenario.variants.front().scalable_target->max_capacity.value;
  if (max < min) return;
  if (!draft.endpoint.has_initial_instances) {
    initial = std::max(1, min);
    return;
  }
  const std::int32_t within = std::clamp(initial, min, max);
  if (within == initial) return;
  report(diagnostics, Severity::Warning, draft.endpoint.initial_instances_place,
         "initial-outside-bounds",
         fmt::format("{} instances are outside of MinCapacity {} and MaxCapacity {}: registering "
                     "the target moves them to {}",
                     initial, min, max, within));
  initial = within;
}

}  // namespace

void resolve_scaling(const ScenarioDraft& draft, Scenario& scenario, Diagnostics& diagnostics) {
  const VariantResource variant = variant_of(draft);
  scenario.variants.front().variant.endpoint_name = variant.endpoint_name;
  scenario.variants.front().variant.variant_name = variant.variant_name;
  scenario.variants.front().scalable_target = registered_target(draft, variant, diagnostics);
  resolve_policies(draft, variant, scenario, diagnostics);
  resolve_initial_instances(draft, scenario, diagnostics);
  if (scenario.variants.front().scalable_target &&
      is_burstable(scenario.variants.front().variant.instance_type)) {
    fail(diagnostics, draft.endpoint_place, "burstable",
         fmt::format("expected an instance type that SageMaker scales, found the burstable {}",
                     in_quotes(scenario.variants.front().variant.instance_type)));
  }
}

}  // namespace sim
