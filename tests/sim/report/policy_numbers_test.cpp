#include "sim/report/policy_numbers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/report/sample_run.hpp"

namespace sim {
namespace {

using models::autoscaling::CustomizedMetric;
using models::autoscaling::PredefinedMetric;
using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;
using ::testing::ElementsAre;

TEST(PolicyNumbers, AreToldAgainstWhatOneInstanceServes) {
  Scenario scenario = sample_run().scenario;
  ScenarioVariant& variant = scenario.variants.front();
  variant.variant.throughput = core::RequestRate::per_second(150);
  variant.scalable_target.emplace();
  variant.scalable_target->max_capacity = {8};
  TargetTrackingConfiguration tracking;
  tracking.policy_name = "invocations";
  tracking.target_value = 4500;
  tracking.metric = PredefinedMetric{};
  TargetTrackingConfiguration cpu;
  cpu.policy_name = "cpu";
  cpu.target_value = 70;
  CustomizedMetric metric;
  metric.metric.name = "CPUUtilization";
  cpu.metric = metric;
  StepScalingConfiguration steps;
  steps.policy_name = "steps";
  steps.step_adjustments.resize(2);
  variant.policies = {tracking, cpu, steps};
  EXPECT_THAT(
      policy_number_lines(scenario),
      ElementsAre("TargetValue 4,500 invocations a minute in invocations: 50 % of the 9,000 "
                  "that one instance serves",
                  "TargetValue 70 of CPUUtilization in cpu", "2 steps of ChangeInCapacity in steps",
                  "MinCapacity 1, MaxCapacity 8"));
}

TEST(PolicyNumbers, AreNoneWhereNothingScales) {
  EXPECT_THAT(policy_number_lines(idle_run().scenario), ElementsAre("none: no policy scales it"));
}

}  // namespace
}  // namespace sim
