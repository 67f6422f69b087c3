#include "sim/report/terminal_chart.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr TextStyle kPlain{};
constexpr TextStyle kAscii{.is_ascii = true};
constexpr TextStyle kColoured{.colour = Colour::On};

std::vector<std::string> drawn(const std::vector<ChartBar>& bars, const TextStyle& style = kPlain) {
  return chart_lines(bars, "/s", {}, style);
}

// The columns of bars of the line, from the top.
std::string row(const std::vector<std::string>& lines, std::size_t index) {
  const std::string& line = lines[index];
  return line.substr(line.find_first_of("|+") + 1);
}

TEST(TerminalChart, DrawsBarsInEighthsOfARowUnderALine) {
  EXPECT_THAT(chart_lines({{1, 8}, {2.5, 8}, {0, 4}, {4.125, 6}}, "/s", {{0, "0s"}}, kPlain),
              ElementsAre("      8/s ┤━━┓", "          │  ┃", "          │  ┃┏", "          │  ┃▁",
                          "      4/s ┤  ┗█", "          │ ▄ █", "          │ █ █",
                          "          │██ █", "        0 └┬────", "           0s"));
}

TEST(TerminalChart, DrawsInAsciiAloneWhereWanted) {
  EXPECT_THAT(
      chart_lines({{1, 8}, {2.5, 8}, {0, 4}, {4.25, 6}, {5, 4, 5}}, "/s", {{0, "0s"}, {4, "4m"}},
                  kAscii),
      ElementsAre("      8/s +===", "          |  |", "          |  |==", "          |  |.!",
                  "      4/s +  =#=", "          | # ##", "          | # ##", "          |## ##",
                  "        0 ++---+-", "           0s  4m"));
}

TEST(TerminalChart, ShowsHoweverLittleLoadThereIs) {
  EXPECT_EQ(drawn({{1e-9, 8}})[7], "          │▁");
  EXPECT_EQ(drawn({{0, 8}})[7], "          │");
}

TEST(TerminalChart, MarksAnExcessAboveTheLevelFromEnoughToBeSeen) {
  const auto lines = drawn({{6, 2, 6}, {8, 2, 6}, {2.1, 2, 2.1}, {1.6, 1.5, 1.6}}, kAscii);
  EXPECT_EQ(row(lines, 0), " #") << "another minute of the column had more, within its capacity";
  EXPECT_EQ(row(lines, 2), "!!");
  EXPECT_EQ(row(lines, 5), "!!!") << "a tenth of a row is a row";
  EXPECT_EQ(row(lines, 6), "===!") << "within the row of the level it is more than the level";
  EXPECT_EQ(row(lines, 7), "####");
}

TEST(TerminalChart, WithoutAnyLevelAllIsExcess) {
  const auto lines = drawn({{8, 0, 8}, {0, 0, 0}}, kAscii);
  for (std::size_t index = 0; index < kChartRows; ++index) EXPECT_EQ(row(lines, index), "!");
}

TEST(TerminalChart, OfNothingIsAnEmptyFrame) {
  const auto lines = drawn({{}, {}});
  EXPECT_EQ(lines[0], "      1/s ┤");
  EXPECT_EQ(lines[4], "    0.5/s ┤");
}

TEST(TerminalChart, LabelsAnyScaleInNineColumns) {
  const auto top_of = [](double value) { return drawn({{value}})[0].substr(0, 10); };
  EXPECT_EQ(top_of(151), "    160/s ");
  EXPECT_EQ(top_of(100'001), "120,000/s ");
  EXPECT_EQ(top_of(900'000), "     1M/s ");
  EXPECT_EQ(top_of(2.2e9), "   2.4G/s ");
  EXPECT_EQ(top_of(5e12), "     5T/s ");
  EXPECT_EQ(top_of(1e300), " 1e+300/s ");
  EXPECT_EQ(top_of(0.0009), "  0.001/s ");
  EXPECT_EQ(top_of(1e-7), "  1e-07/s ");
}

TEST(TerminalChart, ScaleEndsAtARoundNumber) {
  EXPECT_DOUBLE_EQ(top_of_scale(0), 1);
  EXPECT_DOUBLE_EQ(top_of_scale(1), 1);
  EXPECT_DOUBLE_EQ(top_of_scale(1.01), 1.2);
  EXPECT_DOUBLE_EQ(top_of_scale(1000), 1000);
  EXPECT_DOUBLE_EQ(top_of_scale(8.1), 10);
  EXPECT_DOUBLE_EQ(top_of_scale(0.3), 0.3);
}

TEST(TerminalChart, LeavesOutATickThatWouldTouchTheOneBefore) {
  const std::vector<ChartBar> bars(9, ChartBar{1, 1});
  const auto lines = chart_lines(bars, "/s", {{0, "0s"}, {3, "10m"}, {9, "30m"}}, kPlain);
  EXPECT_EQ(lines[8], "        0 └┬────────┬");
  EXPECT_EQ(lines[9], "           0s     30m");
}

TEST(TerminalChart, PaintsWhatThereIsAndNothingElse) {
  const auto lines = drawn({{1, 2}, {2, 1, 2}}, kColoured);
  EXPECT_EQ(lines[0], "\x1b[2m      2/s ┤\x1b[0m\x1b[1m━\x1b[0m\x1b[31m▓\x1b[0m");
  EXPECT_EQ(lines[7], "\x1b[2m          │\x1b[0m\x1b[36m██\x1b[0m");
  for (const std::string& line : drawn({{1, 2}, {2, 1, 2}})) {
    EXPECT_THAT(line, Not(HasSubstr("\x1b")));
  }
}

TEST(TerminalChart, NumberLineNamesEachNumberThatHasRoom) {
  EXPECT_EQ(number_line({1, 1, 1, 12, 12, 12, 2}, kPlain), "1──12─2");
  EXPECT_EQ(number_line({1, 1, 2, 10, 10, 3, 3}, kPlain), "1─···3─");
  EXPECT_EQ(number_line({1, 1, 2, 10, 10, 3, 3}, kAscii), "1-...3-");
  EXPECT_EQ(number_line({}, kPlain), "");
}

TEST(TerminalChart, LaysABarOnItsSide) {
  EXPECT_EQ(sideways_bar({2.5, 6}, 8, 8, kPlain), "██▌  ┃");
  EXPECT_EQ(sideways_bar({8, 4, 8}, 8, 8, kPlain), "███┃▓▓▓▓");
  EXPECT_EQ(sideways_bar({8, 4, 8}, 8, 8, kAscii), "###|!!!!");
  EXPECT_EQ(sideways_bar({}, 8, 8, kPlain), "");
}

}  // namespace
}  // namespace sim
