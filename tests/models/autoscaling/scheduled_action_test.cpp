#include "models/autoscaling/scheduled_action.hpp"

#include <gtest/gtest.h>

namespace models::autoscaling {
namespace {

constexpr CapacityBounds kBounds{{2}, {8}};

ScheduledActionConfiguration action_of(std::optional<InstanceCount> min,
                                       std::optional<InstanceCount> max) {
  ScheduledActionConfiguration action;
  action.name = "morning";
  action.resource_id = "endpoint/shop/variant/AllTraffic";
  action.min_capacity = min;
  action.max_capacity = max;
  return action;
}

void expect_effect(const ScheduledActionConfiguration& action, std::int32_t capacity,
                   CapacityBounds bounds, std::int32_t capacity_after) {
  const ScheduledActionEffect effect = apply_scheduled_action(action, kBounds, {capacity});
  EXPECT_EQ(effect.bounds, bounds);
  EXPECT_EQ(effect.capacity, InstanceCount{capacity_after});
  EXPECT_EQ(effect.failure, "");
}

TEST(ScheduledAction, ReplacesTheBoundsAndMovesCapacityOnlyWhenItIsOutside) {
  expect_effect(action_of({{4}}, {{6}}), 3, {{4}, {6}}, 4);
  expect_effect(action_of({{4}}, {{6}}), 4, {{4}, {6}}, 4);
  expect_effect(action_of({{4}}, {{6}}), 6, {{4}, {6}}, 6);
  expect_effect(action_of({{4}}, {{6}}), 7, {{4}, {6}}, 6);
}

TEST(ScheduledAction, LeavesTheBoundThatItDoesNotName) {
  expect_effect(action_of({{5}}, {}), 3, {{5}, {8}}, 5);
  expect_effect(action_of({}, {{5}}), 7, {{2}, {5}}, 5);
  expect_effect(action_of({}, {}), 3, kBounds, 3);
}

TEST(ScheduledAction, MayReachTheOtherBoundAndNotCrossIt) {
  expect_effect(action_of({{8}}, {}), 3, {{8}, {8}}, 8);
  expect_effect(action_of({}, {{2}}), 3, {{2}, {2}}, 2);
  for (const auto& action : {action_of({{9}}, {}), action_of({}, {{1}})}) {
    const ScheduledActionEffect effect = apply_scheduled_action(action, kBounds, {3});
    EXPECT_EQ(effect.bounds, kBounds);
    EXPECT_EQ(effect.capacity, InstanceCount{3});
    EXPECT_EQ(effect.failure, "Maximum capacity cannot be less than minimum capacity");
  }
}

TEST(ScheduledAction, AreAppliedOneToWhatTheOtherLeft) {
  const auto first = apply_scheduled_action(action_of({{6}}, {}), kBounds, {3});
  const auto second = apply_scheduled_action(action_of({}, {{6}}), first.bounds, first.capacity);
  EXPECT_EQ(second.bounds, (CapacityBounds{{6}, {6}}));
  const auto crossing = apply_scheduled_action(action_of({}, {{5}}), first.bounds, first.capacity);
  EXPECT_NE(crossing.failure, "");
}

TEST(ScheduledAction, IsRecordedInTheWordsOfAws) {
  const auto action = action_of({{5}}, {{10}});
  const auto effect = apply_scheduled_action(action, kBounds, {3});
  const core::SimTime now = core::kStart + std::chrono::hours{7};
  const ScalingActivity activity = scheduled_action_activity("id", action, now, {3}, effect);
  EXPECT_EQ(activity.activity_id, "id");
  EXPECT_EQ(activity.resource_id, "endpoint/shop/variant/AllTraffic");
  EXPECT_EQ(activity.description, "Setting min capacity to 5 and max capacity to 10");
  EXPECT_EQ(activity.cause, "scheduled action name morning was triggered");
  EXPECT_EQ(activity.status_message, "Successfully set min capacity to 5 and max capacity to 10");
  EXPECT_EQ(activity.status, ActivityStatus::Successful);
  EXPECT_EQ(activity.start_time, now);
  EXPECT_EQ(activity.end_time, now);
  EXPECT_EQ(activity.from, InstanceCount{3});
  EXPECT_EQ(activity.to, InstanceCount{3});  // the change of capacity is an activity of its own
}

TEST(ScheduledAction, ThatFailsIsRecordedWithItsReason) {
  const auto action = action_of({}, {{1}});
  const auto effect = apply_scheduled_action(action, kBounds, {3});
  const ScalingActivity activity =
      scheduled_action_activity("id", action, core::kStart, {3}, effect);
  EXPECT_EQ(activity.description, "Setting max capacity to 1");
  EXPECT_EQ(activity.status, ActivityStatus::Failed);
  EXPECT_EQ(activity.status_message,
            "Failed to set max capacity to 1. Reason: Maximum capacity cannot be less than minimum "
            "capacity");
}

TEST(ScheduledAction, NamesFollowTheRulesOfAws) {
  for (const std::string& name : {std::string{"morning"}, std::string(256, 'n'),
                                  std::string{"\xC3\xBC"}, std::string{"a b.c_d-e"}}) {
    EXPECT_EQ(problem_of_scheduled_action_name(name), "") << name;
  }
  std::string umlauts;
  for (int k = 0; k < 256; ++k) umlauts += "\xC3\xBC";
  EXPECT_EQ(problem_of_scheduled_action_name(umlauts), "");
  const std::string length = "expected a name of 1 to 256 characters";
  EXPECT_EQ(problem_of_scheduled_action_name(""), length);
  EXPECT_EQ(problem_of_scheduled_action_name(std::string(257, 'n')), length);
  for (const char* name : {"a:b", "a/b", "a|b"}) {
    EXPECT_EQ(problem_of_scheduled_action_name(name), "expected a name without ':', '/' and '|'");
  }
  for (const char* name : {"a\nb", "a\x7F", "\tb"}) {
    EXPECT_EQ(problem_of_scheduled_action_name(name), "expected a name without control characters");
  }
  for (const char* name : {" a", "a "}) {
    EXPECT_EQ(problem_of_scheduled_action_name(name),
              "expected a name without a blank at its begin or end");
  }
}

}  // namespace
}  // namespace models::autoscaling
