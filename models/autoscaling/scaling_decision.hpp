// Says what a scaling policy wanted at one instant, what came of it and why: the answer to "why did
// it scale?" and, more often, to "why did it not?".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/units.hpp"
#include "models/cloudwatch/alarm.hpp"

namespace models::autoscaling {

using core::InstanceCount;

// Which way the policy pulled, whether or not anything came of it.
enum class DecisionKind { NoChange, ScaleOut, ScaleIn };

// What kept a policy's wish from happening.
enum class Blocker {
  ZeroCapacity,              // no instances: the metric is no ground for a proportion (S-20)
  AlreadyAtDesiredCapacity,  // the wish, rounded, is what is there
  AnticipatedFlapping,       // fewer instances would push the metric back over its target
  Suspended,
  MaxCapacity,
  MinCapacity,
  Cooldown,
  OtherPolicies,       // scale in needs every target-tracking policy
  LargerRequest,       // another policy asked for more
  ActivityInProgress,  // the endpoint is Updating
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

struct ScalingDecision {
  std::string policy;
  std::string alarm;  // the one in ALARM that asked; empty when none did
  DecisionKind kind = DecisionKind::NoChange;
  InstanceCount from;    // desired capacity before
  InstanceCount wanted;  // by the policy's own arithmetic, before cooldowns and bounds
  InstanceCount to;      // what came of it: `from` unless this policy won
  std::string reason;    // a sentence
  std::vector<models::cloudwatch::EvaluatedDatapoint> datapoints;  // of that alarm, newest first
  std::optional<Blocker> blocked_by;
  // Whether scale in of others waits for this policy: target tracking with scale-in enabled
  //
  bool votes_on_scale_in = false;
};

// Keeps the decision from happening: capacity stays as it is, and the reason says why.
void block(ScalingDecision& decision, Blocker blocker, std::string_view why);

}  // namespace models::autoscaling
