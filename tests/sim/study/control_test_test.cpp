#include "sim/study/control_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/scenario/test_file.hpp"

namespace sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// A target of 5,000 a minute; more lines may follow.
std::string test_with(const std::string& lines, const std::string& policy = "") {
  return "version: 1\ntests:\n  - name: t\n"
         "    scaling:\n"
         "      ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]\n"
         "      ScalingPolicies:\n"
         "        - PolicyName: tt\n"
         "          PolicyType: TargetTrackingScaling\n"
         "          TargetTrackingScalingPolicyConfiguration:\n"
         "            TargetValue: 5000\n" +
         policy +
         "            PredefinedMetricSpecification:\n"
         "              PredefinedMetricType: SageMakerVariantInvocationsPerInstance\n" +
         lines;
}

std::vector<CheckedExpectation> play(const std::string& text) {
  Diagnostics diagnostics;
  const auto file = load_tests(text, "x.test.yaml", open_input_file, diagnostics);
  EXPECT_EQ(diagnostics.render_all(), "");
  if (!file) return {};
  return play_control_test(std::get<ControlTest>(file->tests.at(0).test));
}

// What was found, expectation by expectation.
std::vector<std::string> actuals(const std::vector<CheckedExpectation>& checked) {
  std::vector<std::string> found;
  for (const CheckedExpectation& one : checked) found.push_back(one.actual);
  return found;
}
void expect_all_met(const std::string& text) {
  for (const CheckedExpectation& checked : play(text)) {
    EXPECT_TRUE(checked.passed) << checked.that << ": " << checked.actual;
    EXPECT_THAT(checked.reasons, IsEmpty());
  }
}

const std::string kThreeBreaching = "    series: {InvocationsPerInstance: 100x5 7400x10 _x3}\n";

TEST(ControlTest, ThreeBreachingMinutesScaleOut) {
  expect_all_met(test_with(kThreeBreaching + "    expect:\n"
                                             "      - {at: 8m, alarm: AlarmHigh, state: OK}\n"
                                             "      - {at: 9m, alarm: AlarmHigh, state: ALARM}\n"
                                             "      - {at: 9m, capacity: 2}\n"
                                             "      - {at: 9m, desired: 2}\n"
                                             "      - {at: 9m, min_capacity: 1}\n"
                                             "      - {at: 9m, max_capacity: 8}\n"));
}

TEST(ControlTest, WhatIsDueAtAnInstantHasHappenedThenAndNotBefore) {
  expect_all_met(test_with(kThreeBreaching +
                           "    expect:\n"
                           "      - {at: 8m59s999ms999us999ns, alarm: AlarmHigh, state: OK}\n"
                           "      - {at: 8m59s999ms999us999ns, capacity: 1}\n"
                           "      - {at: 9m, alarm: AlarmHigh, state: ALARM}\n"
                           "      - {at: 9m, capacity: 2}\n"));
}

TEST(ControlTest, AMetricDelayMovesWhatFollows) {
  expect_all_met(
      test_with("    assumptions: {metric_delay: 90s}\n" + kThreeBreaching +
                "    expect:\n"
                // The third breaching datapoint is visible at 10m30s, and looked at then.
                "      - {at: 10m, alarm: AlarmHigh, state: OK}\n"
                "      - {at: 11m, alarm: AlarmHigh, state: ALARM}\n"));
}

TEST(ControlTest, AnAlarmPhaseMovesEvaluations) {
  expect_all_met(test_with("    assumptions: {alarm_phase: 20s}\n" + kThreeBreaching +
                           "    expect:\n"
                           "      - {at: 9m19s999ms999us999ns, capacity: 1}\n"
                           "      - {at: 9m20s, capacity: 2}\n"));
}

TEST(ControlTest, InstancesThatAreAddedTakeTheirStartup) {
  expect_all_met(test_with("    startup: 4m\n" + kThreeBreaching +
                           "    expect:\n"
                           "      - {at: 9m, desired: 2}\n"
                           "      - {at: 12m59s999ms999us999ns, capacity: 1}\n"
                           "      - {at: 13m, capacity: 2}\n"
                           "      - {at: 10m, decision: tt, blocked_by: activity_in_progress}\n"));
}

