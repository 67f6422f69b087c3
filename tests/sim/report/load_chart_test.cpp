#include "sim/report/load_chart.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <sstream>

#include "sim/report/humane_text.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

MinuteRecord minute(int index, double load, std::int32_t in_service, double each = 100) {
  MinuteRecord record;
  record.start = core::kStart + index * 1min;
  record.end = record.start + 1min;
  record.offered_rate = load;
  record.in_service = record.desired = in_service;
  record.capacity_rate = each * in_service;
  return record;
}

std::vector<MinuteRecord> steady(int count) {
  std::vector<MinuteRecord> minutes;
  for (int index = 0; index < count; ++index) minutes.push_back(minute(index, 50, 1));
  return minutes;
}

std::string chart(const std::vector<MinuteRecord>& minutes, const TextStyle& style) {
  std::ostringstream out;
  write_load_chart(out, minutes, style);
  return out.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(LoadChart, ShowsAShortfallAndWhenInstancesCameForIt) {
  std::vector<MinuteRecord> minutes = steady(6);
  minutes[2] = minute(2, 200, 1);
  minutes[3] = minute(3, 200, 1);
  minutes[3].desired = 2;
  minutes[4] = minute(4, 200, 2);
  EXPECT_EQ(chart(minutes, {.width = 36}),
            "CHART      requests/s:  █ load\n"
            "           ━ capacity\n"
            "           ▓ load beyond it\n"
            "    200/s ┤        ▓▓▓▓▓▓▓▓┏━━━┓\n"
            "          │        ▓▓▓▓▓▓▓▓████┃\n"
            "          │        ▓▓▓▓▓▓▓▓████┃\n"
            "          │        ▓▓▓▓▓▓▓▓████┃\n"
            "    100/s ┤━━━━━━━━━━━━━━━━████┗━━━\n"
            "          │        ████████████\n"
            "          │████████████████████████\n"
            "          │████████████████████████\n"
            "        0 └┬───────────────────┬────\n"
            "           0s                  5m\n"
            "desired    1───────────2───────1───\n"
            "in service 1───────────────2───1───\n");
}

TEST(LoadChart, ColumnsOfSeveralMinutesKeepTheHighestLoadAndTheWorstShortfall) {
  const std::vector<MinuteRecord> minutes = {minute(0, 10, 1), minute(1, 150, 1), minute(2, 400, 5),
                                             minute(3, 10, 1), minute(4, 90, 9),  minute(5, 20, 1)};
  const std::vector<LoadColumn> columns = load_columns(minutes, 2);
  ASSERT_EQ(columns.size(), 2U);
  EXPECT_EQ(columns[0].minute, &minutes[1]);
  EXPECT_EQ(columns[0].bar.height, 400) << "the highest of all three";
  EXPECT_EQ(columns[0].bar.level, 100);
  EXPECT_EQ(columns[0].bar.excess_top, 150);
  EXPECT_EQ(columns[1].minute, &minutes[4]) << "no shortfall: the highest load";
  EXPECT_EQ(columns[1].bar.level, 900) << "a low capacity at a quiet time would look like one";
  EXPECT_EQ(columns[1].bar.excess_top, 0);
}

TEST(LoadChart, EveryMinuteOfALongRunIsInOneColumn) {
  for (const int spike : {0, 1, 12'345, 44'638, 44'639}) {
    std::vector<MinuteRecord> minutes = steady(31 * 24 * 60);
    minutes[static_cast<std::size_t>(spike)].offered_rate = 700;
    int seen = 0;
    for (const LoadColumn& column : load_columns(minutes, 88)) {
      ASSERT_NE(column.minute, nullptr);
      seen += column.bar.height == 700 ? 1 : 0;
    }
    EXPECT_EQ(seen, 1) << spike;
  }
}

TEST(LoadChart, AMinuteCutShortByTheEndTakesLessRoom) {
  std::vector<MinuteRecord> minutes = {minute(0, 50, 1), minute(1, 80, 1)};
  minutes[1].end = minutes[1].start + 20s;
  std::vector<double> heights;
  for (const LoadColumn& column : load_columns(minutes, 8)) heights.push_back(column.bar.height);
  EXPECT_THAT(heights, ElementsAre(50, 50, 50, 50, 50, 50, 80, 80));
}

TEST(LoadChart, SaysHowManyMinutesAColumnIs) {
  EXPECT_THAT(chart(steady(88), {}), Not(HasSubstr("a column")));
  EXPECT_THAT(chart(steady(89), {}), HasSubstr("(a column: the worst of 2 minutes)"));
  EXPECT_THAT(chart(steady(31 * 24 * 60), {}), HasSubstr("(a column: the worst of 508 minutes)"));
}

TEST(LoadChart, NamesAShortfallOnlyWhereThereIsOne) {
  EXPECT_THAT(chart(steady(5), {}), Not(HasSubstr("beyond")));
  std::vector<MinuteRecord> minutes = steady(5);
  minutes.back().offered_rate = 101;
  EXPECT_THAT(chart(minutes, {}), HasSubstr("▓ load beyond it"));
}

TEST(LoadChart, FitsItsWidthAndIsLeftOutBelowTheNarrowest) {
  std::vector<MinuteRecord> minutes = steady(300);
  minutes[100].offered_rate = 1'000'000;
  for (const std::size_t width : {36U, 37U, 40U, 60U, 100U, 160U, 1000U}) {
    for (const bool is_ascii : {false, true}) {
      const TextStyle style{.is_ascii = is_ascii, .width = width};
      for (const std::string& line : lines_of(chart(minutes, style))) {
        EXPECT_LE(width_of(line), width) << line;
      }
    }
  }
  EXPECT_EQ(chart(minutes, {.width = 35}), "");
  EXPECT_EQ(chart({}, {}), "");
}

TEST(LoadChart, InAsciiHasNothingElse) {
  std::vector<MinuteRecord> minutes = steady(100);
  minutes[50] = minute(50, 500, 3);
  for (const char byte : chart(minutes, {.is_ascii = true})) {
    EXPECT_TRUE(byte == '\n' || (byte >= ' ' && byte <= '~')) << static_cast<int>(byte);
  }
}

TEST(LoadChart, StandsNoLoadNoCapacityAndWhatIsNoNumber) {
  EXPECT_THAT(chart({minute(0, 0, 0)}, {}), HasSubstr("      1/s ┤\n"));
  EXPECT_THAT(chart({minute(0, 0, 0)}, {}), HasSubstr("in service 0──"));
  EXPECT_THAT(chart({minute(0, 50, 0)}, {}), HasSubstr("          │▓▓"));
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(chart({minute(0, 50, 1, kInfinity)}, {}), HasSubstr("     50/s ┤██"));
  EXPECT_THAT(chart({minute(0, kNaN, 1)}, {}), HasSubstr("    100/s ┤━━"));
}

TEST(LoadChart, IsPaintedOnlyInColour) {
  EXPECT_THAT(chart(steady(3), {.colour = Colour::On}), HasSubstr("\x1b[36m█\x1b[0m load"));
  EXPECT_THAT(chart(steady(3), {}), Not(HasSubstr("\x1b")));
}

TEST(LoadChart, TimesAreRoundAndApart) {
  const auto texts = [](core::Duration span, std::size_t count) {
    std::string text;
    for (const ChartTick& tick : time_ticks(core::kStart, core::kStart + span, count)) {
      text += text.empty() ? tick.text : " " + tick.text;
    }
    return text;
  };
  EXPECT_EQ(texts(10s, 88), "0s 5s 10s");
  EXPECT_EQ(texts(1min, 88), "0s 10s 20s 30s 40s 50s 1m");
  EXPECT_EQ(texts(90s, 24), "0s 1m");
  EXPECT_EQ(texts(2h, 88), "0s 15m 30m 45m 1h 1h15m 1h30m 1h45m 2h");
  EXPECT_EQ(texts(48h, 48), "0s 12h 1d 1d12h 2d");
  EXPECT_EQ(texts(31 * 24h, 88), "0s 4d 8d 12d 16d 20d 24d 28d");
}

}  // namespace
}  // namespace sim
