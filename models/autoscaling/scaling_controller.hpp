// Plays Application Auto Scaling for one production variant: asks its policies, applies bounds,
// suspension, cooldowns and the activity in progress, and records what was done and what was not.
//
// Invariants
// 1. min <= desired_capacity <= max from register_target() on.
// 2. At most one activity is InProgress, and it is the one that fulfilled() or failed() ends.
// 3. Every policy's decision is reported at every instant, with a reason, no change included.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/sim_time.hpp"
#include "core/units.hpp"
#include "models/autoscaling/cooldown.hpp"
#include "models/autoscaling/policy_configuration.hpp"
#include "models/autoscaling/scalable_target.hpp"
#include "models/autoscaling/scaling_activity.hpp"
#include "models/autoscaling/scaling_choices.hpp"
#include "models/autoscaling/scaling_decision.hpp"
#include "models/autoscaling/target_tracking_policy.hpp"
#include "models/cloudwatch/alarm.hpp"

namespace models::autoscaling {

struct ScalingOutcome {
  std::optional<InstanceCount> desired_capacity;  // what the endpoint is told, if anything
  std::vector<ScalingDecision> decisions;         // one a policy, in the order of the policies
};

class ScalingController {
 public:
  ScalingController(ScalableTargetConfiguration target,
                    std::vector<TargetTrackingConfiguration> policies,
                    InstanceCount initial_capacity, const ScalingRules& rules);

  // The alarms of all policies, in the order in which decide() expects them.
  std::vector<models::cloudwatch::AlarmConfiguration> alarm_configurations() const;

  // Registers the target: a capacity outside the bounds moves to the nearest one.
  std::optional<InstanceCount> register_target(SimTime now);

  // Called each minute after the alarms have been evaluated. REQUIRES: the alarms of
  // alarm_configurations(), in that order.
  ScalingOutcome decide(SimTime now, std::span<const models::cloudwatch::Alarm> alarms);

  // The endpoint has done, or could not do, what it was last told. A failed update is rolled back:
  // the desired capacity is again what it was before. REQUIRES: activity_in_progress().
  void fulfilled(SimTime now);
  void failed(SimTime now, std::string_view reason);

  const ScalableTarget& target() const { return target_; }
  InstanceCount desired_capacity() const { return target_.desired_capacity(); }
  bool activity_in_progress() const { return target_.change_in_progress(); }
  const std::vector<ScalingActivity>& activities() const { return activities_; }  // oldest first

 private:
  struct Policy {
    TargetTrackingPolicy policy;
    Cooldown cooldown;
    std::optional<NotScaledCode> recorded;  // since the last change of capacity
  };

  void restrain(SimTime now, const Policy& policy, ScalingDecision& decision) const;
  InstanceCount act(SimTime now, std::size_t policy, const ScalingDecision& decision);
  void begin(SimTime now, InstanceCount to, std::string cause);
  void record_not_scaled(SimTime now, Policy& policy, const ScalingDecision& decision);
  std::string next_activity_id();

  ScalableTarget target_;
  std::vector<Policy> policies_;
  std::vector<ScalingActivity> activities_;
  std::optional<std::size_t> in_progress_;    // index into activities_
  std::optional<std::size_t> acting_policy_;  // whose cooldown the activity in progress starts
};

}  // namespace models::autoscaling
