#include "core/closest_match.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace core {
namespace {

TEST(ClosestMatch, FindsTyposTranspositionsAndOtherSpellings) {
  constexpr std::array<std::string_view, 4> kNames{"duration", "rate", "TargetValue", "ramp_to"};
  EXPECT_EQ(closest_match("duratoin", kNames), "duration");
  EXPECT_EQ(closest_match("raet", kNames), "rate");
  EXPECT_EQ(closest_match("target_value", kNames), "TargetValue");
  EXPECT_EQ(closest_match("rampto", kNames), "ramp_to");
}

TEST(ClosestMatch, GivesNothingWhenNothingIsNear) {
  constexpr std::array<std::string_view, 2> kNames{"duration", "x"};
  EXPECT_EQ(closest_match("zebra", kNames), "");
  EXPECT_EQ(closest_match("", kNames), "");
  EXPECT_EQ(closest_match("y", kNames), "");  // one letter is not like another
  EXPECT_EQ(closest_match(std::string(100'000, 'd'), kNames), "");
}

}  // namespace
}  // namespace core
