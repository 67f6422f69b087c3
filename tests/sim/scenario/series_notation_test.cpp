#include "sim/scenario/series_notation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

using Values = std::vector<std::optional<double>>;
constexpr std::nullopt_t kMissing = std::nullopt;

Values values_of(std::string_view notation) {
  const SeriesReading reading = read_series(notation);
  EXPECT_THAT(reading.problems, IsEmpty())
      << notation << ": " << (reading.problems.empty() ? "" : reading.problems[0].message);
  return reading.values;
}

// "offset: message; hint" of the only problem.
std::string problem_of(std::string_view notation) {
  const SeriesReading reading = read_series(notation);
  if (reading.problems.size() != 1) return std::to_string(reading.problems.size()) + " problems";
  const SeriesProblem& problem = reading.problems[0];
  return std::to_string(problem.offset) + ": " + problem.message +
         (problem.hint.empty() ? "" : "; " + problem.hint);
}

TEST(SeriesNotation, ReadsTheExamplesOfPromtool) {
  EXPECT_EQ(values_of("-2+4x3"), (Values{-2, 2, 6, 10}));
  EXPECT_EQ(values_of(" 1-2x4"), (Values{1, -1, -3, -5, -7}));
  EXPECT_EQ(values_of(" 1x4"), (Values{1, 1, 1, 1, 1}));
  EXPECT_EQ(values_of("4 _x3 5"), (Values{4, kMissing, kMissing, kMissing, 5}));
}

TEST(SeriesNotation, AValueAndTenRepetitionsAreElevenValues) {
  const Values values = values_of("100x5 7400x10 _x3");
  EXPECT_THAT(values, SizeIs(6 + 11 + 3));
  EXPECT_EQ(values[5], 100);
  EXPECT_EQ(values[6], 7400);
  EXPECT_EQ(values[16], 7400);
  EXPECT_EQ(values[17], kMissing);
}

TEST(SeriesNotation, MissingValuesHaveNoFirstOneToRepeat) {
  EXPECT_EQ(values_of("_"), (Values{kMissing}));
  EXPECT_EQ(values_of("_x1"), (Values{kMissing}));
  EXPECT_EQ(values_of("_x2"), (Values{kMissing, kMissing}));
  EXPECT_EQ(values_of("7 _x0"), (Values{7}));
  EXPECT_EQ(values_of("7x0"), (Values{7}));
}

TEST(SeriesNotation, ReadsSignsDecimalsAndExponents) {
  EXPECT_EQ(values_of("-0.5 +3 1e3 2.5E-1 -1e+2"), (Values{-0.5, 3, 1000, 0.25, -100}));
  EXPECT_EQ(values_of("1e2+1e1x2"), (Values{100, 110, 120}));
  EXPECT_EQ(values_of("0.5-0.25x2"), (Values{0.5, 0.25, 0}));
  EXPECT_EQ(values_of("1e-400"), (Values{0}));
}

TEST(SeriesNotation, AZeroBeforeAnXIsAZeroAndItsRepetitions) {
  EXPECT_EQ(values_of("0x2"), (Values{0, 0, 0}));
  EXPECT_THAT(values_of("0x10"), SizeIs(11));
}

TEST(SeriesNotation, StepsAreCountedFromTheFirstValue) {
  const Values values = values_of("0+0.1x10");
  EXPECT_EQ(values[10], 1.0);
  EXPECT_EQ(values[3], 0.1 * 3);
}

TEST(SeriesNotation, AnySpaceSeparates) {
  EXPECT_EQ(values_of("\n 1\t2\r\n  3 \n"), (Values{1, 2, 3}));
}

TEST(SeriesNotation, AnEmptySeriesIsRefused) {
  const std::string problem =
      "0: expected at least one value, found none; for example 100x5 7400x10";
  EXPECT_EQ(problem_of(""), problem);
  EXPECT_EQ(problem_of(" \n"), problem);
  EXPECT_EQ(problem_of("_x0"), problem);
}

