// When launches come into service one after another, or find no capacity.
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/run/simulation.hpp"
#include "tests/support/scenario_builder.hpp"

namespace sim {
namespace {

using core::kStart;
using tests::a_scenario;
using tests::ScenarioBuilder;
using namespace std::chrono_literals;

std::vector<models::autoscaling::ScalingActivity> scaled(const RunResult& result) {
  std::vector<models::autoscaling::ScalingActivity> activities;
  std::copy_if(result.activities.begin(), result.activities.end(), std::back_inserter(activities),
               [](const auto& activity) { return activity.scaled(); });
  return activities;
}

const MinuteRecord& minute(const RunResult& result, std::size_t index) {
  return result.minutes.at(index);
}

// From 600 to 6000 requests a minute at 10:00, with a target of 3000 for each of one or two
// instances: decides at the third visible datapoint, and again at every evaluation in ALARM.
ScenarioBuilder a_step() {
  return a_scenario()
      .with_phases({{10, 10min}, {100, 10min}, {10, 40min}})
      .with_bounds(1, 2)
      .with_invocations_target(3000);
}

std::vector<std::string_view> statuses(const RunResult& result) {
  std::vector<std::string_view> all;
  for (const auto& activity : scaled(result)) all.push_back(to_string(activity.status));
  return all;
}

ScenarioBuilder a_step_without_capacity(core::Duration from, core::Duration to) {
  ScenarioBuilder builder = a_step();
  builder.scenario().variants.front().variant.capacity_errors.windows = {{from, to}};
  return builder;
}

TEST(Simulation, ScaleOutWithoutCapacityFailsAtOnceAndIsTriedAtEveryEvaluation) {
  const SimTime first = scaled(a_step().run()).at(0).start_time;
  const core::Duration decided = first - kStart;
  const RunResult result = a_step_without_capacity(decided, decided + 2min).run();
  const auto activities = scaled(result);
  ASSERT_GE(activities.size(), 3U);
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_EQ(activities[i].status, models::autoscaling::ActivityStatus::Failed);
    EXPECT_EQ(activities[i].start_time, first + static_cast<std::int64_t>(i) * 1min);
    EXPECT_EQ(activities[i].end_time, activities[i].start_time);
    EXPECT_EQ(activities[i].from.value, 1);
    EXPECT_EQ(activities[i].to.value, 2);
    EXPECT_EQ(activities[i].status_message,
              "Failed to set desired instance count to 2. Reason: Unable to provision requested ML "
              "compute capacity due to InsufficientInstanceCapacity error. Please retry using a "
              "different ML instance type or after some time.");
  }
  // No cooldown stands in the way of the first one that finds instances.
  EXPECT_EQ(activities[2].start_time, first + 2min);
  EXPECT_EQ(activities[2].end_time, first + 6min);
  EXPECT_EQ(activities[2].status, models::autoscaling::ActivityStatus::Successful);
  EXPECT_EQ(result.summary.scaling.scale_outs, 1);
  EXPECT_EQ(result.summary.instances.max, 2);
  // It is the only one that anybody waited for.
  ASSERT_TRUE(result.summary.reaction.worst.has_value());
  EXPECT_EQ(result.summary.reaction.worst->decided_at, first + 2min);
}

TEST(Simulation, WindowWithoutCapacityIsHalfOpen) {
  const core::Duration decided = scaled(a_step().run()).at(0).start_time - kStart;
  const core::Duration tick{1};
  EXPECT_EQ(statuses(a_step_without_capacity(0s, decided).run()).at(0), "Successful");
  EXPECT_EQ(statuses(a_step_without_capacity(0s, decided + tick).run()).at(0), "Failed");
  EXPECT_EQ(statuses(a_step_without_capacity(decided, 1h).run()).at(0), "Failed");
  EXPECT_EQ(statuses(a_step_without_capacity(decided + tick, 1h).run()).at(0), "Successful");
}

TEST(Simulation, FailedScaleOutLeavesFleetAndBillAsIfNobodyHadAsked) {
  const RunResult failing = a_step_without_capacity(0s, 1h).run();
  ScenarioBuilder fixed = a_step();
  fixed.scenario().variants.front().scalable_target.reset();
  fixed.scenario().variants.front().policies.clear();
  const RunResult alone = fixed.run();
  EXPECT_EQ(failing.summary.instances.hours, alone.summary.instances.hours);
  EXPECT_EQ(failing.summary.latency.max, alone.summary.latency.max);
  EXPECT_EQ(failing.summary.scaling.activities, 0);
  EXPECT_EQ(failing.capacity_changes.size(), 1U);
  EXPECT_EQ(minute(failing, 15).desired, 1);
}

TEST(Simulation, ScaleInNeedsNoCapacity) {
  const auto plain = scaled(a_step().run());
  const core::Duration out = plain.at(0).start_time - kStart;
  const auto windowed = scaled(a_step_without_capacity(out + 1min, 1h).run());
  ASSERT_EQ(windowed.size(), plain.size());
  EXPECT_EQ(windowed.back().status, models::autoscaling::ActivityStatus::Successful);
  EXPECT_LT(windowed.back().to, windowed.back().from);
}

TEST(Simulation, CapacityOutsideTheBoundsFailsToRegisterWithoutInstances) {
  ScenarioBuilder builder = a_scenario().with_rate(10).with_duration(10min).with_bounds(2, 4);
  builder.scenario().variants.front().variant.capacity_errors.probability = 1;
  const RunResult result = builder.run();
  EXPECT_EQ(statuses(result), std::vector<std::string_view>{"Failed"});
  EXPECT_EQ(result.summary.instances.max, 1);
  EXPECT_EQ(minute(result, 0).desired, 1);
}

TEST(Simulation, StaggerDelaysTheLastInstanceAndTheActivityWithIt) {
  const auto run = [](core::Duration stagger) {
    ScenarioBuilder builder = a_scenario().with_rate(10).with_duration(10min).with_bounds(4, 4);
    builder.scenario().variants.front().variant.stagger = stagger;
    return builder.run();
  };
  const RunResult plain = run(0s);
  const RunResult staggered = run(20s);
  EXPECT_EQ(scaled(plain).at(0).end_time, kStart + 4min);
  EXPECT_EQ(scaled(staggered).at(0).end_time, kStart + 4min + 40s);
  ASSERT_EQ(staggered.capacity_changes.size(), 4U);
  for (std::int32_t k = 0; k < 3; ++k) {
    const CapacityChange& change = staggered.capacity_changes[static_cast<std::size_t>(k) + 1];
    EXPECT_EQ(change.at, kStart + 4min + k * 20s);
    EXPECT_EQ(change.in_service, 2 + k);
  }
}

TEST(Simulation, CapacityErrorsThatNeverOccurChangeNothing) {
  ScenarioBuilder builder = a_step_without_capacity(55min, 1h);
  EXPECT_EQ(tests::difference(builder.run(), a_step().run()), "");
}

}  // namespace
}  // namespace sim
