#include "sim/study/planned_scaling.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <variant>

#include "sim/scenario/scenario_writer.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;

PlanBasis seed_basis() {
  PlanBasis basis;
  basis.min_rate = core::RequestRate::per_second(70);
  basis.max_rate = core::RequestRate::per_second(500);
  basis.growth = 1.2;
  return basis;
}

TEST(PlannedScaling, SharesOfAnInstanceByObjective) {
  EXPECT_EQ(utilization_of(PlanObjective::Availability), 0.4);
  EXPECT_EQ(utilization_of(PlanObjective::Balanced), 0.5);
  EXPECT_EQ(utilization_of(PlanObjective::Cost), 0.7);
}

TEST(PlannedScaling, InstancesAreRoundedUpAndOneAtLeast) {
  const auto rate = [](double per_second) { return core::RequestRate::per_second(per_second); };
  EXPECT_EQ(instances_for(rate(70), 4950, 1), 1);     // 0.85
  EXPECT_EQ(instances_for(rate(500), 4950, 1.2), 8);  // 7.27
  EXPECT_EQ(instances_for(rate(500), 5000, 1), 6);    // exactly 6
  EXPECT_EQ(instances_for(rate(500.1), 5000, 1), 7);  // a little more
  EXPECT_EQ(instances_for(rate(0.001), 5000, 1), 1);
}

// By hand: 0.55 x 9000 = 4950; 70 / 82.5 = 0.85; 500 / 82.5 x 1.2 = 7.27; 0.5 x 200 = 100.
TEST(PlannedScaling, DerivesTheUseCasesNumbers) {
  PlanBasis basis = seed_basis();
  basis.cpu = 0.5;
  const PlanTarget target = plan_target(9000, 0.55, core::VcpuCount{2}, basis);
  EXPECT_EQ(target.invocations_per_instance, 4950);
  EXPECT_EQ(target.cpu_percent, 100);
  EXPECT_EQ(target.min_capacity, 1);
  EXPECT_EQ(target.max_capacity, 8);
  // Without a share of its own, CPU has that of the invocations: 0.55 x 200.
  basis.cpu.reset();
  EXPECT_EQ(plan_target(9000, 0.55, core::VcpuCount{2}, basis).cpu_percent, 110);
}

TEST(PlannedScaling, RoundsTheTargetOfASlowInstanceToHundredths) {
  const PlanTarget target = plan_target(12.345, 0.5, core::VcpuCount{4}, seed_basis());
  EXPECT_EQ(target.saturated_invocations, 12.35);
  EXPECT_NEAR(target.invocations_per_instance, 6.18, 1e-9);
  EXPECT_EQ(target.min_capacity, 680);   // 4200 / 6.18 = 679.6
  EXPECT_EQ(target.max_capacity, 5826);  // 30000 / 6.18 x 1.2 = 5825.2
}

const char* const kScenario =
    "version: 1\n"
    "run: {duration: 2m, timezone: Europe/Berlin}\n"
    "traffic: {t: {rate: 50/s}}\n"
    "endpoint: {name: shop, instance_type: ml.c5.large, latency: {exact: 10ms}, startup: {exact: "
    "3m}}\n"
    "scaling: {ScalableTargets: [{MinCapacity: 2, MaxCapacity: 4}]}\n"
    "expect:\n"
    "  - latency.p99 < 1s\n"
    "  - instances.final == 2\n"
    "  - scaling.scale_outs == 0\n"
    "  - {that: instances.desired == 2, at: 1m}\n";

Scenario planned(const std::string& text, const PlanBasis& basis) {
  const auto loaded = tests::load(text);
  EXPECT_TRUE(loaded.scenario) << loaded.messages;
  const PlanTarget target = plan_target(9000, 0.5, core::VcpuCount{2}, basis);
  return planned_scenario(*loaded.scenario, target, basis);
}

