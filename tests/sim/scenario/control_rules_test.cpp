#include "sim/scenario/control_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/scenario/control_parts_builder.hpp"

namespace sim {
namespace {

using models::cloudwatch::ComparisonOperator;
using testing::HasSubstr;
using tests::ControlPartsBuilder;

// Step policies to scale out and in, each with an alarm on the same metric.
class OpposingPolicies : public testing::Test {
 protected:
  OpposingPolicies() {
    builder.step(2, "out");
    ControlPolicy& in = builder.step(3, "in");
    in.scales_out = false;
    in.scales_in = true;
    builder.alarm(4, "high", {"out"});
    builder.alarm(5, "low", {"in"});
    set(ComparisonOperator::GreaterThanOrEqualToThreshold, 50,
        ComparisonOperator::LessThanOrEqualToThreshold, 40);
  }
  void set(ComparisonOperator high, double high_threshold, ComparisonOperator low,
           double low_threshold) {
    builder.parts.alarms[0].condition = {high, high_threshold};
    builder.parts.alarms[1].condition = {low, low_threshold};
  }

  ControlPartsBuilder builder;
};

const std::string kOpposing =
    "5: warning: 'high' and 'low' can be in ALARM at once, one to scale out and one to scale in "
    "(the larger capacity wins: leave a gap between their Thresholds)\n";

TEST_F(OpposingPolicies, WithAGapBetweenThresholdsAreUsual) { EXPECT_EQ(builder.said(), ""); }

TEST_F(OpposingPolicies, ThatOverlapAreReported) {
  set(ComparisonOperator::GreaterThanThreshold, 40, ComparisonOperator::LessThanThreshold, 40.5);
  EXPECT_EQ(builder.said(), kOpposing);
  set(ComparisonOperator::GreaterThanThreshold, 40, ComparisonOperator::GreaterThanThreshold, 90);
  EXPECT_EQ(builder.said(), kOpposing);
}

TEST_F(OpposingPolicies, ThatMeetInOneValueAreReportedIfBothIncludeIt) {
  set(ComparisonOperator::GreaterThanOrEqualToThreshold, 40,
      ComparisonOperator::LessThanOrEqualToThreshold, 40);
  EXPECT_EQ(builder.said(), kOpposing);
  set(ComparisonOperator::GreaterThanThreshold, 40, ComparisonOperator::LessThanOrEqualToThreshold,
      40);
  EXPECT_EQ(builder.said(), "");
}

TEST_F(OpposingPolicies, OnDifferentMetricsOrStatisticsAreNotCompared) {
  set(ComparisonOperator::GreaterThanThreshold, 40, ComparisonOperator::LessThanThreshold, 50);
  builder.parts.alarms[1].source.metric->statistic = "Average";
  EXPECT_EQ(builder.said(), "");
  builder.parts.alarms[1].source.metric = ControlPartsBuilder::metric("ModelLatency", "Sum");
  EXPECT_EQ(builder.said(), "");
}

TEST_F(OpposingPolicies, OfDifferentVariantsAreNotCompared) {
  set(ComparisonOperator::GreaterThanThreshold, 40, ComparisonOperator::LessThanThreshold, 50);
  builder.variant("Canary");
  builder.parts.policies[1].variant = 1;
  EXPECT_EQ(builder.said(), "");
}

TEST_F(OpposingPolicies, DoNothingWhileActionsAreDisabled) {
  set(ComparisonOperator::GreaterThanThreshold, 40, ComparisonOperator::LessThanThreshold, 50);
  builder.parts.alarms[1].actions_enabled = false;
  EXPECT_EQ(builder.said(),
            "3: warning: no alarm triggers 'in': the policy never acts ('low' has it among its "
            "AlarmActions, but ActionsEnabled: false)\n");
}

TEST_F(OpposingPolicies, ThatGoBothWaysAreNotJudged) {
  set(ComparisonOperator::GreaterThanThreshold, 40, ComparisonOperator::LessThanThreshold, 50);
  builder.parts.policies[0].scales_in = true;
  EXPECT_EQ(builder.said(), "");
}

TEST(ControlRules, AStepPolicyWithoutAlarmIsReportedWithTheEntryToAdd) {
  ControlPartsBuilder builder;
  builder.step(2, "step \"call\"");
  EXPECT_EQ(builder.said(),
            "2: warning: no alarm triggers 'step \"call\"': the policy never acts (add to "
            "scaling, with your metric and Threshold: MetricAlarms: [{AlarmName: \"step "
            "\\\"call\\\"-alarm\", Namespace: AWS/SageMaker, MetricName: InvocationsPerInstance, "
            "Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1000, "
            "ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [\"step "
            "\\\"call\\\"\"]}])\n");
}

TEST(ControlRules, APolicyThatOnlyScalesInGetsAnAlarmBelowTheThreshold) {
  ControlPartsBuilder builder;
  ControlPolicy& policy = builder.step(2, "in");
  policy.scales_out = false;
  policy.scales_in = true;
  EXPECT_THAT(builder.said(), HasSubstr("ComparisonOperator: LessThanThreshold"));
}

TEST(ControlRules, AMisspeltActionExplainsWhyAPolicyIsNotTriggered) {
  ControlPartsBuilder builder;
  builder.step(2, "out");
  builder.parts.has_lost_action = true;
  EXPECT_EQ(builder.said(), "");
}

TEST(ControlRules, AnAlarmWithoutPurposeIsReported) {
  ControlPartsBuilder builder;
  builder.alarm(1, "slow", {});
  EXPECT_EQ(builder.said(),
            "1: warning: the alarm 'slow' triggers nothing (a step policy acts when an alarm has "
            "it among its AlarmActions)\n");
  builder.parts.alarms[0].has_purpose = true;
  EXPECT_EQ(builder.said(), "");
}

TEST(ControlRules, WhatHasNoTargetIsReported) {
  ControlPartsBuilder builder;
  builder.target_tracking(1, "tt");
  builder.scheduled_action(2, "morning");
  builder.parts.variants[0].target.reset();
  EXPECT_EQ(builder.said(),
            "1: error: expected a scalable target for the policy, found none (add ScalableTargets: "
            "[{MinCapacity: 1, MaxCapacity: 8}] to scaling, or the arguments of "
            "register-scalable-target to 'from')\n"
            "2: error: expected a scalable target for the scheduled action, found none (add "
            "ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}] to scaling, or the arguments of "
            "register-scalable-target to 'from')\n");
  builder.parts.has_lost_target = true;
  EXPECT_EQ(builder.said(), "");
}

TEST(ControlRules, ATargetOfOneVariantIsNoneOfAnother) {
  ControlPartsBuilder builder;
  builder.variant("Canary").target.reset();
  builder.target_tracking(1, "tt").variant = 1;
  EXPECT_THAT(builder.said(), HasSubstr("add ScalableTargets: [{ResourceId: "
                                        "endpoint/shop/variant/Canary, MinCapacity: 1,"));
}

TEST(ControlRules, TwoTargetTrackingPoliciesOnOneMetricAreRefused) {
  ControlPartsBuilder builder;
  builder.variant("Canary");
  builder.target_tracking(3, "tt");
  builder.target_tracking(4, "tt").variant = 1;
  builder.target_tracking(5, "cpu").specification = "CPUUtilization";
  EXPECT_EQ(builder.said(), "");
  builder.target_tracking(6, "more");
  builder.target_tracking(7, "tt");  // the name was reported
  EXPECT_EQ(
      builder.said(),
      "6: error: expected one target-tracking policy a metric, found a second (AWS says: Only "
      "one TargetTrackingScaling policy for a given metric specification is allowed.)\n");
}

TEST(ControlRules, AStepPolicyThatScalesInBesideTargetTrackingIsReported) {
  ControlPartsBuilder builder;
  builder.target_tracking(2, "tt");
  builder.step(3, "step");
  builder.alarm(4, "low", {"step"});
  EXPECT_EQ(builder.said(), "");  // scaling out beside it is what both are for
  builder.parts.policies[1].scales_in = true;
  EXPECT_EQ(builder.said(),
            "3: warning: the step policy 'step' scales in without waiting for the target-tracking "
            "policy 'tt', which may scale out again at once (let one of them scale in: drop the "
            "negative steps, or set DisableScaleIn: true)\n");
  builder.parts.policies[0].scales_in = false;  // DisableScaleIn: true
  EXPECT_EQ(builder.said(), "");
}

}  // namespace
}  // namespace sim
