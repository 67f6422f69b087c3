#include "sim/report/sweep_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <optional>
#include <set>

#include "sim/report/humane_text.hpp"
#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

constexpr std::string_view kNothing = "-";

const MeanOverRuns& value_of(const SweptPoint& point, std::string_view key) {
  return point.mean.values[summary_key_index(key)];
}

std::string in_unit(double value, std::string_view key, int digits = kHumaneDigits) {
  switch (find_summary_key(key)->dimension) {
    case SummaryDimension::Seconds:
      return humane_seconds(value, digits);
    case SummaryDimension::Share:
      return humane_share(value, digits);
    case SummaryDimension::Money:
      return humane_money(value);
    default:
      return humane_number(value, digits);
  }
}

// What the interval adds to its mean; nothing when all runs agree.
std::string half_width(const core::Interval& interval, std::string_view key) {
  const double half = (interval.high - interval.low) / 2;
  return half > 0 ? " ± " + in_unit(half, key, 2) : "";
}

// With the interval's half width, and with the number of runs when not all have the value.
std::string cell(const SweptPoint& point, std::string_view key, bool with_interval = false) {
  const MeanOverRuns& value = value_of(point, key);
  if (!value.mean) return std::string(kNothing);
  std::string text = in_unit(*value.mean, key);
  if (with_interval && value.interval) text += half_width(*value.interval, key);
  if (value.run_count < point.mean.run_count) {
    text +=
        fmt::format(" ({})", counted(static_cast<std::int64_t>(value.run_count), "run", "runs"));
  }
  return text;
}

// Over all runs, so many of the expectations.
std::string met_text(const SweptPoint& point) {
  const auto runs = static_cast<double>(point.mean.run_count);
  const auto passed = std::llround(point.mean.passed.mean.value_or(0) * runs);
  const auto failed = std::llround(point.mean.failed.mean.value_or(0) * runs);
  return fmt::format("{}/{}", humane_count(passed), humane_count(passed + failed));
}

std::string value_text(const std::optional<std::string>& value) {
  return value ? one_line(*value) : std::string(kNothing);
}

std::string name_of(const SweepResult& result, std::size_t index) {
  const std::vector<std::string> names = short_names(result.parameters);
  std::string text;
  for (std::size_t of = 0; of < names.size(); ++of) {
    if (of > 0) text += ", ";
    text += one_line(names[of]) + "=" + value_text(result.points[index].values[of]);
  }
  return text;
}

bool is_priced(const SweepResult& result) { return result.cost_key == "cost.total"; }

std::string cost_text(const SweepResult& result, std::size_t index) {
  const std::string cost = cell(result.points[index], result.cost_key);
  return is_priced(result) ? cost : cost + " instance-hours";
}

std::string service_text(const SweptPoint& point) {
  return fmt::format("errors {}, p99 {}", cell(point, "errors.rate"), cell(point, "latency.p99"));
}

// The one that comes nearest, when none meets everything: the most met, of these the cheapest.
std::string nearest_text(const SweepResult& result) {
  std::size_t nearest = 0;
  const auto rank = [&](std::size_t index) {
    const SweptPoint& point = result.points[index];
    const auto cost = value_of(point, result.cost_key).mean;
    return std::pair(point.mean.failed.mean.value_or(0), cost.value_or(HUGE_VAL));
  };
  for (std::size_t index = 1; index < result.points.size(); ++index) {
    if (rank(index) < rank(nearest)) nearest = index;
  }
  return fmt::format("nearest: {}, which meets {}, for {}", name_of(result, nearest),
                     met_text(result.points[nearest]), cost_text(result, nearest));
}

