#include "models/autoscaling/cron_calendar.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace models::autoscaling {
namespace {

constexpr std::int64_t kNewYear2026_s = 1'767'225'600;  // a Thursday

CronExpression cron_of(const std::string& text) {
  return std::get<CronExpression>(parse_schedule_expression(text).expression.value());
}

std::uint32_t day(unsigned k) { return 1U << k; }

TEST(CronCalendar, ListedDaysAreThoseTheMonthHas) {
  const CronDays days = DaysOfMonth{day(1) | day(28) | day(29) | day(30) | day(31)};
  EXPECT_EQ(days_in_month(days, 2026, 1), day(1) | day(28) | day(29) | day(30) | day(31));
  EXPECT_EQ(days_in_month(days, 2026, 4), day(1) | day(28) | day(29) | day(30));
  EXPECT_EQ(days_in_month(days, 2026, 2), day(1) | day(28));
  EXPECT_EQ(days_in_month(days, 2028, 2), day(1) | day(28) | day(29));
  EXPECT_EQ(days_in_month(days, 2100, 2), day(1) | day(28));  // no leap year
}

TEST(CronCalendar, TheLastDaysOfAMonth) {
  EXPECT_EQ(days_in_month(LastDayOfMonth{}, 2026, 2), day(28));
  EXPECT_EQ(days_in_month(LastDayOfMonth{}, 2000, 2), day(29));
  EXPECT_EQ(days_in_month(LastWeekdayOfMonth{}, 2026, 1), day(30));  // the 31st: a Saturday
  EXPECT_EQ(days_in_month(LastWeekdayOfMonth{}, 2026, 5), day(29));  // the 31st: a Sunday
  EXPECT_EQ(days_in_month(LastWeekdayOfMonth{}, 2026, 3), day(31));  // a Tuesday
  EXPECT_EQ(days_in_month(LastDayOfWeekInMonth{5}, 2026, 1), day(30));
  EXPECT_EQ(days_in_month(LastDayOfWeekInMonth{6}, 2026, 1), day(31));
  EXPECT_EQ(days_in_month(LastDayOfWeekInMonth{0}, 2026, 1), day(25));
}

TEST(CronCalendar, TheNearestWeekdayStaysInItsMonth) {
  EXPECT_EQ(days_in_month(NearestWeekday{3}, 2026, 1), day(2));    // a Saturday
  EXPECT_EQ(days_in_month(NearestWeekday{4}, 2026, 1), day(5));    // a Sunday
  EXPECT_EQ(days_in_month(NearestWeekday{6}, 2026, 1), day(6));    // a Tuesday
  EXPECT_EQ(days_in_month(NearestWeekday{1}, 2026, 8), day(3));    // the first is a Saturday
  EXPECT_EQ(days_in_month(NearestWeekday{31}, 2026, 5), day(29));  // the last is a Sunday
  EXPECT_EQ(days_in_month(NearestWeekday{31}, 2026, 4), 0U);
}

TEST(CronCalendar, TheNthDayOfTheWeekIsNotInEveryMonth) {
  EXPECT_EQ(days_in_month(NthDayOfWeekInMonth{4, 1}, 2026, 1), day(1));
  EXPECT_EQ(days_in_month(NthDayOfWeekInMonth{3, 1}, 2026, 1), day(7));
  EXPECT_EQ(days_in_month(NthDayOfWeekInMonth{4, 5}, 2026, 1), day(29));
  EXPECT_EQ(days_in_month(NthDayOfWeekInMonth{0, 5}, 2026, 1), 0U);
}

TEST(CronCalendar, FindsTheMomentItselfAndNotTheOneBefore) {
  const CronExpression cron = cron_of("cron(15 0 10 * * ? *)");
  const std::int64_t at = kNewYear2026_s + 10 * 3600 + 15;
  EXPECT_EQ(next_match(cron, at - 1), at);
  EXPECT_EQ(next_match(cron, at), at);
  EXPECT_EQ(next_match(cron, at + 1), at + 86'400);
}

TEST(CronCalendar, PassesOverHoursDaysMonthsAndYears) {
  const CronExpression cron = cron_of("cron(59 23 29 2 ? *)");
  const auto at = [](int year) {
    const std::chrono::sys_days date{std::chrono::year{year} / 2 / 29};
    return std::int64_t{date.time_since_epoch().count()} * 86'400 + 86'340;
  };
  EXPECT_EQ(next_match(cron, kNewYear2026_s), at(2028));
  EXPECT_EQ(next_match(cron, at(2096) + 1), at(2104));
  EXPECT_EQ(next_match(cron, at(2196) + 1), std::nullopt);
  EXPECT_EQ(next_match(cron, -1'000'000'000'000), at(1972));
  EXPECT_EQ(next_match(cron, 1'000'000'000'000), std::nullopt);
}

TEST(CronCalendar, ImpossibleDatesNeverCome) {
  for (const char* text : {"cron(0 0 30 2 ? *)", "cron(0 0 31 4,6,9,11 ? *)",
                           "cron(0 0 30W FEB ? *)", "cron(0 0 29 2 ? 2025-2027)"}) {
    EXPECT_EQ(next_match(cron_of(text), kNewYear2026_s), std::nullopt) << text;
    EXPECT_EQ(next_match(cron_of(text), -1'000'000'000), std::nullopt) << text;
  }
}

TEST(CronCalendar, EndsWithTheLastYear) {
  const CronExpression cron = cron_of("cron(* * * * ? *)");
  const std::int64_t last = 7'258'118'400 - 60;  // 2199-12-31T23:59
  EXPECT_EQ(next_match(cron, last), last);
  EXPECT_EQ(next_match(cron, last + 1), std::nullopt);
  EXPECT_EQ(next_match(cron, -86'400), 0);
}

}  // namespace
}  // namespace models::autoscaling
