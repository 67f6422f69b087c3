// Describes scheduled actions with the words of PutScheduledAction, and says what one does to the
// bounds and the capacity of its scalable target.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/units.hpp"
#include "models/autoscaling/scaling_activity.hpp"
#include "models/autoscaling/schedule.hpp"

namespace models::autoscaling {

struct ScheduledActionConfiguration {
  std::string name;
  std::string resource_id;        // endpoint/NAME/variant/NAME
  std::string schedule;           // as it was written
  ScheduleExpression expression;  // what it says
  std::string timezone = "UTC";
  std::optional<std::int64_t> start_unix_s;
  std::optional<std::int64_t> end_unix_s;
  // ScalableTargetAction: one of them or both.
  std::optional<InstanceCount> min_capacity;
  std::optional<InstanceCount> max_capacity;
};

// The rule that a name breaks, as "expected ..."; empty: none.
std::string problem_of_scheduled_action_name(std::string_view name);

// MinCapacity and MaxCapacity.
struct CapacityBounds {
  InstanceCount min;
  InstanceCount max;
  bool operator==(const CapacityBounds&) const = default;
};

struct ScheduledActionEffect {
  CapacityBounds bounds;   // from now on; those before when it failed
  InstanceCount capacity;  // the nearest within the bounds: scales only when it differs
  std::string failure;     // empty: it worked
};

// What happens at the same instant is applied in the order in which the actions were
// created, each to what the one before left (S-17). REQUIRES: 0 <= bounds.min <= bounds.max, and no
// capacity of the action is negative.
ScheduledActionEffect apply_scheduled_action(const ScheduledActionConfiguration& action,
                                             CapacityBounds bounds, InstanceCount capacity);

// The record of the bounds' change; a change of capacity that follows from it is an activity
// of its own. REQUIRES: the action names a bound.
ScalingActivity scheduled_action_activity(std::string activity_id,
                                          const ScheduledActionConfiguration& action, SimTime now,
                                          InstanceCount capacity,
                                          const ScheduledActionEffect& effect);

}  // namespace models::autoscaling
