// Compares the choice and the size of a step, over random policies that AWS would accept, with a
// scan that takes the sentences of the StepAdjustment reference at their word. A failure names its
// seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/random_streams.hpp"
#include "models/autoscaling/step_scaling_policy.hpp"
#include "models/autoscaling/step_scaling_validation.hpp"

namespace models::autoscaling {
namespace {

using models::cloudwatch::ComparisonOperator;

constexpr std::uint64_t kPolicies = 4000;
constexpr auto kNone = std::nullopt;

class PolicyMaker {
 public:
  explicit PolicyMaker(std::uint64_t seed) : engine_(seed) {}

  // Quarters are exact in a double, so that the scan may add where the policy subtracts.
  double quarter(std::int32_t from, std::int32_t to) {
    return from + 0.25 * engine_.below(static_cast<std::uint32_t>(4 * (to - from) + 1));
  }
  std::int32_t number(std::int32_t from, std::int32_t to) {
    return from +
           static_cast<std::int32_t>(engine_.below(static_cast<std::uint32_t>(to - from + 1)));
  }

  StepScalingConfiguration make() {
    StepScalingConfiguration policy;
    policy.adjustment_type = static_cast<AdjustmentType>(engine_.below(3));
    if (engine_.below(2) == 0) policy.min_adjustment_magnitude = number(1, 6);
    // Neighbouring intervals meet in sorted points; either end is open or is the last point, as
    // far as AWS allows that.
    std::vector<double> points;
    const std::int32_t count = number(1, 8);
    for (std::int32_t i = 0; i < count; ++i) points.push_back(quarter(-10, 10));
    if (engine_.below(2) == 0) points.push_back(0);
    std::sort(points.begin(), points.end());
    points.erase(std::unique(points.begin(), points.end()), points.end());
    const bool open_below = points.front() < 0 || engine_.below(2) == 0;
    const bool open_above = points.back() > 0 || !open_below || engine_.below(2) == 0;
    auto& steps = policy.step_adjustments;
    const auto adjustment = [&] {
      return policy.adjustment_type == AdjustmentType::ExactCapacity ? number(0, 20)
                                                                     : number(-120, 120);
    };
    if (open_below) steps.push_back({kNone, points.front(), adjustment()});
    for (std::size_t i = 1; i < points.size(); ++i) {
      steps.push_back({points[i - 1], points[i], adjustment()});
    }
    if (open_above) steps.push_back({points.back(), kNone, adjustment()});
    for (std::size_t i = steps.size(); i > 1; --i) {
      std::swap(steps[i - 1], steps[engine_.below(static_cast<std::uint32_t>(i))]);
    }
    return policy;
  }

 private:
  core::RandomEngine engine_;
};

// "If the metric is at or above the threshold, the lower bound is inclusive and the upper bound is
// exclusive. If it is below, the lower bound is exclusive and the upper bound is inclusive."
bool covers(const StepAdjustment& step, double metric, double threshold, bool as_above) {
  const auto& lower = step.metric_interval_lower_bound;
  const auto& upper = step.metric_interval_upper_bound;
  if (as_above) {
    return (!lower || metric >= threshold + *lower) && (!upper || metric < threshold + *upper);
  }
  return (!lower || metric > threshold + *lower) && (!upper || metric <= threshold + *upper);
}

std::vector<std::size_t> all_that_cover(const StepScalingConfiguration& policy, double metric,
                                        double threshold, bool as_above) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < policy.step_adjustments.size(); ++i) {
    if (covers(policy.step_adjustments[i], metric, threshold, as_above)) found.push_back(i);
  }
  return found;
}

std::optional<std::size_t> scan(const StepScalingConfiguration& policy, double metric,
                                double threshold, bool greater) {
  const auto above = all_that_cover(policy, metric, threshold, true);
  const auto below = all_that_cover(policy, metric, threshold, false);
  EXPECT_LE(above.size(), 1U);
  EXPECT_LE(below.size(), 1U);
  const auto first = [](const std::vector<std::size_t>& found) {
    return found.empty() ? std::nullopt : std::optional{found.front()};
  };
  if (metric > threshold) return first(above);
  if (metric < threshold) return first(below);
  const auto& preferred = greater ? above : below;
  return first(preferred.empty() ? (greater ? below : above) : preferred);
}

// in floating point, which is exact here.
double scanned_capacity(const StepScalingConfiguration& policy, double capacity,
                        double adjustment) {
  if (policy.adjustment_type == AdjustmentType::ExactCapacity) return adjustment;
  if (policy.adjustment_type == AdjustmentType::ChangeInCapacity) {
    return std::max(0.0, capacity + adjustment);
  }
  double change = capacity * adjustment / 100;
  if (change > 1) change = std::floor(change);
  if (change < -1) change = std::ceil(change);
  if (change > 0 && change < 1) change = 1;
  if (change < 0 && change > -1) change = -1;
  const double least = policy.min_adjustment_magnitude.value_or(0);
  if (adjustment > 0) change = std::max(change, least);
  if (adjustment < 0) change = std::min(change, -least);
  return std::max(0.0, capacity + change);
}

TEST(StepLinearScan, ChoosesAndSizesStepsAsTheReferenceSays) {
  for (std::uint64_t seed = 1; seed <= kPolicies; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    PolicyMaker maker{seed};
    const StepScalingConfiguration policy = maker.make();
    ASSERT_TRUE(validate(policy).empty());
    const double threshold = maker.quarter(-5, 60);
    for (double offset = -12; offset <= 12; offset += 0.25) {
      const bool greater = maker.number(0, 1) == 1;
      const auto comparison = greater ? ComparisonOperator::GreaterThanThreshold
                                      : ComparisonOperator::LessThanOrEqualToThreshold;
      const auto expected = scan(policy, threshold + offset, threshold, greater);
      ASSERT_EQ(step_for(policy.step_adjustments, offset, comparison, {}), expected) << offset;
      if (!expected) continue;
      const std::int32_t capacity = maker.number(0, 40);
      const std::int32_t adjustment = policy.step_adjustments[*expected].scaling_adjustment;
      ASSERT_EQ(adjusted_capacity({capacity}, policy, adjustment, PercentOfZero::Zero).value,
                scanned_capacity(policy, capacity, adjustment))
          << capacity << " by " << adjustment;
    }
  }
}

}  // namespace
}  // namespace models::autoscaling
