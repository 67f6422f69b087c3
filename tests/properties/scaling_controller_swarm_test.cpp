// Plays a swarm of random controllers, with random policies, choices, metrics, bounds, suspensions,
// fulfilments and failures, and checks what must be true of each after everything that happens. A
// failure names its seed: HEADROOM_SWARM_SEED plays that one alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "core/random_streams.hpp"
#include "models/autoscaling/scaling_controller.hpp"
#include "models/autoscaling/step_scaling_validation.hpp"
#include "tests/support/control_bench.hpp"

namespace models::autoscaling {
namespace {

using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::ComparisonOperator;
using std::chrono::seconds;

constexpr std::uint64_t kSwarm = 200;
constexpr int kMinutes = 200;
constexpr auto kNone = std::nullopt;

class Play {
 public:
  explicit Play(std::uint64_t seed) : engine_(seed), rules_(random_rules()), bench_(make_bench()) {}

  // Also notes what got in the way of decisions, and how activities ended.
  void run(std::set<Blocker>& blockers, std::set<ActivityStatus>& statuses) {
    const auto registered = bench_.controller.register_target(bench_.now());
    if (registered) began();
    for (int k = 0; k < kMinutes && !testing::Test::HasFailure(); ++k) {
      disturb();
      if (engine_.below(25) == 0) level_ = number(0, 300);
      const ScalingOutcome outcome = bench_.next(value(), value());
      check_outcome(outcome);
      check_state();
      for (const ScalingDecision& decision : outcome.decisions) {
        if (decision.blocked_by) blockers.insert(*decision.blocked_by);
      }
    }
    for (const ScalingActivity& activity : bench_.controller.activities()) {
      statuses.insert(activity.status);
    }
  }

 private:
  std::int32_t number(std::int32_t from, std::int32_t to) {
    return from +
           static_cast<std::int32_t>(engine_.below(static_cast<std::uint32_t>(to - from + 1)));
  }
  bool one_in(std::uint32_t times) { return engine_.below(times) == 0; }
  template <typename Choice>
  Choice either(Choice a, Choice b) {
    return one_in(2) ? a : b;
  }
  Duration cooldown() { return seconds{60 * number(0, 10)}; }

  std::optional<double> value() {
    if (one_in(30)) return std::nullopt;
    return level_ + 0.1 * number(-100, 100);
  }

  ScalingRules random_rules() {
    ScalingRules rules;
    rules.target_tracking_points = either(TargetTrackingPoints::Mean, TargetTrackingPoints::Newest);
    rules.flapping_prediction = either(FlappingPrediction::SameFormula, FlappingPrediction::Off);
    rules.step_at_threshold = static_cast<StepAtThreshold>(number(0, 2));
    rules.uncovered_value = either(UncoveredValue::NoChange, UncoveredValue::NearestStep);
    rules.cooldown_start = either(CooldownStart::Fulfilled, CooldownStart::Accepted);
    rules.while_updating = either(WhileUpdating::NotScaled, WhileUpdating::Override);
    rules.percent_of_zero = either(PercentOfZero::Zero, PercentOfZero::One);
    rules.cooldown_scope = either(CooldownScope::Policy, CooldownScope::Target);
    rules.scale_out_delays_scale_in = either(ScaleOutDelaysScaleIn::No, ScaleOutDelaysScaleIn::Yes);
    rules.target_tracking_at_zero =
        either(TargetTrackingAtZero::NoChange, TargetTrackingAtZero::One);
    rules.formula_capacity = either(FormulaCapacity::Desired, FormulaCapacity::InService);
    return rules;
  }

  void add_tracking(TargetTrackingConfiguration policy) {
    policy.scale_out_cooldown = cooldown();
    policy.scale_in_cooldown = cooldown();
    policy.disable_scale_in = one_in(4);
    policies_.push_back(std::move(policy));
  }

  void add_step(const char* name, const char* alarm, bool out) {
    const std::int32_t sign = out ? 1 : -1;
    const double near = either(0, 5);  // values nearer than that are covered by no step
    const double far = near + number(5, 40);
    StepScalingConfiguration policy =
        out ? tests::step_policy(name, {{near, far, number(0, 3)}, {far, kNone, number(1, 8)}})
            : tests::step_policy(name,
                                 {{-far, -near, -number(0, 3)}, {kNone, -far, -number(1, 8)}});
    policy.adjustment_type = static_cast<AdjustmentType>(number(0, 2));
    if (policy.adjustment_type == AdjustmentType::PercentChangeInCapacity) {
      for (auto& step : policy.step_adjustments) step.scaling_adjustment = sign * number(1, 150);
    }
    if (policy.adjustment_type == AdjustmentType::ExactCapacity) {
      for (auto& step : policy.step_adjustments) step.scaling_adjustment = number(0, 30);
    }
    if (one_in(2)) policy.min_adjustment_magnitude = number(1, 4);
    policy.cooldown = cooldown();
    ASSERT_TRUE(validate(policy).empty());
    AlarmConfiguration watched = tests::cpu_alarm(
        alarm, name,
        out ? ComparisonOperator::GreaterThanThreshold : ComparisonOperator::LessThanThreshold,
        number(20, 200));
    watched.treat_missing_data = static_cast<models::cloudwatch::TreatMissingData>(number(0, 3));
    user_alarms_.push_back(std::move(watched));
    policies_.push_back(std::move(policy));
  }

