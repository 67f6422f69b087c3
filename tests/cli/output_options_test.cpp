#include "tools/headroom/output_options.hpp"

#include <gtest/gtest.h>

namespace headroom {
namespace {

constexpr ColourEnvironment kTerminal{nullptr, nullptr, nullptr, "xterm"};

TEST(Colour, FollowsTheOptionBeforeAll) {
  const ColourEnvironment against{"1", nullptr, nullptr, "dumb"};
  EXPECT_TRUE(wants_colour(ColourChoice::Always, against, false));
  const ColourEnvironment in_favour{nullptr, "1", "1", "xterm"};
  EXPECT_FALSE(wants_colour(ColourChoice::Never, in_favour, true));
}

TEST(Colour, MindsNoColorOnlyWhenItIsNotEmpty) {
  EXPECT_FALSE(wants_colour(ColourChoice::Auto, {"1", "1", "1", "xterm"}, true));
  EXPECT_TRUE(wants_colour(ColourChoice::Auto, {"", nullptr, nullptr, "xterm"}, true));
}

TEST(Colour, CanBeForcedIntoAPipe) {
  EXPECT_TRUE(wants_colour(ColourChoice::Auto, {nullptr, "1", nullptr, nullptr}, false));
  EXPECT_TRUE(wants_colour(ColourChoice::Auto, {nullptr, nullptr, "1", "dumb"}, false));
  EXPECT_FALSE(wants_colour(ColourChoice::Auto, {nullptr, "0", nullptr, "xterm"}, false));
}

TEST(Colour, OtherwiseNeedsATerminalThatCan) {
  EXPECT_TRUE(wants_colour(ColourChoice::Auto, kTerminal, true));
  EXPECT_FALSE(wants_colour(ColourChoice::Auto, kTerminal, false));
  EXPECT_FALSE(wants_colour(ColourChoice::Auto, {nullptr, nullptr, nullptr, "dumb"}, true));
  EXPECT_FALSE(wants_colour(ColourChoice::Auto, {}, true));
}

TEST(WindowWidth, IsWhatColumnsSaysElseTheTerminal) {
  EXPECT_EQ(width_of_window("72", 120), 72U);
  EXPECT_EQ(width_of_window(nullptr, 120), 120U);
  for (const char* nonsense : {"", "0", "-5", "wide", "80x", " 80", "99999999999999999999999"}) {
    EXPECT_EQ(width_of_window(nonsense, 120), 120U) << nonsense;
  }
}

TEST(WindowWidth, IsTheUsualWhereNobodyTells) { EXPECT_EQ(width_of_window(nullptr, 0), 100U); }

TEST(WindowWidth, HasAnEnd) { EXPECT_EQ(width_of_window("4000000000", 120), 1000U); }

}  // namespace
}  // namespace headroom
