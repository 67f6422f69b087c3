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

}  // namespace
}  // namespace sim
