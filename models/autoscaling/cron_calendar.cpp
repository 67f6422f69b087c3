#include "models/autoscaling/cron_calendar.hpp"

#include <algorithm>
#include <bit>
#include <chrono>

namespace models::autoscaling {
namespace {

constexpr std::int64_t kMinutesInDay = 1'440;
constexpr unsigned kSunday = 0;
constexpr unsigned kSaturday = 6;

// Of one month: its last day and the day of the week of each.
struct Month {
  unsigned last_day = 31;
  unsigned first_day_of_week = kSunday;  // of day 1
  unsigned day_of_week(unsigned day) const { return (first_day_of_week + day - 1) % 7; }
};

Month month_of(int year, unsigned month) {
  const std::chrono::year_month at{std::chrono::year{year}, std::chrono::month{month}};
  return {static_cast<unsigned>(std::chrono::year_month_day_last{at / std::chrono::last}.day()),
          std::chrono::weekday{std::chrono::sys_days{at / 1}}.c_encoding()};
}

constexpr std::uint32_t bit(unsigned day) { return std::uint32_t{1} << day; }

// The weekday, from Monday to Friday, that is nearest to a day and in the same month.
unsigned nearest_weekday(const Month& month, unsigned day) {
  if (month.day_of_week(day) == kSaturday) return day == 1 ? 3 : day - 1;
  if (month.day_of_week(day) == kSunday) return day == month.last_day ? day - 2 : day + 1;
  return day;
}

struct DaysThatMatch {
  const Month& month;

  std::uint32_t operator()(const DaysOfMonth& rule) const {
    return rule.days & ((bit(month.last_day) - 1 + bit(month.last_day)) & ~bit(0));
  }
  std::uint32_t operator()(const LastDayOfMonth& /*rule*/) const { return bit(month.last_day); }
  std::uint32_t operator()(const LastWeekdayOfMonth& /*rule*/) const {
    return bit(nearest_weekday(month, month.last_day));
  }
  // A month without that day is passed over, as it is by a plain 31.
  std::uint32_t operator()(const NearestWeekday& rule) const {
    return rule.day > month.last_day ? 0 : bit(nearest_weekday(month, rule.day));
  }
  std::uint32_t operator()(const DaysOfWeek& rule) const {
    std::uint32_t days = 0;
    for (unsigned day = 1; day <= month.last_day; ++day) {
      if ((rule.days & bit(month.day_of_week(day))) != 0) days |= bit(day);
    }
    return days;
  }
  std::uint32_t operator()(const LastDayOfWeekInMonth& rule) const {
    return bit(month.last_day - (month.day_of_week(month.last_day) + 7 - rule.day_of_week) % 7);
  }
  std::uint32_t operator()(const NthDayOfWeekInMonth& rule) const {
    const unsigned first = 1 + (rule.day_of_week + 7 - month.first_day_of_week) % 7;
    const unsigned day = first + 7 * (rule.nth - 1);
    return day > month.last_day ? 0 : bit(day);
  }
};

// The first value of the set that is not below `least`; none: -1.
std::int64_t next_in(std::uint64_t set, std::int64_t least) {
  if (least > 63) return -1;
  const std::uint64_t rest = set & (~std::uint64_t{0} << least);
  return rest == 0 ? -1 : std::countr_zero(rest);
}

// The first minute of the day that matches and is not before `least`; none: -1.
std::int64_t next_minute_of_day(const CronExpression& cron, std::int64_t least) {
  const std::int64_t hour = next_in(cron.hours, least / 60);
  if (hour < 0) return -1;
  const std::int64_t minute = next_in(cron.minutes, hour == least / 60 ? least % 60 : 0);
  if (minute >= 0) return hour * 60 + minute;
  const std::int64_t later_hour = next_in(cron.hours, hour + 1);
  const std::int64_t first_minute = next_in(cron.minutes, 0);
  return later_hour < 0 || first_minute < 0 ? -1 : later_hour * 60 + first_minute;
}

}  // namespace

std::uint32_t days_in_month(const CronDays& days, int year, unsigned month) {
  return std::visit(DaysThatMatch{month_of(year, month)}, days);
}

std::optional<std::int64_t> next_match(const CronExpression& cron, std::int64_t local_s) {
  using std::chrono::floor;
  using Minutes = std::chrono::sys_time<std::chrono::minutes>;
  // The first minute whose second of the expression is not before `local_s`.
  const Minutes from = std::chrono::ceil<std::chrono::minutes>(
      std::chrono::sys_seconds{std::chrono::seconds{local_s - cron.second}});
  const std::chrono::sys_days first_day = floor<std::chrono::days>(from);
  const std::chrono::year_month_day date{first_day};
  const std::int64_t least = (from - first_day).count();

  const int first_year = static_cast<int>(date.year());
  for (int year = std::max<int>(first_year, kFirstScheduleYear); year <= kLastScheduleYear;
       ++year) {
    if (!cron.years.test(static_cast<std::size_t>(year - kFirstScheduleYear))) continue;
    const bool is_first_year = year == first_year;
    for (unsigned month = is_first_year ? static_cast<unsigned>(date.month()) : 1; month <= 12;
         ++month) {
      if ((cron.months & bit(month)) == 0) continue;
      std::uint32_t days = days_in_month(cron.days, year, month);
      for (; days != 0; days &= days - 1) {
        const auto day = static_cast<unsigned>(std::countr_zero(days));
        const std::chrono::sys_days at{std::chrono::year{year} / std::chrono::month{month} /
                                       std::chrono::day{day}};
        if (at < first_day) continue;
        const std::int64_t minute = next_minute_of_day(cron, at == first_day ? least : 0);
        if (minute < 0) continue;
        return (at.time_since_epoch().count() * kMinutesInDay + minute) * 60 + cron.second;
      }
    }
  }
  return std::nullopt;
}

}  // namespace models::autoscaling
