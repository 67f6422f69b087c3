#include "sim/scenario/control_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/scenario/control_loop.hpp"

namespace sim {
namespace {

using models::autoscaling::AdjustmentType;
using models::autoscaling::CustomizedMetric;
using models::autoscaling::TargetTrackingConfiguration;
using models::cloudwatch::ComparisonOperator;
using models::cloudwatch::Statistic;
using testing::ElementsAre;
using testing::HasSubstr;
using tests::ControlLoop;

// Step policies to scale out and in, each with an alarm on the same metric.
class OpposingPolicies : public testing::Test {
 protected:
  OpposingPolicies() {
    loop.step(2, "out", 1);
    loop.step(3, "in", -1);
    loop.alarm(4, "high", {"out"});
    loop.alarm(5, "low", {"in"});
    set(ComparisonOperator::GreaterThanOrEqualToThreshold, 50,
        ComparisonOperator::LessThanOrEqualToThreshold, 40);
  }
  void set(ComparisonOperator high, double high_threshold, ComparisonOperator low,
           double low_threshold) {
    loop.scenario.alarms[0].comparison = high;
    loop.scenario.alarms[0].threshold = high_threshold;
    loop.scenario.alarms[1].comparison = low;
    loop.scenario.alarms[1].threshold = low_threshold;
  }
  // `high` and `low` both breach between 40 and 50.
  void let_overlap() {
    set(ComparisonOperator::GreaterThanThreshold, 40, ComparisonOperator::LessThanThreshold, 50);
  }

