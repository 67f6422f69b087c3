#include "sim/scenario/step_lints.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/scenario/linted_scenario.hpp"

namespace sim {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using tests::LintedAlarm;
using tests::LintedScenario;
using tests::lints_of;
using tests::one_less;
using tests::one_more;
using tests::step_policy;

using Steps = std::vector<std::string>;

LintedAlarm high(const std::string& threshold) { return {.threshold = threshold}; }
LintedAlarm low(const std::string& threshold) {
  return {.name = "low", .comparison = "LessThanThreshold", .threshold = threshold, .policy = "in"};
}

LintedScenario stepping(const LintedAlarm& alarm, const Steps& steps) {
  return {.policies = {step_policy(alarm.policy, steps)}, .alarms = {alarm}};
}
std::string said_of(const LintedAlarm& alarm, const Steps& steps) {
  return lints_of(stepping(alarm, steps));
}

TEST(StepSignLint, AHighAlarmThatRemovesInstancesIsTold) {
  EXPECT_EQ(said_of(high("140"), {"MetricIntervalLowerBound: 0, ScalingAdjustment: -2"}),
            "step-sign at - ^{MetricIntervalLowerBound: 0, ScalingAdjustment: -2}: 'out' removes "
            "instances (ScalingAdjustment -2) while 'high' tells that CPUUtilization is above 140 "
            "(ScalingAdjustment: 2)\n");
  EXPECT_EQ(said_of(high("140"), {"MetricIntervalLowerBound: 0, ScalingAdjustment: 2"}), "");
}

TEST(StepSignLint, ALowAlarmThatAddsInstancesIsTold) {
  EXPECT_EQ(said_of(low("40"), {"MetricIntervalUpperBound: 0, ScalingAdjustment: 1"}),
            "step-sign at - ^{MetricIntervalUpperBound: 0, ScalingAdjustment: 1}: 'in' adds "
            "instances (ScalingAdjustment 1) while 'low' tells that CPUUtilization is below 40 "
            "(ScalingAdjustment: -1)\n");
  EXPECT_EQ(said_of(low("40"), {"MetricIntervalUpperBound: 0, ScalingAdjustment: -1"}), "");
}

TEST(StepSignLint, OneStepOfTheRightSignIsEnough) {
  EXPECT_EQ(said_of(high("100"), {"MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 50, "
                                  "ScalingAdjustment: -1",
                                  "MetricIntervalLowerBound: 50, ScalingAdjustment: 1"}),
            "");
}

TEST(StepSignLint, AnExactCapacityHasNoSign) {
  EXPECT_EQ(
      lints_of({.policies = {step_policy(
                    "out", {"MetricIntervalLowerBound: 0, ScalingAdjustment: 2"}, "ExactCapacity")},
                .alarms = {high("140")}}),
      "");
}

// One instance more from the threshold on, and two from so far above it on.
Steps two_steps_up(const std::string& bound) {
  return {
      "MetricIntervalLowerBound: 0, MetricIntervalUpperBound: " + bound + ", ScalingAdjustment: 1",
      "MetricIntervalLowerBound: " + bound + ", ScalingAdjustment: 2"};
}
// One instance less from the threshold on, and two from so far from it on.
Steps two_steps_down(const std::string& bound) {
  return {"MetricIntervalUpperBound: " + bound + ", ScalingAdjustment: -2",
          "MetricIntervalLowerBound: " + bound +
              ", MetricIntervalUpperBound: 0, ScalingAdjustment: -1"};
}

TEST(UnreachableStepLint, AStepBeyondTheHighestValueIsTold) {
  EXPECT_EQ(said_of(high("100"), two_steps_up("110")),
            "unreachable-step at - ^{MetricIntervalLowerBound: 110, ScalingAdjustment: 2}: nothing "
            "enters this step: it begins at 100 + 110 = 210, and CPUUtilization is never above 200 "
            "(bounds are counted from the Threshold of the alarm, not from 0)\n");
  EXPECT_THAT(said_of(high("100"), two_steps_up("100.5")), HasSubstr("100 + 100.5 = 200.5"));
  EXPECT_EQ(said_of(high("100"), two_steps_up("100")), "");
}

TEST(UnreachableStepLint, AStepBelowZeroIsTold) {
  EXPECT_EQ(said_of(low("10"), two_steps_down("-10.5")),
            "unreachable-step at - ^{MetricIntervalUpperBound: -10.5, ScalingAdjustment: -2}: "
            "nothing enters this step: it ends at -0.5, and CPUUtilization is never below 0 "
            "(bounds are counted from the Threshold of the alarm, not from 0)\n");
  EXPECT_EQ(said_of(low("10"), two_steps_down("-10")), "");
}

TEST(UnreachableStepLint, AStepAboveTwiceThePeakIsTold) {
  LintedAlarm requests = high("3000");
  requests.metric = "InvocationsPerInstance";
  requests.statistic = "Sum";
  EXPECT_THAT(said_of(requests, two_steps_up("3001")),
              HasSubstr("it begins at 3,000 + 3,001 = 6,001, and all of the peak on one instance "
                        "is 3,000"));
  EXPECT_EQ(said_of(requests, two_steps_up("3000")), "");

  LintedScenario never_alone = stepping(requests, two_steps_up("3000"));
  never_alone.bounds = "{MinCapacity: 2, MaxCapacity: 8}";
  EXPECT_THAT(lints_of(never_alone), HasSubstr("all of the peak on MinCapacity is 1,500"));

  requests.period = "120";
  EXPECT_EQ(said_of(requests, two_steps_up("9000")), "");
  EXPECT_THAT(said_of(requests, two_steps_up("9001")), HasSubstr("on one instance is 6,000"));
}

// What is below and what is above so much from the threshold.
Steps around(const std::string& bound, int below, int above) {
  return {"MetricIntervalUpperBound: " + bound + ", ScalingAdjustment: " + std::to_string(below),
          "MetricIntervalLowerBound: " + bound + ", ScalingAdjustment: " + std::to_string(above)};
}

TEST(UnreachableStepLint, AStepBelowAHighAlarmsThresholdIsTold) {
  EXPECT_THAT(said_of(high("100"), around("0", 1, 2)),
              AllOf(HasSubstr("unreachable-step at - ^{MetricIntervalUpperBound: 0, "),
                    HasSubstr("it ends at the Threshold of 'high', which acts above it")));
  EXPECT_THAT(said_of(high("100"), around("-5", 1, 2)),
              HasSubstr("it ends below the Threshold of 'high', which acts above it"));
  EXPECT_EQ(said_of(high("100"), around("0.1", 1, 2)), "");
}

TEST(UnreachableStepLint, TheThresholdItselfMayBreach) {
  LintedAlarm alarm = high("100");
  alarm.comparison = "GreaterThanOrEqualToThreshold";
  EXPECT_EQ(said_of(alarm, around("0", 1, 2)), "");
}

TEST(UnreachableStepLint, SomeOfTheDatapointsOfMOfNNeedNotBreach) {
  LintedAlarm alarm = high("100");
  alarm.more = "DatapointsToAlarm: 2";
  EXPECT_EQ(said_of(alarm, around("0", 1, 2)), "");
  alarm.more = "DatapointsToAlarm: 3";
  EXPECT_THAT(said_of(alarm, around("0", 1, 2)), HasSubstr("unreachable-step"));
}

TEST(UnreachableStepLint, AStepAboveALowAlarmsThresholdIsTold) {
  LintedAlarm alarm = low("40");
  EXPECT_THAT(said_of(alarm, around("0", -2, -1)),
              AllOf(HasSubstr("unreachable-step at - ^{MetricIntervalLowerBound: 0, "),
                    HasSubstr("it begins at the Threshold of 'low', which acts below it")));
  EXPECT_THAT(said_of(alarm, around("5", -2, -1)),
              HasSubstr("it begins above the Threshold of 'low', which acts below it"));
  EXPECT_EQ(said_of(alarm, around("-0.1", -2, -1)), "");
  alarm.comparison = "LessThanOrEqualToThreshold";
  EXPECT_EQ(said_of(alarm, around("0", -2, -1)), "");
}

TEST(UnreachableStepLint, WhatOneAlarmDoesNotReachAnotherMay) {
  LintedScenario scenario = stepping(high("100"), two_steps_up("110"));
  scenario.alarms.push_back(high("90"));
  scenario.alarms.back().name = "sooner";
  EXPECT_EQ(lints_of(scenario), "");  // 90 + 110 = 200
  scenario.alarms.back().threshold = "91";
  EXPECT_THAT(lints_of(scenario), HasSubstr("it begins at 91 + 110 = 201"));
}

TEST(UnreachableStepLint, EveryStepMayBeTheNearest) {
  LintedScenario scenario = stepping(high("100"), two_steps_up("110"));
  scenario.assumptions = "uncovered_value: nearest_step";
  EXPECT_EQ(lints_of(scenario), "");
}

LintedScenario pair(const std::string& in, const std::string& out) {
  return {.policies = {one_more(), one_less()}, .alarms = {high(out), low(in)}};
}
void watch(LintedScenario& scenario, const std::string& metric, const std::string& statistic) {
  for (LintedAlarm& alarm : scenario.alarms) {
    alarm.metric = metric;
    alarm.statistic = statistic;
  }
}

TEST(FlappingPairLint, ALoadThatIsHighOnThoseThatStayIsTold) {
  EXPECT_EQ(lints_of(pair("60", "119")),
            "flapping-pair at Threshold: ^60: just below 60 on each of 2 instances 'in' leaves 1: "
            "60 x 2 / 1 = 120 on each, above the 119 at which 'high' adds again (a Threshold below "
            "119 x 1 / 2 = 59.5)\n");
  EXPECT_EQ(lints_of(pair("60", "120")), "");
}

TEST(FlappingPairLint, MinCapacityKeepsFromTheWorstCase) {
  LintedScenario scenario = pair("60", "90");
  scenario.bounds = "{MinCapacity: 2, MaxCapacity: 8}";
  EXPECT_EQ(lints_of(scenario), "");
  scenario.alarms.front().threshold = "89";
  EXPECT_THAT(lints_of(scenario), HasSubstr("of 3 instances 'in' leaves 2: 60 x 3 / 2 = 90"));
}

TEST(FlappingPairLint, MoreInstancesMayBeTheWorstCaseUpToMaxCapacity) {
  LintedScenario scenario = pair("60", "150");
  scenario.policies.back() =
      step_policy("in", {"MetricIntervalUpperBound: 0, ScalingAdjustment: -2"});
  EXPECT_THAT(lints_of(scenario), HasSubstr("of 3 instances 'in' leaves 1: 60 x 3 / 1 = 180"));
  scenario.bounds = "{MinCapacity: 1, MaxCapacity: 2}";
  EXPECT_EQ(lints_of(scenario), "");
}

TEST(FlappingPairLint, RequestsOfAnInstanceAreSharedAndThoseOfTheVariantAreNot) {
  LintedScenario scenario = pair("1600", "3000");
  watch(scenario, "InvocationsPerInstance", "Sum");
  EXPECT_THAT(lints_of(scenario), HasSubstr("1,600 x 2 / 1 = 3,200 on each, above the 3,000"));
  EXPECT_THAT(lints_of(scenario), HasSubstr("(a Threshold below 3,000 x 1 / 2 = 1500)"));
  watch(scenario, "Invocations", "Sum");
  EXPECT_EQ(lints_of(scenario), "");
  LintedScenario latencies = pair("60000", "70000");
  watch(latencies, "ModelLatency", "Average");
  EXPECT_EQ(lints_of(latencies), "");
}

TEST(FlappingPairLint, OnlyTheSameValuesAreCompared) {
  LintedScenario scenario = pair("60", "100");
  EXPECT_THAT(lints_of(scenario), HasSubstr("flapping-pair"));
  scenario.alarms.back().statistic = "Maximum";
  EXPECT_EQ(lints_of(scenario), "");
  scenario.alarms.back().statistic = "Average";
  scenario.alarms.back().period = "300";
  EXPECT_EQ(lints_of(scenario), "");
}

}  // namespace
}  // namespace sim
