#include "sim/study/step_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

namespace sim {
namespace {

using models::autoscaling::AdjustmentType;
using models::autoscaling::StepAdjustment;
using models::autoscaling::StepScalingConfiguration;

StepScalingConfiguration& steps_of(Scenario& scenario, std::size_t variant, std::size_t policy) {
  return std::get<StepScalingConfiguration>(scenario.variants[variant].policies[policy]);
}
const StepScalingConfiguration& steps_of(const Scenario& scenario, std::size_t variant,
                                         std::size_t policy) {
  return std::get<StepScalingConfiguration>(scenario.variants[variant].policies[policy]);
}

// In the direction that is written.
std::vector<double> adjustments(AdjustmentType type, std::int32_t written, std::int32_t most) {
  std::vector<double> values;
  if (type == AdjustmentType::PercentChangeInCapacity) {
    for (const double value : {5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 100, 150, 200, 300, 400}) {
      values.push_back(value);
    }
  } else {
    for (std::int32_t value = 1; value <= most; ++value) values.push_back(value);
  }
  if (written < 0) {
    for (double& value : values) value = -value;
    std::reverse(values.begin(), values.end());
  }
  return values;
}

PolicyNumber adjustment_number(const StepScalingConfiguration& written, std::size_t variant,
                               std::size_t policy, std::size_t step, std::int32_t most) {
  PolicyNumber number;
  number.field = "ScalingAdjustment";
  number.name = fmt::format("{}.StepAdjustments[{}].{}", written.policy_name, step, number.field);
  number.group = NumberGroup::Steps;
  number.values =
      adjustments(written.adjustment_type, written.step_adjustments[step].scaling_adjustment, most);
  if (written.step_adjustments[step].scaling_adjustment > 0) {
    number.eager = PolicyNumber::Eager::Highest;
  }
  number.read = [=](const Scenario& s) {
    return static_cast<double>(
        steps_of(s, variant, policy).step_adjustments[step].scaling_adjustment);
  };
  number.write = [=](Scenario& s, double value) {
    steps_of(s, variant, policy).step_adjustments[step].scaling_adjustment =
        static_cast<std::int32_t>(std::lround(value));
  };
  return number;
}

// Where the step begins and the one below it ends.
PolicyNumber border_number(const StepScalingConfiguration& written, std::size_t variant,
                           std::size_t policy, std::size_t step) {
  PolicyNumber number;
  number.field = "MetricIntervalLowerBound";
  number.name = fmt::format("{}.StepAdjustments[{}].{}", written.policy_name, step, number.field);
  number.group = NumberGroup::Steps;
  for (std::size_t i = 0; i < written.step_adjustments.size(); ++i) {
    if (written.step_adjustments[i].metric_interval_upper_bound ==
        written.step_adjustments[step].metric_interval_lower_bound) {
      number.twin = fmt::format("StepAdjustments[{}].MetricIntervalUpperBound", i);
    }
  }
  const double border = *written.step_adjustments[step].metric_interval_lower_bound;
  constexpr double kFar = 4;
  number.values = round_numbers(std::abs(border) / kFar, std::abs(border) * kFar);
  if (border < 0) {
    for (double& value : number.values) value = -value;
    std::reverse(number.values.begin(), number.values.end());
  }
  if (border > 0) number.eager = PolicyNumber::Eager::Lowest;
  number.read = [=](const Scenario& s) {
    return *steps_of(s, variant, policy).step_adjustments[step].metric_interval_lower_bound;
  };
  number.write = [=](Scenario& s, double value) {
    auto& steps = steps_of(s, variant, policy).step_adjustments;
    const std::optional<double> old = steps[step].metric_interval_lower_bound;
    for (StepAdjustment& other : steps) {
      if (other.metric_interval_upper_bound == old) other.metric_interval_upper_bound = value;
    }
    steps[step].metric_interval_lower_bound = value;
  };
  return number;
}

std::vector<StepAdjustment> in_order(const StepScalingConfiguration& policy) {
  std::vector<StepAdjustment> steps = policy.step_adjustments;
  std::sort(steps.begin(), steps.end(), [](const StepAdjustment& a, const StepAdjustment& b) {
    constexpr double kLowest = std::numeric_limits<double>::lowest();
    return a.metric_interval_lower_bound.value_or(kLowest) <
           b.metric_interval_lower_bound.value_or(kLowest);
  });
  return steps;
}

}  // namespace

std::vector<PolicyNumber> step_numbers(const Scenario& scenario, std::size_t variant,
                                       std::size_t policy, std::int32_t most_instances) {
  const StepScalingConfiguration& written = steps_of(scenario, variant, policy);
  std::vector<PolicyNumber> numbers;
  for (std::size_t i = 0; i < written.step_adjustments.size(); ++i) {
    const StepAdjustment& step = written.step_adjustments[i];
    if (step.scaling_adjustment != 0) {
      numbers.push_back(adjustment_number(written, variant, policy, i, most_instances));
    }
    // The border at the threshold itself stays: there the alarm begins.
    const double border = step.metric_interval_lower_bound.value_or(0);
    const bool has_below = std::any_of(
        written.step_adjustments.begin(), written.step_adjustments.end(),
        [&](const StepAdjustment& other) { return other.metric_interval_upper_bound == border; });
    if (border != 0 && has_below) numbers.push_back(border_number(written, variant, policy, i));
  }
  return numbers;
}

bool steps_are_allowed(const StepScalingConfiguration& policy) {
  const std::vector<StepAdjustment> steps = in_order(policy);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto& [lower, upper, adjustment] = steps[i];
    if (lower && upper && !(*lower < *upper)) return false;
    if (i > 0 && steps[i - 1].metric_interval_upper_bound != lower) return false;
  }
  return true;
}

}  // namespace sim
