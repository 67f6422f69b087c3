#include "sim/study/policy_space.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/study/shifted_scenario.hpp"
#include "sim/study/space_selection.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using testing::HasSubstr;

const std::string kTarget = R"(scaling:
  ScalableTargets: [{MinCapacity: 2, MaxCapacity: 8}]
  ScalingPolicies:
    - PolicyName: shop
      PolicyType: TargetTrackingScaling
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 3333
        PredefinedMetricSpecification:
          PredefinedMetricType: SageMakerVariantInvocationsPerInstance
)";
const std::string kSteps = R"(scaling:
  ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]
  ScalingPolicies:
    - PolicyName: steps
      PolicyType: StepScaling
      StepScalingPolicyConfiguration:
        AdjustmentType: ChangeInCapacity
        StepAdjustments:
          - {MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 20, ScalingAdjustment: 1}
          - {MetricIntervalLowerBound: 20, MetricIntervalUpperBound: 60, ScalingAdjustment: 2}
          - {MetricIntervalLowerBound: 60, ScalingAdjustment: 4}
        Cooldown: 60
  MetricAlarms:
    - AlarmName: high
      MetricName: CPUUtilization
      Namespace: /aws/sagemaker/Endpoints
      Dimensions: [{Name: EndpointName, Value: endpoint}, {Name: VariantName, Value: AllTraffic}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 3
      DatapointsToAlarm: 2
      Threshold: 100
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [steps]
)";

Scenario scenario_of(const std::string& scaling) {
  const tests::Loaded loaded = tests::load(tests::smallest_with(scaling));
  EXPECT_TRUE(loaded.scenario.has_value()) << loaded.messages;
  return *loaded.scenario;
}

std::vector<std::string> names_of(const PolicySpace& space) {
  std::vector<std::string> names;
  for (const PolicyNumber& number : space.numbers()) names.push_back(number.name);
  return names;
}

std::size_t index_of(const PolicySpace& space, const std::string& name) {
  const std::vector<std::string> names = names_of(space);
  const auto found = std::find(names.begin(), names.end(), name);
  EXPECT_NE(found, names.end()) << name;
  return static_cast<std::size_t>(found - names.begin());
}

// The point with another value, the nearest of those that it may have.
PolicySpace::Point with(const PolicySpace& space, PolicySpace::Point point, const std::string& name,
                        double value) {
  const std::size_t index = index_of(space, name);
  const auto& values = space.numbers()[index].values;
  const auto place = std::lower_bound(values.begin(), values.end(), value);
  point[index] = static_cast<std::size_t>(place - values.begin());
  return point;
}

TEST(PolicySpace, HasTheNumbersOfTargetTracking) {
  const PolicySpace space(scenario_of(kTarget), 12);
  EXPECT_THAT(names_of(space),
              testing::ElementsAre("MinCapacity", "MaxCapacity", "shop.TargetValue",
                                   "shop.ScaleOutCooldown", "shop.ScaleInCooldown"));
}

TEST(PolicySpace, HasTheNumbersOfStepsAndTheirAlarm) {
  const PolicySpace space(scenario_of(kSteps), 12);
  EXPECT_THAT(names_of(space),
              testing::ElementsAre("MinCapacity", "MaxCapacity", "steps.Cooldown",
                                   "steps.StepAdjustments[0].ScalingAdjustment",
                                   "steps.StepAdjustments[1].ScalingAdjustment",
                                   "steps.StepAdjustments[1].MetricIntervalLowerBound",
                                   "steps.StepAdjustments[2].ScalingAdjustment",
                                   "steps.StepAdjustments[2].MetricIntervalLowerBound",
                                   "high.EvaluationPeriods", "high.DatapointsToAlarm",
                                   "high.Threshold", "high.Period"));
}

TEST(PolicySpace, HoldsWhatIsWrittenEvenWhereNobodyWouldLook) {
  const Scenario scenario = scenario_of(kTarget);
  const PolicySpace space(scenario, 4);
  const auto same = space.scenario_at(space.written());
  ASSERT_TRUE(same.has_value());
  for (const PolicyNumber& number : space.numbers()) {
    EXPECT_EQ(number.read(*same), number.read(scenario)) << number.name;
    EXPECT_TRUE(std::is_sorted(number.values.begin(), number.values.end()));
  }
  EXPECT_EQ(space.admit(space.written()), space.written());
  const auto& targets = space.numbers()[index_of(space, "shop.TargetValue")].values;
  EXPECT_EQ(std::count(targets.begin(), targets.end(), 3333.0), 1);
  EXPECT_LE(targets.back(), 2 * 100 * 60.0);  // two workers of 10 ms
}

