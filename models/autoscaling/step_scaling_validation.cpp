#include "models/autoscaling/step_scaling_validation.hpp"

#include <algorithm>
#include <numeric>

namespace models::autoscaling {
namespace {

constexpr std::size_t kMostSteps = 20;
constexpr std::string_view kSteps = "StepAdjustments";
constexpr std::string_view kLower = "MetricIntervalLowerBound";
constexpr std::string_view kUpper = "MetricIntervalUpperBound";
constexpr std::string_view kAdjustment = "ScalingAdjustment";

using Problems = std::vector<StepScalingProblem>;

// Returns whether every interval is one.
bool check_each(const StepScalingConfiguration& policy, Problems& problems) {
  bool are_intervals = true;
  for (std::size_t i = 0; i < policy.step_adjustments.size(); ++i) {
    const StepAdjustment& step = policy.step_adjustments[i];
    const auto& lower = step.metric_interval_lower_bound;
    const auto& upper = step.metric_interval_upper_bound;
    if (!lower && !upper) {
      problems.push_back(
          {i, kLower,
           "Both lower and upper bounds of a step adjustment cannot be left unspecified"});
      are_intervals = false;
    } else if (lower && upper && *lower >= *upper) {
      problems.push_back(
          {i, kUpper, "Lower bound must be less than upper bound for a step adjustment"});
      are_intervals = false;
    }
    if (policy.adjustment_type == AdjustmentType::ExactCapacity && step.scaling_adjustment < 0) {
      problems.push_back(
          {i, kAdjustment,
           "Scaling adjustment cannot be less than 0 when adjustment type is ExactCapacity"});
    }
  }
  return are_intervals;
}

// Returns whether at most one interval is open at this end.
bool check_open_end(const std::vector<StepAdjustment>& steps,
                    std::optional<double> StepAdjustment::*bound, std::string_view field,
                    std::string_view text, Problems& problems) {
  std::size_t open = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].*bound) continue;
    if (++open > 1) problems.push_back({i, field, text});
  }
  return open <= 1;
}

// REQUIRES: every interval is one, and at most one is open at either end.
void check_that_they_meet(const std::vector<StepAdjustment>& steps, Problems& problems) {
  std::vector<std::size_t> upwards(steps.size());
  std::iota(upwards.begin(), upwards.end(), std::size_t{0});
  std::stable_sort(upwards.begin(), upwards.end(), [&](std::size_t a, std::size_t b) {
    const auto& left = steps[a].metric_interval_lower_bound;
    const auto& right = steps[b].metric_interval_lower_bound;
    return right && (!left || *left < *right);
  });
  for (std::size_t i = 1; i < upwards.size(); ++i) {
    const auto& end = steps[upwards[i - 1]].metric_interval_upper_bound;
    const auto& begin = steps[upwards[i]].metric_interval_lower_bound;
    if (!end || *end > *begin) {
      problems.push_back({upwards[i], kLower, "StepAdjustment intervals can't overlap"});
    } else if (*end < *begin) {
      problems.push_back(
          {upwards[i], kLower, "StepAdjustment intervals cannot have gaps between them"});
    }
  }
}

void check_reach(const std::vector<StepAdjustment>& steps, Problems& problems) {
  const auto lowest = std::find_if(steps.begin(), steps.end(), [](const StepAdjustment& step) {
    return step.metric_interval_lower_bound && *step.metric_interval_lower_bound < 0;
  });
  const bool reaches_down = std::any_of(steps.begin(), steps.end(), [](const StepAdjustment& step) {
    return !step.metric_interval_lower_bound;
  });
  if (lowest != steps.end() && !reaches_down) {
    problems.push_back({static_cast<std::size_t>(lowest - steps.begin()), kLower,
                        "There must be a StepAdjustment with an unspecified lower bound (i.e., "
                        "lower bound is null) when one StepAdjustment has a negative lower bound"});
  }
  const auto highest = std::find_if(steps.begin(), steps.end(), [](const StepAdjustment& step) {
    return step.metric_interval_upper_bound && *step.metric_interval_upper_bound > 0;
  });
  const bool reaches_up = std::any_of(steps.begin(), steps.end(), [](const StepAdjustment& step) {
    return !step.metric_interval_upper_bound;
  });
  if (highest != steps.end() && !reaches_up) {
    problems.push_back({static_cast<std::size_t>(highest - steps.begin()), kUpper,
                        "There must be a StepAdjustment with an unspecified upper bound (i.e., "
                        "upper bound is null) when one StepAdjustment has a positive upper bound"});
  }
}

}  // namespace

std::vector<StepScalingProblem> validate(const StepScalingConfiguration& policy) {
  const std::vector<StepAdjustment>& steps = policy.step_adjustments;
  Problems problems;
  if (steps.empty()) {
    problems.push_back({std::nullopt, kSteps, "There must be at least one step adjustment"});
  }
  if (steps.size() > kMostSteps) {
    problems.push_back(
        {std::nullopt, kSteps, "There can be at most 20 step adjustments per scaling policy"});
  }
  if (!check_each(policy, problems)) return problems;
  const bool one_lower =
      check_open_end(steps, &StepAdjustment::metric_interval_lower_bound, kLower,
                     "At most one step adjustment may have an unspecified lower bound", problems);
  const bool one_upper =
      check_open_end(steps, &StepAdjustment::metric_interval_upper_bound, kUpper,
                     "At most one step adjustment may have an unspecified upper bound", problems);
  if (one_lower && one_upper) check_that_they_meet(steps, problems);
  check_reach(steps, problems);
  return problems;
}

}  // namespace models::autoscaling
