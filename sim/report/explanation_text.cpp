#include "sim/report/explanation_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "sim/report/capacity_rows.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/waiting_datapoints.hpp"

namespace sim {
namespace {

using models::autoscaling::ActivityStatus;
using models::autoscaling::DecisionKind;
using models::autoscaling::ScalingDecision;
using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::ComparisonOperator;

std::string_view sign_of(ComparisonOperator comparison) {
  switch (comparison) {
    case ComparisonOperator::GreaterThanOrEqualToThreshold:
      return ">=";
    case ComparisonOperator::GreaterThanThreshold:
      return ">";
    case ComparisonOperator::LessThanThreshold:
      return "<";
    case ComparisonOperator::LessThanOrEqualToThreshold:
      return "<=";
  }
  return {};
}

std::string metric_text(const AlarmConfiguration& alarm) {
  if (alarm.metrics.empty()) {
    return fmt::format("{} {}", alarm.metric.name, to_string(alarm.statistic));
  }
  const auto returned = std::find_if(alarm.metrics.begin(), alarm.metrics.end(),
                                     [](const auto& query) { return query.return_data; });
  if (returned == alarm.metrics.end()) return "metric math";
  const auto* expression = std::get_if<std::string>(&returned->source);
  return expression == nullptr ? returned->id : *expression;
}

std::string name_of(const ExplainedPolicy& policy, const ExplainedAlarm& alarm) {
  return fmt::format("{} of policy {}", short_alarm_name(one_line(alarm.configuration.name)),
                     one_line(policy.decision.policy));
}

// The largest wish of those that wanted to change something, and may not.
const ExplainedPolicy* blocked_wish(const ExplainedVariant& variant) {
  const ExplainedPolicy* found = nullptr;
  for (const DecisionKind direction : {DecisionKind::ScaleOut, DecisionKind::ScaleIn}) {
    for (const ExplainedPolicy& policy : variant.policies) {
      const bool wishes = policy.decision.kind == direction && policy.decision.blocked_by;
      if (!wishes) continue;
      if (found == nullptr || policy.decision.wanted > found->decision.wanted) found = &policy;
    }
    if (found != nullptr) return found;
  }
  return nullptr;
}

// The alarm that waits for the fewest datapoints.
std::string nearest_waiting(const ExplainedVariant& variant, const Assumptions& assumptions) {
  std::optional<std::int32_t> fewest;
  std::string text;
  for (const ExplainedPolicy& policy : variant.policies) {
    for (const ExplainedAlarm& alarm : policy.alarms) {
      const auto waiting = waiting_datapoints(alarm, assumptions);
      if (!waiting || (fewest && waiting->count >= *fewest)) continue;
      fewest = waiting->count;
      text = fmt::format("{} has {} of {} breaching datapoints and {}", name_of(policy, alarm),
                         alarm.configuration.datapoints_to_alarm - waiting->count,
                         alarm.configuration.datapoints_to_alarm, waiting_text(alarm, assumptions));
    }
  }
  return text;
}

// What was decided last, where the endpoint could not do it.
const ExplainedPolicy* failed_wish(const ExplainedVariant& variant) {
  const auto& activity = variant.last_activity;
  if (!activity || activity->status != ActivityStatus::Failed) return nullptr;
  for (const ExplainedPolicy& policy : variant.policies) {
    const ScalingDecision& decision = policy.decision;
    const bool asked =
        !decision.blocked_by && decision.to == activity->to &&
        activity->cause == models::autoscaling::cause_of_alarm(decision.alarm, decision.policy);
    if (asked) return &policy;
  }
  return nullptr;
}

std::string why_quiet(const ExplainedVariant& variant, const Assumptions& assumptions) {
  const std::string waiting = nearest_waiting(variant, assumptions);
  if (!waiting.empty()) return waiting;
  const ExplainedPolicy& first = variant.policies.front();
  return fmt::format("no alarm asks for it: of policy {}, {}", one_line(first.decision.policy),
                     one_line(first.decision.reason));
}

}  // namespace

std::string condition_text(const AlarmConfiguration& alarm) {
  return fmt::format("{} {} {} in {} of {} datapoints of {}", one_line(metric_text(alarm)),
                     sign_of(alarm.comparison), humane_number(alarm.threshold, 6),
                     alarm.datapoints_to_alarm, alarm.evaluation_periods,
                     humane_span(alarm.period));
}

std::string waiting_text(const ExplainedAlarm& alarm, const Assumptions& assumptions) {
  const auto waiting = waiting_datapoints(alarm, assumptions);
  if (!waiting) return {};
  return fmt::format("waits for {}, {} {} to {}, seen at {}",
                     counted(waiting->count, "more datapoint", "more datapoints"),
                     waiting->count == 1 ? "that of" : "those of",
                     humane_time(waiting->first_start), humane_time(waiting->last_end),
                     humane_time(waiting->earliest));
}

Verdict verdict_on(const ExplainedVariant& variant, const Assumptions& assumptions) {
  if (!variant.has_target) return {DecisionKind::NoChange, "nothing scales this variant"};
  for (const ExplainedPolicy& policy : variant.policies) {
    if (!policy.accepted) continue;
    const ScalingDecision& decision = policy.decision;
    return {decision.kind,
            fmt::format("from {} to {}: {} of policy {}: {}", decision.from.value,
                        decision.to.value, short_alarm_name(one_line(decision.alarm)),
                        one_line(decision.policy), one_line(decision.reason))};
  }
  if (variant.policies.empty()) {
    return {DecisionKind::NoChange, "no policy has decided yet, or the target has none"};
  }
  if (const ExplainedPolicy* wish = failed_wish(variant)) {
    return {DecisionKind::NoChange, fmt::format("{} of policy {} is in ALARM, but: {}",
                                                short_alarm_name(one_line(wish->decision.alarm)),
                                                one_line(wish->decision.policy),
                                                one_line(variant.last_activity->status_message))};
  }
  if (const ExplainedPolicy* wish = blocked_wish(variant)) {
    return {DecisionKind::NoChange,
            fmt::format("{} of policy {} is in ALARM, but: {}",
                        short_alarm_name(one_line(wish->decision.alarm)),
                        one_line(wish->decision.policy), one_line(wish->decision.reason))};
  }
  return {DecisionKind::NoChange, why_quiet(variant, assumptions)};
}

}  // namespace sim
