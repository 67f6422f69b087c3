#include "sim/scenario/user_traffic_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using models::traffic::ClosedLoopTraffic;
using namespace std::chrono_literals;
using testing::HasSubstr;
using tests::load;
using tests::with_traffic;

ClosedLoopTraffic users_of(const std::string& stream, const std::string& more = "") {
  const auto loaded = load(with_traffic(stream) + more);
  EXPECT_TRUE(loaded.scenario) << loaded.messages;
  if (!loaded.scenario) return {};
  return std::get<ClosedLoopTraffic>(loaded.scenario->traffic[0].shape);
}
std::string messages_of(const std::string& stream) { return load(with_traffic(stream)).messages; }

TEST(Users, JoinAndStay) {
  const ClosedLoopTraffic users =
      users_of("{users: {initial: 1, spawn: 7/min, limit: 60, think_time: 2s, duration: 1h}}");
  ASSERT_EQ(users.phases.size(), 1U);
  EXPECT_EQ(users.phases[0].initial, 1);
  EXPECT_EQ(users.phases[0].spawn_per_minute, 7);
  EXPECT_EQ(users.phases[0].duration, Duration{1h});
  EXPECT_EQ(users.limit, 60);
  EXPECT_EQ(users.think_time, Duration{2s});
}

TEST(Users, LastAsLongAsTheRunWhenTheyDoNotSay) {
  EXPECT_EQ(users_of("{users: {initial: 1}}").phases[0].duration, Duration{1h});
  EXPECT_EQ(
      users_of("{users: {initial: 1}, begins: 10m}", "run: {duration: 30m}\n").phases[0].duration,
      Duration{20min});
}

TEST(Users, MayComeInPhases) {
  const ClosedLoopTraffic users = users_of(
      "{users: {phases: [{initial: 2, duration: 5m}, {name: more, spawn: 1/s, duration: 1m}]}}");
  ASSERT_EQ(users.phases.size(), 2U);
  EXPECT_EQ(users.phases[0].name, "1");
  EXPECT_EQ(users.phases[1].name, "more");
  EXPECT_EQ(users.phases[1].spawn_per_minute, 60);
  EXPECT_THAT(messages_of("{users: {phases: [{name: a, initial: 2, duration: 5m}, "
                          "{name: a, initial: 2, duration: 1m}]}}"),
              HasSubstr("expected a name of its own for each phase, found 'a' again"));
}

TEST(Users, SomebodyMustComeButNotTooMany) {
  EXPECT_THAT(messages_of("{users: {duration: 1h}}"),
              HasSubstr("expected users from 'initial' or 'spawn', found none"));
  EXPECT_THAT(messages_of("{users: {spawn: 10000/s, duration: 1h}}"),
              HasSubstr("expected at most 1000000 users at once, found 36000000 by the end"));
  EXPECT_THAT(messages_of("{users: {initial: 5, limit: 3}}"),
              HasSubstr("expected a limit of at least the initial 5 users, found '3'"));
  EXPECT_THAT(messages_of("{users: {initial: 1, phases: [{initial: 1, duration: 1m}]}}"),
              HasSubstr("expected 'initial' in each of the phases"));
}

TEST(Recommender, PhasesSpawnUsersPerMinute) {
  const ClosedLoopTraffic users = users_of(
      "{recommender: {TrafficType: PHASES, Phases: [{InitialNumberOfUsers: 1, SpawnRate: 2, "
      "DurationInSeconds: 120}, {InitialNumberOfUsers: 3, SpawnRate: 0, DurationInSeconds: "
      "3600}]}}");
  ASSERT_EQ(users.phases.size(), 2U);
  EXPECT_EQ(users.phases[0].spawn_per_minute, 2);
  EXPECT_EQ(users.phases[0].duration, Duration{2min});
  EXPECT_EQ(users.phases[1].initial, 3);
}

TEST(Recommender, StairsAddUsersStepByStep) {
  const ClosedLoopTraffic users = users_of(
      "{recommender: {TrafficType: STAIRS, Stairs: {DurationInSeconds: 180, NumberOfSteps: 3, "
      "UsersPerStep: 2}}}");
  ASSERT_EQ(users.phases.size(), 3U);
  EXPECT_EQ(users.phases[2].initial, 2);
  EXPECT_EQ(users.phases[2].duration, Duration{3min});
}

TEST(Recommender, TheOtherReadingsAreAssumptions) {
  EXPECT_EQ(users_of("{recommender: {TrafficType: STAIRS, Stairs: {DurationInSeconds: 180, "
                     "NumberOfSteps: 3, UsersPerStep: 2}}}",
                     "assumptions: {recommender_stairs: total}\n")
                .phases[0]
                .duration,
            Duration{1min});
  EXPECT_EQ(users_of("{recommender: {TrafficType: PHASES, Phases: [{InitialNumberOfUsers: 1, "
                     "SpawnRate: 2, DurationInSeconds: 120}]}}",
                     "assumptions: {recommender_spawn: per_second}\n")
                .phases[0]
                .spawn_per_minute,
            120);
}

TEST(Recommender, BeyondTheLimitsOfAwsIsAWarning) {
  const auto loaded = load(with_traffic(
      "{recommender: {TrafficType: PHASES, Phases: [{InitialNumberOfUsers: 4, SpawnRate: 60, "
      "DurationInSeconds: 60}]}}"));
  EXPECT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_THAT(loaded.messages,
              HasSubstr("warning: AWS accepts a InitialNumberOfUsers of 1 to 3, found 4"));
  EXPECT_THAT(loaded.messages, HasSubstr("warning: AWS accepts a SpawnRate of 0 to 3, found 60"));
  EXPECT_THAT(loaded.messages, HasSubstr("DurationInSeconds of 120 to 3600, found 60"));
}

TEST(Recommender, RefusesWhatTheOtherTypeNeeds) {
  EXPECT_THAT(messages_of("{recommender: {TrafficType: STAIRS, Phases: []}}"),
              HasSubstr("expected no 'Phases' with TrafficType STAIRS"));
  EXPECT_THAT(messages_of("{recommender: {TrafficType: phases}}"),
              HasSubstr("did you mean 'PHASES'?"));
  EXPECT_THAT(messages_of("{recommender: {traffic_type: PHASES}}"),
              HasSubstr("did you mean 'TrafficType'? (here everything is spelt as AWS spells it)"));
}

}  // namespace
}  // namespace sim
