#include "sim/scenario/policy_directions.hpp"

#include <variant>

namespace sim {

using models::autoscaling::AdjustmentType;
using models::autoscaling::PolicyConfiguration;
using models::autoscaling::StepAdjustment;
using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;
using models::cloudwatch::ComparisonOperator;

Directions directions_of(const PolicyConfiguration& policy) {
  if (const auto* tracking = std::get_if<TargetTrackingConfiguration>(&policy)) {
    return {true, !tracking->disable_scale_in};
  }
  return directions_of(std::get<StepScalingConfiguration>(policy));
}

Directions directions_of(const StepScalingConfiguration& policy) {
  Directions directions;
  if (policy.adjustment_type == AdjustmentType::ExactCapacity) return directions;
  for (const StepAdjustment& adjustment : policy.step_adjustments) {
    directions.out = directions.out || adjustment.scaling_adjustment > 0;
    directions.in = directions.in || adjustment.scaling_adjustment < 0;
  }
  return directions;
}

bool is_above(const models::cloudwatch::AlarmConfiguration& alarm) {
  return alarm.comparison == ComparisonOperator::GreaterThanThreshold ||
         alarm.comparison == ComparisonOperator::GreaterThanOrEqualToThreshold;
}

}  // namespace sim
