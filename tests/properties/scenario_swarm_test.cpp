// Plays a swarm of random scenarios and checks what must be true of every run, whatever happens in
// it. A failure names its seed: HEADROOM_SWARM_SEED plays that one alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "sim/run/simulation.hpp"
#include "tests/support/random_scenario.hpp"
#include "tests/support/scenario_builder.hpp"

namespace sim {
namespace {

using models::endpoint::PlaneKind;
using tests::random_scenario;

constexpr std::uint64_t kSwarm = 120;

std::vector<std::uint64_t> seeds() {
  if (const char* only = std::getenv("HEADROOM_SWARM_SEED")) {
    return {std::strtoull(only, nullptr, 10)};
  }
  std::vector<std::uint64_t> all;
  for (std::uint64_t seed = 1; seed <= kSwarm; ++seed) all.push_back(seed);
  return all;
}

// One scenario of the swarm and its run; says the seed with every failure.
struct Played {
  explicit Played(std::uint64_t seed, bool open_loop)
      : trace(__FILE__, __LINE__, "HEADROOM_SWARM_SEED=" + std::to_string(seed)),
        scenario(random_scenario(seed, open_loop)),
        result(simulate(scenario, {})) {}

  testing::ScopedTrace trace;
  Scenario scenario;
  RunResult result;
};

void for_each_run(const std::function<void(const Played&)>& check) {
  for (const std::uint64_t seed : seeds()) {
    for (const bool open_loop : {true, false}) {
      check(Played(seed, open_loop));
      if (testing::Test::HasFailure()) return;
    }
  }
}

std::int64_t invocations(const RunResult& result) {
  std::int64_t sum = 0;
  for (const MinuteRecord& minute : result.minutes) sum += minute.invocations;
  return sum;
}

TEST(ScenarioSwarm, EveryRequestEndsOnceOrNotAtAll) {
  for_each_run([](const Played& played) {
    const Summary& summary = played.result.summary;
    EXPECT_EQ(summary.requests.failed, summary.errors.timed_out + summary.errors.rejected +
                                           summary.errors.interrupted + summary.errors.no_capacity);
    if (played.scenario.run.warm_up > core::Duration{0}) return;
    EXPECT_EQ(invocations(played.result), summary.requests.total);
    EXPECT_LE(summary.requests.succeeded + summary.requests.failed, summary.requests.total);
  });
}

TEST(ScenarioSwarm, DesiredCapacityStaysWithinTheBounds) {
  for_each_run([](const Played& played) {
    if (!played.scenario.variants.front().scalable_target) return;
    const auto within = [&](std::int32_t capacity) {
      return played.scenario.variants.front().scalable_target->min_capacity.value <= capacity &&
             capacity <= played.scenario.variants.front().scalable_target->max_capacity.value;
    };
    for (const MinuteRecord& minute : played.result.minutes) EXPECT_TRUE(within(minute.desired));
    for (const auto& activity : played.result.activities) EXPECT_TRUE(within(activity.to.value));
    for (std::size_t i = 0; i < played.result.decisions.size(); ++i) {
      const auto decision = played.result.decisions[i].decision;
      EXPECT_TRUE(within(decision.to.value));
      EXPECT_FALSE(decision.reason.empty());
    }
  });
}

TEST(ScenarioSwarm, InServiceNeverExceedsWhatWasLaunched) {
  for_each_run([](const Played& played) {
    for (const CapacityChange& change : played.result.capacity_changes) {
      std::int32_t launched = played.scenario.variants.front().variant.initial_instances;
      for (const auto& activity : played.result.activities) {
        if (activity.start_time > change.at) continue;
        launched += std::max(0, activity.to.value - activity.from.value);
      }
      EXPECT_GE(change.in_service, 0);
      EXPECT_LE(change.in_service, launched);
    }
  });
}

TEST(ScenarioSwarm, NothingGoesBackInTime) {
  for_each_run([](const Played& played) {
    const RunResult& result = played.result;
    SimTime end = core::kStart;
    for (const MinuteRecord& minute : result.minutes) {
      EXPECT_EQ(minute.start, end);
      end = minute.end;
    }
    EXPECT_EQ(end, core::kStart + played.scenario.run.duration);
    const auto in_order = [](const auto& records, auto at) {
      return std::is_sorted(records.begin(), records.end(), [&](const auto& a, const auto& b) {
        return std::invoke(at, a) < std::invoke(at, b);
      });
    };
    EXPECT_TRUE(in_order(result.activities, &models::autoscaling::ScalingActivity::start_time));
    for (std::size_t i = 1; i < result.decisions.size(); ++i) {
      EXPECT_LE(result.decisions.time_of(i - 1), result.decisions.time_of(i));
    }
    EXPECT_TRUE(in_order(result.capacity_changes, &CapacityChange::at));
    for (const auto& activity : result.activities) {
      EXPECT_GE(activity.end_time.value_or(core::kNever), activity.start_time);
    }
    for (const AlarmRecord& alarm : result.alarms) {
      auto state = models::cloudwatch::AlarmState::InsufficientData;
      for (const auto& change : alarm.history) {
        EXPECT_EQ(change.from, state);
        state = change.to;
      }
      EXPECT_TRUE(in_order(alarm.history, &models::cloudwatch::AlarmStateChange::at));
    }
  });
}

TEST(ScenarioSwarm, ChangesOfCapacityAreChanges) {
  for_each_run([](const Played& played) {
    const auto& changes = played.result.capacity_changes;
    ASSERT_FALSE(changes.empty());
    EXPECT_EQ(changes.front().at, core::kStart);
    for (std::size_t i = 1; i < changes.size(); ++i) {
      EXPECT_NE(changes[i].in_service, changes[i - 1].in_service);
      EXPECT_LT(changes[i - 1].at, changes[i].at);
    }
    EXPECT_EQ(changes.back().in_service, played.result.summary.instances.final);
  });
}

TEST(ScenarioSwarm, CostIsInstanceSecondsTimesPriceAndNothingElse) {
  for_each_run([](const Played& played) {
    const Summary& summary = played.result.summary;
    const CostSummary& cost = *summary.cost;
    const double price = played.scenario.variants.front().variant.price->usd_per_hour();
    EXPECT_NEAR(cost.total, summary.instances.hours * price, 1e-9);
    EXPECT_NEAR(cost.busy + cost.idle + cost.starting, cost.total, 1e-9);
    EXPECT_GE(cost.idle, -1e-12);
    EXPECT_GE(cost.starting, 0);
    EXPECT_GT(cost.perfect_hindsight, 0);
    EXPECT_GE(cost.fixed_at_peak, cost.perfect_hindsight - 1e-9);
  });
}

TEST(ScenarioSwarm, SharesAreSharesAndQuantilesAreInOrder) {
  for_each_run([](const Played& played) {
    const Summary& summary = played.result.summary;
    for (const double share :
         {summary.elasticity.under_provisioned_share + summary.elasticity.over_provisioned_share,
          summary.elasticity.under_accuracy, summary.elasticity.instability}) {
      EXPECT_GE(share, 0);
      EXPECT_LE(share, 1);
    }
    for (const LatencySummary& latency : {summary.latency, summary.model_latency, summary.wait}) {
      if (!latency.mean) continue;
      const std::vector<double> rising = {*latency.p50, *latency.p90,   *latency.p95,
                                          *latency.p99, *latency.p99_9, *latency.max};
      EXPECT_TRUE(std::is_sorted(rising.begin(), rising.end()));
      EXPECT_LE(*latency.mean, *latency.max);
    }
    const double timeout = core::in_seconds(played.scenario.variants.front().variant.queue_timeout);
    if (summary.model_latency.max) {
      EXPECT_LE(*summary.model_latency.max, timeout);
    }
  });
}

TEST(ScenarioSwarm, BothPlanesGiveTheSameResult) {
  for (const std::uint64_t seed : seeds()) {
    const Played recursion(seed, true);
    ASSERT_EQ(recursion.result.plane, "recursion");
    const RunResult events = simulate(recursion.scenario, {.plane = PlaneKind::Events});
    ASSERT_EQ(events.plane, "events");
    ASSERT_EQ(tests::difference(recursion.result, events), "");
    ASSERT_EQ(tests::json_of(recursion.scenario, recursion.result),
              tests::json_of(recursion.scenario, events));
  }
}

TEST(ScenarioSwarm, SameScenarioGivesTheSameResultAgain) {
  for_each_run([](const Played& played) {
    EXPECT_EQ(tests::difference(played.result, simulate(played.scenario, {})), "");
  });
}

TEST(ScenarioSwarm, AnotherPolicyMeetsTheSameRequests) {
  for (const std::uint64_t seed : seeds()) {
    const Played base(seed, true);
    Scenario unscaled = base.scenario;
    unscaled.variants.front().scalable_target.reset();
    unscaled.variants.front().policies.clear();
    const RunResult other = simulate(unscaled, {});
    ASSERT_EQ(base.result.minutes.size(), other.minutes.size());
    for (std::size_t i = 0; i < other.minutes.size(); ++i) {
      ASSERT_EQ(base.result.minutes[i].invocations, other.minutes[i].invocations);
    }
  }
}

// A swarm proves nothing about what does not occur in it.
TEST(ScenarioSwarm, MeetsEveryKindOfEnd) {
  if (std::getenv("HEADROOM_SWARM_SEED") != nullptr) GTEST_SKIP() << "one scenario is no swarm";
  ErrorSummary errors;
  ScalingSummary scaling;
  std::int64_t unfinished = 0;
  for_each_run([&](const Played& played) {
    const Summary& summary = played.result.summary;
    errors.timed_out += summary.errors.timed_out;
    errors.rejected += summary.errors.rejected;
    errors.interrupted += summary.errors.interrupted;
    scaling.scale_outs += summary.scaling.scale_outs;
    scaling.scale_ins += summary.scaling.scale_ins;
    scaling.not_scaled += summary.scaling.not_scaled;
    if (played.scenario.run.warm_up > core::Duration{0}) return;
    unfinished += summary.requests.total - summary.requests.succeeded - summary.requests.failed;
  });
  EXPECT_GT(errors.timed_out, 1000);
  EXPECT_GT(errors.rejected, 1000);
  EXPECT_GT(errors.interrupted, 0);
  EXPECT_GT(scaling.scale_outs, 100);
  EXPECT_GT(scaling.scale_ins, 50);
  EXPECT_GT(scaling.not_scaled, 100);
  EXPECT_GT(unfinished, 100);
}

}  // namespace
}  // namespace sim
