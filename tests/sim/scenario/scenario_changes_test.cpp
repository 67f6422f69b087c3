#include "sim/scenario/scenario_changes.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

std::string policy(const std::string& name, const std::string& target) {
  return "{PolicyName: " + name +
         ", PolicyType: TargetTrackingScaling, TargetTrackingScalingPolicyConfiguration: "
         "{TargetValue: " +
         target +
         ", PredefinedMetricSpecification: {PredefinedMetricType: "
         "SageMakerVariantInvocationsPerInstance}}}";
}

Scenario scenario_with(const std::string& traffic, const std::string& policies) {
  const auto loaded = tests::load("version: 1\nrun: {duration: 10m}\ntraffic: " + traffic + "\n" +
                                  tests::kEndpoint +
                                  "scaling: {ScalableTargets: [{MinCapacity: 1, MaxCapacity: 4}], "
                                  "ScalingPolicies: [" +
                                  policies + "]}\n");
  EXPECT_TRUE(loaded.scenario) << loaded.messages;
  return *loaded.scenario;
}

TEST(ScenarioChanges, AValueThatDiffersIsNamedByItsPath) {
  const auto changes = changes_between(scenario_with("{t: {rate: 5/s}}", policy("p", "4200")),
                                       scenario_with("{t: {rate: 5/s}}", policy("p", "4800")));
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].path,
            "scaling.ScalingPolicies[p].TargetTrackingScalingPolicyConfiguration.TargetValue");
  EXPECT_EQ(changes[0].base, "4200");
  EXPECT_EQ(changes[0].candidate, "4800");
}

TEST(ScenarioChanges, NamedEntriesAreFoundWhereverTheyStand) {
  const auto expecting = [](const std::string& list) {
    return *tests::load("version: 1\ntraffic: {t: {rate: 5/s, duration: 9m}}\n" + tests::kEndpoint +
                        "expect: [" + list + "]\n")
                .scenario;
  };
  const Scenario base = expecting("errors.rate < 1%, {that: latency.p99 < 1s, because: a}");
  EXPECT_TRUE(changes_between(base, expecting("{that: latency.p99 < 1s, because: a}, errors.rate < "
                                              "1%"))
                  .empty());
  const auto changes = changes_between(base, expecting("{that: latency.p99 < 1s, because: b}"));
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].path, "expect[errors.rate < 1%]");
  EXPECT_FALSE(changes[0].candidate);
  EXPECT_EQ(changes[1].path, "expect[latency.p99 < 1s].because");
}

TEST(ScenarioChanges, WhatOnlyOneHasIsAddedOrTakenAway) {
  const auto one = scenario_with("{t: {rate: 5/s}}", policy("p", "1"));
  const auto two = scenario_with("{t: {rate: 5/s}, u: {rate: 7/s}}", policy("p", "1"));
  const auto added = changes_between(one, two);
  ASSERT_EQ(added.size(), 1U);
  EXPECT_EQ(added[0].path, "traffic.u");
  EXPECT_FALSE(added[0].base);
  EXPECT_EQ(changes_between(two, one)[0].candidate, std::nullopt);
}

TEST(ScenarioChanges, DefaultsThatAreWrittenOutChangeNothing) {
  const auto plain = scenario_with("{t: {rate: 5/s}}", policy("p", "1"));
  const auto spelt =
      scenario_with("{t: {rate: 300/min, begins: 0s, arrivals: poisson}}", policy("p", "1.0"));
  EXPECT_TRUE(changes_between(plain, spelt).empty());
}

}  // namespace
}  // namespace sim
