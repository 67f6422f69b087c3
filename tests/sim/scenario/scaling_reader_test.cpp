#include "sim/scenario/scaling_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scenario_loading.hpp"
#include "tests/support/shared_vectors.hpp"

namespace sim {
namespace {

using namespace models::autoscaling;
using namespace std::chrono_literals;
using models::cloudwatch::Statistic;
using testing::AllOf;
using testing::HasSubstr;
using tests::Files;
using tests::load;
using tests::smallest_with;

const std::string kTarget =
    R"({"ServiceNamespace": "sagemaker", "ResourceId": "endpoint/shop/variant/AllTraffic",
  "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
  "MinCapacity": 2, "MaxCapacity": 12})";
const std::string kConfiguration =
    R"({"TargetValue": 1000.0, "PredefinedMetricSpecification":
  {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"}, "ScaleOutCooldown": 120,
  "ScaleInCooldown": 600, "DisableScaleIn": true})";
const std::string kCpu =
    R"({"TargetValue": 100, "CustomizedMetricSpecification": {"MetricName": "CPUUtilization",
  "Namespace": "/aws/sagemaker/Endpoints",
  "Dimensions": [{"Name": "VariantName", "Value": "AllTraffic"},
    {"Name": "EndpointName", "Value": "shop"}],
  "Statistic": "Average", "Unit": "Percent"}})";

std::string policy(const std::string& name, const std::string& configuration) {
  return R"({"PolicyName": ")" + name +
         R"(", "ServiceNamespace": "sagemaker", "ResourceId": "endpoint/shop/variant/AllTraffic",
  "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
  "PolicyType": "TargetTrackingScaling", "TargetTrackingScalingPolicyConfiguration": )" +
         configuration + "}";
}

tests::Loaded load_from(const Files& files, const std::string& more = "") {
  std::string names;
  for (const auto& [name, text] : files) names += name + ", ";
  return load(smallest_with("scaling:\n  from: [" + names + "]\n" + more), files);
}

const TargetTrackingConfiguration& target_tracking(const Scenario& scenario, std::size_t index) {
  return std::get<TargetTrackingConfiguration>(scenario.variants.front().policies.at(index));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(ScalingFiles, ArgumentsOfTheCallsAreReadAsTheyStand) {
  const auto loaded = load_from({{"t.json", kTarget},
                                 {"p.json", policy("tt", kConfiguration)},
                                 {"c.json", policy("cpu", kCpu)}});
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.messages, "");
  const Scenario& scenario = *loaded.scenario;
  EXPECT_EQ(scenario.variants.front().variant.endpoint_name, "shop");
  EXPECT_EQ(scenario.variants.front().scalable_target->resource_id,
            "endpoint/shop/variant/AllTraffic");
  EXPECT_EQ(scenario.variants.front().scalable_target->min_capacity.value, 2);
  EXPECT_EQ(scenario.variants.front().scalable_target->max_capacity.value, 12);
  EXPECT_EQ(scenario.variants.front().variant.initial_instances, 2);
  ASSERT_EQ(scenario.variants.front().policies.size(), 2U);
  const auto& cpu = target_tracking(scenario, 0);  // c.json comes first
  const auto& metric = std::get<CustomizedMetric>(cpu.metric);
  EXPECT_EQ(metric.metric.name, "CPUUtilization");
  EXPECT_EQ(metric.statistic, Statistic::Average);
  EXPECT_EQ(metric.metric.dimensions[0].name, "EndpointName");  // sorted
  EXPECT_EQ(cpu.scale_out_cooldown, Duration{300s});            // R-109
  const auto& invocations = target_tracking(scenario, 1);
  EXPECT_EQ(invocations.policy_name, "tt");
  EXPECT_EQ(invocations.target_value, 1000);
  EXPECT_EQ(invocations.scale_out_cooldown, Duration{120s});
  EXPECT_EQ(invocations.scale_in_cooldown, Duration{600s});
  EXPECT_TRUE(invocations.disable_scale_in);
}

