#include "sim/scenario/scaling_entry_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "sim/scenario/metric_specification_reader.hpp"
#include "sim/scenario/not_simulated.hpp"

namespace sim {
namespace {

using core::Duration;
using models::autoscaling::TargetTrackingConfiguration;

constexpr std::string_view kNamespace = "sagemaker";
constexpr std::string_view kDimension = "sagemaker:variant:DesiredInstanceCount";
constexpr std::int64_t kMostInstances = 10'000;
constexpr std::size_t kLongestPolicyName = 256;
constexpr std::int64_t kLongestCooldown = 2'147'483'647;
constexpr double kHighestTarget = 0x1p360;

// ServiceNamespace, ScalableDimension and ResourceId, which every entry may carry.
ResourceDraft read_resource(const Section& section) {
  Diagnostics& diagnostics = section.diagnostics();
  ResourceDraft resource{std::nullopt, section.node().place};
  if (const auto service = section.text("ServiceNamespace"); service && *service != kNamespace) {
    report_expected(diagnostics, *section.find("ServiceNamespace"), "sagemaker", "unknown-value");
  }
  const auto dimension = section.text("ScalableDimension");
  if (dimension && *dimension != kDimension) {
    const NodePlace place = section.find("ScalableDimension")->place;
    const std::string_view feature = not_simulated_value(*dimension);
    if (!feature.empty()) {
      report_not_simulated(diagnostics, place, *dimension, feature);
      return resource;
    }
    report_expected(diagnostics, *section.find("ScalableDimension"), kDimension, "unknown-value");
  }
  const auto id = section.text("ResourceId");
  if (!id) return resource;
  const Node& node = *section.find("ResourceId");
  resource.place = node.place;
  resource.variant = models::autoscaling::parse_resource_id(*id);
  if (!resource.variant && id->starts_with("inference-component/")) {
    report_not_simulated(diagnostics, node.place, *id, "inference components");
  } else if (!resource.variant) {
    report_expected(diagnostics, node, "a ResourceId of the form endpoint/NAME/variant/NAME");
  }
  return resource;
}

void read_suspended_state(const Section& section, TargetDraft& target, UnknownKeys unknown_keys) {
  const Node* node = section.find("SuspendedState");
  if (node == nullptr) return;
  const Section state(
      *node, section.path_of("SuspendedState"),
      {"DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended"},
      section.diagnostics(), unknown_keys);
  target.scale_in_suspended = state.boolean("DynamicScalingInSuspended");
  target.scale_out_suspended = state.boolean("DynamicScalingOutSuspended");
  // Without scheduled actions there is nothing that this could suspend.
  static_cast<void>(state.boolean("ScheduledScalingSuspended"));
}

std::optional<std::int32_t> read_capacity(const Section& section, std::string_view key) {
  const auto capacity = section.integer(key, {0, kMostInstances});
  return capacity ? std::optional(static_cast<std::int32_t>(*capacity)) : std::nullopt;
}

Duration read_cooldown(const Section& section, std::string_view key, Duration otherwise) {
  const auto seconds = section.integer(key, {0, kLongestCooldown});
  return seconds ? Duration{std::chrono::seconds{*seconds}} : otherwise;
}

// The inner configuration; false after a report that leaves nothing to use.
bool read_configuration(const Section& section, PolicyDraft& policy, UnknownKeys unknown_keys) {
  TargetTrackingConfiguration& configuration = policy.configuration;
  const Node* target = section.require("TargetValue", "TargetValue: 5000");
  if (target != nullptr) {
    const auto value = section.number("TargetValue", {-kHighestTarget, kHighestTarget});
    configuration.target_value = value.value_or(1);
    if (value && *value <= 0) {
      report_expected(section.diagnostics(), *target, "a TargetValue above 0", "out-of-range");
    }
  }
  configuration.scale_out_cooldown =
      read_cooldown(section, "ScaleOutCooldown", configuration.scale_out_cooldown);
  configuration.scale_in_cooldown =
      read_cooldown(section, "ScaleInCooldown", configuration.scale_in_cooldown);
  configuration.disable_scale_in = section.boolean("DisableScaleIn").value_or(false);
  return read_metric_specification(section, policy, unknown_keys) && target != nullptr;
}

std::vector<std::string_view> configuration_keys() {
  return {"TargetValue",
          "PredefinedMetricSpecification",
          "CustomizedMetricSpecification",
          "ScaleOutCooldown",
          "ScaleInCooldown",
          "DisableScaleIn"};
}

void read_policy_name(const Section& section, PolicyDraft& policy) {
  const Node* node = section.require("PolicyName", "PolicyName: target-tracking");
  if (node == nullptr) return;
  policy.name_place = node->place;
  policy.configuration.policy_name = section.text("PolicyName").value_or("");
  if (policy.configuration.policy_name.size() > kLongestPolicyName) {
    report_expected(section.diagnostics(), *node, "a PolicyName of at most 256 characters",
                    "out-of-range");
  }
}

// False after a report: the policy is of another type, or of none.
bool is_target_tracking(const Section& section) {
  constexpr std::array<std::string_view, 3> kTypes{"TargetTrackingScaling", "StepScaling",
                                                   "PredictiveScaling"};
  const Node* node = section.require("PolicyType", "PolicyType: TargetTrackingScaling");
  if (node == nullptr) return false;
  const auto type = choice_index_of(*node, section.diagnostics(), kTypes);
  if (!type) return false;
  if (*type == 0) return true;
  report_not_simulated(section.diagnostics(), node->place, node->text,
                       not_simulated_value(node->text));
  return false;
}

}  // namespace

std::optional<TargetDraft> read_scalable_target(const Node& node, const std::string& path,
                                                UnknownKeys unknown_keys,
                                                Diagnostics& diagnostics) {
  const Section section(node, path,
                        {"ServiceNamespace", "ResourceId", "ScalableDimension", "MinCapacity",
                         "MaxCapacity", "SuspendedState", "RoleARN", "Tags", "CreationTime",
                         "ScalableTargetARN", "PredictedCapacity"},
                        diagnostics, unknown_keys);
  if (!section.is_mapping()) return std::nullopt;
  TargetDraft target;
  target.place = node.place;
  target.resource = read_resource(section);
  target.min_capacity = read_capacity(section, "MinCapacity");
  target.max_capacity = read_capacity(section, "MaxCapacity");
  target.max_place = section.key_place("MaxCapacity");
  if (target.min_capacity == 0) {
    // the API takes 0, the guide does not, and only asynchronous endpoints reach it.
    report(diagnostics, Severity::Warning, section.find("MinCapacity")->place, "zero-capacity",
           "SageMaker asks for a MinCapacity of at least 1 for a real-time variant, found 0");
  }
  read_suspended_state(section, target, unknown_keys);
  return target;
}

std::optional<PolicyDraft> read_scaling_policy(const Node& node, const std::string& path,
                                               UnknownKeys unknown_keys, Diagnostics& diagnostics) {
  const Section section(
      node, path,
      {"PolicyName", "ServiceNamespace", "ResourceId", "ScalableDimension", "PolicyType",
       "TargetTrackingScalingPolicyConfiguration", "StepScalingPolicyConfiguration",
       "PredictiveScalingPolicyConfiguration", "PolicyARN", "Alarms", "CreationTime"},
      diagnostics, unknown_keys);
  if (!section.is_mapping()) return std::nullopt;
  PolicyDraft policy;
  policy.place = node.place;
  policy.name_place = node.place;
  read_policy_name(section, policy);
  if (!is_target_tracking(section)) return std::nullopt;
  for (const std::string_view other :
       {"StepScalingPolicyConfiguration", "PredictiveScalingPolicyConfiguration"}) {
    if (!section.has(other)) continue;
    // Skeletons of the AWS CLI carry the fields of every type.
    report(diagnostics, Severity::Warning, section.key_place(other), "ignored-field",
           fmt::format("'{}' says nothing in a policy of the type TargetTrackingScaling and is "
                       "ignored",
                       other));
  }
  policy.resource = read_resource(section);
  constexpr std::string_view kInner = "TargetTrackingScalingPolicyConfiguration";
  const Node* inner =
      section.require(kInner, fmt::format("{}: {{TargetValue: 5000, ...}}", kInner));
  if (inner == nullptr) return std::nullopt;
  const Section configuration(*inner, section.path_of(kInner), configuration_keys(), diagnostics,
                              unknown_keys);
  if (!configuration.is_mapping()) return std::nullopt;
  if (!read_configuration(configuration, policy, unknown_keys)) return std::nullopt;
  return policy;
}

std::optional<PolicyDraft> read_bare_configuration(const Node& node, const std::string& name,
                                                   UnknownKeys unknown_keys,
                                                   Diagnostics& diagnostics) {
  const Section section(node, "the policy configuration", configuration_keys(), diagnostics,
                        unknown_keys);
  PolicyDraft policy;
  policy.place = node.place;
  policy.name_place = node.place;
  policy.resource.place = node.place;
  policy.configuration.policy_name = name;
  if (!read_configuration(section, policy, unknown_keys)) return std::nullopt;
  return policy;
}

}  // namespace sim