  ControlLoop loop;
};

const std::string kOpposing =
    "5: warning: 'high' and 'low' can be in ALARM at once, one to scale out and one to scale in "
    "(the larger capacity wins: leave a gap between their Thresholds)\n";

TEST_F(OpposingPolicies, WithAGapBetweenThresholdsAreUsual) { EXPECT_EQ(loop.said(), ""); }

TEST_F(OpposingPolicies, ThatOverlapAreReported) {
  set(ComparisonOperator::GreaterThanThreshold, 40, ComparisonOperator::LessThanThreshold, 40.5);
  EXPECT_EQ(loop.said(), kOpposing);
  set(ComparisonOperator::GreaterThanThreshold, 40, ComparisonOperator::GreaterThanThreshold, 90);
  EXPECT_EQ(loop.said(), kOpposing);
}

TEST_F(OpposingPolicies, ThatMeetInOneValueAreReportedIfBothIncludeIt) {
  set(ComparisonOperator::GreaterThanOrEqualToThreshold, 40,
      ComparisonOperator::LessThanOrEqualToThreshold, 40);
  EXPECT_EQ(loop.said(), kOpposing);
  set(ComparisonOperator::GreaterThanThreshold, 40, ComparisonOperator::LessThanOrEqualToThreshold,
      40);
  EXPECT_EQ(loop.said(), "");
}

TEST_F(OpposingPolicies, OnDifferentMetricsOrStatisticsAreNotCompared) {
  let_overlap();
  loop.scenario.alarms[1].statistic = Statistic::Average;
  EXPECT_EQ(loop.said(), "");
  loop.scenario.alarms[1].statistic = Statistic::Sum;
  loop.scenario.alarms[1].metric = ControlLoop::metric("ModelLatency");
  EXPECT_EQ(loop.said(), "");
}

TEST(ControlRules, OpposingPoliciesOfDifferentVariantsAreNotCompared) {
  ControlLoop loop;
  loop.variant("Canary");
  loop.step(2, "out", 1);
  loop.step(3, "in", -1, 1);
  loop.alarm(4, "high", {"out"});
  loop.alarm(5, "low", {"in"});
  EXPECT_EQ(loop.said(), "");
}

TEST_F(OpposingPolicies, DoNothingWhileActionsAreDisabled) {
  let_overlap();
  loop.scenario.alarms[1].actions_enabled = false;
  EXPECT_EQ(loop.said(),
            "3: warning: no alarm triggers the step policy 'in': it will never act ('low' has it "
            "among its AlarmActions, but ActionsEnabled: false)\n");
}

TEST_F(OpposingPolicies, ThatGoBothWaysOrToAnExactCapacityAreNotJudged) {
  let_overlap();
  auto& out = std::get<models::autoscaling::StepScalingConfiguration>(
      loop.scenario.variants.front().policies.front());
  out.step_adjustments.push_back({std::nullopt, 0.0, -1});
  EXPECT_EQ(loop.said(), "");
  out.step_adjustments.pop_back();
  out.adjustment_type = AdjustmentType::ExactCapacity;
  EXPECT_EQ(loop.said(), "");
}

TEST(ControlRules, AStepPolicyWithoutAlarmIsReportedWithWhatToAdd) {
  ControlLoop loop;
  loop.step(2, "burst");
  EXPECT_EQ(loop.said(),
            "2: warning: no alarm triggers the step policy 'burst': it will never act (add to "
            "MetricAlarms one with AlarmActions: [burst], or the arguments of put-metric-alarm to "
            "'from')\n");
  loop.sources.has_lost_alarm = true;
  EXPECT_EQ(loop.said(), "");
}

TEST(ControlRules, AMisspeltActionIsAllThatIsSaid) {
  ControlLoop loop;
  loop.step(2, "out");
  loop.alarm(3, "high", {"oout"});
  EXPECT_EQ(loop.said(),
            "3: error: expected the name of a step policy or its ARN, found 'oout' (did you mean "
            "'out'?)\n");
  EXPECT_THAT(loop.scenario.alarms.front().alarm_actions, ElementsAre());
}

TEST(ControlRules, ActionsNameOneStepPolicy) {
  ControlLoop loop;
  loop.alarm(3, "high", {"tt"});
  EXPECT_EQ(loop.said(),
            "3: error: expected the name of a step policy or its ARN, found 'tt' (there is no step "
            "policy here)\n");
  loop.target_tracking(2, "tt");
  EXPECT_EQ(loop.said(),
            "3: error: expected the name of a step policy, found the target-tracking policy 'tt' "
            "(target tracking makes its own alarms)\n");
  loop.variant("Canary");
  loop.step(4, "tt", 1, 1);  // the only step policy of that name
  EXPECT_EQ(loop.said(), "");
  EXPECT_THAT(loop.scenario.alarms.front().alarm_actions, ElementsAre("tt"));
  loop.variant("Other");
  loop.step(5, "tt", 1, 2);
  EXPECT_EQ(loop.said(),
            "3: error: expected the name of one step policy, found 'tt', which policies of 2 "
            "variants have (give the policies different names)\n");
}

TEST(ControlRules, APolicyNameThatIsThereTwiceIsNotAlsoAmbiguous) {
  ControlLoop loop;
  loop.step(2, "out");
  loop.step(3, "out");
  loop.alarm(4, "high", {"out"});
  EXPECT_EQ(loop.said().find("variants have"), std::string::npos);
}

TEST(ControlRules, OtherActionsHaveNoEffectOnPolicies) {
  ControlLoop loop;
  loop.step(2, "out");
  loop.alarm(3, "high", {"out", "arn:aws:sns:eu-west-1:111122223333:topic"});
  AlarmDraft draft = *loop.sources.alarms.front();
  draft.other_actions = {{"out", draft.name_place}, {"unknown", draft.name_place}};
  loop.sources.alarms.front() = &draft;
  EXPECT_EQ(loop.said(),
            "3: warning: this action is of sns and is passed over: only scaling policies are "
            "simulated\n"
            "3: warning: a scaling policy acts on ALARM alone: this action does nothing\n");
}

TEST(ControlRules, AnAlarmWithoutPurposeIsReported) {
  ControlLoop loop;
  loop.alarm(1, "slow", {});
  EXPECT_EQ(loop.said(),
            "1: warning: 'slow' triggers no scaling policy (a step policy acts when an alarm has "
            "its name among its AlarmActions)\n");
  loop.sources.expected_alarms = {"fast", "slow"};
  EXPECT_EQ(loop.said(), "");
}

TEST(ControlRules, WhatHasNoTargetIsReported) {
  ControlLoop loop;
  loop.target_tracking(1, "tt");
  loop.scheduled_action(2, "morning");
  EXPECT_EQ(loop.said(), "");
  loop.scenario.variants.front().scalable_target.reset();
  const std::string hint =
      "(add ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}] to scaling, or the arguments of "
      "register-scalable-target to 'from')\n";
  EXPECT_EQ(loop.said(),
            "1: error: expected a scalable target for the policy, found none " + hint +
                "2: error: expected a scalable target for the scheduled action, found none " +
                hint);
  loop.sources.has_lost_target = true;
  EXPECT_EQ(loop.said(), "");
}

TEST(ControlRules, ATargetOfOneVariantIsNoneOfAnother) {
  ControlLoop loop;
  loop.variant("Canary").scalable_target.reset();
  loop.target_tracking(1, "tt", 1);
  EXPECT_THAT(loop.said(), HasSubstr("add ScalableTargets: [{ResourceId: "
                                     "endpoint/shop/variant/Canary, MinCapacity: 1,"));
}

TEST(ControlRules, TwoTargetTrackingPoliciesOnOneMetricAreRefused) {
  ControlLoop loop;
  loop.variant("Canary");
  loop.target_tracking(3, "tt");
  loop.target_tracking(4, "tt", 1);
  CustomizedMetric cpu;
  cpu.metric = ControlLoop::metric("CPUUtilization");
  loop.target_tracking(5, "cpu").metric = cpu;
  cpu.statistic = Statistic::Maximum;
  loop.target_tracking(6, "most cpu").metric = cpu;
  EXPECT_EQ(loop.said(), "");
  loop.target_tracking(7, "more");
  loop.target_tracking(8, "most more").metric = cpu;
  loop.target_tracking(9, "tt");  // the name was reported
  const std::string message =
      ": error: expected one target-tracking policy a metric, found a second (AWS says: Only one "
      "TargetTrackingScaling policy for a given metric specification is allowed.)\n";
  EXPECT_EQ(loop.said(), "7" + message + "8" + message);
}

TEST(ControlRules, AStepPolicyThatScalesInBesideTargetTrackingIsReported) {
  ControlLoop loop;
  loop.target_tracking(2, "tt");
  loop.step(3, "step", 1);
  loop.alarm(4, "low", {"step"});
  EXPECT_EQ(loop.said(), "");  // scaling out beside it is what both are for
  auto& policies = loop.scenario.variants.front().policies;
  std::get<models::autoscaling::StepScalingConfiguration>(policies[1])
      .step_adjustments.front()
      .scaling_adjustment = -1;
  EXPECT_EQ(loop.said(),
            "3: warning: the step policy 'step' scales in without waiting for the target-tracking "
            "policy 'tt', which may scale out again at once (let one of them scale in: drop the "
            "negative steps, or set DisableScaleIn: true)\n");
  std::get<TargetTrackingConfiguration>(policies[0]).disable_scale_in = true;
  EXPECT_EQ(loop.said(), "");
}

TEST(ControlRules, AnIdThatLeadsNowhereIsUnused) {
  ControlLoop loop;
  loop.step(2, "out");
  auto& alarm = loop.alarm(3, "high", {"out"});
  alarm.metrics = loop.math(
      4, {ControlLoop::metric_query("m1", "Invocations"),
          ControlLoop::metric_query("m2", "ModelLatency"), ControlLoop::expression("e1", "m2 * 2"),
          ControlLoop::expression("e2", "m1 * 2", true)});
  EXPECT_EQ(loop.said(),
            "5: warning: nothing uses 'm2': no expression that leads to the returned one names it\n"
            "6: warning: nothing uses 'e1': no expression that leads to the returned one names "
            "it\n");
  alarm.metrics.back().source = std::string("SUM(METRICS(\"m\")) + e1");
  EXPECT_EQ(loop.said(), "");
}

TEST(ControlRules, TheMetricMathOfAPolicyIsCheckedAsWell) {
  ControlLoop loop;
  CustomizedMetric metric;
  auto& policy = loop.target_tracking(2, "tt");
  metric.metrics = loop.math(3,
                             {ControlLoop::expression("e1", "m1 / 2", true),
                              ControlLoop::metric_query("m1", "Invocations"),
                              ControlLoop::metric_query("m2", "ModelLatency")},
                             false);
  policy.metric = metric;
  EXPECT_EQ(loop.said(),
            "5: warning: nothing uses 'm2': no expression that leads to the returned one names "
            "it\n");
}

TEST(ControlRules, AVariantThatNoResourceIdCanNameHasOnlyItsActionsChecked) {
  ControlLoop loop;  // the name was reported
  loop.target_tracking(2, "tt");
  loop.scenario.variants.front().variant.endpoint_name = "a/b";
  loop.alarm(3, "high", {"out"});
  EXPECT_EQ(loop.said(),
            "3: error: expected the name of a step policy or its ARN, found 'out' (there is no "
            "step policy here)\n");
}

}  // namespace
}  // namespace sim