TEST(PolicySpace, KnowsWhereAFileWritesEachNumber) {
  const PolicySpace space(scenario_of(kSteps), 12);
  const auto paths = [&](const std::string& name) {
    return space.numbers()[index_of(space, name)].paths;
  };
  const std::string steps = "scaling.ScalingPolicies[0].StepScalingPolicyConfiguration.";
  EXPECT_THAT(paths("MinCapacity"), testing::ElementsAre("scaling.ScalableTargets[0].MinCapacity"));
  EXPECT_THAT(paths("steps.Cooldown"), testing::ElementsAre(steps + "Cooldown"));
  EXPECT_THAT(paths("steps.StepAdjustments[1].MetricIntervalLowerBound"),
              testing::ElementsAre(steps + "StepAdjustments[1].MetricIntervalLowerBound",
                                   steps + "StepAdjustments[0].MetricIntervalUpperBound"));
  EXPECT_THAT(paths("high.Period"), testing::ElementsAre("scaling.MetricAlarms[0].Period"));
}

TEST(PolicySpace, RaisesMaxCapacityToAFloorAboveIt) {
  const PolicySpace space(scenario_of(kTarget), 12);
  const auto point = with(space, with(space, space.written(), "MaxCapacity", 3), "MinCapacity", 5);
  const auto scenario = space.scenario_at(point);
  ASSERT_TRUE(scenario.has_value());
  EXPECT_EQ(scenario->variants[0].scalable_target->max_capacity.value, 5);
  EXPECT_EQ(scenario->variants[0].variant.initial_instances, 5);
  EXPECT_EQ(space.admit(point), with(space, point, "MaxCapacity", 5));
}

TEST(PolicySpace, NeverAsksForMoreDatapointsThanPeriods) {
  const PolicySpace space(scenario_of(kSteps), 12);
  const auto scenario =
      space.scenario_at(with(space, space.written(), "high.EvaluationPeriods", 1));
  ASSERT_TRUE(scenario.has_value());
  EXPECT_EQ(scenario->alarms[0].datapoints_to_alarm, 1);
}

TEST(PolicySpace, MovesBothSidesOfABorderAndRefusesStepsOutOfOrder) {
  const PolicySpace space(scenario_of(kSteps), 12);
  const std::string border = "steps.StepAdjustments[1].MetricIntervalLowerBound";
  const auto moved = space.scenario_at(with(space, space.written(), border, 30));
  ASSERT_TRUE(moved.has_value());
  const auto& steps =
      std::get<models::autoscaling::StepScalingConfiguration>(moved->variants[0].policies[0])
          .step_adjustments;
  EXPECT_EQ(steps[0].metric_interval_upper_bound, 30);
  EXPECT_EQ(steps[1].metric_interval_lower_bound, 30);
  EXPECT_FALSE(space.scenario_at(with(space, space.written(), border, 75)).has_value());
}

TEST(PolicySpace, KnowsTheEndAtWhichHelpComesSoonest) {
  const PolicySpace space(scenario_of(kSteps), 12);
  const auto eager = space.scenario_at(space.most_eager());
  ASSERT_TRUE(eager.has_value());
  EXPECT_EQ(eager->alarms[0].evaluation_periods, 1);
  EXPECT_EQ(eager->alarms[0].datapoints_to_alarm, 1);
  EXPECT_EQ(eager->alarms[0].threshold, 25);
  EXPECT_EQ(eager->variants[0].scalable_target->min_capacity.value, 1);
}

TEST(SpaceSelection, TakesGroupsFieldsAndNames) {
  const Scenario scenario = scenario_of(kTarget);
  const std::pair<const char*, std::size_t> cases[] = {{"target", 1},
                                                       {"bounds", 2},
                                                       {"cooldowns", 2},
                                                       {"policies", 3},
                                                       {"target,bounds", 3},
                                                       {"ScaleInCooldown", 1},
                                                       {"shop.TargetValue,target", 1},
                                                       {"TargetValue=1000:2000:500", 1}};
  for (const auto& [over, count] : cases) {
    PolicySpace space(scenario, 12);
    EXPECT_EQ(select_numbers(over, space), "") << over;
    EXPECT_EQ(space.numbers().size(), count) << over;
  }
}

