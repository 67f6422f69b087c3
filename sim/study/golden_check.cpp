#include "sim/study/golden_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <sstream>

#include "models/autoscaling/scaling_activity.hpp"
#include "sim/report/capacity_rows.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/summary_json.hpp"
#include "sim/report/summary_text.hpp"
#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

using models::autoscaling::ActivityStatus;
using models::autoscaling::ScalingActivity;

constexpr std::size_t kMostDiffLines = 20;

// The cause with AlarmHigh or AlarmLow for the long names that target tracking makes up.
std::string short_cause(std::string cause, const RunResult& result) {
  for (const AlarmRecord& alarm : result.alarms) {
    const std::string& name = alarm.configuration.name;
    const std::size_t at = cause.find(name);
    if (at != std::string::npos) cause.replace(at, name.size(), short_alarm_name(name));
  }
  return cause;
}

// "45m  1 -> 6  monitor alarm AlarmHigh in state ALARM triggered policy invocations". Bounds that
// change and requests that were not scaled are left out: they change no capacity.
std::vector<std::string> activity_lines(const Scenario& scenario, const RunResult& result) {
  std::vector<std::string> lines;
  for (const ScalingActivity& activity : result.activities) {
    if (!activity.scaled()) continue;
    std::string line =
        fmt::format("{}  {} -> {}  {}", humane_time(activity.start_time), activity.from.value,
                    activity.to.value, short_cause(activity.cause, result));
    if (activity.status == ActivityStatus::Failed) line += " (failed)";
    if (scenario.variants.size() > 1) line += fmt::format(", {}", activity.resource_id);
    lines.push_back(one_line(line));
  }
  return lines;
}

// A minus before what was approved, a plus before what is: the longest common subsequence stays.
std::vector<std::string> difference_of(const std::vector<std::string>& approved,
                                       const std::vector<std::string>& found) {
  const std::size_t rows = approved.size();
  const std::size_t columns = found.size();
  std::vector<std::vector<std::size_t>> common(rows + 1, std::vector<std::size_t>(columns + 1));
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t j = columns; j-- > 0;) {
      common[i][j] = approved[i] == found[j] ? common[i + 1][j + 1] + 1
                                             : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  std::vector<std::string> lines;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < rows || j < columns) {
    if (i < rows && j < columns && approved[i] == found[j]) {
      ++i;
      ++j;
    } else if (j == columns || (i < rows && common[i + 1][j] >= common[i][j + 1])) {
      lines.push_back("- " + approved[i++]);
    } else {
      lines.push_back("+ " + found[j++]);
    }
  }
  return lines;
}

// Of lists that may be long, what differs between their common beginning and their common end.
std::vector<std::string> short_difference(std::vector<std::string> approved,
                                          std::vector<std::string> found) {
  constexpr std::size_t kMostCompared = 500;
  const auto [a, b] = std::mismatch(approved.begin(), approved.end(), found.begin(), found.end());
  approved.erase(approved.begin(), a);
  found.erase(found.begin(), b);
  approved.resize(std::min(approved.size(), kMostCompared));
  found.resize(std::min(found.size(), kMostCompared));
  std::vector<std::string> lines = difference_of(approved, found);
  if (lines.size() > kMostDiffLines) {
    lines.resize(kMostDiffLines);
    lines.emplace_back("...");
  }
  return lines;
}

bool is_within(double approved, double found, double tolerance) {
  const double size = std::max(std::abs(approved), std::abs(found));
  constexpr double kRounding = 1e-5;  // of six digits
  return std::abs(approved - found) <= std::max(tolerance, kRounding) * size;
}

std::string text_of(const SummaryKey& key, std::optional<double> value, int digits) {
  return value ? summary_text(key, *value, digits) : "no value";
}

// With as many digits as it takes to tell the two apart.
CheckedExpectation off(const Golden& golden, const ApprovedNumber& approved,
                       std::optional<double> found) {
  const SummaryKey& key = *find_summary_key(approved.key);
  int digits = kHumaneDigits;
  while (digits < 9 && text_of(key, approved.value, digits) == text_of(key, found, digits)) {
    ++digits;
  }
  CheckedExpectation checked;
  checked.that = fmt::format("{} as approved", approved.key);
  checked.expected = text_of(key, approved.value, digits);
  if (approved.value) checked.expected += fmt::format(" ± {}", humane_share(golden.tolerance));
  checked.actual = text_of(key, found, digits);
  checked.place = approved.place;
  return checked;
}

}  // namespace

std::vector<CheckedExpectation> check_golden(const Scenario& scenario, const RunResult& result,
                                             const Golden& golden) {
  std::vector<CheckedExpectation> all;
  // First what explains the rest.
  const std::vector<std::string> lines = activity_lines(scenario, result);
  if (lines != golden.activities) {
    CheckedExpectation activities;
    activities.that = "activities as approved";
    activities.expected =
        counted(static_cast<std::int64_t>(golden.activities.size()), "activity", "activities");
    activities.actual = counted(static_cast<std::int64_t>(lines.size()), "activity", "activities");
    if (activities.actual == activities.expected) activities.actual += ", and others";
    activities.reasons = short_difference(golden.activities, lines);
    activities.place = golden.activities_place;
    all.push_back(std::move(activities));
  }
  for (const ApprovedNumber& approved : golden.numbers) {
    const std::optional<double> found = summary_value(result.summary, approved.key);
    const bool is_as_approved = approved.value.has_value() == found.has_value() &&
                                (!found || is_within(*approved.value, *found, golden.tolerance));
    if (!is_as_approved) all.push_back(off(golden, approved, found));
  }
  if (!all.empty()) {
    all.back().reasons.emplace_back("when this is meant: headroom test --update");
    return all;
  }
  CheckedExpectation well;
  well.that = "as approved";
  well.expected = well.actual = fmt::format("as in {}", golden.file);
  well.passed = true;
  well.place = {golden.file, 1, 1};
  return {well};
}

std::string golden_text(const Scenario& scenario, const RunResult& result, double tolerance) {
  std::ostringstream out;
  JsonWriter json(out, 2);
  json.begin_object();
  json.key("schema").string(kGoldenSchema);
  json.key("tolerance").string(fmt::format("{:.6g}%", tolerance * 100));
  json.key("summary").begin_object();
  for (const SummaryKey& key : summary_keys()) {
    if (key.at_a_time) continue;
    const std::optional<double> value = summary_value(result.summary, key.path);
    json.key(key.path);
    if (value) {
      json.raw(fmt::format("{:.6g}", *value));
    } else {
      json.null();
    }
  }
  json.end_object();
  json.key("activities").begin_array();
  for (const std::string& line : activity_lines(scenario, result)) json.string(line);
  json.end_array();
  json.end_object();
  out << '\n';
  return out.str();
}

}  // namespace sim
