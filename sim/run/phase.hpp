// Fixes the order of what happens at one and the same simulated instant, once and for all.
//
// Requests up to t, t itself excluded, have been played before any of these. A period is
// [t - length, t): what happens at t belongs to the next.
#pragma once

#include "core/event_queue.hpp"

namespace sim {

inline constexpr core::Phase kInstanceLifecycle = 0;
inline constexpr core::Phase kPeriodClose = 1;
inline constexpr core::Phase kAlarmEvaluation = 2;
inline constexpr core::Phase kScheduledAction = 3;
inline constexpr core::Phase kScalingDecision = 4;
inline constexpr core::Phase kExplanation = 5;  // of the state that all of these leave

}  // namespace sim
