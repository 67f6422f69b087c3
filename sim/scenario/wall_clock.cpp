#include "sim/scenario/wall_clock.hpp"

#include <chrono>

#include "sim/scenario/iana_time_zone.hpp"

namespace sim {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

std::optional<int> digits(std::string_view text, std::size_t begin, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(begin, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

WallClock clock_at(LocalMinute local, seconds offset) {
  const std::chrono::sys_time<minutes> at{minutes{local.since_1970_min}};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  WallClock clock;
  clock.unix_s = local.since_1970_min * 60 - offset.count();
  clock.utc_offset_minutes = static_cast<int>(offset.count() / 60);
  clock.weekday = static_cast<int>(std::chrono::weekday{day}.c_encoding());
  clock.local_time_of_day = at - day;
  return clock;
}

}  // namespace

std::optional<LocalMinute> parse_local_minute(std::string_view text) {
  if (text.size() != 16 || text[4] != '-' || text[7] != '-' || text[13] != ':') return std::nullopt;
  if (text[10] != ' ' && text[10] != 'T') return std::nullopt;
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  const auto hour = digits(text, 11, 2);
  const auto minute = digits(text, 14, 2);
  if (!year || !month || !day || !hour || !minute) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (*year < 1970 || *year > 2199 || !date.ok() || *hour > 23 || *minute > 59) {
    return std::nullopt;
  }
  const auto days = std::chrono::sys_days{date}.time_since_epoch();
  return LocalMinute{(minutes{days} + std::chrono::hours{*hour} + minutes{*minute}).count()};
}

WallClockReading wall_clock_of(LocalMinute local, const std::string& timezone) {
  const TimeZoneLookup lookup = find_time_zone(timezone);
  if (!lookup.has_database) return {std::nullopt, ZoneFailure::NoDatabase, {}};
  if (lookup.zone == nullptr) return {std::nullopt, ZoneFailure::UnknownZone, lookup.closest_zone};
  const std::int64_t local_s = local.since_1970_min * 60;
  const auto instants = models::autoscaling::instants_of(*lookup.zone, local_s);
  if (!instants.first_unix_s) return {std::nullopt, ZoneFailure::SkippedTime, {}};
  WallClock clock = clock_at(local, seconds{local_s - *instants.first_unix_s});
  clock.is_ambiguous = instants.second_unix_s.has_value();
  return {clock, {}, {}};
}

}  // namespace sim
