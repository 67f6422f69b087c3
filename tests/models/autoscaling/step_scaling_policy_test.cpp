#include "models/autoscaling/step_scaling_policy.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace models::autoscaling {
namespace {

using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::AlarmEvaluation;
using models::cloudwatch::AlarmState;
using models::cloudwatch::ComparisonOperator;
using models::cloudwatch::EvaluatedDatapoint;

constexpr auto kGreater = ComparisonOperator::GreaterThanThreshold;
constexpr auto kLess = ComparisonOperator::LessThanOrEqualToThreshold;
constexpr auto kNone = std::nullopt;

// The example of AWS's API reference, threshold 50.
const std::vector<StepAdjustment> kBothSides{
    {0.0, 10.0, 1}, {10.0, kNone, 2}, {-10.0, 0.0, -1}, {kNone, -10.0, -2}};

StepScalingConfiguration steps(std::vector<StepAdjustment> adjustments) {
  StepScalingConfiguration policy;
  policy.policy_name = "step";
  policy.step_adjustments = std::move(adjustments);
  return policy;
}

StepScalingConfiguration percent(std::int32_t adjustment) {
  StepScalingConfiguration policy = steps({{0.0, kNone, adjustment}});
  policy.adjustment_type = AdjustmentType::PercentChangeInCapacity;
  return policy;
}

ScalingDecision decide(const StepScalingConfiguration& policy, std::int32_t capacity, double value,
                       const ScalingRules& rules = {}) {
  const std::vector<EvaluatedDatapoint> datapoints{{core::kStart, value, true}};
  return StepScalingPolicy{policy, rules}.decide({{capacity}, {capacity}}, 50, kGreater,
                                                 datapoints);
}

std::int32_t adjusted(std::int32_t capacity, std::int32_t by,
                      std::optional<std::int32_t> magnitude = kNone,
                      PercentOfZero of_zero = PercentOfZero::Zero) {
  StepScalingConfiguration policy = percent(by);
  policy.min_adjustment_magnitude = magnitude;
  return adjusted_capacity({capacity}, policy, by, of_zero).value;
}

TEST(StepFor, IncludesTheBoundNearerToTheThreshold) {
  const ScalingRules rules;
  EXPECT_EQ(step_for(kBothSides, 0, kGreater, rules), 0U);
  EXPECT_EQ(step_for(kBothSides, 9.999, kGreater, rules), 0U);
  EXPECT_EQ(step_for(kBothSides, 10, kGreater, rules), 1U);
  EXPECT_EQ(step_for(kBothSides, -0.001, kGreater, rules), 2U);
  EXPECT_EQ(step_for(kBothSides, -9.999, kLess, rules), 2U);
  EXPECT_EQ(step_for(kBothSides, -10, kLess, rules), 3U);
}

TEST(StepFor, LetsTheChoiceDecideAtTheThresholdItself) {
  ScalingRules rules;
  for (const auto upper : {ComparisonOperator::GreaterThanThreshold,
                           ComparisonOperator::GreaterThanOrEqualToThreshold}) {
    EXPECT_EQ(step_for(kBothSides, 0, upper, rules), 0U);
  }
  for (const auto lower :
       {ComparisonOperator::LessThanThreshold, ComparisonOperator::LessThanOrEqualToThreshold}) {
    EXPECT_EQ(step_for(kBothSides, 0, lower, rules), 2U);
  }
  rules.step_at_threshold = StepAtThreshold::Above;
  EXPECT_EQ(step_for(kBothSides, 0, kLess, rules), 0U);
  rules.step_at_threshold = StepAtThreshold::Below;
  EXPECT_EQ(step_for(kBothSides, 0, kGreater, rules), 2U);
  // Where only one side has a step there is nothing to choose.
  const std::vector<StepAdjustment> above{{0.0, kNone, 1}};
  EXPECT_EQ(step_for(above, 0, kLess, rules), 0U);
  rules.step_at_threshold = StepAtThreshold::Above;
  const std::vector<StepAdjustment> below{{kNone, 0.0, -1}};
  EXPECT_EQ(step_for(below, 0, kGreater, rules), 0U);
}

TEST(StepFor, FindsNoneWhereNoneCoversUnlessTheNearestCounts) {
  const std::vector<StepAdjustment> far{{20.0, kNone, 3}, {5.0, 20.0, 1}};
  EXPECT_EQ(step_for(far, 4.9, kGreater, {}), std::nullopt);
  EXPECT_EQ(step_for(far, -1, kGreater, {}), std::nullopt);
  const ScalingRules nearest{.uncovered_value = UncoveredValue::NearestStep};
  EXPECT_EQ(step_for(far, 4.9, kGreater, nearest), 1U);
  EXPECT_EQ(step_for(far, -1, kGreater, nearest), 1U);
  EXPECT_EQ(step_for(far, 30, kGreater, nearest), 0U);
  const std::vector<StepAdjustment> under{{-5.0, -1.0, -1}, {kNone, -5.0, -2}};
  EXPECT_EQ(step_for(under, 7, kGreater, nearest), 0U);
}

TEST(AdjustedCapacity, RoundsPercentagesTowardsZeroButNeverToIt) {
  EXPECT_EQ(adjusted(100, 12), 112);
  EXPECT_EQ(adjusted(127, 10), 139);  // 12.7
  EXPECT_EQ(adjusted(1, 67), 2);      // 0.67
  EXPECT_EQ(adjusted(2, -29), 1);     // -0.58
  EXPECT_EQ(adjusted(23, -29), 17);   // -6.67
  EXPECT_EQ(adjusted(10, 0), 10);
  EXPECT_EQ(adjusted(10, 200), 30);
  EXPECT_EQ(adjusted(3, -100), 0);
  EXPECT_EQ(adjusted(3, -250), 0);
}

TEST(AdjustedCapacity, ChangesByAtLeastTheMagnitudeInPercentOnly) {
  EXPECT_EQ(adjusted(4, 25, 2), 6);
  EXPECT_EQ(adjusted(40, 25, 2), 50);
  EXPECT_EQ(adjusted(10, -10, 3), 7);
  EXPECT_EQ(adjusted(10, 0, 3), 10);
  StepScalingConfiguration by_one = steps({{0.0, kNone, 1}});
  by_one.min_adjustment_magnitude = 5;
  EXPECT_EQ(adjusted_capacity({4}, by_one, 1, PercentOfZero::Zero), InstanceCount{5});
}

TEST(AdjustedCapacity, HasAChoiceForAPercentageOfZero) {
  EXPECT_EQ(adjusted(0, 100), 0);
  EXPECT_EQ(adjusted(0, 100, 2), 2);
  EXPECT_EQ(adjusted(0, 100, kNone, PercentOfZero::One), 1);
  EXPECT_EQ(adjusted(0, 100, 3, PercentOfZero::One), 3);
  EXPECT_EQ(adjusted(0, -50, kNone, PercentOfZero::One), 0);
  EXPECT_EQ(adjusted(0, 0, kNone, PercentOfZero::One), 0);
}

TEST(AdjustedCapacity, NeverLeavesTheRangeOfACount) {
  constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();
  constexpr std::int32_t kLeast = std::numeric_limits<std::int32_t>::min();
  const StepScalingConfiguration by_number = steps({{0.0, kNone, 1}});
  EXPECT_EQ(adjusted_capacity({5}, by_number, kMost, PercentOfZero::Zero).value, kMost);
  EXPECT_EQ(adjusted_capacity({5}, by_number, kLeast, PercentOfZero::Zero).value, 0);
  EXPECT_EQ(adjusted(kMost, kMost), kMost);
  EXPECT_EQ(adjusted(kMost, kLeast), 0);
}

TEST(StepScalingPolicy, SaysWhichStepItTookFromWhereToWhere) {
  const ScalingDecision out = decide(steps(kBothSides), 4, 60);
  EXPECT_EQ(out.policy, "step");
  EXPECT_EQ(out.kind, DecisionKind::ScaleOut);
  EXPECT_EQ(out.from, InstanceCount{4});
  EXPECT_EQ(out.wanted, InstanceCount{6});
  EXPECT_FALSE(out.blocked_by.has_value());
  EXPECT_FALSE(out.votes_on_scale_in);
  EXPECT_EQ(out.reason,
            "Average 60 of 1 datapoint, 10 above the threshold 50: step from 10 says +2, from 4 "
            "to 6");
  const ScalingDecision in = decide(steps(kBothSides), 4, 40);
  EXPECT_EQ(in.kind, DecisionKind::ScaleIn);
  EXPECT_EQ(in.wanted, InstanceCount{2});
  EXPECT_EQ(in.reason,
            "Average 40 of 1 datapoint, 10 below the threshold 50: step up to -10 says -2, from "
            "4 to 2");
}

TEST(StepScalingPolicy, GoesToAnExactCapacityFromEitherSide) {
  StepScalingConfiguration policy = steps({{0.0, kNone, 5}});
  policy.adjustment_type = AdjustmentType::ExactCapacity;
  EXPECT_EQ(decide(policy, 3, 50).kind, DecisionKind::ScaleOut);
  EXPECT_EQ(decide(policy, 3, 50).wanted, InstanceCount{5});
  EXPECT_EQ(decide(policy, 9, 50).kind, DecisionKind::ScaleIn);
  EXPECT_EQ(decide(policy, 9, 50).wanted, InstanceCount{5});
  const ScalingDecision there = decide(policy, 5, 50);
  EXPECT_EQ(there.kind, DecisionKind::NoChange);
  EXPECT_EQ(there.blocked_by, Blocker::AlreadyAtDesiredCapacity);
  EXPECT_EQ(there.reason,
            "Average 50 of 1 datapoint, at the threshold 50: step from 0 says exactly 5, from 5 "
            "to 5");
}

TEST(StepScalingPolicy, IsThereAlreadyWithAStepOfZero) {
  const ScalingDecision decision = decide(percent(0), 10, 55);
  EXPECT_EQ(decision.kind, DecisionKind::NoChange);
  EXPECT_EQ(decision.blocked_by, Blocker::AlreadyAtDesiredCapacity);
  EXPECT_EQ(decision.wanted, InstanceCount{10});
}

TEST(StepScalingPolicy, ReducesTheDatapointsAsAsked) {
  const std::vector<EvaluatedDatapoint> datapoints{
      {core::kStart, 50, true}, {core::kStart, 72, true}, {core::kStart, 55, true}};
  const auto wanted = [&](MetricAggregationType type) {
    StepScalingConfiguration policy =
        steps({{0.0, 5.0, 1}, {5.0, 10.0, 2}, {10.0, 20.0, 3}, {20.0, kNone, 4}});
    policy.metric_aggregation_type = type;
    return StepScalingPolicy{policy, {}}.decide({{1}, {1}}, 50, kGreater, datapoints).wanted;
  };
  EXPECT_EQ(wanted(MetricAggregationType::Average), InstanceCount{3});  // 59
  EXPECT_EQ(wanted(MetricAggregationType::Minimum), InstanceCount{2});
  EXPECT_EQ(wanted(MetricAggregationType::Maximum), InstanceCount{5});
}

TEST(StepScalingPolicy, DoesNothingWhereNoStepCoversTheValue) {
  const StepScalingConfiguration above = steps({{0.0, kNone, 1}});
  const ScalingDecision decision = decide(above, 2, 49.9);
  EXPECT_EQ(decision.kind, DecisionKind::NoChange);
  EXPECT_EQ(decision.blocked_by, Blocker::UncoveredValue);
  EXPECT_EQ(decision.to, InstanceCount{2});
  EXPECT_EQ(decision.reason,
            "No step adjustment found for metric value [49.9] and breach threshold 50");
  const ScalingRules nearest{.uncovered_value = UncoveredValue::NearestStep};
  EXPECT_EQ(decide(above, 2, 49.9, nearest).wanted, InstanceCount{3});
}

TEST(StepScalingPolicy, DoesNothingWithoutDatapoints) {
  const ScalingDecision decision = StepScalingPolicy{steps(kBothSides), {}}.decide(
      {{2}, {2}}, 50, kGreater, std::vector<EvaluatedDatapoint>{});
  EXPECT_EQ(decision.kind, DecisionKind::NoChange);
  EXPECT_EQ(decision.blocked_by, Blocker::NoDatapoints);
  EXPECT_EQ(decision.reason, "Metric data points must be provided");
}

// Five in service, on the way to seven.
TEST(StepScalingPolicy, StepsFromTheDesiredCapacityOrFromTheOneInService) {
  const std::vector<EvaluatedDatapoint> hot{{core::kStart, 55, true}};
  const auto wanted = [&](std::int32_t by, FormulaCapacity from) {
    const StepScalingPolicy policy{steps({{0.0, kNone, by}}), {.formula_capacity = from}};
    return policy.decide({{7}, {5}}, 50, kGreater, hot);
  };
  EXPECT_EQ(wanted(3, FormulaCapacity::Desired).wanted, InstanceCount{10});
  EXPECT_EQ(wanted(3, FormulaCapacity::InService).wanted, InstanceCount{8});
  EXPECT_EQ(wanted(2, FormulaCapacity::InService).blocked_by, Blocker::AlreadyAtDesiredCapacity);
  EXPECT_EQ(wanted(1, FormulaCapacity::InService).wanted, InstanceCount{7});
  EXPECT_EQ(wanted(-1, FormulaCapacity::InService).wanted, InstanceCount{4});
}

struct AlarmFixture {
  AlarmFixture(const char* name, double threshold, std::vector<double> values, bool due = true) {
    configuration.name = name;
    configuration.threshold = threshold;
    evaluation.state = values.empty() ? AlarmState::Ok : AlarmState::Alarm;
    for (const double value : values) evaluation.datapoints.push_back({core::kStart, value, true});
    action_due = due && !values.empty();
  }
  AlarmInput input() const { return {&configuration, &evaluation, action_due}; }