TEST(ControlTest, ScaleInIsDoneAtOnce) {
  expect_all_met(
      test_with("    capacity: 4\n    startup: 4m\n"
                "    series: {InvocationsPerInstance: 1000x20}\n"
                "    expect:\n"
                "      - {at: 14m, capacity: 4}\n"
                "      - {at: 15m, capacity: 1}\n"
                "      - {at: 15m, alarm: AlarmLow, state: ALARM}\n"));
}

TEST(ControlTest, RegisteringTheTargetBringsCapacityWithinItsBounds) {
  expect_all_met(
      test_with("    capacity: 9\n    series: {InvocationsPerInstance: _}\n"
                "    expect: [{at: 0s, capacity: 8}, {at: 0s, desired: 8}]\n"));
  expect_all_met(
      test_with("    capacity: 0\n    startup: 1m\n"
                "    series: {InvocationsPerInstance: _}\n"
                "    expect:\n"
                "      - {at: 0s, desired: 1}\n"
                "      - {at: 59s999ms999us999ns, capacity: 0}\n"
                "      - {at: 1m, capacity: 1}\n"));
}

TEST(ControlTest, WhatARunningCooldownAddedIsCounted) {
  // two are added at 3m; the three more that are wanted at 4m are one more.
  expect_all_met(test_with(
      "    capacity: 2\n"
      "    series: {InvocationsPerInstance: 10000x2 13000x20}\n"
      "    expect:\n"
      "      - {at: 3m, decision: tt, kind: scale_out, wanted: 4, to: 4, blocked_by: nothing}\n"
      "      - {at: 3m, capacity: 4}\n"
      "      - {at: 4m, decision: tt, kind: scale_out, wanted: 9, to: 7}\n"
      "      - {at: 4m, capacity: 7}\n",
      "            ScaleOutCooldown: 600\n"));
}

TEST(ControlTest, MissingDataIsInsufficientOnceTheRangeIsEmpty) {
  expect_all_met(
      test_with("    series: {InvocationsPerInstance: 100x2 _x12}\n"
                "    expect:\n"
                "      - {at: 0s, alarm: AlarmHigh, state: INSUFFICIENT_DATA}\n"
                "      - {at: 1m, alarm: AlarmHigh, state: OK}\n"
                "      - {at: 7m, alarm: AlarmHigh, state: OK}\n"
                "      - {at: 8m, alarm: AlarmHigh, state: INSUFFICIENT_DATA}\n"));
}

TEST(ControlTest, SeveralValuesInAPeriodAreCombinedByTheStatistic) {
  // The Sum of six times 900 is over 5,000, that of six times 800 is not.
  expect_all_met(
      test_with("    interval: 10s\n"
                "    series: {InvocationsPerInstance: 800x17 900x17}\n"
                "    expect:\n"
                "      - {at: 5m, alarm: AlarmHigh, state: OK}\n"
                "      - {at: 6m, alarm: AlarmHigh, state: ALARM}\n"));
}

TEST(ControlTest, OutcomesAreInTheOrderOfTheFile) {
  const auto checked = play(test_with(kThreeBreaching + "    expect:\n"
                                                        "      - {at: 9m, capacity: 2}\n"
                                                        "      - {at: 1m, capacity: 1}\n"
                                                        "      - {at: 20m, max_capacity: 8}\n"
                                                        "      - {at: 1m, capacity: 7}\n"));
  EXPECT_THAT(actuals(checked), ElementsAre("2", "1", "8", "1"));
  EXPECT_EQ(checked[3].that, "capacity == 7 at 1m");
  EXPECT_FALSE(checked[3].passed);
  EXPECT_EQ(checked[3].place.line, 18);
}

TEST(ControlTest, AFailedCountIsExplainedByTheLastChangeAndTheLastDecision) {
  const auto checked = play(test_with("    startup: 2m\n" + kThreeBreaching +
                                      "    expect:\n"
                                      "      - {at: 0s, capacity: 3}\n"
                                      "      - {at: 9m, capacity: 2, because: it is quick}\n"
                                      "      - {at: 12m, capacity: 3}\n"));
  ASSERT_THAT(checked, SizeIs(3));
  EXPECT_THAT(checked[0].reasons, ElementsAre(HasSubstr("0s: policy tt: AlarmHigh is "
                                                        "INSUFFICIENT_DATA")));
  EXPECT_EQ(checked[1].because, "it is quick");
  EXPECT_THAT(checked[1].reasons,
              ElementsAre("1 more instance decided on at 9m, in service at 11m",
                          HasSubstr("9m: policy tt: InvocationsPerInstance averaged 7400")));
  EXPECT_THAT(checked[2].reasons,
              ElementsAre(HasSubstr("9m: policy tt: "), HasSubstr("12m: policy tt: ")));
}