  tests::ControlBench make_bench() {
    if (!one_in(4)) add_tracking(tests::invocations_policy(number(20, 200)));
    if (one_in(2)) add_tracking(tests::cpu_policy(number(20, 200)));
    if (one_in(2)) add_step("out", "hot", true);
    if (one_in(2)) add_step("in", "cold", false);
    const std::int32_t min = number(0, 4);
    const std::int32_t max = min + number(0, 20);
    const std::int32_t capacity = number(0, 25);
    return {tests::bounds(min, max), policies_, capacity, rules_, user_alarms_};
  }

  void began() {
    ++begun_;
    may_be_outside_ = false;
  }

  // What happens between two minutes: the endpoint is done, or failed, or the target is changed.
  void disturb() {
    ScalingController& controller = bench_.controller;
    if (controller.activity_in_progress() && one_in(3)) {
      if (one_in(5)) {
        controller.failed(bench_.now(), "ResourceLimitExceeded");
        may_be_outside_ = true;
      } else {
        controller.fulfilled(bench_.now());
      }
      ++ended_;
      check_state();
    }
    if (controller.activity_in_progress() && one_in(3)) {
      controller.set_capacity_in_service({number(0, 25)});
    }
    if (controller.accepts_changes() && one_in(40)) {
      const std::int32_t min = number(0, 6);
      const std::int32_t max = min + number(0, 15);
      const bool in_progress = controller.activity_in_progress();
      const auto moved =
          controller.set_bounds(bench_.now(), InstanceCount{min}, InstanceCount{max});
      if (moved) {
        if (in_progress) ++ended_;
        began();
      }
      may_be_outside_ = false;
      check_state();
    }
    if (one_in(40)) {
      controller.set_suspended_state(
          {.dynamic_scaling_in_suspended = one_in(2), .dynamic_scaling_out_suspended = one_in(2)});
    }
  }

  void check_outcome(const ScalingOutcome& outcome) {
    ASSERT_EQ(outcome.decisions.size(), policies_.size());
    std::size_t moving = 0;
    for (const ScalingDecision& decision : outcome.decisions) {
      EXPECT_FALSE(decision.reason.empty());
      if (decision.to != decision.from) {
        ++moving;
        EXPECT_EQ(outcome.desired_capacity, decision.to);
        EXPECT_FALSE(decision.blocked_by.has_value());
        EXPECT_EQ(decision.to > decision.from, decision.kind == DecisionKind::ScaleOut);
      } else {
        EXPECT_EQ(decision.kind == DecisionKind::NoChange || decision.blocked_by.has_value(), true);
      }
    }
    EXPECT_EQ(moving, outcome.desired_capacity ? 1U : 0U);
    if (!outcome.desired_capacity) return;
    EXPECT_EQ(*outcome.desired_capacity, bench_.controller.desired_capacity());
    if (begun_ > ended_) ++ended_;  // the one in progress was overridden
    began();
  }

  void check_state() {
    const ScalingController& controller = bench_.controller;
    const ScalableTargetConfiguration& target = controller.target().configuration();
    if (!may_be_outside_) {
      EXPECT_LE(target.min_capacity, controller.desired_capacity());
      EXPECT_LE(controller.desired_capacity(), target.max_capacity);
    }
    std::size_t scaled = 0;
    std::size_t in_progress = 0;
    for (const ScalingActivity& activity : controller.activities()) {
      if (activity.scaled()) ++scaled;
      if (activity.status == ActivityStatus::InProgress) ++in_progress;
      EXPECT_EQ(activity.end_time.has_value(), activity.status != ActivityStatus::InProgress);
    }
    EXPECT_EQ(scaled, begun_);
    EXPECT_EQ(in_progress, begun_ - ended_);
    EXPECT_EQ(controller.activity_in_progress(), in_progress == 1);
  }

  core::RandomEngine engine_;
  ScalingRules rules_;
  std::vector<PolicyConfiguration> policies_;
  std::vector<AlarmConfiguration> user_alarms_;
  std::int32_t level_ = 60;
  bool may_be_outside_ = false;  // a failed activity was rolled back, and nothing has begun since
  std::size_t begun_ = 0;
  std::size_t ended_ = 0;
  tests::ControlBench bench_;
};

TEST(ScalingControllerSwarm, KeepsItsInvariantsWhateverHappens) {
  std::set<Blocker> blockers;
  std::set<ActivityStatus> statuses;
  std::vector<std::uint64_t> seeds;
  if (const char* only = std::getenv("HEADROOM_SWARM_SEED")) {
    seeds.push_back(std::strtoull(only, nullptr, 10));
  } else {
    for (std::uint64_t seed = 1; seed <= kSwarm; ++seed) seeds.push_back(seed);
  }
  for (const std::uint64_t seed : seeds) {
    SCOPED_TRACE("HEADROOM_SWARM_SEED=" + std::to_string(seed));
    Play(seed).run(blockers, statuses);
    if (HasFailure()) return;
  }
  if (seeds.size() < kSwarm) return;
  // The swarm has been everywhere; that an action is not due takes metrics of 10 s.
  EXPECT_EQ(blockers.size(), static_cast<std::size_t>(Blocker::ActionNotDue));
  EXPECT_EQ(statuses.size(), 4U);
}

}  // namespace
}  // namespace models::autoscaling
