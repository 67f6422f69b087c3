#include "models/autoscaling/schedule.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/stepped_zone.hpp"

namespace models::autoscaling {
namespace {

constexpr std::int64_t kHour_s = 3600;
constexpr std::int64_t kDay_s = 86'400;
constexpr std::int64_t kMonday_s = 1'767'571'200;  // 2026-01-05T00:00:00Z

ScheduleExpression expression_of(const std::string& text) {
  return parse_schedule_expression(text).expression.value();
}

Schedule in_utc(const std::string& text, ScheduleSpan span = {}, ScheduleRules rules = {}) {
  return Schedule{expression_of(text), utc(), span, rules};
}

// In hours since Monday, up to `most` of them.
std::vector<double> hours_of(const Schedule& schedule, std::int64_t from_s, std::size_t most) {
  std::vector<double> hours;
  while (hours.size() < most) {
    const auto next = schedule.next_from(from_s);
    if (!next) break;
    hours.push_back(static_cast<double>(*next - kMonday_s) / kHour_s);
    from_s = *next + 1;
  }
  return hours;
}
using Hours = std::vector<double>;

// On Monday at 07:00 UTC a clock that shows 02:00 is put forward to 03:00.
std::shared_ptr<const TimeZone> put_forward() {
  return std::make_shared<tests::SteppedZone>(
      -5 * kHour_s,
      std::vector<tests::SteppedZone::Change>{{kMonday_s + 7 * kHour_s, -4 * kHour_s}});
}
// On Monday at 06:00 UTC a clock that shows 02:00 is put back to 01:00.
std::shared_ptr<const TimeZone> put_back() {
  return std::make_shared<tests::SteppedZone>(
      -4 * kHour_s,
      std::vector<tests::SteppedZone::Change>{{kMonday_s + 6 * kHour_s, -5 * kHour_s}});
}

Hours hours_in(const std::shared_ptr<const TimeZone>& zone, const std::string& text,
               const ScheduleRules& rules) {
  return hours_of(Schedule{expression_of(text), zone, {}, rules}, kMonday_s, 4);
}
ScheduleRules with(LocalTimeGap gap) {
  ScheduleRules rules;
  rules.gap = gap;
  return rules;
}
ScheduleRules with(LocalTimeFold fold) {
  ScheduleRules rules;
  rules.fold = fold;
  return rules;
}

TEST(Schedule, AtRunsOnceOnTheLocalClock) {
  EXPECT_EQ(hours_of(in_utc("at(2026-01-05T10:00:00)"), 0, 9), Hours{10});
  const Schedule abroad{
      expression_of("at(2026-01-05T10:00:00)"), std::make_shared<FixedOffset>(-9 * kHour_s), {}};
  EXPECT_EQ(hours_of(abroad, 0, 9), Hours{19});
  EXPECT_EQ(abroad.next_from(kMonday_s + 19 * kHour_s + 1), std::nullopt);
}

TEST(Schedule, AtRunsOnlyBetweenStartTimeAndEndTime) {
  const std::int64_t at = kMonday_s + 10 * kHour_s;
  const auto with_span = [](std::optional<std::int64_t> start, std::optional<std::int64_t> end) {
    return hours_of(in_utc("at(2026-01-05T10:00:00)", {start, end}), 0, 9);
  };
  EXPECT_EQ(with_span(at - kHour_s, at + kHour_s), Hours{10});  // and not at StartTime
  EXPECT_EQ(with_span(at, at), Hours{10});
  EXPECT_EQ(with_span(at + 1, std::nullopt), Hours{});
  EXPECT_EQ(with_span(std::nullopt, at - 1), Hours{});
}

TEST(Schedule, RateCountsFromStartTime) {
  const Schedule schedule = in_utc("rate(5 hours)", {kMonday_s, std::nullopt, kMonday_s - kDay_s});
  EXPECT_EQ(hours_of(schedule, kMonday_s - kDay_s, 3), (Hours{0, 5, 10}));
  EXPECT_EQ(hours_of(schedule, kMonday_s + kHour_s, 2), (Hours{5, 10}));
}

TEST(Schedule, RateWithoutStartTimeCountsFromItsCreation) {
  const ScheduleSpan span{std::nullopt, std::nullopt, kMonday_s};
  EXPECT_EQ(hours_of(in_utc("rate(5 hours)", span), 0, 3), (Hours{5, 10, 15}));
  ScheduleRules rules;
  rules.first_rate_run = FirstRateRun::Creation;
  EXPECT_EQ(hours_of(in_utc("rate(5 hours)", span, rules), 0, 3), (Hours{0, 5, 10}));
}

TEST(Schedule, RateDoesNotMindTheClocks) {
  const ScheduleSpan span{kMonday_s};
  EXPECT_EQ(hours_of(Schedule{expression_of("rate(6 hours)"), put_forward(), span}, kMonday_s, 4),
            (Hours{0, 6, 12, 18}));
}

TEST(Schedule, CronRunsAtStartTimeAndThenByItsFields) {
  const std::int64_t start = kMonday_s + 8 * kHour_s + kHour_s / 2;
  EXPECT_EQ(hours_of(in_utc("cron(0 10 * * ? *)", {start}), 0, 3), (Hours{8.5, 10, 34}));
  EXPECT_EQ(hours_of(in_utc("cron(30 8 * * ? *)", {start}), 0, 2), (Hours{8.5, 32.5}));
}

TEST(Schedule, CronFollowsTheLocalClock) {
  const Schedule schedule{
      expression_of("cron(0 18 ? * MON-FRI *)"), std::make_shared<FixedOffset>(-9 * kHour_s), {}};
  EXPECT_EQ(hours_of(schedule, kMonday_s + 4 * kDay_s, 2), (Hours{99, 123}));  // Thursday, Friday
  EXPECT_EQ(hours_of(schedule, kMonday_s + 5 * kDay_s + 4 * kHour_s, 1), Hours{7 * 24 + 27});
}

TEST(Schedule, SkippedTimesDoNotComeOrComeLater) {
  const auto zone = put_forward();
  EXPECT_EQ(hours_in(zone, "cron(30 2 5-7 1 ? 2026)", with(LocalTimeGap::Skip)),
            (Hours{30.5, 54.5}));
  EXPECT_EQ(hours_in(zone, "cron(30 2 5-7 1 ? 2026)", with(LocalTimeGap::ShiftForward)),
            (Hours{7.5, 30.5, 54.5}));
  EXPECT_EQ(hours_in(zone, "at(2026-01-05T02:30:00)", with(LocalTimeGap::Skip)), Hours{});
  EXPECT_EQ(hours_in(zone, "at(2026-01-05T02:30:00)", with(LocalTimeGap::ShiftForward)),
            Hours{7.5});
  // 02:30 put off is 03:30, which runs once.
  EXPECT_EQ(hours_in(zone, "cron(30 1-4 5 1 ? 2026)", with(LocalTimeGap::ShiftForward)),
            (Hours{6.5, 7.5, 8.5}));
}

TEST(Schedule, RepeatedTimesComeOnceOrTwice) {
  const auto zone = put_back();
  for (const char* text : {"cron(30 1 5 1 ? 2026)", "at(2026-01-05T01:30:00)"}) {
    EXPECT_EQ(hours_in(zone, text, with(LocalTimeFold::First)), Hours{5.5}) << text;
    EXPECT_EQ(hours_in(zone, text, with(LocalTimeFold::Last)), Hours{6.5}) << text;
    EXPECT_EQ(hours_in(zone, text, with(LocalTimeFold::Both)), (Hours{5.5, 6.5})) << text;
  }
  EXPECT_EQ(hours_in(zone, "cron(0/30 0-2 5 1 ? 2026)", with(LocalTimeFold::First)),
            (Hours{4, 4.5, 5, 5.5}));
  EXPECT_EQ(hours_in(zone, "cron(0/30 1-2 5 1 ? 2026)", with(LocalTimeFold::Last)),
            (Hours{6, 6.5, 7, 7.5}));
}

TEST(Schedule, ARepeatedTimeIsFoundFromBetweenItsInstants) {
  const Schedule both{
      expression_of("at(2026-01-05T01:30:00)"), put_back(), {}, with(LocalTimeFold::Both)};
  EXPECT_EQ(hours_of(both, kMonday_s + 6 * kHour_s, 2), Hours{6.5});
  const Schedule first{expression_of("at(2026-01-05T01:30:00)"), put_back(), {}};
  EXPECT_EQ(hours_of(first, kMonday_s + 6 * kHour_s, 2), Hours{});
}

TEST(Schedule, ADayThatTheClocksSkipDoesNotCome) {
  // As Samoa went from the 4th to the 6th.
  const auto zone = std::make_shared<tests::SteppedZone>(
      -10 * kHour_s,
      std::vector<tests::SteppedZone::Change>{{kMonday_s + 10 * kHour_s, 14 * kHour_s}});
  EXPECT_EQ(hours_in(zone, "cron(0 12 4-6 1 ? 2026)", {}), (Hours{-2 + 24}));
  EXPECT_EQ(hours_in(zone, "cron(0 12 5 1 ? 2026)", {}), Hours{});
}

TEST(Schedule, NothingRunsWhenTheDateNeverComes) {
  EXPECT_EQ(in_utc("cron(0 0 30 2 ? *)").next_from(0), std::nullopt);
  const Schedule at_start = in_utc("cron(0 0 30 2 ? *)", {kMonday_s});
  EXPECT_EQ(hours_of(at_start, 0, 3), Hours{0});  // R-137 knows no exception
}

TEST(Schedule, AnyInstantMayBeAskedFor) {
  constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  const Schedule cron = in_utc("cron(0 0 1 * ? *)");
  EXPECT_EQ(cron.next_from(kFirst), 0);
  EXPECT_EQ(cron.next_from(kLast), std::nullopt);
  const Schedule rate = in_utc("rate(999999999 days)", {std::nullopt, std::nullopt, kMonday_s});
  EXPECT_EQ(rate.next_from(kFirst), std::nullopt);
  EXPECT_EQ(in_utc("rate(1 day)", {kMonday_s}).next_from(kLast), std::nullopt);
  EXPECT_EQ(in_utc("rate(1 day)", {kMonday_s}).next_from(7'258'118'400 - kDay_s),
            7'258'118'400 - kDay_s);
  EXPECT_EQ(in_utc("rate(1 day)", {kMonday_s}).next_from(7'258'118'400 - kDay_s + 1), std::nullopt);
}

TEST(Schedule, LocalYearsBeginAndEndWithTheLocalClock) {
  const auto east = std::make_shared<FixedOffset>(9 * kHour_s);
  const Schedule cron{expression_of("cron(0 0 1 1 ? *)"), east, {}};
  EXPECT_EQ(cron.next_from(-kDay_s), -9 * kHour_s);
  const auto west = std::make_shared<FixedOffset>(-9 * kHour_s);
  const Schedule last{expression_of("cron(0 23 31 12 ? 2199)"), west, {}};
  EXPECT_EQ(last.next_from(kMonday_s), 7'258'118'400 + 8 * kHour_s);
}

}  // namespace
}  // namespace models::autoscaling
