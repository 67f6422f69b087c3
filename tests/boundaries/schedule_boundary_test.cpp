// Asks whether a schedule runs at StartTime and EndTime themselves, and is due exactly when it is.
#include <gtest/gtest.h>

#include "models/autoscaling/schedule.hpp"

namespace models::autoscaling {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kTen_s = 1'767'607'200;  // 2026-01-05T10:00:00Z
constexpr std::int64_t kDay_s = 86'400;

Schedule daily_at_ten(ScheduleSpan span) {
  return {parse_schedule_expression("cron(0 10 * * ? *)").expression.value(), utc(), span};
}
Schedule hourly(ScheduleSpan span) {
  return {parse_schedule_expression("rate(1 hour)").expression.value(), utc(), span};
}

TEST(ScheduleBoundary, StartTimeASecondBeforeARunIsARunOfItsOwn) {
  const Schedule early = daily_at_ten({kTen_s - 1});
  EXPECT_EQ(early.next_from(0), kTen_s - 1);
  EXPECT_EQ(early.next_from(kTen_s - 1), kTen_s - 1);
  EXPECT_EQ(early.next_from(kTen_s), kTen_s);
  const Schedule same = daily_at_ten({kTen_s});
  EXPECT_EQ(same.next_from(kTen_s - 1), kTen_s);
  EXPECT_EQ(same.next_from(kTen_s), kTen_s);
  EXPECT_EQ(same.next_from(kTen_s + 1), kTen_s + kDay_s);
  const Schedule late = daily_at_ten({kTen_s + 1});
  EXPECT_EQ(late.next_from(0), kTen_s + 1);
  EXPECT_EQ(late.next_from(kTen_s + 2), kTen_s + kDay_s);
}

TEST(ScheduleBoundary, EndTimeIsTheLastSecondThatRuns) {
  EXPECT_EQ(daily_at_ten({std::nullopt, kTen_s - 1}).next_from(kTen_s - kDay_s + 1), std::nullopt);
  EXPECT_EQ(daily_at_ten({std::nullopt, kTen_s}).next_from(kTen_s - kDay_s + 1), kTen_s);
  EXPECT_EQ(daily_at_ten({std::nullopt, kTen_s}).next_from(kTen_s + 1), std::nullopt);
  EXPECT_EQ(hourly({kTen_s, kTen_s + 3599}).next_from(kTen_s + 1), std::nullopt);
  EXPECT_EQ(hourly({kTen_s, kTen_s + 3600}).next_from(kTen_s + 1), kTen_s + 3600);
}

TEST(ScheduleBoundary, AnEndTimeBeforeStartTimeLeavesNothing) {
  EXPECT_EQ(daily_at_ten({kTen_s, kTen_s - 1}).next_from(0), std::nullopt);
  EXPECT_EQ(daily_at_ten({kTen_s, kTen_s}).next_from(0), kTen_s);
  EXPECT_EQ(hourly({kTen_s, kTen_s - 1}).next_from(0), std::nullopt);
  EXPECT_EQ(hourly({kTen_s, kTen_s}).next_from(0), kTen_s);
}

TEST(ScheduleBoundary, ARunIsDueAtItsInstantAndNotANanosecondLater) {
  const Schedule schedule = daily_at_ten({});
  const std::int64_t start = kTen_s - 3600;  // of the simulation
  const core::SimTime due = core::kStart + 1h;
  EXPECT_EQ(next_run(schedule, start, core::kStart), due);
  EXPECT_EQ(next_run(schedule, start, due - 1ns), due);
  EXPECT_EQ(next_run(schedule, start, due), due);
  EXPECT_EQ(next_run(schedule, start, due + 1ns), due + 24h);
}

TEST(ScheduleBoundary, ARunBeforeTheSimulationIsPast) {
  EXPECT_EQ(next_run(daily_at_ten({}), kTen_s, core::kStart), core::kStart);
  EXPECT_EQ(next_run(daily_at_ten({}), kTen_s + 1, core::kStart), core::kStart + 24h - 1s);
  EXPECT_EQ(next_run(daily_at_ten({std::nullopt, kTen_s}), kTen_s + 1, core::kStart), std::nullopt);
  EXPECT_EQ(next_run(daily_at_ten({}), kTen_s, core::kNever), std::nullopt);
}

}  // namespace
}  // namespace models::autoscaling