TEST(ScalingFiles, OutputsOfDescribeCommandsAreRead) {
  const std::string targets =
      R"({"ScalableTargets": [)" +
      replaced(
          kTarget, "\"MinCapacity\"",
          "\"RoleARN\": \"arn\", \"CreationTime\": 1772000000.5, \"ScalableTargetARN\": \"a\", "
          "\"SuspendedState\": {\"DynamicScalingInSuspended\": true}, \"MinCapacity\"") +
      R"(], "NextToken": null})";
  const std::string policies = R"({"ScalingPolicies": [)" +
                               replaced(policy("tt", kConfiguration), "\"PolicyType\"",
                                        R"("PolicyARN": "a", "CreationTime": 1772000000.5,
                 "Alarms": [{}], "PolicyType")") +
                               "]}";
  const auto loaded = load_from({{"t.json", targets}, {"p.json", policies}});
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.messages, "");
  EXPECT_TRUE(loaded.scenario->variants.front()
                  .scalable_target->suspended_state.dynamic_scaling_in_suspended);
  EXPECT_FALSE(loaded.scenario->variants.front()
                   .scalable_target->suspended_state.dynamic_scaling_out_suspended);
}

TEST(ScalingFiles, ABareConfigurationIsNamedAfterItsFile) {
  const auto loaded = load_from({{"t.json", kTarget}, {"tt-70.json", kConfiguration}});
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(target_tracking(*loaded.scenario, 0).policy_name, "tt-70");
}

TEST(ScalingFiles, AListOfThemIsReadInOrder) {
  const auto loaded = load_from({{"all.json", "[" + kTarget + "," + policy("a", kConfiguration) +
                                                  "," + policy("b", kCpu) + "]"}});
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.scenario->variants.front().policies.size(), 2U);
}

TEST(ScalingFiles, ALaterRegistrationUpdatesAnEarlierOne) {
  const auto loaded = load_from({{"t.json", kTarget}}, "  ScalableTargets: [{MaxCapacity: 5}]\n");
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.scenario->variants.front().scalable_target->min_capacity.value, 2);
  EXPECT_EQ(loaded.scenario->variants.front().scalable_target->max_capacity.value, 5);
}

TEST(ScalingFiles, UnknownFieldsAreNotedAndSkeletonsAccepted) {
  const auto loaded =
      load_from({{"t.json", replaced(kTarget, "\"MinCapacity\"",
                                     "\"RoleARN\": \"\", \"SuspendedState\": null, \"Novel\": 1, "
                                     "\"MinCapacity\"")},
                 {"p.json", replaced(policy("tt", kConfiguration), "\"PolicyType\"",
                                     "\"StepScalingPolicyConfiguration\": {\"Cooldown\": 0}, "
                                     "\"PolicyType\"")}});
  EXPECT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_THAT(loaded.messages,
              HasSubstr("warning: 'Novel' is not a field of the scalable target and is ignored"));
  EXPECT_THAT(loaded.messages, HasSubstr("warning: 'StepScalingPolicyConfiguration' says nothing"));
}

TEST(ScalingFiles, WhatIsNotSimulatedIsNeverSkipped) {
  const auto message_of = [](const std::string& json) {
    const auto loaded = load_from({{"x.json", json}});
    EXPECT_FALSE(loaded.scenario) << json;
    return loaded.messages;
  };
  EXPECT_THAT(message_of(R"({"PolicyName": "s", "PolicyType": "PredictiveScaling"})"),
              HasSubstr("(predictive scaling) is not simulated"));
  EXPECT_THAT(message_of(R"({"Resources": {}})"), HasSubstr("CloudFormation"));
  EXPECT_THAT(message_of(replaced(kTarget, "sagemaker:variant:DesiredInstanceCount",
                                  "sagemaker:inference-component:DesiredCopyCount")),
              HasSubstr("(inference components) is not simulated"));
  EXPECT_THAT(
      message_of(replaced(policy("p", kConfiguration), "SageMakerVariantInvocationsPerInstance",
                          "SageMakerVariantProvisionedConcurrencyUtilization")),
      HasSubstr("(serverless endpoints) is not simulated"));
  EXPECT_THAT(message_of(replaced(policy("p", kCpu), "CPUUtilization", "GPUUtilization")),
              AllOf(HasSubstr("found GPUUtilization without points of 'gpu'"),
                    HasSubstr("give endpoint.gpu: [{at: 0/s, percent: 20}")));
  EXPECT_THAT(message_of(replaced(policy("p", kCpu), "/aws/sagemaker/Endpoints", "Shop")),
              HasSubstr("expected /aws/sagemaker/Endpoints, the Namespace of CPUUtilization"));
  EXPECT_EQ(load_from({{"x.json", R"({"MetricAlarms": [], "CompositeAlarms": []})"}}).messages, "");
}

