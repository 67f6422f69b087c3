// Holds what Application Auto Scaling knows of one production variant: its bounds, the capacity it
// asked for, and whether the endpoint is still busy with that.
//
// Invariants
// 1. min <= max; after every change min <= desired_capacity <= max. Only a change that failed may
//    leave a capacity outside, for bounds are not looked at again by themselves.
// 2. At most one change is in progress.
#pragma once

#include <optional>
#include <string>

#include "core/units.hpp"
#include "models/autoscaling/policy_configuration.hpp"
#include "models/autoscaling/scaling_decision.hpp"

namespace models::autoscaling {

class ScalableTarget {
 public:
  // REQUIRES: 0 <= MinCapacity <= MaxCapacity.
  ScalableTarget(ScalableTargetConfiguration configuration, InstanceCount capacity);

  const ScalableTargetConfiguration& configuration() const { return configuration_; }
  InstanceCount desired_capacity() const { return desired_; }
  bool change_in_progress() const { return before_.has_value(); }
  InstanceCount clamp(InstanceCount capacity) const;

  // What bounds or suspension put in the way of going in this direction from here.
  std::optional<Blocker> blocker(DecisionKind direction) const;

  // The capacity stays as it is: whoever changes bounds moves it to the nearest.
  // REQUIRES: 0 <= min <= max.
  void set_bounds(InstanceCount min_capacity, InstanceCount max_capacity);
  void set_suspended_state(const SuspendedState& state);

  // REQUIRES: no change is in progress; `to` is within the bounds and not the desired capacity.
  void begin_change(InstanceCount to);
  // The same, but REQUIRES a change in progress, which the new one replaces (S-11).
  void override_change(InstanceCount to);
  // REQUIRES, both: a change is in progress.
  void end_change();
  void undo_change();  // a failed update is rolled back: the capacity is again what it was

 private:
  ScalableTargetConfiguration configuration_;
  InstanceCount desired_;
  std::optional<InstanceCount> before_;  // the change in progress, or the first of those replaced
};

}  // namespace models::autoscaling
