#include "sim/scenario/alarm_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using models::autoscaling::StepScalingConfiguration;
using models::cloudwatch::TreatMissingData;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

constexpr const char* kScaling = R"(scaling:
  ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]
  ScalingPolicies:
    - PolicyName: out
      PolicyType: StepScaling
      StepScalingPolicyConfiguration:
        AdjustmentType: ChangeInCapacity
        StepAdjustments: [{MetricIntervalLowerBound: 0, ScalingAdjustment: 2}]
  MetricAlarms:
    - AlarmName: hot
      MetricName: CPUUtilization
      Namespace: /aws/sagemaker/Endpoints
      Statistic: Average
      Dimensions: [{Name: EndpointName, Value: endpoint}, {Name: VariantName, Value: AllTraffic}]
      Period: 60
      EvaluationPeriods: 3
      Threshold: 120
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [out]
)";

tests::Loaded load_with(const std::vector<std::string>& changes = {}) {
  return tests::load(tests::smallest_with(kScaling), {}, changes);
}
std::string messages_with(const std::string& key, const std::string& value) {
  return load_with({"scaling.MetricAlarms.0." + key + "=" + value}).messages;
}

TEST(MetricAlarms, AreReadWithTheirDefaults) {
  const auto loaded = load_with();
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.messages, "");
  ASSERT_EQ(loaded.scenario->alarms.size(), 1U);
  const auto& alarm = loaded.scenario->alarms.front();
  EXPECT_EQ(alarm.name, "hot");
  EXPECT_EQ(alarm.period, 60s);
  EXPECT_EQ(alarm.datapoints_to_alarm, 3);  // as many as EvaluationPeriods
  EXPECT_EQ(alarm.treat_missing_data, TreatMissingData::Missing);
  EXPECT_EQ(alarm.alarm_actions, std::vector<std::string>{"out"});
  const auto& policy = loaded.scenario->variants.front().policies.front();
  EXPECT_EQ(std::get<StepScalingConfiguration>(policy).cooldown, 300s);  // R-109
}

TEST(MetricAlarms, NamePoliciesByTheirArnToo) {
  const auto loaded = load_with(
      {"scaling.MetricAlarms.0.AlarmActions=[\"arn:aws:autoscaling:eu-west-1:111122223333:"
       "scalingPolicy:u-1:resource/sagemaker/endpoint/e/variant/v:policyName/out:createdBy/x\"]"});
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.scenario->alarms.front().alarm_actions, std::vector<std::string>{"out"});
}

TEST(MetricAlarms, ActionsThatNameNoStepPolicyAreErrors) {
  EXPECT_THAT(messages_with("AlarmActions", "[oout]"), HasSubstr("did you mean 'out'?"));
  EXPECT_THAT(messages_with("AlarmActions", "[\"arn:aws:sns:eu-west-1:111122223333:topic\"]"),
              HasSubstr("this action is of sns and is passed over"));
}

TEST(MetricAlarms, OfWhichNoneTriggersAStepPolicyAreMissed) {
  const auto loaded = load_with({"scaling.MetricAlarms=[]"});
  EXPECT_THAT(loaded.messages, HasSubstr("no alarm triggers the step policy 'out'"));
  // One that cannot be read may be the one: there is nothing more to say.
  EXPECT_THAT(messages_with("EvaluationPeriods", "0"), Not(HasSubstr("no alarm triggers")));
}

TEST(MetricAlarms, AreCheckedAsPutMetricAlarmDoes) {
  EXPECT_THAT(messages_with("DatapointsToAlarm", "4"),
              HasSubstr("AWS says: DatapointsToAlarm must be less than or equal"));
  EXPECT_THAT(messages_with("EvaluationPeriods", "1441"),
              HasSubstr("AWS says: Metrics cannot be checked across more than a day"));
  EXPECT_THAT(messages_with("AlarmName", std::string(256, 'a')),
              HasSubstr("have length less than or equal to 255"));
  EXPECT_THAT(messages_with("Period", "45"), HasSubstr("10, 20, 30 or a multiple of 60"));
  EXPECT_THAT(messages_with("Threshold", ".nan"), HasSubstr("expected a number"));
  EXPECT_THAT(messages_with("ComparisonOperator", "GreaterThanUpperThreshold"),
              HasSubstr("anomaly detection, whose alarms cannot scale"));
  EXPECT_THAT(messages_with("ExtendedStatistic", "p99"), HasSubstr("found both"));
}

TEST(MetricAlarms, ThatCanNeverGoOffAreWarnedOf) {
  EXPECT_THAT(messages_with("Threshold", "200"),
              HasSubstr("CPUUtilization is never above 200, so no datapoint breaches"));
  EXPECT_THAT(messages_with("Period", "10"),
              HasSubstr("CPUUtilization is published every 1m: most periods of 10s"));
}

TEST(MetricAlarms, OfTargetTrackingArePassedOver) {
  const auto loaded = load_with({"scaling.MetricAlarms.0.AlarmName=TargetTracking-x-AlarmHigh-1"});
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_TRUE(loaded.scenario->alarms.empty());
  EXPECT_THAT(loaded.messages, HasSubstr("belongs to a target-tracking policy"));
}

TEST(MetricAlarms, TakeMetricMath) {
  const std::string metric =
      "{Metric: {MetricName: Invocations, Namespace: AWS/SageMaker, Dimensions: [{Name: "
      "EndpointName, Value: endpoint}, {Name: VariantName, Value: AllTraffic}]}, Stat: Sum, "
      "Period: 60}";
  const auto with = [&](const std::string& expression) {
    std::string text = tests::smallest_with(kScaling);
    const std::size_t from = text.find("      MetricName:");
    const std::size_t to = text.find("      EvaluationPeriods:");
    text.replace(from, to - from,
                 "      Metrics: [{Id: e, Expression: \"" + expression +
                     "\"}, {Id: m, ReturnData: false, MetricStat: " + metric + "}]\n");
    return tests::load(text);
  };
  const auto loaded = with("m / 2");
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.scenario->alarms.front().metrics.size(), 2U);
  EXPECT_FALSE(with("m / n").scenario);
  EXPECT_FALSE(with("e + m").scenario);
}

}  // namespace
}  // namespace sim
