#include "sim/report/minutes_around.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <sstream>

#include "sim/report/humane_text.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<MinuteRecord> an_hour() {
  std::vector<MinuteRecord> minutes;
  for (int index = 0; index < 60; ++index) {
    MinuteRecord minute;
    minute.start = core::kStart + index * 1min;
    minute.end = minute.start + 1min;
    minute.offered_rate = index < 30 ? 50.5 : 200;
    minute.invocations_per_instance = 60 * minute.offered_rate;
    minute.cpu_percent = 41.25;
    minute.in_service = 1;
    minute.starting = index < 30 ? 0 : 2;
    minute.desired = index < 30 ? 1 : 3;
    minute.capacity_rate = 100;
    minutes.push_back(minute);
  }
  return minutes;
}

std::string around(core::Duration at, const TextStyle& style = {},
                   const std::vector<std::string_view>& watched = {}) {
  std::ostringstream out;
  write_minutes_around(out, an_hour(), core::kStart + at, watched, style);
  return out.str();
}

TEST(MinutesAround, ShowsLoadCapacityAndInstancesBeforeAndAfter) {
  EXPECT_EQ(around(32min + 30s, {.width = 74}),
            "\n"
            "MINUTES    around the moment (>), by their starts; instances as at their\n"
            "           ends (1+4: 4 are starting)\n"
            "                                   in\n"
            "  minute  load/s  capacity/s  service  desired  █ load ┃ capacity ▓ beyond\n"
            "     17m    50.5         100        1        1  ██████▋     ┃\n"
            "     18m    50.5         100        1        1  ██████▋     ┃\n"
            "     19m    50.5         100        1        1  ██████▋     ┃\n"
            "     20m    50.5         100        1        1  ██████▋     ┃\n"
            "     21m    50.5         100        1        1  ██████▋     ┃\n"
            "     22m    50.5         100        1        1  ██████▋     ┃\n"
            "     23m    50.5         100        1        1  ██████▋     ┃\n"
            "     24m    50.5         100        1        1  ██████▋     ┃\n"
            "     25m    50.5         100        1        1  ██████▋     ┃\n"
            "     26m    50.5         100        1        1  ██████▋     ┃\n"
            "     27m    50.5         100        1        1  ██████▋     ┃\n"
            "     28m    50.5         100        1        1  ██████▋     ┃\n"
            "     29m    50.5         100        1        1  ██████▋     ┃\n"
            "     30m   200.0         100      1+2        3  ████████████┃▓▓▓▓▓▓▓▓▓▓▓▓▓\n"
            "     31m   200.0         100      1+2        3  ████████████┃▓▓▓▓▓▓▓▓▓▓▓▓▓\n"
            ">    32m   200.0         100      1+2        3  ████████████┃▓▓▓▓▓▓▓▓▓▓▓▓▓\n"
            "     33m   200.0         100      1+2        3  ████████████┃▓▓▓▓▓▓▓▓▓▓▓▓▓\n"
            "     34m   200.0         100      1+2        3  ████████████┃▓▓▓▓▓▓▓▓▓▓▓▓▓\n"
            "     35m   200.0         100      1+2        3  ████████████┃▓▓▓▓▓▓▓▓▓▓▓▓▓\n"
            "     36m   200.0         100      1+2        3  ████████████┃▓▓▓▓▓▓▓▓▓▓▓▓▓\n"
            "     37m   200.0         100      1+2        3  ████████████┃▓▓▓▓▓▓▓▓▓▓▓▓▓\n");
}

TEST(MinutesAround, MarksTheMinuteOfTheMoment) {
  EXPECT_THAT(around(13min), HasSubstr("\n>    13m "));
  EXPECT_THAT(around(13min + 59s), HasSubstr("\n>    13m "));
  EXPECT_THAT(around(0min), HasSubstr("\n>     0s "));
  EXPECT_THAT(around(59min + 59s), HasSubstr("\n>    59m "));
  const std::string text = around(13min);
  EXPECT_EQ(std::count(text.begin(), text.end(), '>'), 2) << "the other in the title";
}

TEST(MinutesAround, ReachesAQuarterOfAnHourBackAndFiveMinutesOn) {
  const std::string text = around(20min);
  EXPECT_THAT(text, Not(HasSubstr("   4m ")));
  EXPECT_THAT(text, HasSubstr("\n      5m "));
  EXPECT_THAT(text, HasSubstr("\n     25m "));
  EXPECT_THAT(text, Not(HasSubstr("  26m ")));
}

TEST(MinutesAround, HasTheMetricsThatAlarmsWatch) {
  EXPECT_THAT(around(10min), Not(HasSubstr("PerInstance")));
  EXPECT_THAT(around(10min), Not(HasSubstr("errors")));
  const std::string text =
      around(10min, {}, {"InvocationsPerInstance", "CPUUtilization", "Anything"});
  EXPECT_THAT(text, HasSubstr("Invocations          CPU\n"));
  EXPECT_THAT(text, HasSubstr("  PerInstance  Utilization  "));
  EXPECT_THAT(text, HasSubstr("        3,030         41.2  "));
}

TEST(MinutesAround, NamesAnExcessOnlyWhereThereIsOne) {
  EXPECT_THAT(around(10min), HasSubstr("┃ capacity\n"));
  EXPECT_THAT(around(28min), HasSubstr("┃ capacity ▓ beyond\n"));
}

TEST(MinutesAround, TellsOfInstancesOnTheirWayOnlyWhereThereAreSome) {
  EXPECT_THAT(around(10min), Not(HasSubstr("starting")));
  EXPECT_THAT(around(40min), HasSubstr("(1+4: 4 are starting)"));
  EXPECT_THAT(around(40min), HasSubstr("  1+2  "));
}

TEST(MinutesAround, OfANarrowWindowLeavesOutColumnsOnTheRight) {
  EXPECT_THAT(around(10min, {.width = 60}), Not(HasSubstr("█")));
  EXPECT_THAT(around(10min, {.width = 60}), HasSubstr("desired"));
  EXPECT_THAT(around(10min, {.width = 40}), Not(HasSubstr("desired")));
  EXPECT_EQ(around(10min, {.width = 30}), "");
  for (std::size_t width = 36; width < 120; ++width) {
    std::istringstream lines(around(35min, {.width = width}, {"InvocationsPerInstance"}));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(width_of(line), width) << line;
  }
}

TEST(MinutesAround, StandsWhatIsNoNumber) {
  std::vector<MinuteRecord> minutes = an_hour();
  minutes[3].capacity_rate = std::numeric_limits<double>::infinity();
  minutes[4].offered_rate = 1e30;
  std::ostringstream out;
  write_minutes_around(out, minutes, core::kStart, {}, {});
  EXPECT_THAT(out.str(), HasSubstr("  inf  "));
}

TEST(MinutesAround, OfNothingIsNothing) {
  std::ostringstream out;
  write_minutes_around(out, {}, core::kStart, {}, {});
  EXPECT_EQ(out.str(), "");
}

TEST(MinutesAround, InAsciiHasNothingElse) {
  for (const char byte : around(32min, {.is_ascii = true})) {
    EXPECT_TRUE(byte == '\n' || (byte >= ' ' && byte <= '~')) << static_cast<int>(byte);
  }
}

}  // namespace
}  // namespace sim