TEST(ScalingFiles, WhatIsIncompleteSaysWhatIsMissing) {
  const auto message_of = [](const std::string& json) {
    return load_from({{"x.json", json}}).messages;
  };
  const std::string step =
      R"({"PolicyName": "s", "PolicyType": "StepScaling", "StepScalingPolicyConfiguration": {}})";
  EXPECT_THAT(message_of(step), HasSubstr("expected the key 'AdjustmentType'"));
  EXPECT_THAT(message_of(R"({"MetricAlarms": [{}]})"), HasSubstr("expected the key 'AlarmName'"));
  EXPECT_THAT(message_of(R"({"AlarmName": "a"})"),
              HasSubstr("expected the key 'ComparisonOperator' in the alarm"));
  EXPECT_THAT(message_of(R"({"ScheduledActions": [{}]})"),
              HasSubstr("expected the key 'ScheduledActionName'"));
}

TEST(ScalingFiles, UnrecognisableDocumentsAreErrors) {
  for (const char* json : {"{}", "5", "\"x\"", R"({"PolicyARN": "a"})", "[[{}]]"}) {
    EXPECT_THAT(load_from({{"x.json", json}}).messages,
                HasSubstr("expected the arguments of register-scalable-target"))
        << json;
  }
}

TEST(ScalingRules, TargetsAndPoliciesAreForOneVariant) {
  const auto loaded = load_from(
      {{"t.json", kTarget},
       {"p.json", replaced(policy("tt", kConfiguration), "endpoint/shop/", "endpoint/other/")}});
  EXPECT_THAT(loaded.messages,
              HasSubstr("expected the ResourceId 'endpoint/shop/variant/AllTraffic', found "
                        "'endpoint/other/variant/AllTraffic'"));
  EXPECT_THAT(load_from({{"t.json", replaced(kTarget, "endpoint/shop/variant/AllTraffic", "shop")}})
                  .messages,
              HasSubstr("expected a ResourceId of the form endpoint/NAME/variant/NAME"));
}

TEST(ScalingRules, DimensionsMustNameTheVariant) {
  const auto loaded = load_from(
      {{"t.json", kTarget},
       {"p.json", policy("cpu", replaced(kCpu, "\"Value\": \"shop\"", "\"Value\": \"shpo\""))}});
  EXPECT_THAT(loaded.messages,
              HasSubstr("expected the Dimensions EndpointName=shop, VariantName=AllTraffic, found "
                        "EndpointName=shpo, VariantName=AllTraffic"));
  EXPECT_THAT(loaded.messages, HasSubstr("INSUFFICIENT_DATA"));
}

TEST(ScalingRules, UnitsThatMatchNoDatapointAreErrors) {
  const auto loaded = load_from(
      {{"t.json", kTarget}, {"p.json", policy("cpu", replaced(kCpu, "Percent", "Count"))}});
  EXPECT_THAT(loaded.messages, HasSubstr("expected Percent, the Unit of CPUUtilization"));
}

TEST(ScalingRules, OneMetricOnePolicyAndOneNameEach) {
  EXPECT_THAT(load_from({{"t.json", kTarget},
                         {"p.json", policy("a", kConfiguration)},
                         {"q.json", policy("b", kConfiguration)}})
                  .messages,
              HasSubstr("AWS says: Only one TargetTrackingScaling policy for a given metric "
                        "specification is allowed."));
  EXPECT_THAT(load_from({{"t.json", kTarget},
                         {"p.json", policy("a", kConfiguration)},
                         {"q.json", policy("a", kCpu)}})
                  .messages,
              HasSubstr("expected a PolicyName of its own for each policy, found 'a' again"));
}

TEST(ScalingRules, APolicyNeedsATarget) {
  EXPECT_THAT(load_from({{"p.json", policy("a", kConfiguration)}}).messages,
              HasSubstr("expected a scalable target for the policy, found none"));
}

