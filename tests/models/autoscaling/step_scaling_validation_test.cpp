#include "models/autoscaling/step_scaling_validation.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace models::autoscaling {
namespace {

constexpr auto kNone = std::nullopt;

StepScalingConfiguration steps(std::vector<StepAdjustment> adjustments) {
  StepScalingConfiguration policy;
  policy.step_adjustments = std::move(adjustments);
  return policy;
}

// "INDEX FIELD: TEXT" of each, one a line.
std::string problems(const StepScalingConfiguration& policy) {
  std::string all;
  for (const StepScalingProblem& problem : validate(policy)) {
    if (!all.empty()) all += "\n";
    all += problem.index ? std::to_string(*problem.index) : std::string{"-"};
    all += " " + std::string(problem.field) + ": " + std::string(problem.text);
  }
  return all;
}

TEST(StepScalingValidation, AcceptsWhatAwsAccepts) {
  for (const std::vector<StepAdjustment>& good : std::vector<std::vector<StepAdjustment>>{
           {{0.0, kNone, 1}},
           {{kNone, 0.0, -1}},
           {{30.0, kNone, 1}},
           {{0.0, 15.0, 1}, {15.0, 25.0, 2}, {25.0, kNone, 3}},
           {{25.0, kNone, 3}, {0.0, 15.0, 1}, {15.0, 25.0, 2}},
           {{0.0, 10.0, 1}, {10.0, kNone, 2}, {-10.0, 0.0, -1}, {kNone, -10.0, -2}},
           {{kNone, -10.0, -2}, {-10.0, 10.0, 0}, {10.0, kNone, 2}}}) {
    EXPECT_EQ(problems(steps(good)), "");
  }
}

TEST(StepScalingValidation, WantsBetweenOneAndTwentySteps) {
  EXPECT_EQ(problems(steps({})), "- StepAdjustments: There must be at least one step adjustment");
  std::vector<StepAdjustment> many;
  for (int i = 0; i < 19; ++i) many.push_back({1.0 * i, i + 1.0, 1});
  many.push_back({19.0, kNone, 1});
  EXPECT_EQ(problems(steps(many)), "");
  many.back().metric_interval_upper_bound = 20.0;
  many.push_back({20.0, kNone, 1});
  EXPECT_EQ(problems(steps(many)),
            "- StepAdjustments: There can be at most 20 step adjustments per scaling policy");
}

TEST(StepScalingValidation, WantsEveryStepToBeAnInterval) {
  EXPECT_EQ(problems(steps({{0.0, kNone, 1}, {kNone, kNone, 1}})),
            "1 MetricIntervalLowerBound: Both lower and upper bounds of a step adjustment cannot "
            "be left unspecified");
  const std::string order =
      "0 MetricIntervalUpperBound: Lower bound must be less than upper bound for a step adjustment";
  EXPECT_EQ(problems(steps({{5.0, 5.0, 1}, {5.0, kNone, 1}})), order);
  EXPECT_EQ(problems(steps({{6.0, 5.0, 1}, {6.0, kNone, 1}})), order);
}

TEST(StepScalingValidation, WantsOneOpenEndOnEitherSideAtMost) {
  EXPECT_EQ(problems(steps({{0.0, kNone, 1}, {10.0, kNone, 2}})),
            "1 MetricIntervalUpperBound: At most one step adjustment may have an unspecified upper "
            "bound");
  EXPECT_EQ(problems(steps({{kNone, 0.0, -1}, {kNone, -10.0, -2}})),
            "1 MetricIntervalLowerBound: At most one step adjustment may have an unspecified lower "
            "bound");
}

TEST(StepScalingValidation, WantsIntervalsThatMeet) {
  EXPECT_EQ(problems(steps({{10.0, kNone, 2}, {0.0, 11.0, 1}})),
            "0 MetricIntervalLowerBound: StepAdjustment intervals can't overlap");
  EXPECT_EQ(problems(steps({{0.0, kNone, 2}, {5.0, 10.0, 1}})),
            "1 MetricIntervalLowerBound: StepAdjustment intervals can't overlap");
  EXPECT_EQ(problems(steps({{10.0, kNone, 2}, {0.0, 9.0, 1}})),
            "0 MetricIntervalLowerBound: StepAdjustment intervals cannot have gaps between them");
  EXPECT_EQ(problems(steps({{kNone, -1.0, -2}, {0.0, kNone, 1}})),
            "1 MetricIntervalLowerBound: StepAdjustment intervals cannot have gaps between them");
}

TEST(StepScalingValidation, WantsAnOpenEndWhereTheStepsLeadAwayFromTheThreshold) {
  EXPECT_EQ(problems(steps({{0.0, 10.0, 1}})),
            "0 MetricIntervalUpperBound: There must be a StepAdjustment with an unspecified upper "
            "bound (i.e., upper bound is null) when one StepAdjustment has a positive upper bound");
  EXPECT_EQ(problems(steps({{-10.0, 0.0, -1}})),
            "0 MetricIntervalLowerBound: There must be a StepAdjustment with an unspecified lower "
            "bound (i.e., lower bound is null) when one StepAdjustment has a negative lower bound");
}

TEST(StepScalingValidation, WantsAnExactCapacityToBeOne) {
  StepScalingConfiguration policy = steps({{0.0, kNone, 0}, {kNone, 0.0, -1}});
  EXPECT_EQ(problems(policy), "");
  policy.adjustment_type = AdjustmentType::ExactCapacity;
  EXPECT_EQ(problems(policy),
            "1 ScalingAdjustment: Scaling adjustment cannot be less than 0 when adjustment type is "
            "ExactCapacity");
}

}  // namespace
}  // namespace models::autoscaling
