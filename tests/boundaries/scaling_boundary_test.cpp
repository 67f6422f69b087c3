// Asserts the moments of scaling activities from both sides, as the controller plays them: a
// nanosecond before its end an activity or a cooldown is still in the way, at its end it is not.
#include <gtest/gtest.h>

#include <vector>

#include "models/autoscaling/scaling_controller.hpp"
#include "tests/support/control_bench.hpp"

namespace models::autoscaling {
namespace {

using models::cloudwatch::Alarm;
using models::cloudwatch::ComparisonOperator;
using models::cloudwatch::MetricStore;
using std::chrono::seconds;

constexpr Duration kTick{1};
constexpr Duration kCooldown = seconds{100};
constexpr auto kNone = std::nullopt;

// One alarm that always breaches and can be evaluated at any instant.
class AlwaysInAlarm {
 public:
  AlwaysInAlarm(std::int32_t adjustment, CooldownStart start)
      : controller{
            tests::bounds(1, 50),
            {tests::step_policy("step", {{0.0, kNone, adjustment}}, kCooldown)},
            {10},
            {.cooldown_start = start},
            {tests::cpu_alarm("hot", "step", ComparisonOperator::GreaterThanThreshold, 50)}} {
    cpu_ = store_.register_metric(controller.alarm_configurations()[0].metric, "Percent");
    alarms_.emplace_back(controller.alarm_configurations()[0], models::cloudwatch::AlarmRules{},
                         store_, tests::kBenchStartUnixS);
  }

  ScalingOutcome decide(SimTime now) {
    for (; tests::minute(minutes_ + 1) <= now; ++minutes_) {
      models::cloudwatch::Datapoint datapoint{tests::minute(minutes_), {}};
      datapoint.statistics.add(90);
      store_.put(cpu_, datapoint, tests::minute(minutes_ + 1));
    }
    alarms_[0].evaluate(store_, now);
    return controller.decide(now, alarms_);
  }

  ScalingController controller;

 private:
  MetricStore store_{seconds{0}};
  std::vector<Alarm> alarms_;
  models::cloudwatch::MetricHandle cpu_;
  std::int64_t minutes_ = 0;
};

constexpr SimTime kFirst = core::kStart + seconds{120};
constexpr SimTime kInService = core::kStart + seconds{360};

TEST(ScalingBoundary, AnActivityIsInTheWayUntilItIsFulfilled) {
  AlwaysInAlarm loop{2, CooldownStart::Accepted};
  ASSERT_EQ(loop.decide(kFirst).desired_capacity, InstanceCount{12});
  EXPECT_EQ(loop.decide(kInService - kTick).decisions[0].blocked_by, Blocker::ActivityInProgress);
  loop.controller.fulfilled(kInService);
  EXPECT_EQ(loop.decide(kInService).desired_capacity, InstanceCount{14});
}

TEST(ScalingBoundary, ACooldownRunsFromFulfilmentToItsVeryEnd) {
  for (const std::int32_t adjustment : {2, -2}) {
    AlwaysInAlarm loop{adjustment, CooldownStart::Fulfilled};
    ASSERT_TRUE(loop.decide(kFirst).desired_capacity.has_value());
    loop.controller.fulfilled(kInService);
    const SimTime end = kInService + kCooldown;
    EXPECT_EQ(loop.decide(kInService).decisions[0].blocked_by, Blocker::Cooldown);
    EXPECT_EQ(loop.decide(end - kTick).decisions[0].blocked_by, Blocker::Cooldown);
    EXPECT_EQ(loop.decide(end).desired_capacity, InstanceCount{10 + 2 * adjustment});
  }
}

TEST(ScalingBoundary, ACooldownRunsFromAcceptanceToItsVeryEnd) {
  for (const std::int32_t adjustment : {2, -2}) {
    AlwaysInAlarm loop{adjustment, CooldownStart::Accepted};
    ASSERT_TRUE(loop.decide(kFirst).desired_capacity.has_value());
    loop.controller.fulfilled(kFirst + seconds{1});
    const SimTime end = kFirst + kCooldown;
    EXPECT_EQ(loop.decide(end - kTick).decisions[0].blocked_by, Blocker::Cooldown);
    EXPECT_EQ(loop.decide(end).desired_capacity, InstanceCount{10 + 2 * adjustment});
  }
}

}  // namespace
}  // namespace models::autoscaling
