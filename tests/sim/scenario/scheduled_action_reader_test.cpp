#include "sim/scenario/scheduled_action_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using testing::HasSubstr;

tests::Loaded load_with(const std::string& actions) {
  return tests::load(
      tests::smallest_with("scaling:\n  ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]\n"
                           "  ScheduledActions: " +
                           actions + "\n"));
}

TEST(ScheduledActions, AreReadWithBothFormsOfAnInstant) {
  const auto loaded = load_with(
      "[{ScheduledActionName: morning, Schedule: \"cron(0 8 ? * MON-FRI *)\", Timezone: "
      "Europe/Berlin, StartTime: \"2026-03-01T00:00:00Z\", EndTime: 1798761600.5, "
      "ScalableTargetAction: {MinCapacity: 6}}]");
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.messages, "");
  const auto& action = loaded.scenario->variants.front().scheduled_actions.front();
  EXPECT_EQ(action.timezone, "Europe/Berlin");
  EXPECT_EQ(action.start_unix_s, 1'772'323'200);
  EXPECT_EQ(action.end_unix_s, 1'798'761'600);
  EXPECT_EQ(action.min_capacity->value, 6);
  EXPECT_FALSE(action.max_capacity);
}

//
TEST(ScheduledActions, OfTheSameNameReplaceButForWhatTheyLeaveOut) {
  const auto loaded = load_with(
      "[{ScheduledActionName: a, Schedule: rate(5 hours), StartTime: 1772323200, "
      "ScalableTargetAction: {MinCapacity: 6}}, {ScheduledActionName: a, Schedule: rate(1 hour)}]");
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const auto& actions = loaded.scenario->variants.front().scheduled_actions;
  ASSERT_EQ(actions.size(), 1U);
  EXPECT_EQ(actions[0].schedule, "rate(1 hour)");
  EXPECT_EQ(actions[0].min_capacity->value, 6);
  EXPECT_FALSE(actions[0].start_unix_s);  // an omitted StartTime is deleted
}

//
TEST(ScheduledActions, AMinCapacityOfZeroIsWarnedOf) {
  const auto loaded = load_with(
      "[{ScheduledActionName: night, Schedule: rate(1 hour), ScalableTargetAction: "
      "{MinCapacity: 0}}]");
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_THAT(loaded.messages, HasSubstr("asks for a MinCapacity of at least 1"));
}

TEST(ScheduledActions, WhatIsWrongIsToldAtItsPlace) {
  const auto message_of = [](const std::string& fields) {
    return load_with(
               "[{ScheduledActionName: a, Schedule: rate(1 hour), ScalableTargetAction: "
               "{MinCapacity: 2}, " +
               fields + "}]")
        .messages;
  };
  EXPECT_THAT(message_of("Timezone: Europe/Berlim"), HasSubstr("did you mean 'Europe/Berlin'?"));
  EXPECT_THAT(message_of("StartTime: \"2026-03-01 08:00\""), HasSubstr("expected an instant"));
  EXPECT_THAT(message_of("EndTime: 99999999999999"), HasSubstr("expected an instant"));
  EXPECT_THAT(load_with("[{ScheduledActionName: \"a/b\", Schedule: rate(1 hour), "
                        "ScalableTargetAction: {MinCapacity: 2}}]")
                  .messages,
              HasSubstr("a name without ':', '/' and '|'"));
  EXPECT_THAT(load_with("[{ScheduledActionName: a, Schedule: rate(1 hour)}]").messages,
              HasSubstr("expected a ScalableTargetAction"));
  EXPECT_THAT(load_with("[{ScheduledActionName: a, Schedule: \"cron(0 8 * * 2 *)\", "
                        "ScalableTargetAction: {MinCapacity: 2}}]")
                  .messages,
              HasSubstr("x.scenario.yaml:6:57: error: expected '?'"));
}

// The zone is an earlier call's: the message still knows where it stands.
TEST(ScheduledActions, AnUnknownZoneOfAnEarlierCallHasItsPlace) {
  const auto loaded = load_with(
      "[{ScheduledActionName: a, Schedule: rate(1 hour), Timezone: Mars/Olympus, "
      "ScalableTargetAction: {MinCapacity: 2}}, {ScheduledActionName: a, Schedule: rate(2 "
      "hours)}]");
  EXPECT_THAT(loaded.messages, HasSubstr("x.scenario.yaml:6:"));
  EXPECT_THAT(loaded.messages, HasSubstr("found 'Mars/Olympus'"));
}

}  // namespace
}  // namespace sim
