#include "sim/observe/window_account.hpp"

#include <gtest/gtest.h>

#include <tuple>

namespace sim {
namespace {

using core::kStart;
using models::endpoint::Outcome;
using models::endpoint::RequestTally;
using namespace std::chrono_literals;

constexpr std::int64_t kSecond = 1'000'000'000;

class WindowAccountTest : public testing::Test {
 protected:
  WindowAccountTest() {
    scenario_.variants.front().variant.workers = 2;
    scenario_.variants.front().variant.overhead = 4ms;
    scenario_.variants.front().variant.price =
        core::HourlyPrice::usd_per_hour(3.6);  // 0.001 USD a second
  }

  Summary summary() const {
    return account_.summarize(terms_of(scenario_.variants.front(), scenario_));
  }

  Scenario scenario_;
  WindowAccount account_{kStart + 10min, kStart + 20min};
};

TEST_F(WindowAccountTest, CoversWhatBeginsInIt) {
  EXPECT_FALSE(account_.covers(kStart + 10min - 1ns));
  EXPECT_TRUE(account_.covers(kStart + 10min));
  EXPECT_TRUE(account_.covers(kStart + 20min - 1ns));
  EXPECT_FALSE(account_.covers(kStart + 20min));
}

TEST_F(WindowAccountTest, EmptyWindowHasNoGuesses) {
  const Summary empty = summary();
  EXPECT_EQ(empty.requests.total, 0);
  EXPECT_FALSE(empty.errors.rate.has_value());
  EXPECT_FALSE(empty.latency.mean.has_value());
  EXPECT_FALSE(empty.latency.p99.has_value());
  EXPECT_FALSE(empty.invocations_per_minute_max.has_value());
  EXPECT_FALSE(empty.cpu_percent_mean.has_value());
  EXPECT_EQ(empty.cost->total, 0);
  EXPECT_FALSE(empty.cost->per_million_succeeded.has_value());
  EXPECT_EQ(empty.instances.min, 0);
}

TEST_F(WindowAccountTest, CountsFailuresByTheirCause) {
  RequestTally tally;
  tally.invocations = 100;
  const std::pair<Outcome, std::int64_t> ends[] = {{Outcome::Succeeded, 80},
                                                   {Outcome::TimedOut, 5},
                                                   {Outcome::Rejected, 4},
                                                   {Outcome::Interrupted, 3},
                                                   {Outcome::NoCapacity, 2}};
  for (const auto& [outcome, count] : ends) tally.ended[static_cast<std::size_t>(outcome)] = count;
  account_.add(tally, {});
  account_.add(tally, {});
  const Summary twice = summary();
  EXPECT_EQ(twice.requests.total, 200);
  EXPECT_EQ(twice.requests.succeeded, 160);
  EXPECT_EQ(twice.requests.failed, 28);
  EXPECT_EQ(*twice.errors.rate, 0.14);
  EXPECT_EQ(twice.errors.timed_out, 10);
  EXPECT_EQ(twice.errors.rejected, 8);
  EXPECT_EQ(twice.errors.interrupted, 6);
  EXPECT_EQ(twice.errors.no_capacity, 4);
}

TEST_F(WindowAccountTest, OverheadIsTheClientsAlone) {
  RequestTally tally;
  for (int i = 0; i < 100; ++i) {
    tally.model_latency.record(10ms);
    tally.wait.record(1ms);
  }
  account_.add(tally, {});
  const Summary with = summary();
  EXPECT_DOUBLE_EQ(*with.latency.mean, 0.014);
  EXPECT_DOUBLE_EQ(*with.latency.p99_9, 0.014);
  EXPECT_DOUBLE_EQ(*with.model_latency.max, 0.010);
  EXPECT_DOUBLE_EQ(*with.wait.p50, 0.001);
}

TEST_F(WindowAccountTest, CpuIsThatOfTheMinutesAverages) {
  for (const double percent : {20.0, 80.0, 50.0}) {
    MinuteRecord minute;
    minute.cpu_percent = percent;
    minute.invocations = static_cast<std::int64_t>(percent);
    account_.add_minute(minute);
  }
  account_.add_minute({});  // no instance reported
  EXPECT_DOUBLE_EQ(*summary().cpu_percent_mean, 50);
  EXPECT_DOUBLE_EQ(*summary().cpu_percent_max, 80);
  EXPECT_EQ(summary().invocations_per_minute_max, 80);
  EXPECT_DOUBLE_EQ(*summary().invocations_per_minute_mean, 37.5);
}

TEST_F(WindowAccountTest, CostIsInstanceSecondsTimesPrice) {
  FleetUse fleet;
  fleet.starting_ticks = 100 * kSecond;
  fleet.in_service_ticks = 900 * kSecond;
  fleet.stopping_ticks = 50 * kSecond;
  fleet.busy_ticks = 600 * kSecond;  // of two workers: half as many instance-seconds
  fleet.in_service_min = 1;
  fleet.in_service_max = 2;
  fleet.in_service_final = 2;
  account_.add({}, fleet);
  const Summary all = summary();
  EXPECT_NEAR(all.cost->total, 1.05, 1e-12);
  EXPECT_NEAR(all.cost->starting, 0.1, 1e-12);
  EXPECT_NEAR(all.cost->busy, 0.3, 1e-12);
  EXPECT_NEAR(all.cost->idle, 0.65, 1e-12);
  EXPECT_NEAR(all.cost->per_hour, 1.05 * 6, 1e-12);
  EXPECT_NEAR(all.instances.hours, 1050 / 3600.0, 1e-12);
  EXPECT_NEAR(all.instances.mean, 1.5, 1e-12);
  scenario_.assumptions.bill_startup = false;
  EXPECT_NEAR(summary().cost->total, 0.95, 1e-12);
  EXPECT_NEAR(summary().instances.hours, 950 / 3600.0, 1e-12);
}

// Needed are 5 until 9:59, 2 until 10:30, 4 until 12:30, 1 until 20:30: of a window from 10 to 20.
TEST_F(WindowAccountTest, AnchorsOfCostFollowTheDemandWithinTheWindow) {
  const std::tuple<core::Duration, core::Duration, std::int32_t> minutes[] = {
      {0min, 9min + 59s, 5},
      {9min + 59s, 10min + 30s, 2},
      {10min + 30s, 12min + 30s, 4},
      {12min + 30s, 20min + 30s, 1},
      {20min + 30s, 21min, 9}};
  for (const auto& [from, to, demand] : minutes) {
    MinuteRecord minute;
    minute.start = kStart + from;
    minute.end = kStart + to;
    minute.demand = demand;
    account_.add_demand(minute);
  }
  const CostSummary cost = *summary().cost;
  EXPECT_NEAR(cost.fixed_at_peak, 4 * 600 * 0.001, 1e-12);
  EXPECT_NEAR(cost.perfect_hindsight, (30 * 2 + 120 * 4 + 450) * 0.001, 1e-12);
  EXPECT_EQ(cost.total, 0);  // they are of the demand, not of what was there
}

TEST_F(WindowAccountTest, DemandOfAMinuteThatTouchesTheWindowIsOutside) {
  MinuteRecord before;
  before.start = kStart + 9min;
  before.end = kStart + 10min;
  before.demand = 7;
  MinuteRecord after;
  after.start = kStart + 20min;
  after.end = kStart + 21min;
  after.demand = 8;
  account_.add_demand(before);
  account_.add_demand(after);
  EXPECT_EQ(summary().cost->fixed_at_peak, 0);
  EXPECT_EQ(summary().cost->perfect_hindsight, 0);
  before.end = kStart + 10min + 1ns;
  account_.add_demand(before);
  EXPECT_NEAR(summary().cost->fixed_at_peak, 7 * 600 * 0.001, 1e-12);
  EXPECT_NEAR(summary().cost->perfect_hindsight, 7e-9 * 0.001, 1e-18);
}

TEST_F(WindowAccountTest, FleetsMergeToTheirExtremesAndTheLatest) {
  FleetUse first;
  first.in_service_min = 2;
  first.in_service_max = 5;
  first.in_service_final = 3;
  FleetUse second;
  second.in_service_min = 3;
  second.in_service_max = 4;
  second.in_service_final = 4;
  account_.add({}, first);
  account_.add({}, second);
  EXPECT_EQ(summary().instances.min, 2);
  EXPECT_EQ(summary().instances.max, 5);
  EXPECT_EQ(summary().instances.final, 4);
}

}  // namespace
}  // namespace sim
