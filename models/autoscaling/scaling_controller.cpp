#include "models/autoscaling/scaling_controller.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/check.hpp"
#include "models/autoscaling/arbiter.hpp"
#include "models/autoscaling/stable_uuid.hpp"

namespace models::autoscaling {
namespace {

using models::cloudwatch::Alarm;
using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::AlarmEvaluation;

std::string until(SimTime now, SimTime end) {
  return fmt::format("for another {:.6g} s", core::in_seconds(end - now));
}

std::string bound_sentence(Blocker blocker, const ScalableTargetConfiguration& target) {
  switch (blocker) {
    case Blocker::Suspended:
      return "scaling in this direction is suspended";
    case Blocker::MaxCapacity:
      return fmt::format("capacity is at MaxCapacity {}", target.max_capacity.value);
    case Blocker::MinCapacity:
      return fmt::format("capacity is at MinCapacity {}", target.min_capacity.value);
    default:
      CHECK(false);
      return {};
  }
}

}  // namespace

ScalingController::ScalingController(ScalableTargetConfiguration target,
                                     std::vector<TargetTrackingConfiguration> policies,
                                     InstanceCount initial_capacity, const ScalingRules& rules)
    : target_(std::move(target), initial_capacity) {
  for (TargetTrackingConfiguration& policy : policies) {
    const Cooldown cooldown{policy.scale_out_cooldown, policy.scale_in_cooldown,
                            rules.cooldown_start};
    policies_.push_back(
        Policy{TargetTrackingPolicy{std::move(policy), target_.configuration().resource_id, rules},
               cooldown,
               {}});
  }
}

std::vector<AlarmConfiguration> ScalingController::alarm_configurations() const {
  std::vector<AlarmConfiguration> all;
  for (const Policy& policy : policies_) {
    all.insert(all.end(), policy.policy.alarms().begin(), policy.policy.alarms().end());
  }
  return all;
}

std::optional<InstanceCount> ScalingController::register_target(SimTime now) {
  const InstanceCount before = desired_capacity();
  const InstanceCount to = target_.clamp(before);
  if (to == before) return std::nullopt;
  begin(now, to,
        to > before ? cause_of_min_capacity(target_.configuration().min_capacity)
                    : cause_of_max_capacity(target_.configuration().max_capacity));
  return to;
}

ScalingOutcome ScalingController::decide(SimTime now, std::span<const Alarm> alarms) {
  ScalingOutcome outcome;
  std::size_t next_alarm = 0;
  for (const Policy& policy : policies_) {
    std::vector<const AlarmEvaluation*> evaluations;
    for (const AlarmConfiguration& own : policy.policy.alarms()) {
      CHECK_LT(next_alarm, alarms.size());
      const Alarm& alarm = alarms[next_alarm++];
      CHECK_EQ(alarm.configuration().name, own.name);
      evaluations.push_back(&alarm.last_evaluation());
    }
    outcome.decisions.push_back(policy.policy.decide(desired_capacity(), evaluations));
    restrain(now, policy, outcome.decisions.back());
  }

  const std::optional<std::size_t> winner = arbitrate(outcome.decisions);
  if (winner && activity_in_progress()) {
    // No second update can be requested: it is worked out afresh at the next alarm action (S-11).
    block(
        outcome.decisions[*winner], Blocker::ActivityInProgress,
        fmt::format("the endpoint is still on its way to {} instances", desired_capacity().value));
  }
  for (std::size_t i = 0; i < policies_.size(); ++i) {
    record_not_scaled(now, policies_[i], outcome.decisions[i]);
  }
  if (winner && !outcome.decisions[*winner].blocked_by) {
    outcome.desired_capacity = act(now, *winner, outcome.decisions[*winner]);
  }
  return outcome;
}

void ScalingController::restrain(SimTime now, const Policy& policy,
                                 ScalingDecision& decision) const {
  if (const auto blocker = target_.blocker(decision.kind)) {
    block(decision, *blocker, bound_sentence(*blocker, target_.configuration()));
    return;
  }
  if (decision.blocked_by || decision.kind == DecisionKind::NoChange) return;
  InstanceCount allowed = decision.wanted;
  if (decision.kind == DecisionKind::ScaleOut) {
    allowed = policy.cooldown.allowed_scale_out(now, decision.from, decision.wanted);
    if (allowed == decision.from) {
      block(decision, Blocker::Cooldown,
            "not more than was added by the scale out whose cooldown runs " +
                until(now, policy.cooldown.scale_out_ends()));
      return;
    }
    if (allowed < decision.wanted) {
      decision.reason +=
          fmt::format("; {} of them were added by the scale out whose cooldown still runs",
                      decision.wanted.value - allowed.value);
    }
  } else if (!policy.cooldown.allows_scale_in(now)) {
    block(decision, Blocker::Cooldown,
          "the scale-in cooldown runs " + until(now, policy.cooldown.scale_in_ends()));
    return;
  }
  decision.to = target_.clamp(allowed);
  if (decision.to != allowed) {
    const bool at_max = decision.to < allowed;
    decision.reason +=
        fmt::format("; {} allows {}", at_max ? "MaxCapacity" : "MinCapacity", decision.to.value);
  }
}

InstanceCount ScalingController::act(SimTime now, std::size_t policy,
                                     const ScalingDecision& decision) {
  Cooldown& cooldown = policies_[policy].cooldown;
  if (decision.kind == DecisionKind::ScaleOut) {
    // of every policy, for the target as a whole is growing again.
    for (Policy& other : policies_) other.cooldown.cancel_scale_in();
    cooldown.accepted_scale_out(now, {decision.to.value - decision.from.value});
  } else {
    cooldown.accepted_scale_in(now);
  }
  begin(now, decision.to, cause_of_alarm(decision.alarm, decision.policy));
  acting_policy_ = policy;
  return decision.to;
}

void ScalingController::fulfilled(SimTime now) {
  CHECK(in_progress_.has_value());
  mark_fulfilled(activities_[*in_progress_], now);
  target_.end_change();
  if (acting_policy_) policies_[*acting_policy_].cooldown.fulfilled(now);
  in_progress_.reset();
  acting_policy_.reset();
}

void ScalingController::failed(SimTime now, std::string_view reason) {
  CHECK(in_progress_.has_value());
  mark_failed(activities_[*in_progress_], now, reason);
  target_.undo_change();
  if (acting_policy_) policies_[*acting_policy_].cooldown.failed();
  in_progress_.reset();
  acting_policy_.reset();
}

void ScalingController::begin(SimTime now, InstanceCount to, std::string cause) {
  activities_.push_back(begin_activity(next_activity_id(), target_.configuration().resource_id, now,
                                       desired_capacity(), to, std::move(cause)));
  in_progress_ = activities_.size() - 1;
  target_.begin_change(to);
  for (Policy& policy : policies_) policy.recorded.reset();
}

void ScalingController::record_not_scaled(SimTime now, Policy& policy,
                                          const ScalingDecision& decision) {
  if (!decision.blocked_by) return;
  const auto code = not_scaled_code(*decision.blocked_by);
  if (!code || policy.recorded == code) return;  // only the first until the reason changes
  policy.recorded = code;
  NotScaledReason reason;
  reason.code = *code;
  if (*code == NotScaledCode::AlreadyAtMaxCapacity) {
    reason.max_capacity = target_.configuration().max_capacity;
  } else if (*code == NotScaledCode::AlreadyAtMinCapacity) {
    reason.min_capacity = target_.configuration().min_capacity;
  } else if (*code == NotScaledCode::AlreadyAtDesiredCapacity) {
    reason.current_capacity = desired_capacity();
  }
  activities_.push_back(not_scaled_activity(next_activity_id(), target_.configuration().resource_id,
                                            now, desired_capacity(), reason,
                                            cause_of_alarm(decision.alarm, decision.policy)));
}

std::string ScalingController::next_activity_id() {
  return stable_uuid(
      fmt::format("{}/activity/{}", target_.configuration().resource_id, activities_.size()));
}

}  // namespace models::autoscaling
