#include "models/autoscaling/scaling_controller.hpp"

#include <fmt/format.h>

#include <algorithm>
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

// AWS's words; its reason for an endpoint is not known.
std::string not_scalable(std::string_view resource_id) {
  return fmt::format("Resource Id [{}] is not scalable. Reason: The endpoint is Updating",
                     resource_id);
}

}  // namespace

ScalingController::ScalingController(ScalableTargetConfiguration target,
                                     std::vector<PolicyConfiguration> policies,
                                     InstanceCount initial_capacity, const ScalingRules& rules,
                                     std::vector<AlarmConfiguration> user_alarms)
    : rules_(rules),
      target_(std::move(target), initial_capacity),
      capacity_in_service_(initial_capacity) {
  for (PolicyConfiguration& policy : policies) {
    std::visit([this](auto& configuration) { add(std::move(configuration)); }, policy);
    const bool shared = rules_.cooldown_scope == CooldownScope::Target;
    policies_.back().cooldown = shared ? 0 : policies_.size() - 1;
  }
  cooldowns_.resize(policies_.size(), Cooldown{rules_});
  assign_user_alarms(std::move(user_alarms));
}

void ScalingController::add(TargetTrackingConfiguration configuration) {
  const Duration out = configuration.scale_out_cooldown;
  const Duration in = configuration.scale_in_cooldown;
  TargetTrackingPolicy tracking{std::move(configuration), target_.configuration().resource_id,
                                rules_};
  std::vector<std::size_t> own;
  for (const AlarmConfiguration& alarm : tracking.alarms()) {
    own.push_back(alarms_.size());
    alarms_.push_back(alarm);
  }
  policies_.push_back({.policy = std::move(tracking),
                       .alarms = std::move(own),
                       .scale_out_cooldown = out,
                       .scale_in_cooldown = in});
}

void ScalingController::add(StepScalingConfiguration configuration) {
  const Duration cooldown = configuration.cooldown;
  policies_.push_back({.policy = StepScalingPolicy{std::move(configuration), rules_},
                       .scale_out_cooldown = cooldown,
                       .scale_in_cooldown = cooldown});
}

void ScalingController::assign_user_alarms(std::vector<AlarmConfiguration> user_alarms) {
  for (AlarmConfiguration& alarm : user_alarms) {
    for (Policy& policy : policies_) {
      const auto* step = std::get_if<StepScalingPolicy>(&policy.policy);
      const auto& actions = alarm.alarm_actions;
      const bool is_meant = step != nullptr && alarm.actions_enabled &&
                            std::find(actions.begin(), actions.end(),
                                      step->configuration().policy_name) != actions.end();
      if (is_meant) policy.alarms.push_back(alarms_.size());
    }
    alarms_.push_back(std::move(alarm));
  }
}

std::optional<InstanceCount> ScalingController::register_target(SimTime now) {
  return move_into_bounds(now);
}

std::optional<InstanceCount> ScalingController::set_bounds(
    SimTime now, std::optional<InstanceCount> min_capacity,
    std::optional<InstanceCount> max_capacity) {
  CHECK(accepts_changes());
  const ScalableTargetConfiguration& before = target_.configuration();
  target_.set_bounds(min_capacity.value_or(before.min_capacity),
                     max_capacity.value_or(before.max_capacity));
  forget_recorded_reasons();
  return move_into_bounds(now);
}

std::optional<InstanceCount> ScalingController::run_scheduled_actions(
    SimTime now, std::vector<const ScheduledActionConfiguration*> due) {
  const ScalableTargetConfiguration& target = target_.configuration();
  if (target.suspended_state.scheduled_scaling_suspended) return std::nullopt;
  if (rules_.simultaneous_scheduled_actions == SimultaneousScheduledActions::NameOrder) {
    std::stable_sort(due.begin(), due.end(),
                     [](const auto* a, const auto* b) { return a->name < b->name; });
  }
  for (const ScheduledActionConfiguration* action : due) {
    const CapacityBounds bounds{target.min_capacity, target.max_capacity};
    ScheduledActionEffect effect{bounds, desired_capacity(), not_scalable(target.resource_id)};
    if (accepts_changes()) effect = apply_scheduled_action(*action, bounds, desired_capacity());
    activities_.push_back(
        scheduled_action_activity(next_activity_id(), *action, now, desired_capacity(), effect));
    if (effect.bounds == bounds) continue;
    target_.set_bounds(effect.bounds.min, effect.bounds.max);
    forget_recorded_reasons();
  }
  return accepts_changes() ? move_into_bounds(now) : std::nullopt;
}