TEST(ControlTest, AFailedAlarmIsExplainedByItsStateReason) {
  const auto checked =
      play(test_with(kThreeBreaching + "    expect:\n"
                                       "      - {at: 8m, alarm: AlarmHigh, state: ALARM}\n"
                                       "      - {at: 0s, alarm: AlarmHigh, state: ALARM}\n"));
  ASSERT_THAT(checked, SizeIs(2));
  EXPECT_EQ(checked[0].actual, "OK");
  EXPECT_THAT(checked[0].reasons,
              ElementsAre(HasSubstr("OK since 1m: Threshold Crossed: "),
                          "the last evaluation counted the datapoints 100, 7400, 7400; 3 of 3 have "
                          "to breach"));
  EXPECT_THAT(checked[1].reasons,
              ElementsAre("INSUFFICIENT_DATA since the start",
                          "the last evaluation counted no datapoint; 3 of 3 have to breach"));
}

TEST(ControlTest, AFailedDecisionIsExplainedByItsReason) {
  const auto checked = play(
      test_with("    assumptions: {alarm_phase: 30s}\n" + kThreeBreaching +
                "    expect:\n"
                "      - {at: 10m, decision: tt, kind: scale_in, wanted: 3, blocked_by: nothing}\n"
                "      - {at: 0s, decision: tt, kind: no_change}\n"));
  ASSERT_THAT(checked, SizeIs(2));
  EXPECT_EQ(checked[0].expected, "scale_in, wanted 3, blocked by nothing");
  EXPECT_EQ(checked[0].actual, "scale_out, wanted 2, blocked by nothing");
  EXPECT_THAT(checked[0].reasons, ElementsAre(HasSubstr("9m30s: policy tt: ")));
  EXPECT_EQ(checked[1].actual, "no decision");
}

TEST(ControlTest, AScheduledActionExplainsWhatItDid) {
  const auto checked = play(
      "version: 1\ntests:\n  - name: t\n"
      "    scaling:\n"
      "      ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]\n"
      "      ScheduledActions:\n"
      "        - ScheduledActionName: morning\n"
      "          Schedule: at(2026-01-05T00:05:00)\n"
      "          ScalableTargetAction: {MinCapacity: 3}\n"
      "    startup: 2m\n"
      "    expect:\n"
      "      - {at: 4m59s999ms999us999ns, min_capacity: 1}\n"
      "      - {at: 5m, min_capacity: 3}\n"
      "      - {at: 6m59s999ms999us999ns, capacity: 1}\n"
      "      - {at: 7m, capacity: 3}\n"
      "      - {at: 8m, capacity: 1}\n");
  ASSERT_THAT(checked, SizeIs(5));
  EXPECT_TRUE(checked[0].passed && checked[1].passed && checked[2].passed && checked[3].passed);
  EXPECT_THAT(checked[4].reasons,
              ElementsAre("5m: minimum capacity was set to 3: Setting desired instance count to "
                          "3."));
}

TEST(ControlTest, HighResolutionAlarmsAreLookedAtEveryTenSeconds) {
  const auto checked = play(
      "version: 1\ntests:\n  - name: t\n"
      "    scaling:\n"
      "      ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]\n"
      "      ScalingPolicies:\n"
      "        - PolicyName: tt\n"
      "          PolicyType: TargetTrackingScaling\n"
      "          TargetTrackingScalingPolicyConfiguration:\n"
      "            TargetValue: 5\n"
      "            PredefinedMetricSpecification: {PredefinedMetricType: "
      "SageMakerVariantConcurrentRequestsPerModelHighResolution}\n"
      "    interval: 10s\n"
      "    series: {ConcurrentRequestsPerModel: 1x2 9x5}\n"
      "    expect:\n"
      "      - {at: 59s, capacity: 1}\n"
      "      - {at: 1m, capacity: 2, because: three times ten seconds}\n");
  EXPECT_THAT(actuals(checked), ElementsAre("1", "2"));
}

TEST(ControlTest, EndsWithItsDuration) {
  expect_all_met(
      test_with("    duration: 9m\n" + kThreeBreaching + "    expect: [{at: 9m, capacity: 2}]\n"));
}

}  // namespace
}  // namespace sim
