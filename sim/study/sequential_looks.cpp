#include "sim/study/sequential_looks.hpp"

#include <algorithm>
#include <cmath>

#include "core/check.hpp"

namespace sim {
namespace {

constexpr double kChanceOfError = 0.05;  // of all looks together

}  // namespace

std::vector<Look> planned_looks(const PrecisionGoal& goal) {
  CHECK_GE(goal.least_runs, std::size_t{2});
  CHECK_GE(goal.most_runs, goal.least_runs);
  std::vector<Look> looks;
  for (std::size_t runs = goal.least_runs; runs < goal.most_runs; runs += (runs + 1) / 2) {
    looks.push_back({runs});
  }
  looks.push_back({goal.most_runs});
  for (Look& look : looks) {
    look.confidence = 1 - kChanceOfError / static_cast<double>(looks.size());
  }
  return looks;
}

bool is_precise(const core::Interval& interval, double scale, const PrecisionGoal& goal) {
  return (interval.high - interval.low) / 2 <= goal.relative_half_width * std::abs(scale);
}

bool is_settled(const ExpectationResult& result, const PrecisionGoal& goal) {
  if (!result.cannot_tell()) return true;
  return result.over_runs->interval &&
         is_precise(*result.over_runs->interval, result.actual.value_or(0), goal);
}

}  // namespace sim
