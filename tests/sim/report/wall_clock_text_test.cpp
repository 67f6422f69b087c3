#include "sim/report/wall_clock_text.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace sim {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kMonday = 1772434800;  // 2026-03-02 07:00 UTC

TEST(IsoTime, IsWrittenAsTheAwsCliWritesIt) {
  EXPECT_EQ(iso_time(kMonday, core::kStart), "2026-03-02T07:00:00+00:00");
  EXPECT_EQ(iso_time(kMonday, core::kStart + 90s + 500ms), "2026-03-02T07:01:30.500000+00:00");
  EXPECT_EQ(iso_time(kMonday, core::kStart + 24h * 30), "2026-04-01T07:00:00+00:00");
}

TEST(IsoTime, RoundsToTheMicrosecond) {
  EXPECT_EQ(iso_time(kMonday, core::kStart + 1999999600ns), "2026-03-02T07:00:02+00:00");
}

TEST(IsoTime, FollowsTheOffset) {
  EXPECT_EQ(iso_time(kMonday, core::kStart, 60), "2026-03-02T08:00:00+01:00");
  EXPECT_EQ(iso_time(kMonday, core::kStart, -570), "2026-03-01T21:30:00-09:30");
}

TEST(UtcTime, EndsWithZ) {
  EXPECT_EQ(utc_time(kMonday), "2026-03-02T07:00:00Z");
  EXPECT_EQ(utc_time(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(utc_time(-1), "1969-12-31T23:59:59Z");
}

}  // namespace
}  // namespace sim
