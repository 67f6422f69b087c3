// Places the start of a run on the wall clock of a time zone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/sim_time.hpp"

namespace sim {

struct WallClock {
  std::int64_t unix_s = 0;
  int utc_offset_minutes = 0;
  int weekday = 0;  // local: 0 = Sunday
  core::Duration local_time_of_day{};
  bool is_ambiguous = false;  // the clock shows this time twice; this is the first
};

// A date and time that exist: "2026-03-02 08:00", years 1970 to 2199.
struct LocalMinute {
  std::int64_t since_1970_min = 0;  // as if the local clock were UTC
};
std::optional<LocalMinute> parse_local_minute(std::string_view text);

enum class ZoneFailure { UnknownZone, NoDatabase, SkippedTime };
struct WallClockReading {
  std::optional<WallClock> clock;
  ZoneFailure failure = ZoneFailure::UnknownZone;
  std::string closest_zone;  // to an unknown zone; empty: none
};
WallClockReading wall_clock_of(LocalMinute local, const std::string& timezone);

}  // namespace sim