TEST(ScalingRules, BoundsAreOrderedAndComplete) {
  const auto inline_target = [](const std::string& target) {
    return load(smallest_with("scaling: {ScalableTargets: [" + target + "]}\n")).messages;
  };
  EXPECT_THAT(inline_target("{MinCapacity: 5, MaxCapacity: 2}"),
              HasSubstr("expected a MaxCapacity of at least the MinCapacity 5, found 2"));
  EXPECT_THAT(inline_target("{MinCapacity: 5}"), HasSubstr("found no MaxCapacity"));
  EXPECT_THAT(inline_target("{MinCapacity: -1, MaxCapacity: 2}"),
              HasSubstr("expected a whole number of at least 0"));
  EXPECT_THAT(inline_target("{min_capacity: 1, MaxCapacity: 2}"),
              HasSubstr("did you mean 'MinCapacity'?"));
}

TEST(ScalingRules, InitialInstancesMoveIntoTheBounds) {
  const auto loaded = load("version: 1\n" + tests::kTraffic +
                           "endpoint: {instance_type: ml.c5.large, initial_instances: 9, latency: "
                           "{exact: 9ms}}\nscaling: {ScalableTargets: [{MinCapacity: 1, "
                           "MaxCapacity: 4}]}\n");
  ASSERT_TRUE(loaded.scenario);
  EXPECT_EQ(loaded.scenario->variants.front().variant.initial_instances, 4);
  EXPECT_THAT(loaded.messages, HasSubstr("registering the target moves them to 4"));
}

TEST(ScalingRules, BurstableTypesAreNotScaled) {
  EXPECT_THAT(load("version: 1\n" + tests::kTraffic +
                   "endpoint: {instance_type: ml.t2.medium, latency: {exact: 9ms}}\n"
                   "scaling: {ScalableTargets: [{MinCapacity: 1, MaxCapacity: 4}]}\n")
                  .messages,
              HasSubstr("found the burstable 'ml.t2.medium'"));
}

TEST(PolicyConfiguration, IsCheckedAsAwsChecksIt) {
  const auto message_of = [](const std::string& configuration) {
    return load_from({{"t.json", kTarget}, {"p.json", policy("p", configuration)}}).messages;
  };
  EXPECT_THAT(message_of(replaced(kConfiguration, "1000.0", "0")),
              HasSubstr("a TargetValue above 0"));
  EXPECT_THAT(message_of(replaced(kConfiguration, "1000.0", "\"1000\"")),
              HasSubstr("expected a number, found the text '1000'"));
  EXPECT_THAT(message_of(replaced(kConfiguration, "120", "-1")),
              HasSubstr("expected a whole number of at least 0, found '-1'"));
  EXPECT_THAT(message_of(replaced(kConfiguration, "\"TargetValue\": 1000.0, ", "")),
              HasSubstr("expected the key 'TargetValue'"));
  EXPECT_THAT(
      message_of(replaced(kConfiguration, "InvocationsPerInstance", "InvocationPerInstance")),
      HasSubstr("did you mean 'SageMakerVariantInvocationsPerInstance'?"));
  EXPECT_THAT(message_of(replaced(kConfiguration, "\"Predefined",
                                  "\"CustomizedMetricSpecification\": {}, \"Predefined")),
              HasSubstr("found both"));
  EXPECT_THAT(message_of(R"({"TargetValue": 1})"), HasSubstr("found neither"));
  EXPECT_THAT(message_of(replaced(kCpu, "Average", "p90")), HasSubstr("expected Average, Minimum"));
  EXPECT_THAT(message_of(replaced(kCpu, "CPUUtilization", "CpuUtilization")),
              HasSubstr("did you mean 'CPUUtilization'?"));
}

TEST(UseCase, IsReadFromItsJson) {
  const std::filesystem::path folder = tests::shared_folder() / "data/aws/use_case";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  Diagnostics diagnostics;
  const std::string text = smallest_with(
      "scaling: {from: [register_scalable_target.json, put_scaling_policy.cpu.json, "
      "put_scaling_policy.invocations.json]}\n");
  const auto scenario =
      load_scenario(text, (folder / "x.scenario.yaml").string(), LoadOptions{}, diagnostics);
  ASSERT_TRUE(scenario) << diagnostics.render_all();
  EXPECT_EQ(diagnostics.render_all(), "");
  EXPECT_EQ(scenario->variants.front().variant.endpoint_name, "xgboost-classifier");
  EXPECT_EQ(scenario->variants.front().policies.size(), 2U);
}

}  // namespace
}  // namespace sim
