// Lists where AWS's documentation leaves Application Auto Scaling a choice (aws-rules, section S),
// and what is taken unless something else is asked for.
#pragma once

#include <cstdint>

namespace models::autoscaling {

// S-06: which of the alarm's datapoints stand for the metric of target tracking.
enum class TargetTrackingPoints : std::uint8_t { Mean, Newest };

// S-07: whether target tracking declines to scale in where its own formula says that the metric
// would be over its target again. Off: AlarmLow in ALARM removes at least one.
enum class FlappingPrediction : std::uint8_t { SameFormula, Off };

// S-08: which step adjustment applies where the metric is exactly at the threshold and both sides
// have one: the side to which the alarm's operator points, or always the one above or below.
enum class StepAtThreshold : std::uint8_t { AlarmOperator, Above, Below };

// S-09: what a step policy does with a value that no step adjustment covers.
enum class UncoveredValue : std::uint8_t { NoChange, NearestStep };

// S-10: whether a cooldown starts when the change is in service or when it was accepted.
enum class CooldownStart : std::uint8_t { Fulfilled, Accepted };

// S-11: what an alarm action comes to while the endpoint is Updating. NotScaled: it is worked out
// afresh at the next one. Override: the new change replaces the one in progress, whose activity
// becomes Overridden.
enum class WhileUpdating : std::uint8_t { NotScaled, Override };

// S-12: what a positive percentage of a capacity of zero adds.
enum class PercentOfZero : std::uint8_t { Zero, One };

// S-13: whether each policy has cooldowns of its own, or all policies of a target share them; and
// whether the cooldown of a scale out also keeps from scaling in.
enum class CooldownScope : std::uint8_t { Policy, Target };
enum class ScaleOutDelaysScaleIn : std::uint8_t { No, Yes };

// S-17: the order of scheduled actions that are due at the same instant.
enum class SimultaneousScheduledActions : std::uint8_t { CreationOrder, NameOrder };

// S-20: what AlarmHigh in ALARM comes to at a capacity of zero.
enum class TargetTrackingAtZero : std::uint8_t { NoChange, One };

// S-23: the statistic that a policy on ConcurrentRequestsPerModel watches in each 10 s.
enum class ConcurrencyStatistic : std::uint8_t { Maximum, Average, Minimum };

// S-24: the capacity to which a policy applies its proportion or step, which differ only while a
// change is on its way.
enum class FormulaCapacity : std::uint8_t { Desired, InService };

struct ScalingRules {
  TargetTrackingPoints target_tracking_points = TargetTrackingPoints::Mean;
  FlappingPrediction flapping_prediction = FlappingPrediction::SameFormula;
  StepAtThreshold step_at_threshold = StepAtThreshold::AlarmOperator;
  UncoveredValue uncovered_value = UncoveredValue::NoChange;
  CooldownStart cooldown_start = CooldownStart::Fulfilled;
  WhileUpdating while_updating = WhileUpdating::NotScaled;
  PercentOfZero percent_of_zero = PercentOfZero::Zero;
  CooldownScope cooldown_scope = CooldownScope::Policy;
  ScaleOutDelaysScaleIn scale_out_delays_scale_in = ScaleOutDelaysScaleIn::No;
  SimultaneousScheduledActions simultaneous_scheduled_actions =
      SimultaneousScheduledActions::CreationOrder;
  TargetTrackingAtZero target_tracking_at_zero = TargetTrackingAtZero::NoChange;
  ConcurrencyStatistic concurrency_statistic = ConcurrencyStatistic::Maximum;
  FormulaCapacity formula_capacity = FormulaCapacity::Desired;
};

}  // namespace models::autoscaling