std::optional<InstanceCount> ScalingController::move_into_bounds(SimTime now) {
  const InstanceCount before = desired_capacity();
  const InstanceCount to = target_.clamp(before);
  if (to == before) return std::nullopt;
  begin(now, to,
        to > before ? cause_of_min_capacity(target_.configuration().min_capacity)
                    : cause_of_max_capacity(target_.configuration().max_capacity),
        std::nullopt);
  return to;
}

bool ScalingController::accepts_changes() const {
  return !activity_in_progress() || rules_.while_updating == WhileUpdating::Override;
}

ScalingOutcome ScalingController::decide(SimTime now, std::span<const Alarm> alarms) {
  CHECK_EQ(alarms.size(), alarms_.size());
  ScalingOutcome outcome;
  for (const Policy& policy : policies_) {
    outcome.decisions.push_back(ask(now, policy, alarms));
    restrain(now, cooldowns_[policy.cooldown], outcome.decisions.back());
  }

  const std::optional<std::size_t> winner = arbitrate(outcome.decisions);
  if (winner && !accepts_changes()) {
    // No second update can be begun: it is worked out afresh at the next alarm action (S-11).
    block(outcome.decisions[*winner], Blocker::ActivityInProgress,
          fmt::format("the endpoint is still on its way to a capacity of {}",
                      desired_capacity().value));
  }
  for (std::size_t i = 0; i < policies_.size(); ++i) {
    const bool was_to_act = outcome.decisions[i].action_due || winner == i;
    if (was_to_act) record_not_scaled(now, policies_[i], outcome.decisions[i]);
  }
  if (winner && !outcome.decisions[*winner].blocked_by) {
    outcome.desired_capacity = act(now, *winner, outcome.decisions[*winner]);
  }
  return outcome;
}

ScalingDecision ScalingController::ask(SimTime now, const Policy& policy,
                                       std::span<const Alarm> alarms) const {
  std::vector<AlarmInput> inputs;
  std::vector<AlarmReading> readings;
  for (const std::size_t i : policy.alarms) {
    const AlarmEvaluation& evaluation = alarms[i].last_evaluation();
    CHECK_EQ(alarms[i].configuration().name, alarms_[i].name);
    inputs.push_back({&alarms_[i], &evaluation, evaluation.action_due && evaluation.at == now});
    readings.push_back({i, evaluation.state, evaluation.breaching});
  }
  const PresentCapacity capacity{desired_capacity(), capacity_in_service_};
  ScalingDecision decision =
      std::visit([&](const auto& kind) { return kind.decide(capacity, inputs); }, policy.policy);
  decision.alarms = std::move(readings);
  const Cooldown& cooldown = cooldowns_[policy.cooldown];
  if (now < cooldown.scale_out_ends()) decision.scale_out_cooldown_ends = cooldown.scale_out_ends();
  if (now < cooldown.scale_in_allowed_from()) {
    decision.scale_in_cooldown_ends = cooldown.scale_in_allowed_from();
  }
  return decision;
}

void ScalingController::restrain(SimTime now, const Cooldown& cooldown,
                                 ScalingDecision& decision) const {
  if (const auto blocker = target_.blocker(decision.kind)) {
    block(decision, *blocker, bound_sentence(*blocker, target_.configuration()));
    return;
  }
  if (decision.blocked_by || decision.kind == DecisionKind::NoChange) return;
  restrain_by_cooldown(now, cooldown, decision);
  if (decision.blocked_by) return;
  const InstanceCount allowed = decision.to;
  decision.to = target_.clamp(allowed);
  if (decision.to != allowed) {
    const bool at_max = decision.to < allowed;
    decision.reason +=
        fmt::format("; {} allows {}", at_max ? "MaxCapacity" : "MinCapacity", decision.to.value);
  }
}

