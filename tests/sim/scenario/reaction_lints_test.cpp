#include "sim/scenario/reaction_lints.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/scenario/linted_scenario.hpp"

namespace sim {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::LintedAlarm;
using tests::LintedScenario;
using tests::lints_of;
using tests::one_less;
using tests::one_more;
using tests::step_policy;
using tests::tracking_policy;

// Ten minutes of one rate, then another for so long, then the first again.
std::string jump(const std::string& from, const std::string& to, const std::string& lasting) {
  return "{phases: [{rate: " + from + ", duration: 10m}, {rate: " + to + ", duration: " + lasting +
         "}, {rate: " + from + ", duration: 2h}]}";
}

LintedScenario jumping(const std::string& cooldown) {
  return {.traffic = jump("600/min", "20000/min", "1h"),
          .bounds = "{MinCapacity: 1, MaxCapacity: 20}",
          .policies = {tracking_policy("1500", "", "ScaleOutCooldown: " + cooldown)}};
}

TEST(CooldownTooShortLint, DatapointsFromBeforeTheNewInstancesAreTold) {
  EXPECT_THAT(lints_of(jumping("179")),
              AllOf(HasSubstr("cooldown-too-short at ^ScaleOutCooldown: 179: the jump to 20,000 "
                              "requests a minute at 10m calls for 14 instances; for 3m after they "
                              "are in service only datapoints from before are seen, and a "
                              "ScaleOutCooldown of 2m59s lets the policy multiply 14 by them, up "
                              "to MaxCapacity 20 "),
                    HasSubstr("(ScaleOutCooldown: 180, of metric delay 1m, two periods of 1m")));
  EXPECT_EQ(lints_of(jumping("180")), "");
}

TEST(CooldownTooShortLint, TheDelayOfTheMetricCounts) {
  LintedScenario scenario = jumping("239");
  scenario.assumptions = "metric_delay: 2m";
  EXPECT_THAT(lints_of(scenario), HasSubstr("(ScaleOutCooldown: 240, of metric delay 2m"));
  scenario.policies = jumping("240").policies;
  EXPECT_EQ(lints_of(scenario), "");
}

TEST(CooldownTooShortLint, ACooldownFromTheRequestOnHoldsTheStartupToo) {
  LintedScenario scenario = jumping("359");
  scenario.assumptions = "cooldown_starts: accepted";
  EXPECT_THAT(lints_of(scenario), AllOf(HasSubstr("(ScaleOutCooldown: 360, "),
                                        HasSubstr("two periods of 1m and startup 3m")));
  scenario.policies = jumping("360").policies;
  EXPECT_EQ(lints_of(scenario), "");
}

TEST(CooldownTooShortLint, MaxCapacityMayBeReachedAnyway) {
  LintedScenario scenario = jumping("10");
  scenario.bounds = "{MinCapacity: 1, MaxCapacity: 14}";
  EXPECT_EQ(lints_of(scenario), "");
  scenario.bounds = "{MinCapacity: 1, MaxCapacity: 15}";
  EXPECT_THAT(lints_of(scenario), HasSubstr("multiply 14 by them, up to MaxCapacity 15"));
}

TEST(CooldownTooShortLint, AJumpAtLeastDoublesTheLoad) {
  LintedScenario scenario = jumping("10");
  scenario.traffic = jump("10000/min", "20000/min", "1h");
  EXPECT_THAT(lints_of(scenario), HasSubstr("the jump to 20,000 requests a minute at 10m"));
  scenario.traffic = jump("10000/min", "19999/min", "1h");
  EXPECT_EQ(lints_of(scenario), "");
}

TEST(CooldownTooShortLint, AJumpAtLeastDoublesTheInstances) {
  LintedScenario scenario = jumping("10");
  scenario.traffic = jump("600/min", "1501/min", "1h");
  EXPECT_THAT(lints_of(scenario), HasSubstr("calls for 2 instances"));
  scenario.traffic = jump("600/min", "1499/min", "1h");
  EXPECT_EQ(lints_of(scenario), "");
}

// Three datapoints, the metric's delay, the startup, and three minutes unseen: the tenth may bring
// less.
TEST(CooldownTooShortLint, AJumpLastsUntilItsInstancesAreSeen) {
  LintedScenario scenario = jumping("10");
  scenario.traffic = jump("600/min", "20000/min", "9m");
  EXPECT_THAT(lints_of(scenario), HasSubstr("cooldown-too-short"));
  scenario.traffic = jump("600/min", "20000/min", "8m");
  EXPECT_EQ(lints_of(scenario), "");
}

TEST(CooldownTooShortLint, AScheduleMayHaveComeBefore) {
  LintedScenario scenario = jumping("10");
  scenario.scaling =
      "  ScheduledActions:\n    - ScheduledActionName: before\n"
      "      Schedule: \"rate(1 day)\"\n      ScalableTargetAction: {MinCapacity: 2}\n";
  EXPECT_EQ(lints_of(scenario), "");
}

// Half an hour of requests, none for some minutes, and requests again.
std::string pause(const std::string& minutes) {
  return "{phases: [{rate: 50/s, duration: 30m}, {rate: 0/s, duration: " + minutes +
         "}, {rate: 50/s, duration: 2h}]}";
}

LintedScenario tracking(const std::string& target, const std::string& metric) {
  return {.traffic = pause("5m"), .policies = {tracking_policy(target, metric)}};
}

TEST(NoDataAtZeroLint, TargetTrackingOfALatencyThatNeverScalesInIsTold) {
  LintedScenario scenario = tracking("50000", "ModelLatency");
  EXPECT_EQ(lints_of(scenario),
            "no-data-at-zero at MetricName: ^ModelLatency: ModelLatency has no datapoint while "
            "there are no requests, from 30m on: AlarmLow goes to INSUFFICIENT_DATA, and nothing "
            "scales in (InvocationsPerInstance is 0 then, and scales in)\n");
  scenario.traffic = pause("4m");
  EXPECT_EQ(lints_of(scenario), "");
}

TEST(NoDataAtZeroLint, UtilizationsAndCountsHaveDatapointsAtZero) {
  EXPECT_EQ(lints_of(tracking("100", "CPUUtilization")), "");
  EXPECT_EQ(lints_of(tracking("6000", "")), "");
}

TEST(NoDataAtZeroLint, CountsMayBeAssumedToLackZeros) {
  LintedScenario scenario = tracking("6000", "");
  scenario.assumptions = "zero_traffic: sparse";
  EXPECT_THAT(lints_of(scenario),
              AllOf(HasSubstr("InvocationsPerInstance has no datapoint while there are no "
                              "requests, from 30m on"),
                    HasSubstr("(a step policy can scale in on an alarm of its own with "
                              "TreatMissingData: breaching)"),
                    Not(HasSubstr("InvocationsPerInstance is 0"))));
  scenario.policies = {tracking_policy("100", "CPUUtilization")};
  EXPECT_EQ(lints_of(scenario), "");
}

TEST(NoDataAtZeroLint, WhatIsNotToScaleInNeedsNoDatapoints) {
  LintedScenario scenario = tracking("50000", "ModelLatency");
  scenario.policies = {tracking_policy("50000", "ModelLatency", "DisableScaleIn: true")};
  EXPECT_THAT(lints_of(scenario), Not(HasSubstr("no-data-at-zero")));
}

LintedScenario watching(const LintedAlarm& alarm) {
  return {.traffic = pause("5m"),
          .policies = {alarm.policy == "in" ? one_less() : one_more()},
          .alarms = {alarm}};
}
LintedAlarm fast(const std::string& more) {
  return {.name = "fast",
          .metric = "ModelLatency",
          .comparison = "LessThanThreshold",
          .threshold = "20000",
          .policy = "in",
          .more = more};
}
LintedAlarm slow(const std::string& more) {
  return {.name = "slow", .metric = "ModelLatency", .threshold = "50000", .more = more};
}

TEST(NoDataAtZeroLint, AnAlarmOnALatencyThatNeverScalesInIsTold) {
  EXPECT_EQ(lints_of(watching(fast("TreatMissingData: notBreaching"))),
            "no-data-at-zero at ^TreatMissingData: notBreaching: ModelLatency has no datapoint "
            "while there are no requests, from 30m on: 'fast' does not count that as below 20,000, "
            "and 'in' does not scale in (TreatMissingData: breaching)\n");
  EXPECT_THAT(lints_of(watching(fast("TreatMissingData: ignore"))), HasSubstr("no-data-at-zero"));
  EXPECT_THAT(lints_of(watching(fast(""))),
              HasSubstr("no-data-at-zero at - ^AlarmName: fast: "));  // there is no nearer place
  EXPECT_EQ(lints_of(watching(fast("TreatMissingData: breaching"))), "");
}

TEST(NoDataAtZeroLint, AnAlarmWaitsThroughAShortPause) {
  LintedScenario scenario = watching(fast(""));
  scenario.traffic = pause("4m");
  EXPECT_EQ(lints_of(scenario), "");
}

TEST(MissingAsHighLint, AnAlarmThatAddsInstancesForNobodyIsTold) {
  EXPECT_EQ(lints_of(watching(slow("TreatMissingData: breaching"))),
            "missing-as-high at ^TreatMissingData: breaching: ModelLatency has no datapoint while "
            "there are no requests, from 30m on: TreatMissingData: breaching counts that as above "
            "50,000, and 'out' adds instances for nobody (TreatMissingData: notBreaching)\n");
}

TEST(MissingAsHighLint, OnlyBreachingCountsAsHigh) {
  EXPECT_EQ(lints_of(watching(slow("TreatMissingData: notBreaching"))), "");
  EXPECT_EQ(lints_of(watching(slow("TreatMissingData: ignore"))), "");
  EXPECT_EQ(lints_of(watching(slow(""))), "");
}

TEST(MissingAsHighLint, AShortPauseIsNotTold) {
  LintedScenario scenario = watching(slow("TreatMissingData: breaching"));
  scenario.traffic = pause("4m");
  EXPECT_EQ(lints_of(scenario), "");
}

TEST(MissingAsHighLint, CountsHaveZerosUnlessAssumedOtherwise) {
  LintedAlarm alarm = slow("TreatMissingData: breaching");
  alarm.metric = "Invocations";
  alarm.statistic = "Sum";
  LintedScenario scenario = watching(alarm);
  EXPECT_EQ(lints_of(scenario), "");
  scenario.assumptions = "zero_traffic: sparse";
  EXPECT_THAT(lints_of(scenario), HasSubstr("Invocations has no datapoint while"));
}

TEST(MissingAsHighLint, AnAlarmThatSetsACapacityIsNotTold) {
  LintedScenario scenario = watching(slow("TreatMissingData: breaching"));
  scenario.policies = {
      step_policy("out", {"MetricIntervalLowerBound: 0, ScalingAdjustment: 2"}, "ExactCapacity")};
  EXPECT_EQ(lints_of(scenario), "");
}

}  // namespace
}  // namespace sim
