#include "sim/study/coverage_recorder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/scenario/test_file.hpp"
#include "sim/study/test_run.hpp"

namespace sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kScaling =
    "    scaling:\n"
    "      ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]\n"
    "      ScalingPolicies:\n"
    "        - PolicyName: tt\n"
    "          PolicyType: TargetTrackingScaling\n"
    "          TargetTrackingScalingPolicyConfiguration:\n"
    "            TargetValue: 5000\n"
    "            PredefinedMetricSpecification:\n"
    "              PredefinedMetricType: SageMakerVariantInvocationsPerInstance\n"
    "        - PolicyName: steps\n"
    "          PolicyType: StepScaling\n"
    "          StepScalingPolicyConfiguration:\n"
    "            AdjustmentType: ChangeInCapacity\n"
    "            StepAdjustments:\n"
    "              - {MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 4000, "
    "ScalingAdjustment: 1}\n"
    "              - {MetricIntervalLowerBound: 4000, ScalingAdjustment: 3}\n"
    "      MetricAlarms:\n"
    "        - AlarmName: busy\n"
    "          Namespace: AWS/SageMaker\n"
    "          MetricName: InvocationsPerInstance\n"
    "          Dimensions: [{Name: EndpointName, Value: endpoint}, "
    "{Name: VariantName, Value: AllTraffic}]\n"
    "          Statistic: Sum\n"
    "          Period: 60\n"
    "          EvaluationPeriods: 1\n"
    "          Threshold: 8000\n"
    "          ComparisonOperator: GreaterThanThreshold\n"
    "          AlarmActions: [steps]\n"
    "      ScheduledActions:\n"
    "        - ScheduledActionName: morning\n"
    "          Schedule: at(2026-01-05T00:10:00)\n"
    "          ScalableTargetAction: {MinCapacity: 2}\n";

// What of the configuration is exercised and what never, in a test with these values.
struct Exercised {
  std::vector<std::string> yes;
  std::vector<std::string> no;
};
Exercised exercised_by(const std::string& series, const std::string& policy_lines = "") {
  std::string scaling = kScaling;
  const std::string before = "            TargetValue: 5000\n";
  scaling.insert(scaling.find(before) + before.size(), policy_lines);
  Diagnostics diagnostics;
  const auto file = load_tests("version: 1\ntests:\n  - name: t\n" + scaling +
                                   "    series: {InvocationsPerInstance: " + series +
                                   "}\n    expect: [{at: 1m, capacity: 1}]\n",
                               "x.test.yaml", open_input_file, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.render_all();
  Exercised exercised;
  if (!file) return exercised;
  const TestResult result = run_test(file->tests.at(0), {.with_coverage = true});
  EXPECT_EQ(result.covered_file, "x.test.yaml");
  for (const CoverageItem& item : result.coverage) {
    (item.exercised ? exercised.yes : exercised.no).push_back(item.what);
  }
  return exercised;
}

TEST(CoverageRecorder, NothingIsExercisedByAQuietMinute) {
  const Exercised quiet = exercised_by("4900x3");
  EXPECT_THAT(quiet.yes, IsEmpty());
  EXPECT_THAT(quiet.no, ElementsAre("alarm tt/AlarmHigh in ALARM", "alarm tt/AlarmLow in ALARM",
                                    "alarm busy in ALARM", "policy tt scales out",
                                    "policy tt scales in", "policy steps takes the step 0 to 4000",
                                    "policy steps takes the step from 4000",
                                    "policy steps scales out", "scheduled action morning runs"));
}

TEST(CoverageRecorder, TellsStepsDirectionsAndSchedules) {
  const Exercised busy = exercised_by("4900x3 9000 4900x10");
  EXPECT_THAT(busy.yes, ElementsAre("alarm busy in ALARM", "policy steps takes the step 0 to 4000",
                                    "policy steps scales out", "scheduled action morning runs"));
  const Exercised falling = exercised_by("4900x3 6000x4 100x30");
  EXPECT_THAT(falling.yes, ElementsAre("alarm tt/AlarmHigh in ALARM", "alarm tt/AlarmLow in ALARM",
                                       "policy tt scales out", "scheduled action morning runs"));
}

TEST(CoverageRecorder, ScaleInThatIsDisabledNeedNotBeExercised) {
  const Exercised quiet = exercised_by("4900x3", "            DisableScaleIn: true\n");
  EXPECT_THAT(quiet.no, ElementsAre("alarm tt/AlarmHigh in ALARM", "alarm busy in ALARM",
                                    "policy tt scales out", "policy steps takes the step 0 to 4000",
                                    "policy steps takes the step from 4000",
                                    "policy steps scales out", "scheduled action morning runs"));
}

TEST(CoverageRecorder, OfOneFileAddsUp) {
  std::vector<FileCoverage> files;
  merge_coverage(files, "a", {{"one", true}, {"two", false}});
  merge_coverage(files, "b", {{"one", false}});
  merge_coverage(files, "a", {{"two", true}, {"three", false}});
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(count_of(files[0]).exercised, 2U);
  EXPECT_EQ(count_of(files[0]).total, 3U);
  EXPECT_DOUBLE_EQ(count_of(files).share(), 0.5);
  EXPECT_EQ(CoverageCount{}.share(), 1);
}

}  // namespace
}  // namespace sim
