// Reads the notation of promtool's unit tests for a metric's values: `100x5 7400x10 _x3`.
//
// Values stand between spaces. `a+bxn` is the n + 1 values a, a + b, ..., a + n b, `a-bxn` counts
// down, and `axn` is `a+0xn`: a value and its n repetitions. `_` is a missing value and `_xn` are n
// of them, one fewer than with a value, as in promtool. Its `stale` and its histograms stand for
// nothing that CloudWatch has.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

// Longer series are refused: few characters can stand for any number of values.
inline constexpr std::size_t kMostSeriesValues = 1'000'000;
// Neither a value nor the mean of many can leave what a double holds.
inline constexpr double kLargestSeriesValue = 1e18;

struct SeriesProblem {
  std::size_t offset = 0;  // of the notation, in bytes
  std::string code;        // "bad-series", "series-too-long"
  std::string message;     // "expected ..., found ..."
  std::string hint;        // empty: none
};

struct SeriesReading {
  std::vector<std::optional<double>> values;  // nothing: missing
  std::vector<SeriesProblem> problems;  // one a word, the first twenty; empty: `values` is all
};

SeriesReading read_series(std::string_view notation);

}  // namespace sim
