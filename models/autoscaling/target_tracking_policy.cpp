#include "models/autoscaling/target_tracking_policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "core/check.hpp"
#include "models/autoscaling/stable_uuid.hpp"

namespace models::autoscaling {
namespace {

using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::ComparisonOperator;
using models::cloudwatch::EvaluatedDatapoint;

// seen in recorded alarms, not promised by AWS.
constexpr std::int32_t kHighPeriods = 3;
constexpr Duration kLowSpan = std::chrono::minutes{15};
constexpr double kLowShareOfTarget = 0.9;

AlarmConfiguration alarm_of(const TargetTrackingConfiguration& policy,
                            const std::string& resource_id, std::string_view side,
                            const ScalingRules& rules) {
  const CustomizedMetric tracked = tracked_metric(policy, resource_id, rules.concurrency_statistic);
  const std::string policy_id = stable_uuid(fmt::format("{}/{}", resource_id, policy.policy_name));
  const std::string alarm_id =
      stable_uuid(fmt::format("{}/{}/{}", resource_id, policy.policy_name, side));
  AlarmConfiguration alarm;
  alarm.name = fmt::format("TargetTracking-{}-{}-{}", resource_id, side, alarm_id);
  // 111122223333 is the account of AWS's own examples.
  alarm.description = fmt::format(
      "DO NOT EDIT OR DELETE. For TargetTrackingScaling policy "
      "arn:aws:autoscaling:us-east-1:111122223333:scalingPolicy:{0}:resource/sagemaker/{1}:"
      "policyName/{2}:createdBy/{0}.",
      policy_id, resource_id, policy.policy_name);
  alarm.metric = tracked.metric;
  alarm.statistic = tracked.statistic;
  alarm.unit = tracked.unit;
  alarm.metrics = tracked.metrics;
  alarm.period = tracked_period(policy);
  alarm.alarm_actions = {policy.policy_name};
  return alarm;
}

double representative(std::span<const EvaluatedDatapoint> newest_first,
                      TargetTrackingPoints points) {
  if (points == TargetTrackingPoints::Newest) return newest_first.front().value;
  double sum = 0;
  for (const EvaluatedDatapoint& datapoint : newest_first) sum += datapoint.value;
  return sum / static_cast<double>(newest_first.size());
}

std::string counted(std::int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string quiet_side(std::string_view side, const AlarmInput& alarm) {
  return fmt::format("{} is {} with {} of {} datapoints breaching", side,
                     to_string(alarm.evaluation->state), alarm.evaluation->breaching,
                     alarm.configuration->evaluation_periods);
}

// What the alarm watches, for metric math by the label of what is returned.
std::string_view watched_name(const AlarmConfiguration& alarm) {
  for (const models::cloudwatch::MetricQuery& query : alarm.metrics) {
    if (query.return_data) return query.label.empty() ? query.id : query.label;
  }
  return alarm.metric.name;
}

std::string metric_text(const AlarmConfiguration& alarm, double metric, std::size_t datapoints,
                        TargetTrackingPoints points, double target) {
  const std::string_view name = watched_name(alarm);
  if (points == TargetTrackingPoints::Newest) {
    return fmt::format("{} was {:.6g} in the newest datapoint, target {:.6g}", name, metric,
                       target);
  }
  return fmt::format("{} averaged {:.6g} over {}, target {:.6g}", name, metric,
                     counted(static_cast<std::int64_t>(datapoints), "datapoint"), target);
}

}  // namespace

InstanceCount capacity_for(InstanceCount capacity, double metric, double target) {
  CHECK(target > 0);
  constexpr double kMost = std::numeric_limits<std::int32_t>::max();
  const double exact = static_cast<double>(capacity.value) * metric / target;
  const double forgiven = exact - 1e-9 * std::max(1.0, std::abs(exact));
  return {static_cast<std::int32_t>(std::clamp(std::ceil(forgiven), 0.0, kMost))};
}

TargetTrackingPolicy::TargetTrackingPolicy(TargetTrackingConfiguration configuration,
                                           const std::string& resource_id,
                                           const ScalingRules& rules)
    : configuration_(std::move(configuration)), rules_(rules) {
  CHECK(configuration_.target_value > 0);
  AlarmConfiguration high = alarm_of(configuration_, resource_id, "AlarmHigh", rules_);
  high.comparison = ComparisonOperator::GreaterThanThreshold;
  high.threshold = configuration_.target_value;
  high.evaluation_periods = kHighPeriods;
  high.datapoints_to_alarm = kHighPeriods;  // M = N, missing data is missing
  alarms_.push_back(std::move(high));
  if (configuration_.disable_scale_in) return;
  AlarmConfiguration low = alarm_of(configuration_, resource_id, "AlarmLow", rules_);
  low.comparison = ComparisonOperator::LessThanThreshold;
  low.threshold = kLowShareOfTarget * configuration_.target_value;
  low.evaluation_periods = static_cast<std::int32_t>(kLowSpan / low.period);
  low.datapoints_to_alarm = low.evaluation_periods;
  alarms_.push_back(std::move(low));
}

ScalingDecision TargetTrackingPolicy::decide(const PresentCapacity& capacity,
                                             std::span<const AlarmInput> alarms) const {
  CHECK_EQ(alarms.size(), alarms_.size());
  ScalingDecision decision;
  decision.policy = configuration_.policy_name;
  decision.from = decision.wanted = decision.to = capacity.desired;
  decision.votes_on_scale_in = !configuration_.disable_scale_in;

  const bool has_low = alarms.size() > 1;
  if (alarms[0].in_alarm()) {
    pull(decision, DecisionKind::ScaleOut, capacity, alarms[0]);
  } else if (has_low && alarms[1].in_alarm()) {
    pull(decision, DecisionKind::ScaleIn, capacity, alarms[1]);
  } else {
    // between the two thresholds, too early, or without data, nothing happens.
    decision.reason = quiet_side("AlarmHigh", alarms[0]);
    decision.reason += has_low ? ", " + quiet_side("AlarmLow", alarms[1]) : ", scale in is off";
  }
  return decision;
}

void TargetTrackingPolicy::pull(ScalingDecision& decision, DecisionKind kind,
                                const PresentCapacity& capacity, const AlarmInput& alarm) const {
  decision.kind = kind;
  decision.alarm = alarm.configuration->name;
  decision.action_due = alarm.action_due;
  decision.datapoints = alarm.evaluation->datapoints;
  // ALARM under `missing` needs a real point.
  CHECK(!decision.datapoints.empty());
  const double metric = representative(decision.datapoints, rules_.target_tracking_points);
  const double target = configuration_.target_value;
  const InstanceCount base = capacity.of(rules_.formula_capacity);
  decision.reason = metric_text(*alarm.configuration, metric, decision.datapoints.size(),
                                rules_.target_tracking_points, target);
  if (base.value == 0 && rules_.target_tracking_at_zero == TargetTrackingAtZero::One &&
      kind == DecisionKind::ScaleOut) {
    decision.wanted = {1};
    decision.reason += ": the first one to leave zero";
  } else if (base.value == 0) {
    decision.blocked_by = Blocker::ZeroCapacity;
    decision.reason += ": no proportion of zero is more than zero";
    return;
  } else {
    decision.wanted = capacity_for(base, metric, target);
    decision.reason +=
        fmt::format(": {} x {:.6g} / {:.6g} = {:.4g}, so a capacity of {}", base.value, metric,
                    target, base.value * metric / target, decision.wanted.value);
  }
  const bool at_least_one = kind == DecisionKind::ScaleIn && decision.from.value > 0 &&
                            rules_.flapping_prediction == FlappingPrediction::Off;
  if (at_least_one && decision.wanted >= decision.from) {  // S-07
    decision.wanted = {decision.from.value - 1};
    decision.reason += ", but one fewer in any case";
  }
  if (kind == DecisionKind::ScaleOut && decision.wanted <= decision.from) {
    decision.blocked_by = Blocker::AlreadyAtDesiredCapacity;
    decision.reason += ", as many as there are";
  } else if (kind == DecisionKind::ScaleIn && decision.wanted >= decision.from) {
    decision.blocked_by = Blocker::AnticipatedFlapping;  // R-089, S-07
    decision.reason += ": with one fewer the metric would be over its target again";
  }
}

}  // namespace models::autoscaling
