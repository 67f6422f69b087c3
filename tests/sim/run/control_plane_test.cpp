#include "sim/run/control_plane.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/control_bench.hpp"

namespace sim {
namespace {

using core::kStart;
using models::autoscaling::InstanceCount;
using models::autoscaling::ScheduledActionConfiguration;
using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::AlarmState;
using models::cloudwatch::ComparisonOperator;
using models::cloudwatch::MetricHandle;
using models::cloudwatch::MetricId;
using models::cloudwatch::MetricStore;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration kTick{1};

MetricId cpu_of(const std::string& variant) {
  return {"/aws/sagemaker/Endpoints",
          "CPUUtilization",
          {{"EndpointName", "shop"}, {"VariantName", variant}}};
}

AlarmConfiguration alarm_on(const std::string& variant, const std::string& name,
                            const std::string& policy) {
  AlarmConfiguration alarm =
      tests::cpu_alarm(name.c_str(), policy.c_str(), ComparisonOperator::GreaterThanThreshold, 50);
  alarm.metric = cpu_of(variant);
  return alarm;
}

// One instance more whenever `policy` is acted upon.
ControlledVariant a_variant(const std::string& name, const std::string& policy) {
  ControlledVariant variant;
  variant.target = tests::bounds(1, 5);
  variant.target->resource_id = "endpoint/shop/variant/" + name;
  variant.policies = {tests::step_policy(policy.c_str(), {{0.0, std::nullopt, 1}})};
  return variant;
}

ScheduledActionConfiguration raise_at(const std::string& local_time, std::int32_t min_capacity) {
  ScheduledActionConfiguration action;
  action.name = "raise to " + std::to_string(min_capacity);
  action.schedule = "at(" + local_time + ")";
  action.expression = *models::autoscaling::parse_schedule_expression(action.schedule).expression;
  action.min_capacity = InstanceCount{min_capacity};
  return action;
}

// Two variants of the endpoint shop, each with a step policy and an alarm on its own CPU.
class ControlPlaneTest : public testing::Test {
 protected:
  ControlPlaneTest() {
    settings_.start_unix_s = 1'767'571'200;  // 2026-01-05T00:00:00Z
    for (const std::string name : {"blue", "green"}) {
      settings_.variants.push_back(a_variant(name, name + "-out"));
      settings_.alarms.push_back(alarm_on(name, name + "-hot", name + "-out"));
      cpu_.push_back(store_.register_metric(cpu_of(name), "Percent"));
    }
  }

  void put(std::size_t variant, std::int64_t k, double percent) {
    models::cloudwatch::Datapoint datapoint{tests::minute(k), {}};
    datapoint.statistics.add(percent);
    store_.put(cpu_[variant], datapoint, tests::minute(k + 1));
  }

  // What happens at one instant, in the order in which a run does it.
  std::vector<CapacityOrder> pass(ControlPlane& plane, SimTime now) {
    plane.evaluate_alarms(store_, now);
    std::vector<CapacityOrder> orders = plane.run_scheduled_actions(now);
    for (const CapacityOrder& order : plane.decide(now)) orders.push_back(order);
    return orders;
  }

  ControlPlaneSettings settings_;
  MetricStore store_{seconds{0}};
  std::vector<MetricHandle> cpu_;
};

TEST_F(ControlPlaneTest, AnAlarmScalesTheVariantWhosePolicyItNamesAndNoOther) {
  ControlPlane plane(settings_, store_);
  put(0, 0, 10);
  put(1, 0, 90);
  const auto orders = pass(plane, tests::minute(1));
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].variant, 1U);
  EXPECT_EQ(orders[0].desired.value, 2);
  EXPECT_EQ(plane.controller(0)->desired_capacity().value, 1);
  ASSERT_EQ(plane.decisions().size(), 2U);  // of every policy, also of one that wants nothing
  EXPECT_EQ(plane.decisions()[0].decision.policy, "blue-out");
  EXPECT_FALSE(plane.decisions()[0].accepted);
  EXPECT_TRUE(plane.decisions()[1].accepted);
}

TEST_F(ControlPlaneTest, AlarmsStandWithTheVariantThatTheyActOn) {
  settings_.alarms.insert(settings_.alarms.begin(), alarm_on("blue", "pager", "nobody"));
  const ControlPlane plane(settings_, store_);
  ASSERT_EQ(plane.alarms().size(), 3U);
  EXPECT_EQ(plane.alarms_of(0).front().configuration().name, "blue-hot");
  EXPECT_EQ(plane.alarms_of(1).front().configuration().name, "green-hot");
  EXPECT_EQ(plane.alarms().back().configuration().name, "pager");
}

TEST_F(ControlPlaneTest, AVariantWithoutATargetIsLeftAlone) {
  settings_.variants[0] = {};
  ControlPlane plane(settings_, store_);
  EXPECT_EQ(plane.controller(0), nullptr);
  EXPECT_TRUE(plane.alarms_of(0).empty());
  put(0, 0, 90);
  EXPECT_TRUE(pass(plane, tests::minute(1)).empty());
  EXPECT_EQ(plane.alarms().back().state(), AlarmState::Alarm);  // it runs, and acts on nothing
}