SweepFact verdict(const SweepResult& result) {
  if (!result.has_expectations) return {"EXPECT", {"nothing: the scenario has no expectations"}};
  const auto count = static_cast<std::int64_t>(result.points.size());
  const auto met =
      std::count_if(result.points.begin(), result.points.end(), std::mem_fn(&SweptPoint::is_met));
  const std::string of = counted(count, "point", "points");
  if (met == 0) {
    return {"EXPECT", {fmt::format("none of {} meets everything", of), nearest_text(result)}};
  }
  SweepFact fact{"EXPECT", {fmt::format("{} of {} meet everything", humane_count(met), of)}};
  if (!result.cheapest) return fact;
  const std::size_t cheapest = *result.cheapest;
  std::string line =
      fmt::format("cheapest: {} for {}", name_of(result, cheapest), cost_text(result, cheapest));
  if (result.baseline == cheapest) {
    line += ", the file as it is";
  } else if (result.baseline) {
    line += fmt::format("; the file as it is: {}, {} met", cost_text(result, *result.baseline),
                        met_text(result.points[*result.baseline]));
  }
  fact.lines.push_back(std::move(line));
  return fact;
}

std::string marks_of(const SweepResult& result, std::size_t index) {
  std::vector<std::string_view> marks;
  if (result.baseline == index) marks.push_back("baseline");
  if (result.cheapest == index) marks.push_back("cheapest");
  if (result.knee == index) marks.push_back("knee");
  if (std::binary_search(result.pareto.begin(), result.pareto.end(), index)) {
    marks.push_back("pareto");
  }
  return fmt::format("{}", fmt::join(marks, ", "));
}

std::string short_name(std::string_view path) {
  const std::size_t last = path.rfind('.');
  if (last == std::string_view::npos) return std::string(path);
  // AWS's keys say what they are; ours are short and need the one before.
  const bool is_aws = std::isupper(static_cast<unsigned char>(path[last + 1])) != 0;
  const std::size_t before = path.rfind('.', last - 1);
  if (is_aws || before == std::string_view::npos) {
    return std::string(is_aws ? path.substr(last + 1) : path);
  }
  return std::string(path.substr(before + 1));
}

}  // namespace

std::vector<std::string> short_names(const std::vector<std::string>& paths) {
  std::vector<std::string> names;
  for (const std::string& path : paths) names.push_back(short_name(path));
  const std::set<std::string> different(names.begin(), names.end());
  return different.size() == names.size() ? names : paths;
}

std::vector<SweepFact> sweep_facts(const SweepResult& result) {
  std::vector<SweepFact> facts{verdict(result)};
  if (result.knee) {
    const std::size_t knee = *result.knee;
    facts.push_back({"KNEE",
                     {fmt::format("{} for {}: {}", name_of(result, knee), cost_text(result, knee),
                                  service_text(result.points[knee])),
                      fmt::format("of {} against {}: beyond it, more money buys less",
                                  result.knee_key, result.cost_key)}});
  } else {
    facts.push_back({"KNEE", {"none: no bend in what money buys"}});
  }
  const auto on_front = static_cast<std::int64_t>(result.pareto.size());
  facts.push_back({"PARETO",
                   {fmt::format("{} that no other beats in {}, errors.rate and latency.p99",
                                counted(on_front, "point", "points"), result.cost_key)}});
  return facts;
}

std::vector<std::vector<std::string>> sweep_rows(const SweepResult& result) {
  std::vector<std::string> header = short_names(result.parameters);
  for (std::string& name : header) name = one_line(name);
  if (result.has_expectations) header.push_back("met");
  header.insert(header.end(), {is_priced(result) ? "cost" : "instance-hours", "errors", "p99",
                               "instances", "at most", "reaction", ""});
  std::vector<std::vector<std::string>> rows{std::move(header)};
  for (std::size_t index = 0; index < result.points.size(); ++index) {
    const SweptPoint& point = result.points[index];
    std::vector<std::string> row;
    for (const auto& value : point.values) row.push_back(value_text(value));
    if (result.has_expectations) row.push_back(met_text(point));
    row.push_back(cell(point, result.cost_key, true));
    row.push_back(cell(point, "errors.rate", true));
    row.push_back(cell(point, "latency.p99", true));
    row.push_back(cell(point, "instances.mean"));
    row.push_back(cell(point, "instances.max"));
    row.push_back(cell(point, "reaction.worst.total_s"));
    row.push_back(marks_of(result, index));
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace sim
