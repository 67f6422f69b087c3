#include "sim/scenario/wall_clock.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <chrono>
#include <stdexcept>
#include <vector>

#include "sim/scenario/diagnostic.hpp"

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
  const date::local_time<minutes> at{minutes{local.since_1970_min}};
  const auto day = date::floor<date::days>(at);
  WallClock clock;
  clock.unix_s = local.since_1970_min * 60 - offset.count();
  clock.utc_offset_minutes = static_cast<int>(offset.count() / 60);
  clock.weekday = static_cast<int>(date::weekday{day}.c_encoding());
  clock.local_time_of_day = at - day;
  return clock;
}

std::string closest_zone(const std::string& name) {
  std::vector<std::string_view> names;
  for (const date::time_zone& zone : date::get_tzdb().zones) names.push_back(zone.name());
  return std::string(closest_match(name, names));
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
  const date::year_month_day date_read{date::year{*year},
                                       date::month{static_cast<unsigned>(*month)},
                                       date::day{static_cast<unsigned>(*day)}};
  if (*year < 1970 || *year > 2199 || !date_read.ok() || *hour > 23 || *minute > 59) {
    return std::nullopt;
  }
  const auto days = date::local_days{date_read}.time_since_epoch();
  return LocalMinute{(minutes{days} + std::chrono::hours{*hour} + minutes{*minute}).count()};
}

WallClockReading wall_clock_of(LocalMinute local, const std::string& timezone) {
  // Needs no database, which may be absent.
  if (timezone == "UTC") return {clock_at(local, seconds{0}), {}, {}};
  try {
    date::get_tzdb();
  } catch (const std::runtime_error&) {
    return {std::nullopt, ZoneFailure::NoDatabase, {}};
  }
  try {
    const date::local_seconds at{minutes{local.since_1970_min}};
    const date::local_info info = date::locate_zone(timezone)->get_info(at);
    if (info.result == date::local_info::nonexistent) {
      return {std::nullopt, ZoneFailure::SkippedTime, {}};
    }
    WallClock clock = clock_at(local, info.first.offset);
    clock.is_ambiguous = info.result == date::local_info::ambiguous;
    return {clock, {}, {}};
  } catch (const std::runtime_error&) {
    return {std::nullopt, ZoneFailure::UnknownZone, closest_zone(timezone)};
  }
}

}  // namespace sim
