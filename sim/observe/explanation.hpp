// Holds the state of the control plane at one instant: what `headroom explain` tells.
//
// Plain data; the simulation fills it in, sim/report words it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/sim_time.hpp"
#include "models/autoscaling/scaling_activity.hpp"
#include "models/autoscaling/scaling_decision.hpp"
#include "models/cloudwatch/alarm.hpp"

namespace sim {

// An alarm as its last evaluation left it.
struct ExplainedAlarm {
  models::cloudwatch::AlarmConfiguration configuration;
  models::cloudwatch::AlarmEvaluation evaluation;
  std::optional<models::cloudwatch::AlarmStateChange> last_change;
};

struct ExplainedPolicy {
  models::autoscaling::ScalingDecision decision;  // the last, no change included
  bool accepted = false;                          // it is what the endpoint was told then
  std::vector<ExplainedAlarm> alarms;
};

// A variant with what scales it. The instant itself is included: everything due at it has happened.
struct ExplainedVariant {
  std::string name;
  bool has_target = false;  // else nothing scales it
  std::int32_t desired = 0;
  std::int32_t in_service = 0;
  std::int32_t starting = 0;
  std::int32_t stopping = 0;
  std::int32_t min_capacity = 0;
  std::int32_t max_capacity = 0;
  std::vector<ExplainedPolicy> policies;
  // The activity that last began, whether or not it has ended.
  std::optional<models::autoscaling::ScalingActivity> last_activity;
};

struct Explanation {
  core::SimTime at;
  std::optional<core::SimTime> decided_at;  // when the policies last decided; none: not yet
  std::vector<ExplainedVariant> variants;
};

}  // namespace sim
