// Keeps a metric near a target by changing capacity in proportion: out when AlarmHigh is in ALARM,
// in, conservatively, when AlarmLow is.
//
// Deciding is pure: the same capacity and alarm evaluations give the same decision.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/units.hpp"
#include "models/autoscaling/policy_configuration.hpp"
#include "models/autoscaling/policy_inputs.hpp"
#include "models/autoscaling/scaling_choices.hpp"
#include "models/autoscaling/scaling_decision.hpp"
#include "models/cloudwatch/alarm_configuration.hpp"

namespace models::autoscaling {

// The smallest capacity at which the metric, shared out evenly, does not exceed its target: R-087,
// A result within one part in 10^9 above a whole number is that number, so that the
// rounding of a sum buys nothing. REQUIRES: target > 0.
InstanceCount capacity_for(InstanceCount capacity, double metric, double target);

class TargetTrackingPolicy {
 public:
  // REQUIRES: resource_id names a variant; TargetValue > 0.
  TargetTrackingPolicy(TargetTrackingConfiguration configuration, const std::string& resource_id,
                       const ScalingRules& rules);

  const TargetTrackingConfiguration& configuration() const { return configuration_; }

  // The alarms that the policy makes and owns: AlarmHigh, then, unless scale-in is disabled
  // AlarmLow.
  const std::vector<models::cloudwatch::AlarmConfiguration>& alarms() const { return alarms_; }

  // What the policy wants now, before cooldowns, bounds and other policies; never without a
  // reason. REQUIRES: the alarms are those of alarms(), in that order.
  ScalingDecision decide(const PresentCapacity& capacity, std::span<const AlarmInput> alarms) const;

 private:
  // Lets the alarm that is in ALARM pull in its direction, as far as the metric says.
  void pull(ScalingDecision& decision, DecisionKind kind, const PresentCapacity& capacity,
            const AlarmInput& alarm) const;

  TargetTrackingConfiguration configuration_;
  ScalingRules rules_;
  std::vector<models::cloudwatch::AlarmConfiguration> alarms_;
};

}  // namespace models::autoscaling
