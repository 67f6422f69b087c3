#include "sim/report/scaling_calls.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "sim/scenario/scenario_yaml.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

Scenario load_seed(const std::string& name) {
  Diagnostics diagnostics;
  auto scenario = load_scenario_file("scenarios/seed/" + name, {}, diagnostics);
  EXPECT_TRUE(scenario) << diagnostics.render_all();
  return *scenario;
}

JsonTree seed_json(const std::string& name) {
  std::ifstream file("scenarios/seed/" + name);
  return JsonTree::parse(file);
}

// The files are what somebody gave to the AWS CLI; who reads and writes them has them again.
TEST(ScalingCalls, WritesTheArgumentsThatItsReaderHasRead) {
  const Scenario scenario = load_seed("target_tracking.scenario.yaml");
  const auto calls = scaling_calls(scenario);
  ASSERT_EQ(calls.size(), 3U);
  EXPECT_EQ(calls[0].file, "register_scalable_target.json");
  EXPECT_EQ(calls[0].service, "application-autoscaling");
  EXPECT_EQ(calls[0].input, seed_json("register_scalable_target.json"));
  EXPECT_EQ(calls[1].file, "put_scaling_policy.target-tracking-invocations.json");
  EXPECT_EQ(calls[1].input, seed_json("put_scaling_policy.invocations.json"));
  EXPECT_EQ(calls[2].input, seed_json("put_scaling_policy.cpu.json"));
}

TEST(ScalingCalls, WritesStepsWithTheirDefaultsAndTheAlarmsThatTheyNeed) {
  const Scenario scenario = load_seed("step_scaling.scenario.yaml");
  const auto calls = scaling_calls(scenario);
  ASSERT_EQ(calls.size(), 5U);
  JsonTree step = seed_json("put_scaling_policy.step.json");
  JsonTree& configuration = step["StepScalingPolicyConfiguration"];
  configuration["Cooldown"] = 300;
  EXPECT_EQ(nlohmann::json(calls[1].input), nlohmann::json(step));
  EXPECT_EQ(calls[3].service, "cloudwatch");
  EXPECT_EQ(calls[3].file, "put_metric_alarm.cpu-high.json");
  EXPECT_EQ(calls[3].input["AlarmActions"], JsonTree::parse(R"(["step-scaling"])"));
  EXPECT_EQ(calls[3].input["DatapointsToAlarm"], 2);
  EXPECT_EQ(calls[3].input["ComparisonOperator"], "GreaterThanOrEqualToThreshold");
  EXPECT_EQ(calls[3].input["Statistic"], "Average");
}

TEST(ScalingCalls, WritesScheduledActions) {
  const Scenario scenario = load_seed("scheduled.scenario.yaml");
  const auto calls = scaling_calls(scenario);
  ASSERT_EQ(calls.size(), 4U);
  EXPECT_EQ(calls[2].file, "put_scheduled_action.before-the-rush.json");
  EXPECT_EQ(calls[2].input.dump(),
            R"({"ScheduledActionName":"before-the-rush","ServiceNamespace":"sagemaker",)"
            R"("ResourceId":"endpoint/xgboost-classifier/variant/AllTraffic",)"
            R"("ScalableDimension":"sagemaker:variant:DesiredInstanceCount",)"
            R"json("Schedule":"cron(50 9 ? * MON-FRI *)","Timezone":"Europe/Berlin",)json"
            R"("ScalableTargetAction":{"MinCapacity":6,"MaxCapacity":8}})");
}

}  // namespace
}  // namespace sim
