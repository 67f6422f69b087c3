// Scheduled actions as the controller runs them.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/autoscaling/scaling_controller.hpp"
#include "tests/support/control_bench.hpp"

namespace models::autoscaling {
namespace {

using models::cloudwatch::ComparisonOperator;
using std::chrono::seconds;
using tests::bounds;
using tests::ControlBench;

constexpr auto kNone = std::nullopt;

ScheduledActionConfiguration action(const char* name, std::optional<std::int32_t> min,
                                    std::optional<std::int32_t> max) {
  ScheduledActionConfiguration made;
  made.name = name;
  made.resource_id = tests::kBenchResource;
  if (min) made.min_capacity = InstanceCount{*min};
  if (max) made.max_capacity = InstanceCount{*max};
  return made;
}

std::vector<std::string> messages(const ScalingController& controller) {
  std::vector<std::string> all;
  for (const ScalingActivity& activity : controller.activities()) {
    all.push_back(activity.status_message);
  }
  return all;
}

TEST(ScalingControllerSchedule, ChangesBoundsFirstAndThenCapacity) {
  ControlBench bench{bounds(1, 8), {}, 4};
  const auto morning = action("morning", 6, 20);
  EXPECT_EQ(bench.controller.run_scheduled_actions(bench.now(), {&morning}), InstanceCount{6});
  const auto& activities = bench.controller.activities();
  ASSERT_EQ(activities.size(), 2U);
  EXPECT_EQ(activities[0].description, "Setting min capacity to 6 and max capacity to 20");
  EXPECT_EQ(activities[0].cause, "scheduled action name morning was triggered");
  EXPECT_EQ(activities[0].status, ActivityStatus::Successful);
  EXPECT_FALSE(activities[0].scaled());
  EXPECT_FALSE(activities[0].not_scaled());
  EXPECT_EQ(activities[1].cause, "minimum capacity was set to 6");
  EXPECT_EQ(activities[1].status, ActivityStatus::InProgress);
  EXPECT_NE(activities[0].activity_id, activities[1].activity_id);
  bench.controller.fulfilled(bench.now());
  EXPECT_EQ(bench.controller.activities()[1].status, ActivityStatus::Successful);
}

TEST(ScalingControllerSchedule, LeavesCapacityThatIsWithinTheNewBounds) {
  ControlBench bench{bounds(1, 8), {}, 4};
  const auto pin = action("pin", 4, 4);
  EXPECT_EQ(bench.controller.run_scheduled_actions(bench.now(), {&pin}), kNone);
  EXPECT_EQ(bench.controller.activities().size(), 1U);
  EXPECT_EQ(bench.controller.target().configuration().max_capacity, InstanceCount{4});
}

TEST(ScalingControllerSchedule, FailsAndChangesNothingWhereBoundsWouldCross) {
  ControlBench bench{bounds(1, 8), {}, 4};
  const auto high = action("high", 9, kNone);
  EXPECT_EQ(bench.controller.run_scheduled_actions(bench.now(), {&high}), kNone);
  ASSERT_EQ(bench.controller.activities().size(), 1U);
  EXPECT_EQ(bench.controller.activities()[0].status, ActivityStatus::Failed);
  EXPECT_EQ(bench.controller.target().configuration().min_capacity, InstanceCount{1});
}

TEST(ScalingControllerSchedule, FailsWhileTheEndpointIsUpdatingAndIsNotRetried) {
  const auto policy = tests::step_policy("out", {{0.0, kNone, 1}});
  const auto hot = tests::cpu_alarm("hot", "out", ComparisonOperator::GreaterThanThreshold, 50);
  ControlBench bench{bounds(1, 8), {policy}, 4, {}, {hot}};
  ASSERT_EQ(bench.next(kNone, 60).desired_capacity, InstanceCount{5});
  const auto within = action("within", 2, 20);
  EXPECT_EQ(bench.controller.run_scheduled_actions(bench.now(), {&within}), kNone);
  EXPECT_EQ(messages(bench.controller).back(),
            "Failed to set min capacity to 2 and max capacity to 20. Reason: Resource Id "
            "[endpoint/shop/variant/AllTraffic] is not scalable. Reason: The endpoint is Updating");
  bench.controller.fulfilled(bench.now());
  EXPECT_EQ(bench.controller.target().configuration().max_capacity, InstanceCount{8});
  EXPECT_EQ(bench.controller.activities()[0].status, ActivityStatus::Successful);
}

TEST(ScalingControllerSchedule, OverridesTheChangeInProgressIfSoChosen) {
  const auto policy = tests::step_policy("out", {{0.0, kNone, 1}}, seconds{600});
  const auto hot = tests::cpu_alarm("hot", "out", ComparisonOperator::GreaterThanThreshold, 50);
  ControlBench bench{bounds(1, 8), {policy}, 4, {.while_updating = WhileUpdating::Override}, {hot}};
  ASSERT_EQ(bench.next(kNone, 60).desired_capacity, InstanceCount{5});
  const auto high = action("high", 8, kNone);
  EXPECT_EQ(bench.controller.run_scheduled_actions(bench.now(), {&high}), InstanceCount{8});
  EXPECT_EQ(bench.controller.activities()[0].status, ActivityStatus::Overridden);
  bench.controller.fulfilled(bench.now());
  EXPECT_EQ(bench.controller.desired_capacity(), InstanceCount{8});
}

TEST(ScalingControllerSchedule, IsNotRunWhileSuspendedNorAfterwards) {
  ScalableTargetConfiguration target = bounds(1, 8);
  target.suspended_state.scheduled_scaling_suspended = true;
  ControlBench bench{target, {}, 4};
  const auto high = action("high", 6, kNone);
  EXPECT_EQ(bench.controller.run_scheduled_actions(bench.now(), {&high}), kNone);
  bench.controller.set_suspended_state({});
  EXPECT_TRUE(bench.controller.activities().empty());
  EXPECT_EQ(bench.controller.desired_capacity(), InstanceCount{4});
  EXPECT_EQ(bench.controller.run_scheduled_actions(bench.now(), {&high}), InstanceCount{6});
}

TEST(ScalingControllerSchedule, RunsSimultaneousActionsInTheOrderChosenAndMovesCapacityOnce) {
  const auto min_after = [](SimultaneousScheduledActions order) {
    ControlBench bench{bounds(1, 8), {}, 4, {.simultaneous_scheduled_actions = order}};
    const auto zenith = action("zenith", 6, kNone);
    const auto anchor = action("anchor", 5, kNone);
    const auto to = bench.controller.run_scheduled_actions(bench.now(), {&zenith, &anchor});
    EXPECT_EQ(bench.controller.activities().size(), 3U);
    EXPECT_EQ(to, bench.controller.target().configuration().min_capacity);
    return bench.controller.target().configuration().min_capacity.value;
  };
  EXPECT_EQ(min_after(SimultaneousScheduledActions::CreationOrder), 5);
  EXPECT_EQ(min_after(SimultaneousScheduledActions::NameOrder), 6);
}

}  // namespace
}  // namespace models::autoscaling
