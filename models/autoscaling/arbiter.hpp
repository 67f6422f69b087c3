// Makes one decision out of what several policies want at the same instant: out if any asks, in
// only if every target-tracking policy with scale-in enabled is ready, and the largest capacity
// wins in both directions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "models/autoscaling/scaling_decision.hpp"

namespace models::autoscaling {

// Returns the index of the decision that is to happen; every other wish gets its blocker and, in
// its reason, the policy that stood in the way. Decisions that are blocked already stay so, but
// still hold capacity: a policy that wants to scale out and may not does not agree to scale in.
// Among equals the first wins. A scale in of a policy that does not vote (a step policy's) needs
// no agreement.
//
// Only an alarm whose action is due asks for anything. Once one of a voter asks to scale in, all
// voters answer, also those whose own action is not due at this instant: their capacities count
// for the largest.
std::optional<std::size_t> arbitrate(std::span<ScalingDecision> decisions);

}  // namespace models::autoscaling
