#include "sim/report/capacity_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/report/humane_text.hpp"

namespace sim {
namespace {

using models::autoscaling::ScalingActivity;
using models::autoscaling::ScalingDecision;
using models::cloudwatch::EvaluatedDatapoint;

// More would fill the line: AlarmLow looks at fifteen.
constexpr std::size_t kMostDatapointsShown = 5;

std::string datapoints_text(const std::vector<EvaluatedDatapoint>& newest_first) {
  if (newest_first.size() > kMostDatapointsShown) {
    const auto [least, most] =
        std::minmax_element(newest_first.begin(), newest_first.end(),
                            [](const auto& a, const auto& b) { return a.value < b.value; });
    const std::string low = humane_number(least->value);
    const std::string high = humane_number(most->value);
    return fmt::format("{} datapoints, {}", newest_first.size(),
                       low == high ? "all " + low : low + " to " + high);
  }
  std::string text = newest_first.size() == 1 ? "datapoint " : "datapoints ";
  for (auto point = newest_first.rbegin(); point != newest_first.rend(); ++point) {
    if (point != newest_first.rbegin()) text += ", ";
    text += humane_number(point->value);
  }
  return text;
}

std::optional<ScalingDecision> decision_behind(const RunResult& result,
                                               const ScalingActivity& activity) {
  const DecisionLog& decisions = result.decisions;
  for (std::size_t index = decisions.first_from(activity.start_time);
       index < decisions.size() && decisions.time_of(index) == activity.start_time; ++index) {
    ScalingDecision decision = decisions[index].decision;
    if (!decision.blocked_by && decision.to != decision.from && decision.to == activity.to) {
      return decision;
    }
  }
  return std::nullopt;
}

std::string why_of(const RunResult& result, const ScalingActivity& activity) {
  const std::optional<ScalingDecision> decision = decision_behind(result, activity);
  if (!decision) return one_line(activity.cause);
  std::string text = fmt::format("{} of policy {}: {}", short_alarm_name(decision->alarm),
                                 decision->policy, decision->reason);
  if (!decision->datapoints.empty()) {
    text += fmt::format(" ({})", datapoints_text(decision->datapoints));
  }
  return one_line(text);
}

}  // namespace

std::vector<CapacityRow> capacity_rows(const RunResult& result) {
  std::vector<CapacityRow> rows;
  const ScalingActivity* latest = nullptr;
  const ScalingActivity* told = nullptr;
  auto next = result.activities.begin();
  for (const CapacityChange& change : result.capacity_changes) {
    for (; next != result.activities.end() && next->start_time <= change.at; ++next) {
      if (next->scaled()) latest = &*next;
    }
    CapacityRow row{change.in_service, change.at, std::nullopt, one_line(change.cause)};
    // Only one activity is in progress at a time: what changes belongs to the latest.
    if (latest != nullptr && latest->cause == change.cause) {
      row.decided_at = latest->start_time;
      row.why = latest == told ? "the same decision" : why_of(result, *latest);
      told = latest;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string_view short_alarm_name(std::string_view name) {
  if (!name.starts_with("TargetTracking-")) return name;
  for (const std::string_view side : {"AlarmHigh", "AlarmLow"}) {
    if (name.find(side) != std::string_view::npos) return side;
  }
  return name;
}

}  // namespace sim
