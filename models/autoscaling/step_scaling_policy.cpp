#include "models/autoscaling/step_scaling_policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/check.hpp"

namespace models::autoscaling {
namespace {

using models::cloudwatch::ComparisonOperator;
using models::cloudwatch::EvaluatedDatapoint;

constexpr double kUnbounded = std::numeric_limits<double>::infinity();

double lower_of(const StepAdjustment& step) {
  return step.metric_interval_lower_bound.value_or(-kUnbounded);
}
double upper_of(const StepAdjustment& step) {
  return step.metric_interval_upper_bound.value_or(kUnbounded);
}

bool covers_from_above(const StepAdjustment& step, double difference) {
  return difference >= lower_of(step) && difference < upper_of(step);
}
bool covers_from_below(const StepAdjustment& step, double difference) {
  return difference > lower_of(step) && difference <= upper_of(step);
}

template <typename Covers>
std::optional<std::size_t> first_that(std::span<const StepAdjustment> steps, double difference,
                                      Covers covers) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (covers(steps[i], difference)) return i;
  }
  return std::nullopt;
}

// R-102, S-08.
bool upper_side_counts(ComparisonOperator comparison, StepAtThreshold choice) {
  if (choice != StepAtThreshold::AlarmOperator) return choice == StepAtThreshold::Above;
  return comparison == ComparisonOperator::GreaterThanThreshold ||
         comparison == ComparisonOperator::GreaterThanOrEqualToThreshold;
}

std::optional<std::size_t> nearest(std::span<const StepAdjustment> steps, double difference) {
  std::optional<std::size_t> best;
  double best_distance = kUnbounded;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const double distance =
        std::max({lower_of(steps[i]) - difference, difference - upper_of(steps[i]), 0.0});
    if (distance < best_distance) {
      best = i;
      best_distance = distance;
    }
  }
  return best;
}

//
double aggregated(std::span<const EvaluatedDatapoint> datapoints, MetricAggregationType type) {
  double sum = 0;
  double minimum = kUnbounded;
  double maximum = -kUnbounded;
  for (const EvaluatedDatapoint& datapoint : datapoints) {
    sum += datapoint.value;
    minimum = std::min(minimum, datapoint.value);
    maximum = std::max(maximum, datapoint.value);
  }
  switch (type) {
    case MetricAggregationType::Average:
      return sum / static_cast<double>(datapoints.size());
    case MetricAggregationType::Minimum:
      return minimum;
    case MetricAggregationType::Maximum:
      return maximum;
  }
  CHECK(false);
  return 0;
}

std::int64_t percent_change(std::int64_t capacity, std::int64_t percent,
                            const StepScalingConfiguration& policy, PercentOfZero of_zero) {
  const std::int64_t sign = percent < 0 ? -1 : 1;
  std::int64_t size = capacity * std::abs(percent) / 100;
  const bool not_to_zero = capacity > 0 || (sign > 0 && of_zero == PercentOfZero::One);
  if (size == 0 && percent != 0 && not_to_zero) size = 1;
  if (percent != 0) {
    size = std::max<std::int64_t>(size, policy.min_adjustment_magnitude.value_or(0));
  }
  return sign * size;
}

std::string adjustment_text(AdjustmentType type, std::int32_t adjustment) {
  switch (type) {
    case AdjustmentType::ChangeInCapacity:
      return fmt::format("{:+}", adjustment);
    case AdjustmentType::ExactCapacity:
      return fmt::format("exactly {}", adjustment);
    case AdjustmentType::PercentChangeInCapacity:
      return fmt::format("{:+} %", adjustment);
  }
  CHECK(false);
  return {};
}

std::string value_text(MetricAggregationType type, double value, std::size_t datapoints,
                       double threshold) {
  const double difference = value - threshold;
  const std::string where = difference == 0 ? std::string{"at"}
                                            : fmt::format("{:.6g} {}", std::abs(difference),
                                                          difference > 0 ? "above" : "below");
  return fmt::format("{} {:.6g} of {} datapoint{}, {} the threshold {:.6g}", to_string(type), value,
                     datapoints, datapoints == 1 ? "" : "s", where, threshold);
}

// As AWS words it in an alarm's history.
std::string uncovered_text(std::span<const EvaluatedDatapoint> datapoints, double threshold) {
  std::string values;
  for (const EvaluatedDatapoint& datapoint : datapoints) {
    if (!values.empty()) values += ", ";
    values += fmt::format("{:.6g}", datapoint.value);
  }
  return fmt::format("No step adjustment found for metric value [{}] and breach threshold {:.6g}",
                     values, threshold);
}

}  // namespace

std::string interval_text(const StepAdjustment& step) {
  const auto& lower = step.metric_interval_lower_bound;
  const auto& upper = step.metric_interval_upper_bound;
  if (lower && upper) return fmt::format("{:.6g} to {:.6g}", *lower, *upper);
  if (lower) return fmt::format("from {:.6g}", *lower);
  return upper ? fmt::format("up to {:.6g}", *upper) : std::string{"without bounds"};
}

