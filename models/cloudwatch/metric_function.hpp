// Lists the functions of metric math, by the names under which an expression calls them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace models::cloudwatch {

enum class MathFunction : std::uint8_t {
  Abs,
  Avg,
  Ceil,
  DatapointCount,
  Date,
  Day,
  Diff,
  DiffTime,
  Epoch,
  Fill,
  First,
  Floor,
  Hour,
  If,
  Last,
  Log,
  Log10,
  Max,
  MetricCount,
  Metrics,
  Min,
  Minute,
  Month,
  Period,
  Rate,
  RemoveEmpty,
  RunningSum,
  Slice,
  Sort,
  Stddev,
  Sum,
  TimeSeries,
  Year,
};

std::string_view to_string(MathFunction function);
std::optional<MathFunction> math_function_from(std::string_view name);

struct ArgumentCounts {
  std::size_t least = 1;
  std::size_t most = 1;
};
ArgumentCounts argument_counts(MathFunction function);

// Functions of CloudWatch that reach for what a simulation has not: SEARCH, LAMBDA and the like.
bool is_beyond_simulation(std::string_view name);

// "did you mean 'AVG'?", or nothing when no function has a name like it.
std::string function_hint(std::string_view name);

// The words that an argument may be: REPEAT and LINEAR (FILL); AVG, MIN, MAX, SUM, ASC and DESC
// (SORT).
bool is_math_keyword(std::string_view word);
std::string keyword_hint(std::string_view word);

}  // namespace models::cloudwatch