// Leaves in `to` what the cooldown allows of the wish.
void ScalingController::restrain_by_cooldown(SimTime now, const Cooldown& cooldown,
                                             ScalingDecision& decision) const {
  decision.to = decision.wanted;
  if (decision.kind == DecisionKind::ScaleIn) {
    if (cooldown.allows_scale_in(now)) return;
    const bool own = now < cooldown.scale_in_ends();
    block(decision, Blocker::Cooldown,
          fmt::format("the {} cooldown runs {}", own ? "scale-in" : "scale-out",
                      until(now, cooldown.scale_in_allowed_from())));
    return;
  }
  decision.to = cooldown.allowed_scale_out(now, decision.from, decision.wanted);
  const bool running = now < cooldown.scale_out_ends();
  if (decision.to == decision.from) {
    block(decision, Blocker::Cooldown,
          running ? "not more than was added by the scale out whose cooldown runs " +
                        until(now, cooldown.scale_out_ends())
                  : "not more than is added by the scale out in progress");
  } else if (decision.to < decision.wanted) {
    decision.reason += fmt::format("; the scale out {} has added {} of that",
                                   running ? "whose cooldown still runs" : "in progress",
                                   decision.wanted.value - decision.to.value);
  }
}

InstanceCount ScalingController::act(SimTime now, std::size_t policy,
                                     const ScalingDecision& decision) {
  begin(now, decision.to, cause_of_alarm(decision.alarm, decision.policy), policy);
  if (decision.kind == DecisionKind::ScaleOut) {
    // of every policy, for the target as a whole is growing again.
    for (Cooldown& any : cooldowns_) any.cancel_scale_in();
    cooldown_of(policy).accepted_scale_out(now, {decision.to.value - decision.from.value},
                                           policies_[policy].scale_out_cooldown);
  } else {
    cooldown_of(policy).accepted_scale_in(now, policies_[policy].scale_in_cooldown);
  }
  return decision.to;
}

void ScalingController::fulfilled(SimTime now) {
  CHECK(in_progress_.has_value());
  mark_fulfilled(activities_[*in_progress_], now);
  target_.end_change();
  if (acting_policy_) cooldown_of(*acting_policy_).fulfilled(now);
  capacity_in_service_ = desired_capacity();
  in_progress_.reset();
  acting_policy_.reset();
}

void ScalingController::failed(SimTime now, std::string_view reason) {
  CHECK(in_progress_.has_value());
  mark_failed(activities_[*in_progress_], now, reason);
  target_.undo_change();
  if (acting_policy_) cooldown_of(*acting_policy_).failed();
  capacity_in_service_ = desired_capacity();
  in_progress_.reset();
  acting_policy_.reset();
}

void ScalingController::begin(SimTime now, InstanceCount to, std::string cause,
                              std::optional<std::size_t> acting_policy) {
  const InstanceCount from = desired_capacity();
  if (in_progress_) {
    mark_overridden(activities_[*in_progress_], now);
    target_.override_change(to);
    // Who replaces a change of its own carries on with what it has added.
    const bool carries_on =
        acting_policy && acting_policy_ &&
        policies_[*acting_policy].cooldown == policies_[*acting_policy_].cooldown;
    if (acting_policy_ && !carries_on) cooldown_of(*acting_policy_).overridden();
  } else {
    target_.begin_change(to);
  }
  activities_.push_back(begin_activity(next_activity_id(), target_.configuration().resource_id, now,
                                       from, to, std::move(cause)));
  in_progress_ = activities_.size() - 1;
  acting_policy_ = acting_policy;
  forget_recorded_reasons();
}

void ScalingController::forget_recorded_reasons() {
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
