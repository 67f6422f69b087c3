#include "sim/report/humane_text.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace sim {
namespace {

using namespace std::chrono_literals;

TEST(HumaneText, GroupsThousands) {
  EXPECT_EQ(humane_count(0), "0");
  EXPECT_EQ(humane_count(999), "999");
  EXPECT_EQ(humane_count(30412), "30,412");
  EXPECT_EQ(humane_count(-1234567), "-1,234,567");
}

TEST(HumaneText, ShowsThreeDigitsOfWhatIsNotWhole) {
  EXPECT_EQ(humane_number(12), "12");
  EXPECT_EQ(humane_number(12345), "12,345");
  EXPECT_EQ(humane_number(4.8712), "4.87");
  EXPECT_EQ(humane_number(1234.5), "1,230");
  EXPECT_EQ(humane_number(0.999999), "1");
  EXPECT_EQ(humane_number(4.8712, 5), "4.8712");
}

TEST(HumaneText, ChoosesTheUnitOfALatencyAfterRounding) {
  EXPECT_EQ(humane_seconds(0), "0 s");
  EXPECT_EQ(humane_seconds(0.00085), "850 us");
  EXPECT_EQ(humane_seconds(0.0093), "9.3 ms");
  EXPECT_EQ(humane_seconds(0.412), "412 ms");
  EXPECT_EQ(humane_seconds(0.99961), "1 s");
  EXPECT_EQ(humane_seconds(11.349), "11.3 s");
  EXPECT_EQ(humane_seconds(60), "60 s");
  EXPECT_EQ(humane_seconds(119.6), "2m");
  EXPECT_EQ(humane_seconds(1.00042, 6), "1.00042 s");
}

TEST(HumaneText, WritesSharesAndMoney) {
  EXPECT_EQ(humane_share(0), "0 %");
  EXPECT_EQ(humane_share(1), "100 %");
  EXPECT_EQ(humane_share(0.0044), "0.44 %");
  EXPECT_EQ(humane_share(0.0000012), "0.00012 %");
  EXPECT_EQ(humane_money(5.974), "$5.97");
  EXPECT_EQ(humane_money(1234.5), "$1,234.50");
  EXPECT_EQ(humane_money(0.00421), "$0.00421");
  EXPECT_EQ(humane_money(0), "$0.00");
  EXPECT_EQ(humane_money(-0.23), "-$0.23");
  EXPECT_EQ(humane_money(6.99987, 4), "$6.9999");
}

TEST(HumaneText, WritesSpansAsScenariosDo) {
  EXPECT_EQ(humane_span(0s), "0s");
  EXPECT_EQ(humane_span(core::Duration{153min}), "2h33m");
  EXPECT_EQ(humane_span(core::Duration{24h + 5s}), "1d5s");
  EXPECT_EQ(humane_span(7.4), "7.4s");
  EXPECT_EQ(humane_span(59.96), "1m");
  EXPECT_EQ(humane_span(194.4), "3m14s");
  EXPECT_EQ(humane_time(core::kStart + 72min + 3s), "1h12m3s");
}

TEST(HumaneText, KeepsTheTextOfAUserOnOneLine) {
  EXPECT_EQ(one_line("a\nb\tc\x1b[2Jd"), "a b c\\x1b[2Jd");
  EXPECT_EQ(one_line("größer"), "größer");
}

TEST(HumaneText, CountsCharactersNotBytes) {
  EXPECT_EQ(width_of("größer ✓"), 8U);
  EXPECT_EQ(padded("ö", 3), "ö  ");
  EXPECT_EQ(right_aligned("ö", 3), "  ö");
  EXPECT_EQ(padded("longer", 3), "longer");
}

TEST(HumaneText, WrapsBetweenWords) {
  EXPECT_EQ(wrapped("", 5), std::vector<std::string>{""});
  EXPECT_EQ(wrapped("aa bb cc", 5), (std::vector<std::string>{"aa bb", "cc"}));
  EXPECT_EQ(wrapped("aa longer cc", 5), (std::vector<std::string>{"aa", "longer", "cc"}));
}

}  // namespace
}  // namespace sim
