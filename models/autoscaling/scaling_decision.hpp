// Says what a scaling policy wanted at one instant, what came of it and why: the answer to "why did
// it scale?" and, more often, to "why did it not?".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sim_time.hpp"
#include "core/units.hpp"
#include "models/cloudwatch/alarm.hpp"

namespace models::autoscaling {

using core::InstanceCount;
using core::SimTime;

// Which way the policy pulled, whether or not anything came of it.
enum class DecisionKind { NoChange, ScaleOut, ScaleIn };

// What kept a policy's wish from happening.
enum class Blocker {
  ZeroCapacity,              // nothing in service: no proportion of it is more than zero (S-20)
  NoDatapoints,              // ALARM by missing data alone: no value to act upon
  UncoveredValue,            // no step adjustment covers the value
  AlreadyAtDesiredCapacity,  // the wish, rounded, is what is there
  AnticipatedFlapping,       // less capacity would push the metric back over its target
  Suspended,
  MaxCapacity,
  MinCapacity,
  Cooldown,
  OtherPolicies,       // scale in needs every target-tracking policy
  LargerCapacity,      // another policy asked for more
  ActivityInProgress,  // the endpoint is Updating
  ActionNotDue,        // the alarm is in ALARM, but does not act at this instant (S-05)
};

// AWS's codes for activities that were not scaled.
enum class NotScaledCode {
  AutoScalingAnticipatedFlapping,
  TargetServicePutResourceAsUnscalable,
  AlreadyAtMaxCapacity,
  AlreadyAtMinCapacity,
  AlreadyAtDesiredCapacity,
};

std::string_view to_string(DecisionKind kind);                  // no_change, scale_out, scale_in
std::string_view to_string(Blocker blocker);                    // snake_case
std::string_view to_string(NotScaledCode code);                 // AWS's spelling
std::optional<NotScaledCode> not_scaled_code(Blocker blocker);  // AWS records only some

// One of a policy's alarms at the instant of a decision.
struct AlarmReading {
  std::size_t alarm = 0;  // its place among the controller's alarm_configurations()
  models::cloudwatch::AlarmState state = models::cloudwatch::AlarmState::InsufficientData;
  std::int32_t breaching = 0;  // datapoints
};

struct ScalingDecision {
  std::string policy;
  std::string alarm;  // the one in ALARM that pulled; empty when none did
  DecisionKind kind = DecisionKind::NoChange;
  bool action_due = false;  // whether that alarm acts at this instant, or only is in ALARM
  InstanceCount from;       // desired capacity before
  InstanceCount wanted;     // by the policy's own arithmetic, before cooldowns and bounds
  InstanceCount to;         // what came of it: `from` unless this policy won
  std::string reason;       // a sentence
  std::vector<models::cloudwatch::EvaluatedDatapoint> datapoints;  // of that alarm, newest first
  std::optional<Blocker> blocked_by;
  std::optional<std::size_t> step;  // which of a step policy's adjustments the value picked
  // Whether scale in of others waits for this policy: target tracking with scale-in enabled
  //
  bool votes_on_scale_in = false;
  std::vector<AlarmReading> alarms;  // all of the policy's
  // The cooldowns that the policy is in, whichever way it pulled.
  std::optional<SimTime> scale_out_cooldown_ends;
  std::optional<SimTime> scale_in_cooldown_ends;
};

// Keeps the decision from happening: capacity stays as it is, and the reason says why.
void block(ScalingDecision& decision, Blocker blocker, std::string_view why);

}  // namespace models::autoscaling
