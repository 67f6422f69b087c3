#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "core/random_streams.hpp"
#include "core/sim_time.hpp"

namespace core {
namespace {

TEST(TimeRounding, IsThatOfNearbyint) {
  RandomEngine engine(7);
  for (int k = 0; k < 1'000'000; ++k) {
    const double magnitude = std::exp2(engine.unit_interval() * 63.0 - 1.0);
    const double nanoseconds = k % 2 == 0 ? magnitude : -magnitude;
    const double seconds = nanoseconds * 1e-9;
    if (std::abs(seconds * 1e9) >= 9.2e18) continue;
    ASSERT_EQ(round_to_duration(seconds).count(),
              static_cast<std::int64_t>(std::nearbyint(seconds * 1e9)))
        << seconds;
  }
}

TEST(TimeRounding, HalvesGoToEven) {
  EXPECT_EQ(round_to_duration(0.5e-9).count(), 0);
  EXPECT_EQ(round_to_duration(1.5e-9).count(), 2);
  EXPECT_EQ(round_to_duration(2.5e-9).count(), 2);
  EXPECT_EQ(round_to_duration(-0.5e-9).count(), 0);
  EXPECT_EQ(round_to_duration(-1.5e-9).count(), -2);
  EXPECT_EQ(round_to_duration(0.0).count(), 0);
}

TEST(TimeRounding, SecondsAreTheNearestDouble) {
  EXPECT_EQ(in_seconds(std::chrono::seconds{60}), 60.0);
  EXPECT_EQ(in_seconds(std::chrono::milliseconds{59'500}), 59.5);
  for (std::int64_t second = 0; second < 100'000; ++second) {
    ASSERT_EQ(in_seconds(std::chrono::seconds{second}), static_cast<double>(second));
  }
}

TEST(TimeRounding, SaturatesBeyondTheRepresentable) {
  EXPECT_EQ(round_to_duration(1e30), Duration::max());
  EXPECT_EQ(round_to_duration(-1e30), Duration::min());
  EXPECT_EQ(round_to_duration(std::numeric_limits<double>::infinity()), Duration::max());
}

}  // namespace
}  // namespace core
