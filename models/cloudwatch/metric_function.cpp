#include "models/cloudwatch/metric_function.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "core/check.hpp"
#include "core/closest_match.hpp"

namespace models::cloudwatch {
namespace {

struct Entry {
  MathFunction function;
  std::string_view name;
  ArgumentCounts arguments;
};

constexpr std::array<Entry, 33> kFunctions{{
    {MathFunction::Abs, "ABS", {1, 1}},
    {MathFunction::Avg, "AVG", {1, 1}},
    {MathFunction::Ceil, "CEIL", {1, 1}},
    {MathFunction::DatapointCount, "DATAPOINT_COUNT", {1, 1}},
    {MathFunction::Date, "DATE", {1, 1}},
    {MathFunction::Day, "DAY", {1, 1}},
    {MathFunction::Diff, "DIFF", {1, 1}},
    {MathFunction::DiffTime, "DIFF_TIME", {1, 1}},
    {MathFunction::Epoch, "EPOCH", {1, 1}},
    {MathFunction::Fill, "FILL", {2, 2}},
    {MathFunction::First, "FIRST", {1, 1}},
    {MathFunction::Floor, "FLOOR", {1, 1}},
    {MathFunction::Hour, "HOUR", {1, 1}},
    {MathFunction::If, "IF", {2, 3}},
    {MathFunction::Last, "LAST", {1, 1}},
    {MathFunction::Log, "LOG", {1, 1}},
    {MathFunction::Log10, "LOG10", {1, 1}},
    {MathFunction::Max, "MAX", {1, 1}},
    {MathFunction::MetricCount, "METRIC_COUNT", {1, 1}},
    {MathFunction::Metrics, "METRICS", {0, 1}},
    {MathFunction::Min, "MIN", {1, 1}},
    {MathFunction::Minute, "MINUTE", {1, 1}},
    {MathFunction::Month, "MONTH", {1, 1}},
    {MathFunction::Period, "PERIOD", {1, 1}},
    {MathFunction::Rate, "RATE", {1, 1}},
    {MathFunction::RemoveEmpty, "REMOVE_EMPTY", {1, 1}},
    {MathFunction::RunningSum, "RUNNING_SUM", {1, 1}},
    {MathFunction::Slice, "SLICE", {2, 3}},
    {MathFunction::Sort, "SORT", {3, 4}},
    {MathFunction::Stddev, "STDDEV", {1, 1}},
    {MathFunction::Sum, "SUM", {1, 1}},
    {MathFunction::TimeSeries, "TIME_SERIES", {1, 1}},
    {MathFunction::Year, "YEAR", {1, 1}},
}};

constexpr std::array<std::string_view, 6> kBeyondSimulation{
    "ANOMALY_DETECTION_BAND", "DB_PERF_INSIGHTS", "INSIGHT_RULE_METRIC", "LAMBDA", "SEARCH",
    "SERVICE_QUOTA"};

constexpr std::array<std::string_view, 8> kKeywords{"REPEAT", "LINEAR", "AVG", "MIN",
                                                    "MAX",    "SUM",    "ASC", "DESC"};

const Entry& entry_of(MathFunction function) {
  const auto found = std::find_if(kFunctions.begin(), kFunctions.end(),
                                  [&](const Entry& entry) { return entry.function == function; });
  CHECK(found != kFunctions.end());
  return *found;
}

bool is_in(std::string_view name, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
  const std::string_view closest = core::closest_match(name, candidates);
  return closest.empty() ? std::string{} : fmt::format("did you mean '{}'?", closest);
}

}  // namespace

std::string_view to_string(MathFunction function) { return entry_of(function).name; }

std::optional<MathFunction> math_function_from(std::string_view name) {
  for (const Entry& entry : kFunctions) {
    if (entry.name == name) return entry.function;
  }
  return std::nullopt;
}

ArgumentCounts argument_counts(MathFunction function) { return entry_of(function).arguments; }

bool is_beyond_simulation(std::string_view name) { return is_in(name, kBeyondSimulation); }

std::string function_hint(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Entry& entry : kFunctions) names.push_back(entry.name);
  return did_you_mean(name, names);
}

bool is_math_keyword(std::string_view word) { return is_in(word, kKeywords); }

std::string keyword_hint(std::string_view word) { return did_you_mean(word, kKeywords); }

}  // namespace models::cloudwatch
