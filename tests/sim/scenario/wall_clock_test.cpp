#include "sim/scenario/wall_clock.hpp"

#include <gtest/gtest.h>

namespace sim {
namespace {

using namespace std::chrono_literals;

WallClock clock_of(std::string_view text, const std::string& zone) {
  const auto local = parse_local_minute(text);
  EXPECT_TRUE(local) << text;
  const auto reading = wall_clock_of(*local, zone);
  EXPECT_TRUE(reading.clock) << text << " " << zone;
  return reading.clock.value_or(WallClock{});
}

TEST(WallClock, KnowsUtcWithoutADatabase) {
  const WallClock clock = clock_of("2026-01-05 00:00", "UTC");
  EXPECT_EQ(clock.unix_s, 1'767'571'200);
  EXPECT_EQ(clock.weekday, 1);  // a Monday
  EXPECT_EQ(clock.local_time_of_day.count(), 0);
}

TEST(WallClock, KnowsZonesAndTheirSummers) {
  const WallClock winter = clock_of("2026-03-02 08:00", "Europe/Berlin");
  EXPECT_EQ(winter.utc_offset_minutes, 60);
  EXPECT_EQ(winter.unix_s, 1'772'434'800);
  EXPECT_EQ(winter.local_time_of_day, core::Duration{8h});
  EXPECT_EQ(clock_of("2026-07-02 08:00", "Europe/Berlin").utc_offset_minutes, 120);
  EXPECT_EQ(clock_of("2026-07-02 08:00", "Asia/Kolkata").utc_offset_minutes, 330);
  EXPECT_EQ(clock_of("2026-07-04 23:00", "America/New_York").weekday, 6);
}

TEST(WallClock, TellsTimesThatClocksSkipOrShowTwice) {
  const auto skipped = wall_clock_of(*parse_local_minute("2026-03-29 02:30"), "Europe/Berlin");
  EXPECT_FALSE(skipped.clock);
  EXPECT_EQ(skipped.failure, ZoneFailure::SkippedTime);
  const WallClock twice = clock_of("2026-10-25 02:30", "Europe/Berlin");
  EXPECT_TRUE(twice.is_ambiguous);
  EXPECT_EQ(twice.utc_offset_minutes, 120);  // the first: still summer
}

TEST(WallClock, GuessesTheZoneThatWasMeant) {
  const auto reading = wall_clock_of(*parse_local_minute("2026-01-05 00:00"), "Europe/Berln");
  EXPECT_EQ(reading.failure, ZoneFailure::UnknownZone);
  EXPECT_EQ(reading.closest_zone, "Europe/Berlin");
}

TEST(LocalMinute, IsADateThatExists) {
  EXPECT_TRUE(parse_local_minute("2028-02-29 23:59"));
  EXPECT_TRUE(parse_local_minute("2026-01-05T00:00"));
  for (const char* text : {"2026-02-29 00:00", "2026-13-01 00:00", "2026-01-05", "2026-01-05 24:00",
                           "2026-01-05 00:60", "1969-12-31 23:59", "2200-01-01 00:00",
                           "2026-1-05 00:000", "abcd-01-05 00:00", "2026-01-05 00:00:00", ""}) {
    EXPECT_FALSE(parse_local_minute(text)) << text;
  }
}

}  // namespace
}  // namespace sim
