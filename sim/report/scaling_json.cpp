#include "sim/report/scaling_json.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

namespace sim {
namespace {

using models::autoscaling::CustomizedMetric;
using models::autoscaling::PredefinedMetric;
using models::autoscaling::ScheduledActionConfiguration;
using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;
using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::MetricId;

std::int64_t whole_seconds(Duration span) {
  return std::chrono::duration_cast<std::chrono::seconds>(span).count();
}

void add_resource(JsonTree& tree, const std::string& resource_id) {
  tree["ServiceNamespace"] = "sagemaker";
  tree["ResourceId"] = resource_id;
  tree["ScalableDimension"] = "sagemaker:variant:DesiredInstanceCount";
}

void add_metric(JsonTree& tree, const MetricId& metric) {
  tree["MetricName"] = metric.name;
  tree["Namespace"] = metric.metric_namespace;
  JsonTree dimensions = JsonTree::array();
  for (const auto& dimension : metric.dimensions) {
    dimensions.push_back({{"Name", dimension.name}, {"Value", dimension.value}});
  }
  tree["Dimensions"] = dimensions;
}

JsonTree target_input(const ScenarioVariant& variant) {
  const auto& target = *variant.scalable_target;
  JsonTree tree;
  add_resource(tree, target.resource_id);
  tree["MinCapacity"] = target.min_capacity.value;
  tree["MaxCapacity"] = target.max_capacity.value;
  return tree;
}

JsonTree configuration_of(const TargetTrackingConfiguration& policy) {
  JsonTree tree;
  tree["TargetValue"] = policy.target_value;
  if (const auto* predefined = std::get_if<PredefinedMetric>(&policy.metric)) {
    tree["PredefinedMetricSpecification"] = {{"PredefinedMetricType", to_string(predefined->type)}};
  } else {
    const auto& customized = std::get<CustomizedMetric>(policy.metric);
    JsonTree specification;
    add_metric(specification, customized.metric);
    specification["Statistic"] = to_string(customized.statistic);
    if (customized.unit) specification["Unit"] = *customized.unit;
    tree["CustomizedMetricSpecification"] = specification;
  }
  tree["ScaleOutCooldown"] = whole_seconds(policy.scale_out_cooldown);
  tree["ScaleInCooldown"] = whole_seconds(policy.scale_in_cooldown);
  tree["DisableScaleIn"] = policy.disable_scale_in;
  return tree;
}

JsonTree configuration_of(const StepScalingConfiguration& policy) {
  JsonTree tree;
  tree["AdjustmentType"] = to_string(policy.adjustment_type);
  JsonTree steps = JsonTree::array();
  for (const auto& step : policy.step_adjustments) {
    JsonTree entry;
    if (step.metric_interval_lower_bound) {
      entry["MetricIntervalLowerBound"] = *step.metric_interval_lower_bound;
    }
    if (step.metric_interval_upper_bound) {
      entry["MetricIntervalUpperBound"] = *step.metric_interval_upper_bound;
    }
    entry["ScalingAdjustment"] = step.scaling_adjustment;
    steps.push_back(entry);
  }
  tree["StepAdjustments"] = steps;
  if (policy.min_adjustment_magnitude) {
    tree["MinAdjustmentMagnitude"] = *policy.min_adjustment_magnitude;
  }
  tree["Cooldown"] = whole_seconds(policy.cooldown);
  tree["MetricAggregationType"] = to_string(policy.metric_aggregation_type);
  return tree;
}

struct PolicyWords {
  const char* type;
  const char* configuration;
};
PolicyWords words_of(const TargetTrackingConfiguration&) {
  return {"TargetTrackingScaling", "TargetTrackingScalingPolicyConfiguration"};
}
PolicyWords words_of(const StepScalingConfiguration&) {
  return {"StepScaling", "StepScalingPolicyConfiguration"};
}

template <class Policy>
JsonTree policy_input(const Policy& policy, const std::string& resource_id) {
  const PolicyWords words = words_of(policy);
  JsonTree tree;
  tree["PolicyName"] = policy.policy_name;
  add_resource(tree, resource_id);
  tree["PolicyType"] = words.type;
  tree[words.configuration] = configuration_of(policy);
  return tree;
}

JsonTree action_input(const ScheduledActionConfiguration& action, const std::string& resource_id) {
  JsonTree tree;
  tree["ScheduledActionName"] = action.name;
  add_resource(tree, resource_id);
  tree["Schedule"] = action.schedule;
  tree["Timezone"] = action.timezone;
  if (action.start_unix_s) tree["StartTime"] = *action.start_unix_s;
  if (action.end_unix_s) tree["EndTime"] = *action.end_unix_s;
  JsonTree bounds;
  if (action.min_capacity) bounds["MinCapacity"] = action.min_capacity->value;
  if (action.max_capacity) bounds["MaxCapacity"] = action.max_capacity->value;
  tree["ScalableTargetAction"] = bounds;
  return tree;
}

JsonTree alarm_input(const AlarmConfiguration& alarm) {
  JsonTree tree;
  tree["AlarmName"] = alarm.name;
  if (!alarm.description.empty()) tree["AlarmDescription"] = alarm.description;
  tree["ActionsEnabled"] = alarm.actions_enabled;
  tree["AlarmActions"] = alarm.alarm_actions;
  add_metric(tree, alarm.metric);
  tree[alarm.statistic.percentile() != nullptr ? "ExtendedStatistic" : "Statistic"] =
      to_string(alarm.statistic);
  tree["Period"] = whole_seconds(alarm.period);
  tree["EvaluationPeriods"] = alarm.evaluation_periods;
  tree["DatapointsToAlarm"] = alarm.datapoints_to_alarm;
  tree["Threshold"] = alarm.threshold;
  tree["ComparisonOperator"] = to_string(alarm.comparison);
  tree["TreatMissingData"] = to_string(alarm.treat_missing_data);
  return tree;
}

}  // namespace

std::string ScalingCall::file() const {
  std::string file = operation;
  std::replace(file.begin(), file.end(), '-', '_');
  return file + (name.empty() ? "" : "." + name) + ".json";
}

std::vector<ScalingCall> scaling_calls(const Scenario& scenario, const ScenarioVariant& variant) {
  const std::string scaling = "application-autoscaling";
  const std::string& resource_id = variant.scalable_target->resource_id;
  std::vector<ScalingCall> calls{{scaling, "register-scalable-target", "", target_input(variant)}};
  for (const auto& policy : variant.policies) {
    calls.push_back(
        {scaling, "put-scaling-policy", policy_name_of(policy),
         std::visit([&](const auto& kind) { return policy_input(kind, resource_id); }, policy)});
  }
  for (const auto& action : variant.scheduled_actions) {
    calls.push_back(
        {scaling, "put-scheduled-action", action.name, action_input(action, resource_id)});
  }
  for (const AlarmConfiguration& alarm : scenario.alarms) {
    calls.push_back({"cloudwatch", "put-metric-alarm", alarm.name, alarm_input(alarm)});
  }
  return calls;
}

}  // namespace sim
