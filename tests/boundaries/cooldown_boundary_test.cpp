// Asserts the end of each cooldown from both sides: blocked a nanosecond before, free at it.
#include <gtest/gtest.h>

#include "models/autoscaling/cooldown.hpp"

namespace models::autoscaling {
namespace {

using std::chrono::seconds;

constexpr Duration kTick{1};
constexpr SimTime kFulfilled = core::kStart + seconds{1000};

TEST(CooldownBoundary, ScaleInIsBlockedUntilTheVeryEnd) {
  Cooldown cooldown{ScalingRules{}};
  cooldown.accepted_scale_in(core::kStart, seconds{100});
  cooldown.fulfilled(kFulfilled);
  EXPECT_FALSE(cooldown.allows_scale_in(kFulfilled));
  EXPECT_FALSE(cooldown.allows_scale_in(kFulfilled + seconds{100} - kTick));
  EXPECT_TRUE(cooldown.allows_scale_in(kFulfilled + seconds{100}));
}

TEST(CooldownBoundary, ScaleOutIsCreditedUntilTheVeryEnd) {
  Cooldown cooldown{ScalingRules{}};
  cooldown.accepted_scale_out(core::kStart, {2}, seconds{10});
  cooldown.fulfilled(kFulfilled);
  const SimTime end = kFulfilled + seconds{10};
  EXPECT_EQ(cooldown.allowed_scale_out(end - kTick, {7}, {9}), InstanceCount{7});
  EXPECT_EQ(cooldown.allowed_scale_out(end, {7}, {9}), InstanceCount{9});
}

TEST(CooldownBoundary, ACooldownOfZeroBlocksNothing) {
  Cooldown cooldown{ScalingRules{}};
  cooldown.accepted_scale_out(core::kStart, {2}, seconds{0});
  cooldown.fulfilled(kFulfilled);
  EXPECT_EQ(cooldown.allowed_scale_out(kFulfilled, {7}, {8}), InstanceCount{8});
  cooldown.accepted_scale_in(kFulfilled, seconds{0});
  cooldown.fulfilled(kFulfilled);
  EXPECT_TRUE(cooldown.allows_scale_in(kFulfilled));
}

}  // namespace
}  // namespace models::autoscaling