  AlarmConfiguration configuration;
  AlarmEvaluation evaluation;
  bool action_due = false;
};

ScalingDecision decide(const std::vector<AlarmFixture>& alarms) {
  std::vector<AlarmInput> inputs;
  for (const AlarmFixture& alarm : alarms) inputs.push_back(alarm.input());
  return StepScalingPolicy{steps(kBothSides), {}}.decide({{4}, {4}}, inputs);
}

TEST(StepScalingPolicy, FollowsTheAlarmThatLeadsToTheLargestCapacity) {
  const ScalingDecision decision =
      decide({{"low", 50, {30}}, {"warm", 50, {55}}, {"hot", 90, {110}}, {"calm", 50, {}}});
  EXPECT_EQ(decision.alarm, "hot");
  EXPECT_TRUE(decision.action_due);
  EXPECT_EQ(decision.wanted, InstanceCount{6});
}

TEST(StepScalingPolicy, PrefersAnAlarmWhoseActionIsDueAndOneThatPulls) {
  const ScalingDecision due = decide({{"hot", 50, {90}, false}, {"low", 50, {30}}});
  EXPECT_EQ(due.alarm, "low");
  const ScalingDecision waiting = decide({{"hot", 50, {90}, false}});
  EXPECT_EQ(waiting.alarm, "hot");
  EXPECT_FALSE(waiting.action_due);
  EXPECT_EQ(waiting.wanted, InstanceCount{6});
  AlarmFixture blind{"blind", 50, {90}};
  blind.evaluation.datapoints.clear();
  EXPECT_EQ(decide({blind, {"low", 50, {30}}}).alarm, "low");
  EXPECT_EQ(decide({blind}).blocked_by, Blocker::NoDatapoints);
}

TEST(StepScalingPolicy, TellsTheStatesOfItsAlarmsWhenNoneIsInAlarm) {
  const ScalingDecision decision = decide({{"hot", 50, {}}, {"low", 50, {}}});
  EXPECT_EQ(decision.kind, DecisionKind::NoChange);
  EXPECT_TRUE(decision.alarm.empty());
  EXPECT_FALSE(decision.action_due);
  EXPECT_EQ(decision.reason, "hot is OK, low is OK");
  EXPECT_EQ(decide(std::vector<AlarmFixture>{}).reason, "no alarm names this policy");
}

}  // namespace
}  // namespace models::autoscaling