TEST(SeriesNotation, SaysWhereAWordStopsMakingSense) {
  EXPECT_EQ(problem_of("1 abc"),
            "2: expected a number, or '_' for a missing value, found 'abc'; for example 100x5 "
            "7400x10 _x3");
  EXPECT_EQ(problem_of("1 -"),
            "2: expected a number, or '_' for a missing value, found '-'; for example 100x5 "
            "7400x10 _x3");
  EXPECT_EQ(problem_of("7400y10"),
            "4: expected a step, 'x' and repetitions, or a space after '7400', found 'y10'");
  EXPECT_EQ(problem_of("7400x"), "5: expected how many after '7400x', found the end of it");
  EXPECT_EQ(problem_of("7400x-1"), "5: expected how many after '7400x', found '-1'");
  EXPECT_EQ(problem_of("7400x1.5"), "6: expected a space after '7400x1', found '.5'");
  EXPECT_EQ(problem_of("1x2x3"), "3: expected a space after '1x2', found 'x3'");
  EXPECT_EQ(problem_of("5+x3"), "1: expected the step from value to value after '5', found '+x3'");
  EXPECT_EQ(problem_of("5+2"),
            "3: expected 'x' and how many values follow the first after '5+2', found the end of "
            "it; 5+2x10 is eleven values");
  EXPECT_EQ(problem_of("1e"),
            "1: expected a step, 'x' and repetitions, or a space after '1', found 'e'");
}

TEST(SeriesNotation, HintsAtWhatWasProbablyMeant) {
  EXPECT_EQ(problem_of("_5"),
            "1: expected 'x' and how many are missing or a space after '_', found '5'; did you "
            "mean '_x5'?");
  EXPECT_EQ(problem_of("1,2"),
            "1: expected a step, 'x' and repetitions, or a space after '1', found ',2'; values are "
            "separated by spaces");
  EXPECT_EQ(problem_of("1x3,2x3"),
            "3: expected a space after '1x3', found ',2x3'; values are separated by spaces");
  EXPECT_EQ(problem_of("007"),
            "1: expected a step, 'x' and repetitions, or a space after '0', found '07'; write it "
            "without leading zeros");
  EXPECT_EQ(problem_of("1 stale"),
            "2: expected a number, or '_' for a missing value, found 'stale'; CloudWatch knows no "
            "stale values: '_' is a missing one");
  EXPECT_EQ(problem_of("x5"),
            "0: expected a number, or '_' for a missing value, found 'x5'; a value stands before "
            "the 'x': 7400x5");
  EXPECT_EQ(problem_of("{{sum:1}}"),
            "0: expected a number, or '_' for a missing value, found '{{sum:1}}'; a value is one "
            "number, not a histogram");
}

TEST(SeriesNotation, EveryValueIsFinite) {
  for (const char* word : {"NaN", "Inf", "-Inf", ".5"}) {
    EXPECT_THAT(problem_of(word), testing::HasSubstr("expected a number, or '_'")) << word;
  }
  EXPECT_EQ(values_of("1e18 -1e18"), (Values{1e18, -1e18}));
  EXPECT_EQ(problem_of("3 1e400"), "2: expected values from -1e18 to 1e18, found '1e400'");
  EXPECT_EQ(problem_of("1.1e18"), "0: expected values from -1e18 to 1e18, found '1.1e18'");
  EXPECT_EQ(problem_of("0+1e17x11"), "0: expected values from -1e18 to 1e18, found '0+1e17x11'");
  EXPECT_THAT(values_of("0+1e17x10"), SizeIs(11));
}

TEST(SeriesNotation, IsBoundedHoweverLittleIsWritten) {
  EXPECT_THAT(values_of("1x999999"), SizeIs(kMostSeriesValues));
  EXPECT_THAT(values_of("_x1000000"), SizeIs(kMostSeriesValues));
  EXPECT_EQ(problem_of("1x1000000"),
            "0: expected at most 1000000 values in a series, found more with '1x1000000'");
  EXPECT_EQ(problem_of("_x1000000 1"),
            "10: expected at most 1000000 values in a series, found more with '1'");
  EXPECT_EQ(problem_of("5 1x99999999999999999999999"),
            "2: expected at most 1000000 values in a series, found more with "
            "'1x99999999999999999999999'");
}

TEST(SeriesNotation, TellsEveryWrongWordOfTheFirstTwenty) {
  const SeriesReading reading = read_series("a 1 b _x2 c");
  EXPECT_THAT(reading.problems, SizeIs(3));
  EXPECT_EQ(reading.problems[2].offset, 10U);
  std::string prose;
  for (int word = 0; word < 1000; ++word) prose += "word ";
  EXPECT_THAT(read_series(prose).problems, SizeIs(20));
}

}  // namespace
}  // namespace sim
