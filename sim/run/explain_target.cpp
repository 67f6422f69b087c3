#include "sim/run/explain_target.hpp"

#include <algorithm>

namespace sim {
namespace {

using models::autoscaling::ScalingActivity;
using models::cloudwatch::Alarm;

ExplainedAlarm explain(const Alarm& alarm) {
  ExplainedAlarm explained{alarm.configuration(), alarm.last_evaluation(), std::nullopt};
  if (!alarm.history().empty()) explained.last_change = alarm.history().back();
  return explained;
}

bool triggers(const Alarm& alarm, const std::string& policy) {
  const auto& actions = alarm.configuration().alarm_actions;
  return std::find(actions.begin(), actions.end(), policy) != actions.end();
}

}  // namespace

ExplainedVariant explain_target(const ControlPlane& control, std::size_t variant) {
  ExplainedVariant explained;
  const auto* controller = control.controller(variant);
  if (controller == nullptr) return explained;
  explained.has_target = true;
  explained.desired = controller->desired_capacity().value;
  explained.min_capacity = controller->target().configuration().min_capacity.value;
  explained.max_capacity = controller->target().configuration().max_capacity.value;
  for (const VariantDecision& decided : control.decisions()) {
    if (decided.variant != variant) continue;
    ExplainedPolicy policy{decided.decision, decided.accepted, {}};
    for (const Alarm& alarm : control.alarms_of(variant)) {
      if (triggers(alarm, decided.decision.policy)) policy.alarms.push_back(explain(alarm));
    }
    explained.policies.push_back(std::move(policy));
  }
  const auto& activities = controller->activities();
  const auto last = std::find_if(activities.rbegin(), activities.rend(),
                                 [](const ScalingActivity& activity) { return activity.scaled(); });
  if (last != activities.rend()) explained.last_activity = *last;
  return explained;
}

}  // namespace sim
