#include "sim/scenario/scaling_entry_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "models/autoscaling/step_scaling_validation.hpp"
#include "sim/scenario/capacity_reader.hpp"
#include "sim/scenario/metric_specification_reader.hpp"
#include "sim/scenario/not_simulated.hpp"
#include "sim/scenario/resource_reader.hpp"

namespace sim {
namespace {

using core::Duration;
using models::autoscaling::AdjustmentType;
using models::autoscaling::MetricAggregationType;
using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;

constexpr std::size_t kLongestPolicyName = 256;
constexpr std::int64_t kLongestCooldown = 2'147'483'647;
constexpr double kHighestTarget = 0x1p360;

constexpr std::array<std::string_view, 3> kInnerKeys{"TargetTrackingScalingPolicyConfiguration",
                                                     "StepScalingPolicyConfiguration",
                                                     "PredictiveScalingPolicyConfiguration"};

constexpr Choice<AdjustmentType> kAdjustmentTypes[] = {
    {"ChangeInCapacity", AdjustmentType::ChangeInCapacity},
    {"ExactCapacity", AdjustmentType::ExactCapacity},
    {"PercentChangeInCapacity", AdjustmentType::PercentChangeInCapacity}};
constexpr Choice<MetricAggregationType> kAggregations[] = {
    {"Average", MetricAggregationType::Average},
    {"Minimum", MetricAggregationType::Minimum},
    {"Maximum", MetricAggregationType::Maximum}};

void read_suspended_state(const Section& section, TargetDraft& target) {
  if (!section.has("SuspendedState")) return;
  const Section state = section.inner(
      "SuspendedState",
      {"DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended"});
  target.scale_in_suspended = state.boolean("DynamicScalingInSuspended");
  target.scale_out_suspended = state.boolean("DynamicScalingOutSuspended");
  target.scheduled_suspended = state.boolean("ScheduledScalingSuspended");
}

Duration read_cooldown(const Section& section, std::string_view key, Duration otherwise) {
  const auto seconds = section.integer(key, {0, kLongestCooldown});
  return seconds ? Duration{std::chrono::seconds{*seconds}} : otherwise;
}

std::vector<std::string_view> tracking_keys() {
  return {"TargetValue",
          "PredefinedMetricSpecification",
          "CustomizedMetricSpecification",
          "ScaleOutCooldown",
          "ScaleInCooldown",
          "DisableScaleIn"};
}

std::vector<std::string_view> step_keys() {
  return {"AdjustmentType", "StepAdjustments", "MinAdjustmentMagnitude", "Cooldown",
          "MetricAggregationType"};
}

// False after a report that leaves nothing to use.
bool read_tracking(const Section& section, const std::string& name, PolicyDraft& policy) {
  TargetTrackingConfiguration configuration;
  configuration.policy_name = name;
  const Node* target = section.require("TargetValue", "TargetValue: 5000");
  if (target != nullptr) {
    const auto value = section.number("TargetValue", {-kHighestTarget, kHighestTarget});
    policy.target_place = target->place;
    configuration.target_value = value.value_or(1);
    if (value && *value <= 0) {
      report_expected(section.diagnostics(), *target, "a TargetValue above 0", "out-of-range");
      configuration.target_value = 1;
    }
  }
  configuration.scale_out_cooldown =
      read_cooldown(section, "ScaleOutCooldown", configuration.scale_out_cooldown);
  configuration.scale_in_cooldown =
      read_cooldown(section, "ScaleInCooldown", configuration.scale_in_cooldown);
  configuration.disable_scale_in = section.boolean("DisableScaleIn").value_or(false);
  policy.scale_out_cooldown_place = section.key_place("ScaleOutCooldown");
  policy.disable_scale_in_place = section.key_place("DisableScaleIn");
  if (!read_metric_specification(section, policy, configuration) || target == nullptr) return false;
  policy.configuration = std::move(configuration);
  return true;
}

std::optional<double> read_bound(const Section& step, std::string_view key) {
  return step.number(key, {-kHighestTarget, kHighestTarget});
}

void read_step_adjustments(const Section& section, StepScalingConfiguration& configuration) {
  const auto entries = section.list("StepAdjustments");
  for (std::size_t index = 0; index < entries.size(); ++index) {
    const Section step =
        section.item("StepAdjustments", index,
                     {"MetricIntervalLowerBound", "MetricIntervalUpperBound", "ScalingAdjustment"});
    models::autoscaling::StepAdjustment adjustment;
    adjustment.metric_interval_lower_bound = read_bound(step, "MetricIntervalLowerBound");
    adjustment.metric_interval_upper_bound = read_bound(step, "MetricIntervalUpperBound");
    static_cast<void>(step.require("ScalingAdjustment", "ScalingAdjustment: 1"));
    const auto by = step.integer("ScalingAdjustment", {-kLongestCooldown - 1, kLongestCooldown});
    adjustment.scaling_adjustment = static_cast<std::int32_t>(by.value_or(0));
    configuration.step_adjustments.push_back(adjustment);
  }
}

// What PutScalingPolicy would refuse, in AWS's words, at the step or the list it is about.
void report_step_problems(const Section& section, const StepScalingConfiguration& configuration) {
  const Node* list = section.find("StepAdjustments");
  for (const auto& problem : models::autoscaling::validate(configuration)) {
    NodePlace place = list == nullptr ? section.node().place : list->place;
    if (problem.index && list != nullptr && *problem.index < list->items.size()) {
      place = list->items[*problem.index].place;
    } else if (section.has(problem.field)) {
      place = section.find(problem.field)->place;
    }
    report(section.diagnostics(), Severity::Error, place, "step-adjustments",
           std::string(problem.text));
  }
}

bool read_step(const Section& section, const std::string& name, PolicyDraft& policy) {
  StepScalingConfiguration configuration;
  configuration.policy_name = name;
  const Node* type = section.require("AdjustmentType", "AdjustmentType: ChangeInCapacity");
  const Node* steps = section.require(
      "StepAdjustments", "StepAdjustments: [{MetricIntervalLowerBound: 0, ScalingAdjustment: 1}]");
  if (const auto chosen = section.choice("AdjustmentType", kAdjustmentTypes)) {
    configuration.adjustment_type = *chosen;
  }
  if (const auto chosen = section.choice("MetricAggregationType", kAggregations)) {
    configuration.metric_aggregation_type = *chosen;
  }
  if (const auto least = section.integer("MinAdjustmentMagnitude", {1, kMostInstances})) {
    configuration.min_adjustment_magnitude = static_cast<std::int32_t>(*least);
  }
  configuration.cooldown = read_cooldown(section, "Cooldown", configuration.cooldown);
  const std::size_t errors_before = section.diagnostics().error_count();
  read_step_adjustments(section, configuration);
  if (type == nullptr || steps == nullptr) return false;
  // A list that could not be read would be found faulty again.
  if (section.diagnostics().error_count() == errors_before) {
    report_step_problems(section, configuration);
  }
  policy.metric_place = section.node().place;
  for (const Node& step : section.list("StepAdjustments")) policy.step_places.push_back(step.place);
  policy.configuration = std::move(configuration);
  return true;
}

std::string read_policy_name(const Section& section, PolicyDraft& policy) {
  const Node* node = section.require("PolicyName", "PolicyName: target-tracking");
  if (node == nullptr) return {};
  policy.name_place = node->place;
  return section.text("PolicyName", kLongestPolicyName).value_or("");
}

// The key of the inner configuration; empty after a report: of no type, or of one that is not
// simulated.
std::string_view inner_key_of(const Section& section) {
  constexpr std::array<std::string_view, 3> kTypes{"TargetTrackingScaling", "StepScaling",
                                                   "PredictiveScaling"};
  const Node* node = section.require("PolicyType", "PolicyType: TargetTrackingScaling");
  if (node == nullptr) return {};
  const auto type = choice_index_of(*node, section.diagnostics(), kTypes);
  if (!type) return {};
  if (*type == 2) {
    report_not_simulated(section.diagnostics(), node->place, node->text,
                         not_simulated_value(node->text));
    return {};
  }
  return kInnerKeys[*type];
}

}  // namespace

std::optional<TargetDraft> read_scalable_target(const Node& node, const std::string& path,
                                                const EntryContext& context,
                                                Diagnostics& diagnostics) {
  const Section section(node, path,
                        {"ServiceNamespace", "ResourceId", "ScalableDimension", "MinCapacity",
                         "MaxCapacity", "SuspendedState", "RoleARN", "Tags", "CreationTime",
                         "ScalableTargetARN", "PredictedCapacity"},
                        diagnostics, context.unknown_keys);
  if (!section.is_mapping()) return std::nullopt;
  TargetDraft target;
  target.place = node.place;
  target.resource = read_resource(section, context.is_one_of_several);
  target.min_capacity = read_min_capacity(section);
  target.max_capacity = read_capacity(section, "MaxCapacity");
  target.min_place = section.key_place("MinCapacity");
  target.max_place = section.key_place("MaxCapacity");
  read_suspended_state(section, target);
  return target;
}

std::optional<PolicyDraft> read_scaling_policy(const Node& node, const std::string& path,
                                               const EntryContext& context,
                                               Diagnostics& diagnostics) {
  const Section section(
      node, path,
      {"PolicyName", "ServiceNamespace", "ResourceId", "ScalableDimension", "PolicyType",
       "TargetTrackingScalingPolicyConfiguration", "StepScalingPolicyConfiguration",
       "PredictiveScalingPolicyConfiguration", "PolicyARN", "Alarms", "CreationTime"},
      diagnostics, context.unknown_keys);
  if (!section.is_mapping()) return std::nullopt;
  PolicyDraft policy;
  policy.place = node.place;
  policy.name_place = node.place;
  const std::string name = read_policy_name(section, policy);
  const std::string_view inner = inner_key_of(section);
  if (inner.empty()) return std::nullopt;
  for (const std::string_view other : kInnerKeys) {
    if (other == inner || !section.has(other)) continue;
    // Skeletons of the AWS CLI carry the fields of every type.
    report(diagnostics, Severity::Warning, section.key_place(other), "ignored-field",
           fmt::format("'{}' says nothing in a policy of the type {} and is ignored", other,
                       section.find("PolicyType")->text));
  }
  policy.resource = read_resource(section, context.is_one_of_several);
  const bool is_tracking = inner == kInnerKeys[0];
  const Node* found = section.require(
      inner, fmt::format("{}: {{{}, ...}}", inner,
                         is_tracking ? "TargetValue: 5000" : "AdjustmentType: ChangeInCapacity"));
  if (found == nullptr) return std::nullopt;
  const Section configuration = section.inner(inner, is_tracking ? tracking_keys() : step_keys());
  if (!configuration.is_mapping()) return std::nullopt;
  const bool is_read = is_tracking ? read_tracking(configuration, name, policy)
                                   : read_step(configuration, name, policy);
  return is_read ? std::optional(std::move(policy)) : std::nullopt;
}

std::optional<PolicyDraft> read_bare_configuration(const Node& node, const std::string& name,
                                                   Diagnostics& diagnostics) {
  const bool is_step =
      node.find("StepAdjustments") != nullptr || node.find("AdjustmentType") != nullptr;
  const Section section(node, "the policy configuration", is_step ? step_keys() : tracking_keys(),
                        diagnostics, UnknownKeys::Noted);
  PolicyDraft policy;
  policy.place = node.place;
  policy.name_place = node.place;
  policy.resource.place = node.place;
  const bool is_read =
      is_step ? read_step(section, name, policy) : read_tracking(section, name, policy);
  return is_read ? std::optional(std::move(policy)) : std::nullopt;
}

}  // namespace sim