TEST(SpaceSelection, GivesANumberItsValuesBesideWhatIsWritten) {
  PolicySpace space(scenario_of(kTarget), 12);
  ASSERT_EQ(select_numbers("TargetValue=1000:2000:500", space), "");
  EXPECT_THAT(space.numbers()[0].values, testing::ElementsAre(1000, 1500, 2000, 3333));
}

TEST(SpaceSelection, SaysWhatItExpectedAndWhatWasMeant) {
  const Scenario scenario = scenario_of(kTarget);
  const std::pair<const char*, const char*> cases[] = {
      {"targets", "did you mean 'target'?"},
      {"target,bound", "did you mean 'bounds'?"},
      {"MinCapacty", "did you mean 'MinCapacity'?"},
      {"", "expected target, cooldowns, bounds or policies, or a number such as"},
      {"steps",
       "expected what this scenario has (target, cooldowns, bounds or policies), "
       "found 'steps'"},
      {"bounds=1:3:1", "expected one number to give values to"},
      {"MinCapacity=3:1:1", "expected MinCapacity=FROM:TO:STEP"},
      {"MinCapacity=1:2", "expected MinCapacity=FROM:TO:STEP"},
      {"MinCapacity=1:3:0", "expected MinCapacity=FROM:TO:STEP"},
      {"MinCapacity=x", "expected MinCapacity=FROM:TO:STEP"},
      {"MinCapacity=0:4:1", "expected whole numbers of AWS's, found 0"},
      {"MinCapacity=1:2:0.5", "expected whole numbers of AWS's, found 1.5"},
      {"TargetValue=-5:5:5", "expected a value above 0 of AWS's, found -5"},
  };
  for (const auto& [over, message] : cases) {
    PolicySpace space(scenario, 12);
    EXPECT_THAT(select_numbers(over, space), HasSubstr(message)) << over;
  }
}

TEST(SpaceSelection, FallsBackOnStepsAndAlarmsWithoutATarget) {
  EXPECT_EQ(default_selection(PolicySpace(scenario_of(kTarget), 12)), "target,bounds");
  EXPECT_EQ(default_selection(PolicySpace(scenario_of(kSteps), 12)), "bounds,steps,alarms");
}

TEST(RoundNumbers, AreAtMostTwoAndAHalfPercentApartAndReadAsWritten) {
  const std::vector<double> values = round_numbers(0.7, 42'000);
  EXPECT_EQ(values.front(), 0.7);
  EXPECT_EQ(values.back(), 42'000);
  EXPECT_EQ(std::count(values.begin(), values.end(), 4'200.0), 1);
  for (std::size_t i = 1; i < values.size(); ++i) EXPECT_LE(values[i] / values[i - 1], 1.0251);
}

TEST(ShiftedScenario, ScalesOneInfluenceAndLeavesTheOthers) {
  const Scenario scenario = scenario_of(kTarget);
  const Scenario busier = shifted(scenario, Influence::Traffic, 1.1);
  using models::traffic::SmoothTraffic;
  EXPECT_NEAR(std::get<SmoothTraffic>(busier.traffic[0].shape).rate.per_second(), 55, 1e-9);
  EXPECT_EQ(busier.variants[0].variant.throughput, scenario.variants[0].variant.throughput);

  const Scenario slower = shifted(scenario, Influence::ServiceTime, 2);
  EXPECT_NEAR(mean_seconds(slower.variants[0].variant.service_time), 0.02, 1e-12);
  EXPECT_NEAR(slower.variants[0].variant.throughput.per_second(),
              scenario.variants[0].variant.throughput.per_second() / 2, 1e-9);

  const Scenario later = shifted(scenario, Influence::Startup, 1.1);
  EXPECT_NEAR(mean_seconds(later.variants[0].variant.startup),
              1.1 * mean_seconds(scenario.variants[0].variant.startup), 1e-6);
}

}  // namespace
}  // namespace sim