TEST(PlannedScaling, PutsThePlanInThePlaceOfTheScenariosScaling) {
  const Scenario plan = planned(kScenario, seed_basis());
  const ScenarioVariant& variant = plan.variants.front();
  EXPECT_EQ(variant.scalable_target->resource_id, "endpoint/shop/variant/AllTraffic");
  EXPECT_EQ(variant.scalable_target->min_capacity.value, 1);
  EXPECT_EQ(variant.scalable_target->max_capacity.value, 8);
  EXPECT_EQ(variant.variant.initial_instances, 1);
  ASSERT_EQ(variant.policies.size(), 3U);
  const auto& invocations = std::get<TargetTrackingConfiguration>(variant.policies[0]);
  EXPECT_EQ(invocations.target_value, 4500);
  EXPECT_EQ(invocations.scale_out_cooldown, std::chrono::seconds{120});
  const auto& cpu = std::get<TargetTrackingConfiguration>(variant.policies[1]);
  EXPECT_EQ(cpu.target_value, 100);
  EXPECT_TRUE(variant.scheduled_actions.empty());
}

TEST(PlannedScaling, KeepsOnlyWhatIsExpectedOfAnyScaling) {
  const Scenario plan = planned(kScenario, seed_basis());
  ASSERT_EQ(plan.expectations.size(), 1U);
  EXPECT_EQ(plan.expectations.front().that, "latency.p99 < 1s");
}

// 9000 / 4500 - 1 = 100 %, 18000 / 4500 - 1 = 300 %, 27000 / 4500 - 1 = 500 %.
TEST(PlannedScaling, StepsBringTheLowerEndsOfSpikesDownToTheTarget) {
  const Scenario plan = planned(kScenario, seed_basis());
  const auto& spike = std::get<StepScalingConfiguration>(plan.variants.front().policies[2]);
  ASSERT_EQ(spike.step_adjustments.size(), 3U);
  EXPECT_EQ(spike.step_adjustments[0].metric_interval_lower_bound, 0);
  EXPECT_EQ(spike.step_adjustments[0].metric_interval_upper_bound, 9000);
  EXPECT_EQ(spike.step_adjustments[0].scaling_adjustment, 100);
  EXPECT_EQ(spike.step_adjustments[1].scaling_adjustment, 300);
  EXPECT_EQ(spike.step_adjustments[2].scaling_adjustment, 500);
  EXPECT_EQ(spike.step_adjustments[2].metric_interval_upper_bound, std::nullopt);
  ASSERT_EQ(plan.alarms.size(), 1U);
  EXPECT_EQ(plan.alarms.front().threshold, 9000);
  EXPECT_EQ(plan.alarms.front().alarm_actions, std::vector<std::string>{spike.policy_name});
}

// The peak is at 13:00, so the rate is above its middle from 07:00 to 19:00; two startups of 3 m
// are ten minutes in steps of five. The middle of 70/s and 500/s takes 285 / 75 = 3.8 instances.
TEST(PlannedScaling, SchedulesADay) {
  std::string text = kScenario;
  text.replace(text.find("{rate: 50/s}"), 12,
               "{daily: {low: 70/s, high: 500/s, peak_at: \"13:00\", weekend: 40%}}");
  const Scenario plan = planned(text, seed_basis());
  const auto& actions = plan.variants.front().scheduled_actions;
  ASSERT_EQ(actions.size(), 2U);
  EXPECT_EQ(actions[0].schedule, "cron(50 6 ? * MON-FRI *)");
  EXPECT_EQ(actions[0].timezone, "Europe/Berlin");
  EXPECT_EQ(actions[0].min_capacity->value, 4);
  EXPECT_EQ(actions[0].max_capacity->value, 8);
  EXPECT_EQ(actions[1].schedule, "cron(0 19 ? * MON-FRI *)");
  EXPECT_EQ(actions[1].min_capacity->value, 1);
}

TEST(PlannedScaling, APlanIsAScenarioThatReadsBack) {
  std::string text = kScenario;
  text.replace(text.find("{rate: 50/s}"), 12,
               "{daily: {low: 70/s, high: 500/s, peak_at: \"02:00\", weekend: 100%}}");
  const std::string expanded = expand_scenario(planned(text, seed_basis()));
  EXPECT_THAT(expanded, testing::HasSubstr("cron(50 19 * * ? *)"));
  const auto again = tests::load(expanded);
  ASSERT_TRUE(again.scenario) << again.messages;
  EXPECT_EQ(expand_scenario(*again.scenario), expanded);
}

}  // namespace
}  // namespace sim