//
TEST_F(ControlPlaneTest, RegisteringBringsACapacityIntoItsBounds) {
  settings_.variants[0].capacity = InstanceCount{7};
  ControlPlane plane(settings_, store_);
  const auto orders = plane.register_targets(kStart);
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].variant, 0U);
  EXPECT_EQ(orders[0].desired.value, 5);
}

// S-02, R-041.
TEST_F(ControlPlaneTest, AlarmsAreLookedAtEveryMinuteFromThePhaseOn) {
  settings_.alarm_phase = seconds{7};
  ControlPlane plane(settings_, store_);
  const SimTime first = kStart + seconds{7};
  EXPECT_EQ(plane.next_alarm_evaluation(kStart), first);
  EXPECT_EQ(plane.next_alarm_evaluation(first), first);
  EXPECT_EQ(plane.next_alarm_evaluation(first + kTick), first + minutes{1});
  put(1, 0, 90);
  plane.evaluate_alarms(store_, tests::minute(1));  // not on the grid: nothing is looked at
  EXPECT_EQ(plane.alarms_of(1).front().state(), AlarmState::InsufficientData);
  plane.evaluate_alarms(store_, first + minutes{1});
  EXPECT_EQ(plane.alarms_of(1).front().state(), AlarmState::Alarm);
}

//
TEST_F(ControlPlaneTest, AHighResolutionAlarmIsLookedAtEveryTenSecondsAndTheOthersAreNot) {
  settings_.alarms[0].period = seconds{10};
  ControlPlane plane(settings_, store_);
  EXPECT_EQ(plane.next_alarm_evaluation(kStart + kTick), kStart + seconds{10});
  put(1, 0, 90);
  plane.evaluate_alarms(store_, tests::minute(1));
  plane.evaluate_alarms(store_, tests::minute(1) + seconds{10});
  EXPECT_EQ(plane.alarms_of(0).front().last_evaluation().at, tests::minute(1) + seconds{10});
  EXPECT_EQ(plane.alarms_of(1).front().last_evaluation().at, tests::minute(1));
}

TEST_F(ControlPlaneTest, WithoutAlarmsNothingIsEverLookedAt) {
  settings_.alarms.clear();
  const ControlPlane plane(settings_, store_);
  EXPECT_EQ(plane.next_alarm_evaluation(kStart), std::nullopt);
  EXPECT_EQ(plane.next_scheduled_action(kStart), std::nullopt);
}

//
TEST_F(ControlPlaneTest, AScheduledActionRunsAtItsInstantAndAtNoOther) {
  settings_.variants[0].scheduled_actions = {raise_at("2026-01-05T00:10:00", 3)};
  ControlPlane plane(settings_, store_);
  const SimTime due = tests::minute(10);
  EXPECT_EQ(plane.next_scheduled_action(kStart), due);
  EXPECT_EQ(plane.next_scheduled_action(due), due);
  EXPECT_EQ(plane.next_scheduled_action(due + kTick), std::nullopt);
  EXPECT_TRUE(plane.run_scheduled_actions(due - kTick).empty());
  const auto orders = plane.run_scheduled_actions(due);
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].variant, 0U);
  EXPECT_EQ(orders[0].desired.value, 3);
  EXPECT_EQ(plane.controller(1)->desired_capacity().value, 1);
}

TEST_F(ControlPlaneTest, TheNextScheduledActionIsTheFirstOfAllVariants) {
  settings_.variants[0].scheduled_actions = {raise_at("2026-01-05T00:10:00", 3)};
  settings_.variants[1].scheduled_actions = {raise_at("2026-01-05T00:05:00", 2),
                                             raise_at("2026-01-05T00:20:00", 4)};
  const ControlPlane plane(settings_, store_);
  EXPECT_EQ(plane.next_scheduled_action(kStart), tests::minute(5));
  EXPECT_EQ(plane.next_scheduled_action(tests::minute(5) + kTick), tests::minute(10));
  EXPECT_EQ(plane.next_scheduled_action(tests::minute(10) + kTick), tests::minute(20));
}

//
TEST_F(ControlPlaneTest, AVariantThatIsUpdatingIsNotToldAnythingUntilThatIsFulfilled) {
  ControlPlane plane(settings_, store_);
  for (std::int64_t k = 0; k < 4; ++k) put(1, k, 90);
  EXPECT_EQ(pass(plane, tests::minute(1)).size(), 1U);
  EXPECT_TRUE(pass(plane, tests::minute(2)).empty());
  EXPECT_EQ(plane.decisions()[1].decision.blocked_by,
            models::autoscaling::Blocker::ActivityInProgress);
  plane.fulfilled(1, tests::minute(2) + seconds{30});
  const auto orders = pass(plane, tests::minute(3));
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].desired.value, 3);
}

// what the endpoint could not do is rolled back, and asked for anew.
TEST_F(ControlPlaneTest, AFailedChangeLeavesTheCapacityThatWas) {
  ControlPlane plane(settings_, store_);
  for (std::int64_t k = 0; k < 3; ++k) put(1, k, 90);
  EXPECT_EQ(pass(plane, tests::minute(1)).size(), 1U);
  plane.failed(1, tests::minute(1) + seconds{5}, "no capacity");
  EXPECT_EQ(plane.controller(1)->desired_capacity().value, 1);
  const auto orders = pass(plane, tests::minute(2));
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].desired.value, 2);
}

}  // namespace
}  // namespace sim
