// Step policies, bounds and suspension in mid-run, and the choices of section S, as the controller
// plays them.
#include <gtest/gtest.h>

#include "models/autoscaling/scaling_controller.hpp"
#include "tests/support/control_bench.hpp"

namespace models::autoscaling {
namespace {

using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::AlarmState;
using models::cloudwatch::ComparisonOperator;
using models::cloudwatch::TreatMissingData;
using std::chrono::seconds;
using tests::bounds;
using tests::ControlBench;
using tests::cpu_alarm;
using tests::cpu_policy;
using tests::invocations_policy;
using tests::step_policy;

constexpr auto kGreater = ComparisonOperator::GreaterThanThreshold;
constexpr auto kLess = ComparisonOperator::LessThanThreshold;
constexpr auto kNone = std::nullopt;

// From 50 % CPU on +2, from 80 % +3; below 20 % -1.
StepScalingConfiguration out_policy(Duration cooldown = seconds{0}) {
  return step_policy("out", {{0.0, 30.0, 2}, {30.0, kNone, 3}}, cooldown);
}
StepScalingConfiguration in_policy(Duration cooldown = seconds{0}) {
  return step_policy("in", {{kNone, 0.0, -1}}, cooldown);
}
AlarmConfiguration hot() { return cpu_alarm("hot", "out", kGreater, 50); }
AlarmConfiguration cold() { return cpu_alarm("cold", "in", kLess, 20); }

ScalingOutcome next_cpu(ControlBench& bench, double cpu) { return bench.next(std::nullopt, cpu); }

// The same, and what was begun is in service at once.
InstanceCount settled_cpu(ControlBench& bench, double cpu) {
  next_cpu(bench, cpu);
  if (bench.controller.activity_in_progress()) bench.controller.fulfilled(bench.now());
  return bench.controller.desired_capacity();
}

TEST(ScalingControllerStep, ActsOnTheUsersAlarmEveryMinuteUntilItIsOk) {
  ControlBench bench{bounds(1, 20), {out_policy()}, 1, {}, {hot()}};
  EXPECT_EQ(settled_cpu(bench, 40), InstanceCount{1});
  EXPECT_EQ(settled_cpu(bench, 60), InstanceCount{3});
  EXPECT_EQ(settled_cpu(bench, 60), InstanceCount{5});
  EXPECT_EQ(settled_cpu(bench, 85), InstanceCount{8});
  EXPECT_EQ(settled_cpu(bench, 50), InstanceCount{8});
  EXPECT_EQ(bench.controller.activities().front().cause,
            "monitor alarm hot in state ALARM triggered policy out");
}

TEST(ScalingControllerStep, KeepsThePoliciesAlarmsBeforeTheUsers) {
  ControlBench bench{bounds(1, 20), {out_policy(), invocations_policy(70)}, 2, {}, {hot(), cold()}};
  ASSERT_EQ(bench.alarms.size(), 4U);
  EXPECT_EQ(bench.alarms[2].configuration().name, "hot");
  const ScalingOutcome outcome = next_cpu(bench, 60);
  ASSERT_EQ(outcome.decisions.size(), 2U);
  EXPECT_EQ(outcome.decisions[0].policy, "out");
  ASSERT_EQ(outcome.decisions[0].alarms.size(), 1U);
  EXPECT_EQ(outcome.decisions[0].alarms[0].alarm, 2U);
  EXPECT_EQ(outcome.decisions[0].alarms[0].state, AlarmState::Alarm);
  EXPECT_EQ(outcome.decisions[0].alarms[0].breaching, 1);
  ASSERT_EQ(outcome.decisions[1].alarms.size(), 2U);
  EXPECT_EQ(outcome.decisions[1].alarms[1].state, AlarmState::InsufficientData);
}

TEST(ScalingControllerStep, LetsSeveralAlarmsTriggerOnePolicy) {
  AlarmConfiguration hotter = hot();
  hotter.name = "hotter";
  hotter.threshold = 10;
  ControlBench bench{bounds(1, 20), {out_policy()}, 1, {}, {hot(), hotter}};
  const ScalingOutcome outcome = next_cpu(bench, 60);
  EXPECT_EQ(outcome.desired_capacity, InstanceCount{4});  // 50 above the second threshold
  EXPECT_EQ(outcome.decisions[0].alarm, "hotter");
}

TEST(ScalingControllerStep, IsDeafToAlarmsThatNameNobodyOrHaveTheirActionsOff) {
  AlarmConfiguration off = hot();
  off.actions_enabled = false;
  AlarmConfiguration other = cpu_alarm("other", "another policy", kGreater, 10);
  ControlBench bench{bounds(1, 20), {out_policy()}, 1, {}, {off, other}};
  const ScalingOutcome outcome = next_cpu(bench, 90);
  EXPECT_FALSE(outcome.desired_capacity.has_value());
  EXPECT_EQ(outcome.decisions[0].reason, "no alarm names this policy");
}

TEST(ScalingControllerStep, DoesNothingInAlarmWithoutDatapoints) {
  AlarmConfiguration blind = hot();
  blind.treat_missing_data = TreatMissingData::Breaching;
  ControlBench bench{bounds(1, 20), {out_policy()}, 1, {}, {blind}};
  const ScalingOutcome outcome = bench.next(std::nullopt);
  ASSERT_EQ(bench.alarms[0].state(), AlarmState::Alarm);
  EXPECT_FALSE(outcome.desired_capacity.has_value());
  EXPECT_EQ(outcome.decisions[0].blocked_by, Blocker::NoDatapoints);
  EXPECT_TRUE(bench.controller.activities().empty());
}

TEST(ScalingControllerStep, ScalesInWithoutTheConsentOfTargetTracking) {
  ControlBench bench{bounds(1, 20), {invocations_policy(70), in_policy()}, 4, {}, {cold()}};
  const ScalingOutcome outcome = bench.next(69, 10);
  EXPECT_EQ(outcome.desired_capacity, InstanceCount{3});
}

TEST(ScalingControllerStep, YieldsToALargerCapacityOfTargetTracking) {
  ControlBench bench{bounds(1, 20), {invocations_policy(70), out_policy()}, 4, {}, {hot()}};
  bench.next_minutes(2, 140, 40);
  const ScalingOutcome outcome = bench.next(140, 60);  // 8 against 6
  EXPECT_EQ(outcome.desired_capacity, InstanceCount{8});
  EXPECT_EQ(outcome.decisions[1].blocked_by, Blocker::LargerCapacity);
}

TEST(ScalingControllerStep, RecordsWhereItIsAlreadyThere) {
  StepScalingConfiguration exact = step_policy("out", {{0.0, kNone, 4}});
  exact.adjustment_type = AdjustmentType::ExactCapacity;
  ControlBench bench{bounds(1, 20), {exact}, 4, {}, {hot()}};
  next_cpu(bench, 60);
  next_cpu(bench, 60);
  ASSERT_EQ(bench.controller.activities().size(), 1U);
  const ScalingActivity& activity = bench.controller.activities()[0];
  EXPECT_EQ(activity.not_scaled_reasons[0].code, NotScaledCode::AlreadyAtDesiredCapacity);
  EXPECT_EQ(activity.not_scaled_reasons[0].current_capacity, InstanceCount{4});
  EXPECT_EQ(activity.status, ActivityStatus::Successful);
}

TEST(ScalingControllerStep, LeavesZeroWhichTargetTrackingCannot) {
  ControlBench bench{bounds(0, 4), {invocations_policy(70), out_policy()}, 0, {}, {hot()}};
  EXPECT_EQ(bench.next_minutes(3, 500).decisions[0].blocked_by, Blocker::ZeroCapacity);
  EXPECT_EQ(settled_cpu(bench, 60), InstanceCount{2});
  const ScalingRules one{.target_tracking_at_zero = TargetTrackingAtZero::One};
  ControlBench alone{bounds(0, 4), {invocations_policy(70)}, 0, one};
  EXPECT_EQ(alone.next_minutes(3, 500).desired_capacity, InstanceCount{1});
}

TEST(ScalingControllerStep, TellsTheCooldownsItIsIn) {
  ControlBench bench{
      bounds(1, 20), {out_policy(seconds{90}), in_policy(seconds{120})}, 4, {}, {hot(), cold()}};
  settled_cpu(bench, 60);
  const SimTime out_at = bench.now();
  const ScalingOutcome during = next_cpu(bench, 60);
  EXPECT_EQ(during.decisions[0].blocked_by, Blocker::Cooldown);
  EXPECT_EQ(during.decisions[0].scale_out_cooldown_ends, out_at + seconds{90});
  EXPECT_EQ(during.decisions[0].scale_in_cooldown_ends, std::nullopt);
  EXPECT_EQ(during.decisions[1].scale_out_cooldown_ends, std::nullopt);
  EXPECT_EQ(next_cpu(bench, 40).decisions[0].scale_out_cooldown_ends, std::nullopt);
  settled_cpu(bench, 10);
  const ScalingOutcome after = next_cpu(bench, 10);
  EXPECT_EQ(after.decisions[1].blocked_by, Blocker::Cooldown);
  EXPECT_EQ(after.decisions[1].scale_in_cooldown_ends, bench.now() + seconds{60});
}

TEST(ScalingControllerBounds, MoveCapacityThatIsOutsideWhateverTheCooldowns) {
  ControlBench bench{bounds(1, 20), {in_policy(seconds{3600})}, 5, {}, {cold()}};
  ASSERT_EQ(settled_cpu(bench, 10), InstanceCount{4});
  EXPECT_EQ(bench.controller.set_bounds(bench.now(), InstanceCount{8}, kNone), InstanceCount{8});
  EXPECT_EQ(bench.controller.activities().back().cause, "minimum capacity was set to 8");
  EXPECT_EQ(bench.controller.target().configuration().max_capacity, InstanceCount{20});
  bench.controller.fulfilled(bench.now());
  EXPECT_EQ(bench.controller.set_bounds(bench.now(), InstanceCount{2}, InstanceCount{6}),
            InstanceCount{6});
  EXPECT_EQ(bench.controller.activities().back().cause, "maximum capacity was set to 6");
  bench.controller.fulfilled(bench.now());
  const std::size_t activities = bench.controller.activities().size();
  EXPECT_EQ(bench.controller.set_bounds(bench.now(), kNone, InstanceCount{7}), std::nullopt);
  EXPECT_EQ(bench.controller.activities().size(), activities);
  // It was not the policy that moved capacity: its cooldown is as it was.
  EXPECT_EQ(next_cpu(bench, 10).decisions[0].blocked_by, Blocker::Cooldown);
}

TEST(ScalingControllerBounds, ALimitThatMovedIsRecordedAnew) {
  ControlBench bench{bounds(1, 4), {out_policy()}, 4, {}, {hot()}};
  next_cpu(bench, 60);
  next_cpu(bench, 60);
  EXPECT_EQ(bench.controller.activities().size(), 1U);
  bench.controller.set_bounds(bench.now(), InstanceCount{2}, kNone);
  next_cpu(bench, 60);
  EXPECT_EQ(bench.controller.activities().size(), 2U);
}

TEST(ScalingControllerBounds, AreRefusedWhileTheEndpointIsUpdating) {
  ControlBench bench{bounds(1, 20), {out_policy()}, 4, {}, {hot()}};
  next_cpu(bench, 60);
  EXPECT_FALSE(bench.controller.accepts_changes());
  EXPECT_EXIT(bench.controller.set_bounds(bench.now(), InstanceCount{8}, kNone),
              testing::ExitedWithCode(3), "accepts_changes");
}

TEST(ScalingControllerBounds, OverrideTheChangeInProgressIfSoChosen) {
  ControlBench bench{
      bounds(1, 20), {out_policy()}, 4, {.while_updating = WhileUpdating::Override}, {hot()}};
  ASSERT_EQ(next_cpu(bench, 60).desired_capacity, InstanceCount{6});
  EXPECT_EQ(bench.controller.set_bounds(bench.now(), InstanceCount{5}, kNone), std::nullopt);
  EXPECT_EQ(bench.controller.set_bounds(bench.now(), InstanceCount{9}, kNone), InstanceCount{9});
  EXPECT_EQ(bench.controller.activities()[0].status, ActivityStatus::Overridden);
  EXPECT_EQ(bench.controller.activities()[1].from, InstanceCount{6});
  bench.controller.fulfilled(bench.now());
  EXPECT_EQ(bench.controller.activities()[1].status, ActivityStatus::Successful);
}

TEST(ScalingControllerSuspension, ResumedDirectionsActOnAlarmsStillInAlarm) {
  ScalableTargetConfiguration target = bounds(1, 20);
  target.suspended_state.dynamic_scaling_out_suspended = true;
  ControlBench bench{target, {out_policy()}, 4, {}, {hot()}};
  EXPECT_EQ(next_cpu(bench, 60).decisions[0].blocked_by, Blocker::Suspended);
  bench.controller.set_suspended_state({});
  EXPECT_EQ(next_cpu(bench, 60).desired_capacity, InstanceCount{6});
  // What is in progress goes on.
  bench.controller.set_suspended_state({.dynamic_scaling_out_suspended = true});
  bench.controller.fulfilled(bench.now());
  EXPECT_EQ(bench.controller.desired_capacity(), InstanceCount{6});
  EXPECT_EQ(next_cpu(bench, 60).decisions[0].blocked_by, Blocker::Suspended);
}

TEST(ScalingControllerChoices, OverrideReplacesTheChangeInProgressByALargerStepOnly) {
  const ScalingRules rules{.while_updating = WhileUpdating::Override};
  ControlBench bench{bounds(1, 20), {out_policy(seconds{600})}, 5, rules, {hot()}};
  ASSERT_EQ(next_cpu(bench, 60).desired_capacity, InstanceCount{7});
  const ScalingOutcome same = next_cpu(bench, 60);
  EXPECT_EQ(same.decisions[0].blocked_by, Blocker::Cooldown);
  EXPECT_NE(same.decisions[0].reason.find("not more than is added by the scale out in progress"),
            std::string::npos);
  const ScalingOutcome larger = next_cpu(bench, 85);
  EXPECT_EQ(larger.desired_capacity, InstanceCount{8});
  EXPECT_NE(larger.decisions[0].reason.find("the scale out in progress has added 2 of that"),
            std::string::npos);
  const auto& activities = bench.controller.activities();
  ASSERT_EQ(activities.size(), 2U);
  EXPECT_EQ(activities[0].status, ActivityStatus::Overridden);
  EXPECT_EQ(activities[0].end_time, bench.now());
  EXPECT_EQ(activities[1].status, ActivityStatus::InProgress);
  bench.controller.fulfilled(bench.now());
  // All three count in the cooldown.
  EXPECT_EQ(next_cpu(bench, 85).decisions[0].blocked_by, Blocker::Cooldown);
}

TEST(ScalingControllerChoices, AFailedOverrideRollsBackToWhatWasLastFulfilled) {
  const ScalingRules rules{.while_updating = WhileUpdating::Override};
  ControlBench bench{bounds(1, 20), {out_policy(seconds{600})}, 5, rules, {hot()}};
  next_cpu(bench, 60);
  ASSERT_EQ(next_cpu(bench, 85).desired_capacity, InstanceCount{8});
  bench.controller.failed(bench.now(), resource_limit_exceeded("ml.c5.large", {6}, {5}, {3}));
  EXPECT_EQ(bench.controller.desired_capacity(), InstanceCount{5});
  EXPECT_EQ(bench.controller.activities().back().status, ActivityStatus::Failed);
  EXPECT_EQ(next_cpu(bench, 60).desired_capacity, InstanceCount{7});
}

TEST(ScalingControllerChoices, OverrideLetsAnotherPolicyScaleInWhatIsStillStarting) {
  const ScalingRules rules{.while_updating = WhileUpdating::Override};
  ControlBench bench{
      bounds(1, 20), {out_policy(seconds{600}), in_policy()}, 5, rules, {hot(), cold()}};
  ASSERT_EQ(next_cpu(bench, 60).desired_capacity, InstanceCount{7});
  EXPECT_EQ(next_cpu(bench, 10).desired_capacity, InstanceCount{6});
  bench.controller.fulfilled(bench.now());
  // The scale out was never performed and left no cooldown.
  EXPECT_EQ(next_cpu(bench, 60).desired_capacity, InstanceCount{8});
}

TEST(ScalingControllerChoices, StepsFromTheCapacityInServiceAreNotCreditedTwice) {
  const ScalingRules rules{.while_updating = WhileUpdating::Override,
                           .formula_capacity = FormulaCapacity::InService};
  ControlBench bench{bounds(1, 20), {out_policy(seconds{600})}, 5, rules, {hot()}};
  ASSERT_EQ(next_cpu(bench, 60).desired_capacity, InstanceCount{7});
  EXPECT_EQ(next_cpu(bench, 60).decisions[0].blocked_by, Blocker::AlreadyAtDesiredCapacity);
  EXPECT_EQ(next_cpu(bench, 85).desired_capacity, InstanceCount{8});
  bench.controller.fulfilled(bench.now());
  EXPECT_EQ(next_cpu(bench, 85).decisions[0].blocked_by, Blocker::Cooldown);
}

TEST(ScalingControllerChoices, TargetTrackingTakesDesiredCapacityOrTheOneInService) {
  const auto wanted = [](FormulaCapacity choice) {
    ControlBench bench{bounds(1, 20), {invocations_policy(100)}, 4, {.formula_capacity = choice}};
    bench.controller.set_capacity_in_service({2});
    return bench.next_minutes(3, 250).decisions[0].wanted;
  };
  EXPECT_EQ(wanted(FormulaCapacity::Desired), InstanceCount{10});
  EXPECT_EQ(wanted(FormulaCapacity::InService), InstanceCount{5});
}

TEST(ScalingControllerChoices, ASharedCooldownHoldsForEveryPolicy) {
  const auto second_policy_acts = [](CooldownScope scope) {
    const StepScalingConfiguration other = step_policy("other", {{0.0, kNone, 1}});
    ControlBench bench{bounds(1, 20),
                       {out_policy(seconds{300}), other},
                       4,
                       {.cooldown_scope = scope},
                       {hot(), cpu_alarm("warm", "other", kGreater, 30)}};
    EXPECT_EQ(settled_cpu(bench, 60), InstanceCount{6});
    const ScalingOutcome outcome = next_cpu(bench, 40);
    EXPECT_EQ(outcome.decisions[1].scale_out_cooldown_ends.has_value(),
              scope == CooldownScope::Target);
    return outcome.desired_capacity.has_value();
  };
  EXPECT_TRUE(second_policy_acts(CooldownScope::Policy));
  EXPECT_FALSE(second_policy_acts(CooldownScope::Target));
}

TEST(ScalingControllerChoices, ASharedCooldownLastsAsLongAsThePolicyThatActedSays) {
  const ScalingRules rules{.cooldown_scope = CooldownScope::Target};
  ControlBench bench{
      bounds(1, 20),
      {out_policy(seconds{60}), step_policy("other", {{0.0, kNone, 1}}, seconds{900})},
      4,
      rules,
      {hot(), cpu_alarm("warm", "other", kGreater, 30)}};
  EXPECT_EQ(settled_cpu(bench, 60), InstanceCount{6});
  EXPECT_EQ(settled_cpu(bench, 40), InstanceCount{7});
  const SimTime acted_at = bench.now();
  EXPECT_EQ(next_cpu(bench, 60).decisions[0].scale_out_cooldown_ends, acted_at + seconds{900});
}

TEST(ScalingControllerChoices, AScaleOutDelaysScalingInIfSoChosen) {
  const auto scales_in = [](const ScalingRules& rules) {
    StepScalingConfiguration both =
        step_policy("both", {{0.0, kNone, 2}, {kNone, 0.0, -1}}, seconds{300});
    ControlBench bench{
        bounds(1, 20),
        {both},
        4,
        rules,
        {cpu_alarm("hot", "both", kGreater, 50), cpu_alarm("cold", "both", kLess, 20)}};
    EXPECT_EQ(settled_cpu(bench, 60), InstanceCount{6});
    const ScalingOutcome outcome = next_cpu(bench, 10);
    if (!outcome.desired_capacity) {
      EXPECT_EQ(outcome.decisions[0].blocked_by, Blocker::Cooldown);
      EXPECT_NE(outcome.decisions[0].reason.find("the scale-out cooldown runs for another 240 s"),
                std::string::npos);
    }
    return outcome.desired_capacity.has_value();
  };
  EXPECT_TRUE(scales_in({}));
  EXPECT_FALSE(scales_in({.scale_out_delays_scale_in = ScaleOutDelaysScaleIn::Yes}));
}

TEST(ScalingControllerChoices, WithoutPredictionAlarmLowAlwaysRemovesOne) {
  ControlBench careful{bounds(1, 8), {invocations_policy(70)}, 4};
  EXPECT_EQ(careful.next_minutes(15, 60).decisions[0].blocked_by, Blocker::AnticipatedFlapping);
  const ScalingRules rules{.flapping_prediction = FlappingPrediction::Off};
  ControlBench eager{bounds(1, 8), {invocations_policy(70)}, 4, rules};
  EXPECT_EQ(eager.next_minutes(15, 60).desired_capacity, InstanceCount{3});
  ControlBench far{bounds(1, 8), {invocations_policy(70)}, 4, rules};
  EXPECT_EQ(far.next_minutes(15, 20).desired_capacity, InstanceCount{2});
}

}  // namespace
}  // namespace models::autoscaling
