// Plays Application Auto Scaling for one production variant: asks its policies, applies bounds,
// suspension, cooldowns and the activity in progress, and records what was done and what was not.
//
// Invariants
// 1. Every capacity asked for is within the bounds. From register_target() on
//    min <= desired_capacity <= max, but for what a failed activity leaves behind.
// 2. At most one activity is InProgress, and it is the one that fulfilled() or failed() ends.
// 3. Every policy's decision is reported at every instant, with a reason, no change included.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/sim_time.hpp"
#include "core/units.hpp"
#include "models/autoscaling/cooldown.hpp"
#include "models/autoscaling/policy_configuration.hpp"
#include "models/autoscaling/policy_inputs.hpp"
#include "models/autoscaling/scalable_target.hpp"
#include "models/autoscaling/scaling_activity.hpp"
#include "models/autoscaling/scaling_choices.hpp"
#include "models/autoscaling/scaling_decision.hpp"
#include "models/autoscaling/scheduled_action.hpp"
#include "models/autoscaling/step_scaling_policy.hpp"
#include "models/autoscaling/target_tracking_policy.hpp"
#include "models/cloudwatch/alarm.hpp"

namespace models::autoscaling {

struct ScalingOutcome {
  std::optional<InstanceCount> desired_capacity;  // what the endpoint is told, if anything
  std::vector<ScalingDecision> decisions;         // one a policy, in the order of the policies
};

class ScalingController {
 public:
  // user_alarms: those whose alarm_actions name a step policy by its PolicyName; others are let
  // be. REQUIRES: policy names differ; step configurations without fault; a capacity of 0 or more.
  ScalingController(ScalableTargetConfiguration target, std::vector<PolicyConfiguration> policies,
                    InstanceCount initial_capacity, const ScalingRules& rules,
                    std::vector<models::cloudwatch::AlarmConfiguration> user_alarms = {});

  // All alarms, in the order in which decide() expects them: those that target-tracking policies
  // own, policy by policy, then the user's.
  const std::vector<models::cloudwatch::AlarmConfiguration>& alarm_configurations() const {
    return alarms_;
  }

  // Registers the target: a capacity outside the bounds moves to the nearest one.
  std::optional<InstanceCount> register_target(SimTime now);

  // Called at every instant at which an alarm has been evaluated. Only alarms evaluated at `now`
  // act; the others vote with the state that they are in. REQUIRES: the alarms of
  // alarm_configurations(), in that order.
  ScalingOutcome decide(SimTime now, std::span<const models::cloudwatch::Alarm> alarms);

  // Registers the target anew; what is not given stays. Returns the capacity that the
  // endpoint is told, where the one there was is outside. REQUIRES: 0 <= min <= max in the
  // end; accepts_changes().
  std::optional<InstanceCount> set_bounds(SimTime now, std::optional<InstanceCount> min_capacity,
                                          std::optional<InstanceCount> max_capacity);
  // Runs the scheduled actions that are due at `now`, given in the order in which they were
  // created; S-17 tells in which they run. Each change of bounds is an activity of its own, and
  // fails where the bounds would cross or the endpoint does not accept changes.
  // Capacity moves once, into the bounds that the last one left, whatever the cooldowns (R-113,
  // While scheduled scaling is suspended nothing is run, now or later.
  std::optional<InstanceCount> run_scheduled_actions(
      SimTime now, std::vector<const ScheduledActionConfiguration*> due);

  // Alarms that are in ALARM when a direction is resumed act with their next action; an
  // activity in progress goes on.
  void set_suspended_state(const SuspendedState& state) { target_.set_suspended_state(state); }

  // How much serves at present, for S-24. Until told otherwise it is what the last fulfilled change
  // was for.
  void set_capacity_in_service(InstanceCount capacity) { capacity_in_service_ = capacity; }

  // The endpoint has done, or could not do, what it was last told. A failed update is rolled back:
  // the desired capacity is again what it was before. REQUIRES: activity_in_progress().
  void fulfilled(SimTime now);
  void failed(SimTime now, std::string_view reason);

  const ScalableTarget& target() const { return target_; }
  InstanceCount desired_capacity() const { return target_.desired_capacity(); }
  bool activity_in_progress() const { return target_.change_in_progress(); }
  // An endpoint that is Updating is not scalable, unless changes may be overridden (S-11).
  bool accepts_changes() const;
  const std::vector<ScalingActivity>& activities() const { return activities_; }  // oldest first

 private:
  struct Policy {
    std::variant<TargetTrackingPolicy, StepScalingPolicy> policy;
    std::vector<std::size_t> alarms{};  // in alarms_
    std::size_t cooldown = 0;           // in cooldowns_
    Duration scale_out_cooldown{};
    Duration scale_in_cooldown{};
    std::optional<NotScaledCode> recorded{};  // since the last change of capacity or bounds
  };

  void add(TargetTrackingConfiguration configuration);
  void add(StepScalingConfiguration configuration);
  void assign_user_alarms(std::vector<models::cloudwatch::AlarmConfiguration> user_alarms);
  ScalingDecision ask(SimTime now, const Policy& policy,
                      std::span<const models::cloudwatch::Alarm> alarms) const;
  void restrain(SimTime now, const Cooldown& cooldown, ScalingDecision& decision) const;
  void restrain_by_cooldown(SimTime now, const Cooldown& cooldown, ScalingDecision& decision) const;
  InstanceCount act(SimTime now, std::size_t policy, const ScalingDecision& decision);
  std::optional<InstanceCount> move_into_bounds(SimTime now);
  void begin(SimTime now, InstanceCount to, std::string cause,
             std::optional<std::size_t> acting_policy);
  void forget_recorded_reasons();
  void record_not_scaled(SimTime now, Policy& policy, const ScalingDecision& decision);
  std::string next_activity_id();
  Cooldown& cooldown_of(std::size_t policy) { return cooldowns_[policies_[policy].cooldown]; }

  ScalingRules rules_;
  ScalableTarget target_;
  InstanceCount capacity_in_service_;
  std::vector<models::cloudwatch::AlarmConfiguration> alarms_;
  std::vector<Policy> policies_;
  std::vector<Cooldown> cooldowns_;  // one a policy, or one for all (S-13)
  std::vector<ScalingActivity> activities_;
  std::optional<std::size_t> in_progress_;    // index into activities_
  std::optional<std::size_t> acting_policy_;  // whose cooldown the activity in progress starts
};

}  // namespace models::autoscaling
