// Tells which way a policy can change the capacity, and which way an alarm looks.
#pragma once

#include "models/autoscaling/policy_configuration.hpp"
#include "models/cloudwatch/alarm_configuration.hpp"

namespace sim {

// Neither: a step policy that sets an exact capacity, which can be more or less.
struct Directions {
  bool out = false;
  bool in = false;

  bool only_out() const { return out && !in; }
  bool only_in() const { return in && !out; }
};
Directions directions_of(const models::autoscaling::PolicyConfiguration& policy);
Directions directions_of(const models::autoscaling::StepScalingConfiguration& policy);

// Whether values above the threshold breach, rather than values below.
bool is_above(const models::cloudwatch::AlarmConfiguration& alarm);

}  // namespace sim
