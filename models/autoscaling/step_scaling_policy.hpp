// Changes capacity by steps whose size depends on how far an alarm's metric is from the alarm's
// threshold. The alarms are the user's; their actions name the policy.
//
// Deciding is pure: the same capacity and datapoints give the same decision.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/units.hpp"
#include "models/autoscaling/policy_configuration.hpp"
#include "models/autoscaling/policy_inputs.hpp"
#include "models/autoscaling/scaling_choices.hpp"
#include "models/autoscaling/scaling_decision.hpp"
#include "models/cloudwatch/alarm.hpp"
#include "models/cloudwatch/alarm_configuration.hpp"

namespace models::autoscaling {

// The step that applies to a metric which is `difference` above its threshold (below, if
// negative). From the threshold up, lower bounds are inclusive and upper bounds are not; below it,
// the other way round. Steps of both sides may hold the threshold itself: S-08 tells which
// one counts. S-09 tells what happens where no step applies. REQUIRES: validate() finds no fault.
std::optional<std::size_t> step_for(std::span<const StepAdjustment> steps, double difference,
                                    models::cloudwatch::ComparisonOperator comparison,
                                    const ScalingRules& rules);

// As offsets to the threshold, without bounds that are not there: "0 to 10", "from 10", "up to 0".
std::string interval_text(const StepAdjustment& step);

// What the adjustment makes of a capacity, never less than zero. Percentages are rounded towards
// zero, but never to zero, and are at least MinAdjustmentMagnitude.
InstanceCount adjusted_capacity(InstanceCount capacity, const StepScalingConfiguration& policy,
                                std::int32_t scaling_adjustment, PercentOfZero percent_of_zero);

class StepScalingPolicy {
 public:
  // REQUIRES: validate() finds no fault in the configuration.
  StepScalingPolicy(StepScalingConfiguration configuration, const ScalingRules& rules);

  const StepScalingConfiguration& configuration() const { return configuration_; }

  // What one alarm in ALARM makes of the capacity, before cooldowns, bounds and other policies;
  // never without a reason. Datapoints: those that the alarm counted, newest first.
  ScalingDecision decide(const PresentCapacity& capacity, double threshold,
                         models::cloudwatch::ComparisonOperator comparison,
                         std::span<const models::cloudwatch::EvaluatedDatapoint> datapoints) const;

  // The same for all alarms that name the policy. Of several in ALARM, one whose action is due goes
  // before one whose is not, and then the one that leads to the larger capacity.
  ScalingDecision decide(const PresentCapacity& capacity, std::span<const AlarmInput> alarms) const;

 private:
  void adjust(ScalingDecision& decision, const PresentCapacity& capacity,
              std::int32_t scaling_adjustment) const;

  StepScalingConfiguration configuration_;
  ScalingRules rules_;
};

}  // namespace models::autoscaling
