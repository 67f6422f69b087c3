#include "sim/run/traffic_set_up.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/scenario_builder.hpp"

namespace sim {
namespace {

using core::kStart;
using models::traffic::ArrivalPattern;
using tests::a_scenario;
using namespace std::chrono_literals;

TrafficSetUp set_up(const Scenario& scenario) {
  return set_up_traffic(scenario, core::RandomStreams(1, 0), {});
}

models::traffic::TrafficStream users(core::Duration begins) {
  models::traffic::ClosedLoopTraffic shape;
  shape.phases = {{.name = "calm", .initial = 1, .duration = 2min},
                  {.name = "rush", .initial = 5, .duration = 3min}};
  return {"users", begins, ArrivalPattern::Poisson, shape};
}

TEST(TrafficSetUp, OpenStreamsBecomeArrivalsAndClosedLoopsUsers) {
  const TrafficSetUp traffic =
      set_up(a_scenario().with_rate(5).with_stream(users(0s)).with_rate(7).build());
  EXPECT_EQ(traffic.arrivals.processes().size(), 2U);
  ASSERT_EQ(traffic.users.size(), 1U);
  EXPECT_EQ(traffic.users[0].total_users(), 6);
}

TEST(TrafficSetUp, PhasesFollowOneAnotherFromWhereTheStreamBegins) {
  const TrafficSetUp traffic = set_up(a_scenario().with_stream(users(10min)).build());
  ASSERT_EQ(traffic.phases.size(), 2U);
  EXPECT_EQ(traffic.phases[0].stream, "users");
  EXPECT_EQ(traffic.phases[0].name, "calm");
  EXPECT_EQ(traffic.phases[0].from, kStart + 10min);
  EXPECT_EQ(traffic.phases[0].to, kStart + 12min);
  EXPECT_EQ(traffic.phases[1].from, kStart + 12min);
  EXPECT_EQ(traffic.phases[1].to, kStart + 15min);
}

TEST(TrafficSetUp, PhasesAreCutOffWhereTheRunEnds) {
  const auto within = [](core::Duration duration) {
    return set_up(a_scenario().with_stream(users(10min)).with_duration(duration).build()).phases;
  };
  EXPECT_EQ(within(13min).size(), 2U);
  EXPECT_EQ(within(13min).back().to, kStart + 13min);
  EXPECT_EQ(within(12min).size(), 1U);
  EXPECT_EQ(within(10min).size(), 0U);
}

TEST(TrafficSetUp, WarmUpPhasesAndTheRunsEndCutTheAccounts) {
  const TrafficSetUp traffic = set_up(
      a_scenario().with_stream(users(90s)).with_warm_up(45s).with_duration(10min + 1s).build());
  for (const core::Duration cut : {45s, 90s, 210s, 390s, 601s}) {
    EXPECT_GT(std::count(traffic.cuts.begin(), traffic.cuts.end(), kStart + cut), 0)
        << core::in_seconds(cut) << " s";
  }
}

TEST(TrafficSetUp, RatesHaveNoPhases) {
  EXPECT_TRUE(set_up(a_scenario().with_rate(5).build()).phases.empty());
}

TEST(TrafficSetUpDeathTest, TraceThatCannotBeOpenedIsOurMistake) {
  models::traffic::TraceTraffic trace;
  trace.file = "gone.csv";
  const Scenario scenario =
      a_scenario().with_stream({"recorded", 0s, ArrivalPattern::Poisson, trace}).build();
  EXPECT_DEATH(set_up_traffic(scenario, core::RandomStreams(1, 0),
                              [](const std::string&) { return nullptr; }),
               "trace != nullptr");
}

}  // namespace
}  // namespace sim