std::optional<std::size_t> step_for(std::span<const StepAdjustment> steps, double difference,
                                    ComparisonOperator comparison, const ScalingRules& rules) {
  std::optional<std::size_t> step;
  if (difference >= 0) step = first_that(steps, difference, covers_from_above);
  const bool other_side =
      difference < 0 ||
      (difference == 0 && !(step && upper_side_counts(comparison, rules.step_at_threshold)));
  if (other_side) {
    if (const auto below = first_that(steps, difference, covers_from_below)) step = below;
  }
  if (!step && rules.uncovered_value == UncoveredValue::NearestStep) {
    return nearest(steps, difference);
  }
  return step;
}

InstanceCount adjusted_capacity(InstanceCount capacity, const StepScalingConfiguration& policy,
                                std::int32_t scaling_adjustment, PercentOfZero percent_of_zero) {
  std::int64_t to = capacity.value;
  switch (policy.adjustment_type) {
    case AdjustmentType::ChangeInCapacity:
      to += scaling_adjustment;
      break;
    case AdjustmentType::ExactCapacity:
      to = scaling_adjustment;
      break;
    case AdjustmentType::PercentChangeInCapacity:
      to += percent_change(to, scaling_adjustment, policy, percent_of_zero);
      break;
  }
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  return {static_cast<std::int32_t>(std::clamp<std::int64_t>(to, 0, kMost))};
}

StepScalingPolicy::StepScalingPolicy(StepScalingConfiguration configuration,
                                     const ScalingRules& rules)
    : configuration_(std::move(configuration)), rules_(rules) {
  CHECK(!configuration_.step_adjustments.empty());
}

ScalingDecision StepScalingPolicy::decide(const PresentCapacity& capacity, double threshold,
                                          ComparisonOperator comparison,
                                          std::span<const EvaluatedDatapoint> datapoints) const {
  ScalingDecision decision;
  decision.policy = configuration_.policy_name;
  decision.from = decision.wanted = decision.to = capacity.desired;
  decision.datapoints.assign(datapoints.begin(), datapoints.end());
  if (datapoints.empty()) {  // missing data was taken for breaching
    decision.blocked_by = Blocker::NoDatapoints;
    decision.reason = "Metric data points must be provided";
    return decision;
  }
  const double value = aggregated(datapoints, configuration_.metric_aggregation_type);
  const auto step =
      step_for(configuration_.step_adjustments, value - threshold, comparison, rules_);
  if (!step) {
    decision.blocked_by = Blocker::UncoveredValue;
    decision.reason = uncovered_text(datapoints, threshold);
    return decision;
  }
  decision.step = step;
  const StepAdjustment& chosen = configuration_.step_adjustments[*step];
  decision.reason = fmt::format(
      "{}: step {} says {}",
      value_text(configuration_.metric_aggregation_type, value, datapoints.size(), threshold),
      interval_text(chosen),
      adjustment_text(configuration_.adjustment_type, chosen.scaling_adjustment));
  adjust(decision, capacity, chosen.scaling_adjustment);
  return decision;
}

void StepScalingPolicy::adjust(ScalingDecision& decision, const PresentCapacity& capacity,
                               std::int32_t scaling_adjustment) const {
  const bool exact = configuration_.adjustment_type == AdjustmentType::ExactCapacity;
  const InstanceCount base = exact ? capacity.desired : capacity.of(rules_.formula_capacity);
  const InstanceCount to =
      adjusted_capacity(base, configuration_, scaling_adjustment, rules_.percent_of_zero);
  const std::int32_t pull = exact ? to.value - base.value : scaling_adjustment;
  if (pull > 0) decision.kind = DecisionKind::ScaleOut;
  if (pull < 0) decision.kind = DecisionKind::ScaleIn;
  decision.reason += fmt::format(", from {} to {}", base.value, to.value);
  // While a change is on its way, a step from the capacity in service may lead to less than that.
  const bool is_there = pull == 0 || (pull > 0 ? to <= capacity.desired : to >= capacity.desired);
  if (is_there) {
    decision.blocked_by = Blocker::AlreadyAtDesiredCapacity;
    return;
  }
  decision.wanted = to;
}

ScalingDecision StepScalingPolicy::decide(const PresentCapacity& capacity,
                                          std::span<const AlarmInput> alarms) const {
  std::optional<ScalingDecision> best;
  const auto rank = [](const ScalingDecision& decision) {
    return std::tuple{decision.action_due, decision.kind != DecisionKind::NoChange,
                      decision.wanted.value};
  };
  std::string quiet;
  for (const AlarmInput& alarm : alarms) {
    if (!alarm.in_alarm()) {
      quiet += fmt::format("{}{} is {}", quiet.empty() ? "" : ", ", alarm.configuration->name,
                           to_string(alarm.evaluation->state));
      continue;
    }
    ScalingDecision decision =
        decide(capacity, alarm.configuration->threshold, alarm.configuration->comparison,
               alarm.evaluation->datapoints);
    decision.alarm = alarm.configuration->name;
    decision.action_due = alarm.action_due;
    if (!best || rank(decision) > rank(*best)) best = std::move(decision);
  }
  if (best) return *std::move(best);
  ScalingDecision decision;
  decision.policy = configuration_.policy_name;
  decision.from = decision.wanted = decision.to = capacity.desired;
  decision.reason = quiet.empty() ? "no alarm names this policy" : quiet;
  return decision;
}

}  // namespace models::autoscaling
