#include "sim/scenario/iana_time_zone.hpp"

#include <gtest/gtest.h>

namespace sim {
namespace {

TEST(IanaTimeZone, TellsWhenClocksAreChanged) {
  const auto berlin = find_time_zone("Europe/Berlin").zone;
  ASSERT_NE(berlin, nullptr);
  constexpr std::int64_t kSpring_s = 1'774'746'000;  // 2026-03-29T01:00:00Z
  constexpr std::int64_t kAutumn_s = 1'792'890'000;  // 2026-10-25T01:00:00Z
  const auto winter = berlin->span_at(kSpring_s - 1);
  EXPECT_EQ(winter.utc_offset_s, 3600);
  EXPECT_EQ(winter.end_s, kSpring_s);
  const auto summer = berlin->span_at(kSpring_s);
  EXPECT_EQ(summer.utc_offset_s, 7200);
  EXPECT_EQ(summer.begin_s, kSpring_s);
  EXPECT_EQ(summer.end_s, kAutumn_s);
}

TEST(IanaTimeZone, KnowsZonesWithoutASummer) {
  const auto zone = find_time_zone("Etc/GMT+9").zone;
  ASSERT_NE(zone, nullptr);
  EXPECT_EQ(zone->span_at(1'767'225'600).utc_offset_s, -9 * 3600);
  EXPECT_EQ(find_time_zone("UTC").zone->span_at(0).utc_offset_s, 0);
}

TEST(IanaTimeZone, AnUnknownNameGetsTheClosest) {
  for (const char* name : {"Europe/Berln", "europe/berlin"}) {
    const TimeZoneLookup lookup = find_time_zone(name);
    EXPECT_EQ(lookup.zone, nullptr) << name;
    EXPECT_TRUE(lookup.has_database);
    EXPECT_EQ(lookup.closest_zone, "Europe/Berlin");
  }
  for (const char* name : {"", "Mars", "../../etc/passwd", "+01:00"}) {
    EXPECT_EQ(find_time_zone(name).zone, nullptr) << name;
  }
}

}  // namespace
}  // namespace sim
