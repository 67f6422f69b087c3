#include "models/autoscaling/target_tracking_policy.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/support/control_bench.hpp"

namespace models::autoscaling {
namespace {

using models::cloudwatch::AlarmEvaluation;
using models::cloudwatch::AlarmState;

AlarmEvaluation in_alarm(std::initializer_list<double> newest_first) {
  AlarmEvaluation evaluation;
  evaluation.state = AlarmState::Alarm;
  evaluation.action_due = true;
  for (const double value : newest_first) {
    evaluation.datapoints.push_back({core::kStart, value, true});
  }
  return evaluation;
}

AlarmEvaluation quiet(AlarmState state) {
  AlarmEvaluation evaluation;
  evaluation.state = state;
  return evaluation;
}

ScalingDecision decide(const TargetTrackingPolicy& policy, std::int32_t capacity,
                       const AlarmEvaluation& high, const AlarmEvaluation& low) {
  const std::array alarms{AlarmInput{&policy.alarms()[0], &high, high.action_due},
                          AlarmInput{&policy.alarms()[1], &low, low.action_due}};
  return policy.decide({{capacity}, {capacity}}, alarms);
}

const TargetTrackingPolicy kPolicy{tests::invocations_policy(70), tests::kBenchResource,
                                   ScalingRules{}};
const AlarmEvaluation kOk = quiet(AlarmState::Ok);

TEST(TargetTrackingPolicy, MakesItsPairOfAlarms) {
  ASSERT_EQ(kPolicy.alarms().size(), 2U);
  const auto& high = kPolicy.alarms()[0];
  const auto& low = kPolicy.alarms()[1];
  EXPECT_EQ(high.threshold, 70);
  EXPECT_EQ(high.comparison, models::cloudwatch::ComparisonOperator::GreaterThanThreshold);
  EXPECT_EQ(high.evaluation_periods, 3);
  EXPECT_EQ(high.datapoints_to_alarm, 3);
  EXPECT_EQ(low.threshold, 63);
  EXPECT_EQ(low.comparison, models::cloudwatch::ComparisonOperator::LessThanThreshold);
  EXPECT_EQ(low.evaluation_periods, 15);
  EXPECT_EQ(low.datapoints_to_alarm, 15);
  for (const auto& alarm : {high, low}) {
    EXPECT_EQ(alarm.period, std::chrono::seconds{60});
    EXPECT_EQ(alarm.treat_missing_data, models::cloudwatch::TreatMissingData::Missing);
    EXPECT_EQ(alarm.alarm_actions, std::vector<std::string>{"invocations"});
    EXPECT_EQ(alarm.metric.name, "InvocationsPerInstance");
  }
  EXPECT_EQ(high.name.rfind("TargetTracking-endpoint/shop/variant/AllTraffic-AlarmHigh-", 0), 0U);
  EXPECT_EQ(low.name.rfind("TargetTracking-endpoint/shop/variant/AllTraffic-AlarmLow-", 0), 0U);
}

TEST(TargetTrackingPolicy, WatchesAHighResolutionMetricEveryTenSeconds) {
  TargetTrackingConfiguration configuration = tests::invocations_policy(5);
  configuration.metric =
      PredefinedMetric{PredefinedMetricType::ConcurrentRequestsPerModelHighResolution};
  const TargetTrackingPolicy policy{configuration, tests::kBenchResource, ScalingRules{}};
  const auto& high = policy.alarms()[0];
  const auto& low = policy.alarms()[1];
  EXPECT_EQ(high.period, std::chrono::seconds{10});
  EXPECT_EQ(high.evaluation_periods, 3);
  EXPECT_EQ(low.period, std::chrono::seconds{10});
  EXPECT_EQ(low.evaluation_periods, 90);
  EXPECT_EQ(low.datapoints_to_alarm, 90);
  EXPECT_EQ(low.threshold, 4.5);
}

TEST(TargetTrackingPolicy, WatchesACustomizedMetricWithItsUnit) {
  const TargetTrackingPolicy cpu{tests::cpu_policy(100), tests::kBenchResource, ScalingRules{}};
  EXPECT_EQ(cpu.alarms()[0].metric.metric_namespace, "/aws/sagemaker/Endpoints");
  EXPECT_EQ(cpu.alarms()[0].statistic, models::cloudwatch::Statistic::Average);
  EXPECT_EQ(cpu.alarms()[0].unit, "Percent");
}

TEST(TargetTrackingPolicy, WatchesMetricMathAndNamesItByItsLabel) {
  using models::cloudwatch::MetricQuery;
  using models::cloudwatch::MetricStat;
  const auto policy_with = [](const char* label) {
    CustomizedMetric math;
    MetricStat invocations;
    invocations.metric = {"AWS/SageMaker", "Invocations", {}};
    math.metrics = {MetricQuery{"m1", invocations, "", false},
                    MetricQuery{"load", "m1 / 2", label, true}};
    TargetTrackingConfiguration configuration = tests::invocations_policy(70);
    configuration.metric = math;
    return TargetTrackingPolicy{configuration, tests::kBenchResource, ScalingRules{}};
  };
  const TargetTrackingPolicy labelled = policy_with("half of them");
  for (const auto& alarm : labelled.alarms()) EXPECT_EQ(alarm.metrics.size(), 2U);
  EXPECT_EQ(decide(labelled, 2, in_alarm({105}), kOk).reason.find("half of them averaged 105"), 0U);
  EXPECT_EQ(decide(policy_with(""), 2, in_alarm({105}), kOk).reason.find("load averaged 105"), 0U);
}

TEST(TargetTrackingPolicy, HasNoAlarmLowAndNoVoteWithScaleInDisabled) {
  TargetTrackingConfiguration configuration = tests::invocations_policy(70);
  configuration.disable_scale_in = true;
  const TargetTrackingPolicy policy{configuration, tests::kBenchResource, ScalingRules{}};
  ASSERT_EQ(policy.alarms().size(), 1U);
  const ScalingDecision decision =
      policy.decide({{4}, {4}}, std::array{AlarmInput{&policy.alarms()[0], &kOk}});
  EXPECT_EQ(decision.kind, DecisionKind::NoChange);
  EXPECT_FALSE(decision.votes_on_scale_in);
  EXPECT_EQ(decision.reason, "AlarmHigh is OK with 0 of 3 datapoints breaching, scale in is off");
}

TEST(TargetTrackingPolicy, ScalesOutInProportionAndSaysHow) {
  const ScalingDecision decision = decide(kPolicy, 2, in_alarm({120, 105, 90}), kOk);
  EXPECT_EQ(decision.kind, DecisionKind::ScaleOut);
  EXPECT_EQ(decision.from, InstanceCount{2});
  EXPECT_EQ(decision.wanted, InstanceCount{3});
  EXPECT_EQ(decision.blocked_by, std::nullopt);
  EXPECT_EQ(decision.alarm, kPolicy.alarms()[0].name);
  EXPECT_EQ(decision.datapoints.size(), 3U);
  EXPECT_EQ(decision.reason,
            "InvocationsPerInstance averaged 105 over 3 datapoints, target 70: 2 x 105 / 70 = 3, "
            "so a capacity of 3");
}

TEST(TargetTrackingPolicy, TakesTheNewestDatapointIfSoAsked) {
  const TargetTrackingPolicy newest{
      tests::invocations_policy(70), tests::kBenchResource,
      ScalingRules{.target_tracking_points = TargetTrackingPoints::Newest}};
  const ScalingDecision decision = decide(newest, 2, in_alarm({140, 80, 75}), kOk);
  EXPECT_EQ(decision.wanted, InstanceCount{4});
  EXPECT_EQ(decision.reason,
            "InvocationsPerInstance was 140 in the newest datapoint, target 70: 2 x 140 / 70 = 4, "
            "so a capacity of 4");
}

TEST(TargetTrackingPolicy, ScalesInOnlyIfTheMetricStaysUnderItsTarget) {
  const ScalingDecision in = decide(kPolicy, 4, kOk, in_alarm({52.5}));
  EXPECT_EQ(in.kind, DecisionKind::ScaleIn);
  EXPECT_EQ(in.wanted, InstanceCount{3});
  EXPECT_EQ(in.blocked_by, std::nullopt);
  const ScalingDecision flapping = decide(kPolicy, 4, kOk, in_alarm({52.6}));
  EXPECT_EQ(flapping.kind, DecisionKind::ScaleIn);
  EXPECT_EQ(flapping.wanted, InstanceCount{4});
  EXPECT_EQ(flapping.to, InstanceCount{4});
  EXPECT_EQ(flapping.blocked_by, Blocker::AnticipatedFlapping);
}

TEST(TargetTrackingPolicy, DoesNothingWithoutAnAlarmButSaysWhy) {
  AlarmEvaluation low = quiet(AlarmState::InsufficientData);
  low.breaching = 4;
  const ScalingDecision decision = decide(kPolicy, 4, kOk, low);
  EXPECT_EQ(decision.kind, DecisionKind::NoChange);
  EXPECT_EQ(decision.to, InstanceCount{4});
  EXPECT_EQ(decision.reason,
            "AlarmHigh is OK with 0 of 3 datapoints breaching, AlarmLow is INSUFFICIENT_DATA with "
            "4 of 15 datapoints breaching");
}

TEST(TargetTrackingPolicy, CannotActFromZeroInstances) {
  const ScalingDecision decision = decide(kPolicy, 0, in_alarm({500}), kOk);
  EXPECT_EQ(decision.blocked_by, Blocker::ZeroCapacity);
  EXPECT_EQ(decision.to, InstanceCount{0});
}

TEST(TargetTrackingPolicy, LetsTheHighAlarmWinOverTheLowOne) {
  const ScalingDecision decision = decide(kPolicy, 2, in_alarm({80}), in_alarm({10}));
  EXPECT_EQ(decision.kind, DecisionKind::ScaleOut);
}

TEST(CapacityFor, RoundsUpButNotForTheRoundingOfASum) {
  EXPECT_EQ(capacity_for({1}, 70.1, 70), InstanceCount{2});
  EXPECT_EQ(capacity_for({1}, 70, 70), InstanceCount{1});
  const double mean = (0.1 + 0.2 + 0.3) / 3 * 10;  // a hair over 2
  EXPECT_GT(mean, 2.0);
  EXPECT_EQ(capacity_for({1}, mean, 1), InstanceCount{2});
  EXPECT_EQ(capacity_for({3}, 0, 70), InstanceCount{0});
  EXPECT_EQ(capacity_for({3}, -5, 70), InstanceCount{0});
  EXPECT_EQ(capacity_for({1000}, 1e300, 1e-3), InstanceCount{2'147'483'647});
}

TEST(CapacityFor, NeverLeavesTheMetricOverItsTarget) {
  for (std::int32_t capacity = 1; capacity <= 12; ++capacity) {
    for (double metric = 0.5; metric < 300; metric += 0.5) {
      const double wanted = capacity_for({capacity}, metric, 70).value;
      ASSERT_LE(capacity * metric / wanted, 70 * (1 + 1e-8)) << capacity << " x " << metric;
      if (wanted > 1) {
        ASSERT_GT(capacity * metric / (wanted - 1), 70);
      }
    }
  }
}

}  // namespace
}  // namespace models::autoscaling
