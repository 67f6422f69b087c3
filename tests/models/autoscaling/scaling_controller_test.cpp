#include "models/autoscaling/scaling_controller.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/control_bench.hpp"

namespace models::autoscaling {
namespace {

using std::chrono::seconds;
using tests::bounds;
using tests::ControlBench;
using tests::cpu_policy;
using tests::invocations_policy;

std::size_t not_scaled(const ScalingController& controller) {
  const auto& activities = controller.activities();
  return static_cast<std::size_t>(
      std::count_if(activities.begin(), activities.end(),
                    [](const ScalingActivity& activity) { return !activity.scaled(); }));
}

TEST(ScalingController, ScalesOutAfterThreeBreachingMinutes) {
  ControlBench bench{bounds(1, 8), {invocations_policy(5000)}, 1};
  EXPECT_FALSE(bench.next_minutes(6, 100).desired_capacity.has_value());
  EXPECT_FALSE(bench.next_minutes(2, 7400).desired_capacity.has_value());
  EXPECT_EQ(bench.now(), tests::minute(8));
  const ScalingOutcome outcome = bench.next(7400);
  EXPECT_EQ(outcome.desired_capacity, InstanceCount{2});
  EXPECT_EQ(outcome.decisions[0].to, InstanceCount{2});
  ASSERT_EQ(bench.controller.activities().size(), 1U);
  const ScalingActivity& activity = bench.controller.activities()[0];
  EXPECT_EQ(activity.cause, "monitor alarm " + bench.alarms[0].configuration().name +
                                " in state ALARM triggered policy invocations");
  EXPECT_EQ(activity.start_time, tests::minute(9));
  EXPECT_EQ(activity.from, InstanceCount{1});
  EXPECT_EQ(activity.to, InstanceCount{2});
}

TEST(ScalingController, WaitsForTheActivityInProgressAndRecordsThatOnce) {
  ControlBench bench{bounds(1, 8), {invocations_policy(100)}, 1};
  ASSERT_EQ(bench.next_minutes(3, 200).desired_capacity, InstanceCount{2});
  const ScalingOutcome waiting = bench.next_minutes(4, 200);
  EXPECT_FALSE(waiting.desired_capacity.has_value());
  EXPECT_EQ(waiting.decisions[0].blocked_by, Blocker::ActivityInProgress);
  EXPECT_EQ(waiting.decisions[0].wanted, InstanceCount{4});
  EXPECT_EQ(waiting.decisions[0].to, InstanceCount{2});
  ASSERT_EQ(bench.controller.activities().size(), 2U);
  EXPECT_EQ(bench.controller.activities()[1].not_scaled_reasons[0].code,
            NotScaledCode::TargetServicePutResourceAsUnscalable);
  bench.controller.fulfilled(bench.now());
  EXPECT_EQ(bench.controller.activities()[0].status, ActivityStatus::Successful);
  EXPECT_EQ(bench.next(200).desired_capacity, InstanceCount{4});
}

TEST(ScalingController, StopsAtMaxCapacityAndRecordsThatOncePerStay) {
  ControlBench bench{bounds(1, 4), {invocations_policy(5)}, 1};
  const ScalingOutcome jump = bench.next_minutes(3, 130);
  EXPECT_EQ(jump.desired_capacity, InstanceCount{4});
  EXPECT_EQ(jump.decisions[0].wanted, InstanceCount{26});
  bench.controller.fulfilled(bench.now());
  const ScalingOutcome full = bench.next_minutes(5, 130);
  EXPECT_EQ(full.decisions[0].blocked_by, Blocker::MaxCapacity);
  ASSERT_EQ(not_scaled(bench.controller), 1U);
  const NotScaledReason& reason = bench.controller.activities()[1].not_scaled_reasons[0];
  EXPECT_EQ(reason.code, NotScaledCode::AlreadyAtMaxCapacity);
  EXPECT_EQ(reason.max_capacity, InstanceCount{4});
  EXPECT_EQ(reason.min_capacity, std::nullopt);
}

TEST(ScalingController, ScalesInToMinCapacityAfterFifteenQuietMinutes) {
  ControlBench bench{bounds(1, 8), {invocations_policy(70)}, 3};
  EXPECT_FALSE(bench.next_minutes(14, 0).desired_capacity.has_value());
  const ScalingOutcome outcome = bench.next(0);
  EXPECT_EQ(outcome.desired_capacity, InstanceCount{1});
  EXPECT_EQ(outcome.decisions[0].wanted, InstanceCount{0});
  bench.controller.fulfilled(bench.now());
  EXPECT_EQ(bench.next(0).decisions[0].blocked_by, Blocker::MinCapacity);
  EXPECT_EQ(bench.controller.activities().back().not_scaled_reasons[0].min_capacity,
            InstanceCount{1});
}

TEST(ScalingController, SaysMinCapacityRatherThanFlappingAtTheFloor) {
  ControlBench bench{bounds(2, 8), {invocations_policy(70)}, 2};
  EXPECT_EQ(bench.next_minutes(15, 60).decisions[0].blocked_by, Blocker::MinCapacity);
  ControlBench above{bounds(1, 8), {invocations_policy(70)}, 2};
  EXPECT_EQ(above.next_minutes(15, 60).decisions[0].blocked_by, Blocker::AnticipatedFlapping);
  EXPECT_EQ(above.controller.activities()[0].not_scaled_reasons[0].code,
            NotScaledCode::AutoScalingAnticipatedFlapping);
}

TEST(ScalingController, ScalesInOnlyIfBothPoliciesAgree) {
  ControlBench bench{bounds(1, 8), {invocations_policy(70), cpu_policy(100)}, 4};
  const ScalingOutcome one_ready = bench.next_minutes(15, 10, 95);
  EXPECT_FALSE(one_ready.desired_capacity.has_value());
  EXPECT_EQ(one_ready.decisions[0].blocked_by, Blocker::OtherPolicies);
  const ScalingOutcome both = bench.next_minutes(15, 10, 45);
  // 4 x 10 / 70 needs one instance, 4 x 45 / 100 two: the larger wins.
  EXPECT_EQ(both.desired_capacity, InstanceCount{2});
  EXPECT_EQ(both.decisions[0].blocked_by, Blocker::LargerCapacity);
}

TEST(ScalingController, DoesNotScaleInWhileAnotherPolicyLacksData) {
  ControlBench bench{bounds(1, 8), {invocations_policy(70), cpu_policy(100)}, 4};
  const ScalingOutcome outcome = bench.next_minutes(20, 10, std::nullopt);
  EXPECT_FALSE(outcome.desired_capacity.has_value());
  EXPECT_EQ(outcome.decisions[0].blocked_by, Blocker::OtherPolicies);
  EXPECT_NE(outcome.decisions[1].reason.find("INSUFFICIENT_DATA"), std::string::npos);
}

TEST(ScalingController, ScalesOutIfEitherPolicyAsks) {
  ControlBench bench{bounds(1, 8), {invocations_policy(70), cpu_policy(100)}, 2};
  const ScalingOutcome outcome = bench.next_minutes(3, 10, 170);
  EXPECT_EQ(outcome.desired_capacity, InstanceCount{4});
  EXPECT_EQ(outcome.decisions[0].kind, DecisionKind::NoChange);
  EXPECT_EQ(bench.controller.activities()[0].cause, "monitor alarm " +
                                                        bench.alarms[2].configuration().name +
                                                        " in state ALARM triggered policy cpu");
}

TEST(ScalingController, ScalesInWithoutThePolicyWhoseScaleInIsDisabled) {
  TargetTrackingConfiguration out_only = cpu_policy(100);
  out_only.disable_scale_in = true;
  ControlBench bench{bounds(1, 8), {invocations_policy(70), out_only}, 4};
  ASSERT_EQ(bench.alarms.size(), 3U);
  EXPECT_EQ(bench.next_minutes(15, 10, 95).desired_capacity, InstanceCount{1});
}

TEST(ScalingController, IgnoresTriggersInASuspendedDirection) {
  ScalableTargetConfiguration no_out = bounds(1, 8);
  no_out.suspended_state.dynamic_scaling_out_suspended = true;
  ControlBench out{no_out, {invocations_policy(70)}, 4};
  EXPECT_EQ(out.next_minutes(3, 200).decisions[0].blocked_by, Blocker::Suspended);
  EXPECT_TRUE(out.controller.activities().empty());
  EXPECT_EQ(out.next_minutes(15, 0).desired_capacity, InstanceCount{1});

  ScalableTargetConfiguration no_in = bounds(1, 8);
  no_in.suspended_state.dynamic_scaling_in_suspended = true;
  ControlBench in{no_in, {invocations_policy(70)}, 4};
  EXPECT_EQ(in.next_minutes(15, 0).decisions[0].blocked_by, Blocker::Suspended);
  EXPECT_TRUE(in.next_minutes(3, 200).desired_capacity.has_value());
}

TEST(ScalingController, CreditsWhatTheCooldownsScaleOutAdded) {
  TargetTrackingConfiguration policy = invocations_policy(100);
  policy.scale_out_cooldown = seconds{300};
  ControlBench bench{bounds(1, 20), {policy}, 5};
  ASSERT_EQ(bench.next_minutes(3, 140).desired_capacity, InstanceCount{7});
  bench.controller.fulfilled(bench.now());
  const ScalingOutcome same = bench.next(125);  // mean 135: 10 wanted, 2 of them already added
  EXPECT_EQ(same.decisions[0].wanted, InstanceCount{10});
  EXPECT_EQ(same.desired_capacity, InstanceCount{8});
  EXPECT_NE(same.decisions[0].reason.find("whose cooldown still runs has added 2 of that"),
            std::string::npos);
  bench.controller.fulfilled(bench.now());
  // The cooldown runs anew, and all three count.
  const ScalingOutcome blocked = bench.next(101);
  EXPECT_EQ(blocked.decisions[0].wanted, InstanceCount{10});
  EXPECT_EQ(blocked.decisions[0].blocked_by, Blocker::Cooldown);
}

TEST(ScalingController, CancelsTheScaleInCooldownByAScaleOut) {
  TargetTrackingConfiguration policy = invocations_policy(100);
  policy.scale_in_cooldown = seconds{3600};
  ControlBench bench{bounds(1, 20), {policy}, 6};
  ASSERT_EQ(bench.next_minutes(15, 60).desired_capacity, InstanceCount{4});
  bench.controller.fulfilled(bench.now());
  EXPECT_EQ(bench.next(60).decisions[0].blocked_by, Blocker::Cooldown);
  ASSERT_EQ(bench.next_minutes(3, 175).desired_capacity, InstanceCount{7});
  bench.controller.fulfilled(bench.now());
  EXPECT_EQ(bench.next_minutes(15, 10).desired_capacity, InstanceCount{1});
}

TEST(ScalingController, RollsAFailedActivityBackAndTriesAgain) {
  TargetTrackingConfiguration policy = invocations_policy(100);
  policy.scale_out_cooldown = seconds{600};
  ControlBench bench{bounds(1, 8), {policy}, 1};
  ASSERT_EQ(bench.next_minutes(3, 200).desired_capacity, InstanceCount{2});
  bench.controller.failed(bench.now(), "ResourceLimitExceeded");
  EXPECT_EQ(bench.controller.desired_capacity(), InstanceCount{1});
  EXPECT_EQ(bench.controller.activities()[0].status, ActivityStatus::Failed);
  EXPECT_EQ(bench.next(200).desired_capacity, InstanceCount{2});
}

TEST(ScalingController, MovesCapacityIntoItsBoundsWhenRegistered) {
  ControlBench low{bounds(2, 8), {invocations_policy(70)}, 1};
  EXPECT_EQ(low.controller.register_target(core::kStart), InstanceCount{2});
  EXPECT_EQ(low.controller.activities()[0].cause, "minimum capacity was set to 2");
  low.controller.fulfilled(tests::minute(4));
  ControlBench high{bounds(2, 8), {invocations_policy(70)}, 9};
  EXPECT_EQ(high.controller.register_target(core::kStart), InstanceCount{8});
  EXPECT_EQ(high.controller.activities()[0].cause, "maximum capacity was set to 8");
  ControlBench within{bounds(2, 8), {invocations_policy(70)}, 2};
  EXPECT_FALSE(within.controller.register_target(core::kStart).has_value());
  EXPECT_TRUE(within.controller.activities().empty());
}

TEST(ScalingController, GivesEveryPolicyAReasonEveryMinute) {
  ControlBench bench{bounds(1, 8), {invocations_policy(70), cpu_policy(100)}, 2};
  for (int k = 0; k < 40; ++k) {
    const ScalingOutcome outcome = bench.next(k < 20 ? 150 : 5, k % 7 == 0 ? 180 : 20);
    ASSERT_EQ(outcome.decisions.size(), 2U);
    for (const ScalingDecision& decision : outcome.decisions) {
      EXPECT_FALSE(decision.reason.empty());
      const bool acted = outcome.desired_capacity && decision.to == *outcome.desired_capacity;
      EXPECT_EQ(decision.to != decision.from, acted);
      EXPECT_GE(bench.controller.desired_capacity(), InstanceCount{1});
      EXPECT_LE(bench.controller.desired_capacity(), InstanceCount{8});
    }
    if (k % 3 == 0 && bench.controller.activity_in_progress()) {
      bench.controller.fulfilled(bench.now());
    }
  }
}

TEST(ScalingController, NamesItsActivitiesTheSameInEveryRun) {
  std::vector<std::string> ids[2];
  for (auto& run : ids) {
    ControlBench bench{bounds(1, 4), {invocations_policy(5)}, 1};
    bench.next_minutes(6, 130);
    for (const auto& activity : bench.controller.activities()) run.push_back(activity.activity_id);
  }
  EXPECT_EQ(ids[0], ids[1]);
  ASSERT_GE(ids[0].size(), 2U);
  EXPECT_NE(ids[0][0], ids[0][1]);
}

}  // namespace
}  // namespace models::autoscaling
