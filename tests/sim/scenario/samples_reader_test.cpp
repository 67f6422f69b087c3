#include "sim/scenario/samples_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace sim {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::HasSubstr;

struct Read {
  std::vector<double> seconds;
  std::string messages;
};
Read read(const std::string& text) {
  Diagnostics diagnostics;
  Read result;
  result.seconds = read_samples(std::make_unique<std::istringstream>(text), "s.csv", diagnostics);
  result.messages = diagnostics.render_all();
  return result;
}

TEST(SamplesReader, TakesTheUnitFromTheHeader) {
  EXPECT_THAT(read("ms\n9\n12.5\n").seconds, ElementsAre(DoubleEq(0.009), DoubleEq(0.0125)));
  EXPECT_THAT(read("latency_s\r\n1e-3\r\n").seconds, ElementsAre(DoubleEq(0.001)));
  EXPECT_THAT(read("microseconds\n250").seconds, ElementsAre(DoubleEq(0.00025)));
}

TEST(SamplesReader, FindsTheColumnThatNamesAUnit) {
  EXPECT_THAT(read("id,latency_ms,status\na,9,200\nb,10,500\n").seconds,
              ElementsAre(DoubleEq(0.009), DoubleEq(0.010)));
  EXPECT_THAT(read("id,status\na,9\n").messages,
              HasSubstr("s.csv:1: error: expected a column named for its unit, found none"));
  EXPECT_THAT(read("a_ms,b_ms\n1,2\n").messages, HasSubstr("found several"));
}

TEST(SamplesReader, TakesTheUnitFromEachValue) {
  EXPECT_THAT(read("9ms\n1.5s\n").seconds, ElementsAre(DoubleEq(0.009), DoubleEq(1.5)));
  EXPECT_THAT(read("latency\n9ms\n").seconds, ElementsAre(DoubleEq(0.009)));
}

TEST(SamplesReader, ABareNumberIsRefusedWithBothReadings) {
  EXPECT_EQ(read("9\n10\n").messages,
            "s.csv:1: error: expected a duration with its unit, found '9'\n"
            "  hint: 9s or 9ms? a first line 's' or 'ms' holds for all\n");
}

TEST(SamplesReader, NamesTheLineOfWhatIsWrong) {
  EXPECT_THAT(read("ms\n9\nx\n").messages, HasSubstr("s.csv:3: error: expected a number"));
  EXPECT_THAT(read("ms\n-9\n").messages, HasSubstr("s.csv:2: error: expected a span that is not"));
  EXPECT_THAT(read("s\n86401\n").messages, HasSubstr("expected a span of at most a day"));
  EXPECT_THAT(read("ms,x\n9\n").messages, HasSubstr("s.csv:2: error"));
  EXPECT_THAT(read("ms\nnan\n").messages, HasSubstr("s.csv:2: error"));
  EXPECT_THAT(read("").messages, HasSubstr("expected at least one sample, found none"));
  EXPECT_THAT(read("ms\n").messages, HasSubstr("expected at least one sample, found none"));
}

}  // namespace
}  // namespace sim
