#include "models/autoscaling/time_zone.hpp"

#include <gtest/gtest.h>

#include "tests/support/stepped_zone.hpp"

namespace models::autoscaling {
namespace {

TEST(TimeZone, AFixedOffsetGoesOnForEver) {
  const FixedOffset zone{-9 * 3600};
  const OffsetSpan span = zone.span_at(1'767'225'600);
  EXPECT_EQ(span.utc_offset_s, -9 * 3600);
  EXPECT_EQ(span.begin_s, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(span.end_s, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(instants_of(zone, 0).first_unix_s, 9 * 3600);
  EXPECT_FALSE(instants_of(zone, 0).second_unix_s);
}

TEST(TimeZone, UtcIsItself) { EXPECT_EQ(instants_of(*utc(), 12'345).first_unix_s, 12'345); }

TEST(TimeZone, SkippedLocalTimesHaveNoInstant) {
  // At 10,000 the clocks are put forward from 10,100 to 13,700.
  const tests::SteppedZone zone{100, {{10'000, 3'700}}};
  EXPECT_EQ(instants_of(zone, 10'099).first_unix_s, 9'999);
  EXPECT_FALSE(instants_of(zone, 10'100).first_unix_s);
  EXPECT_FALSE(instants_of(zone, 13'699).first_unix_s);
  EXPECT_EQ(instants_of(zone, 13'700).first_unix_s, 10'000);
  EXPECT_FALSE(instants_of(zone, 13'700).second_unix_s);
}

TEST(TimeZone, RepeatedLocalTimesHaveTwoInstants) {
  // At 10,000 the clocks are put back from 13,600 to 10,000.
  const tests::SteppedZone zone{3'600, {{10'000, 0}}};
  EXPECT_EQ(instants_of(zone, 9'999).first_unix_s, 6'399);
  EXPECT_FALSE(instants_of(zone, 9'999).second_unix_s);
  for (const std::int64_t local_s : {10'000, 13'599}) {
    EXPECT_EQ(instants_of(zone, local_s).first_unix_s, local_s - 3'600);
    EXPECT_EQ(instants_of(zone, local_s).second_unix_s, local_s);
  }
  EXPECT_EQ(instants_of(zone, 13'600).first_unix_s, 13'600);
  EXPECT_FALSE(instants_of(zone, 13'600).second_unix_s);
}

}  // namespace
}  // namespace models::autoscaling
