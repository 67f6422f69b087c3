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

std::optional<ScalingDecision> decision_behind(const DecisionLog& decisions, std::size_t variant,
                                               const ScalingActivity& activity) {
  for (std::size_t index = decisions.first_from(activity.start_time);
       index < decisions.size() && decisions.time_of(index) == activity.start_time; ++index) {
    const DecisionRecord record = decisions[index];
    const ScalingDecision& decision = record.decision;
    if (record.variant == variant && !decision.blocked_by && decision.to != decision.from &&
        decision.to == activity.to) {
      return decision;
    }
  }
  return std::nullopt;
}

std::string why_of(const DecisionLog& decisions, std::size_t variant,
                   const ScalingActivity& activity) {
  const std::optional<ScalingDecision> decision = decision_behind(decisions, variant, activity);
  if (!decision) return one_line(activity.cause);
  std::string text = fmt::format("{} of policy {}: {}", short_alarm_name(decision->alarm),
                                 decision->policy, decision->reason);
  if (!decision->datapoints.empty()) {
    text += fmt::format(" ({})", datapoints_text(decision->datapoints));
  }
  return one_line(text);
}

// What happened to one variant.
struct VariantHistory {
  std::size_t variant = 0;
  std::string_view name;
  const std::vector<CapacityChange>& changes;
  const std::vector<ScalingActivity>& activities;
};

void append_rows(const VariantHistory& history, const DecisionLog& decisions,
                 std::vector<CapacityRow>& rows) {
  const ScalingActivity* latest = nullptr;
  const ScalingActivity* told = nullptr;
  auto next = history.activities.begin();
  for (const CapacityChange& change : history.changes) {
    for (; next != history.activities.end() && next->start_time <= change.at; ++next) {
      if (next->scaled()) latest = &*next;
    }
    CapacityRow row{one_line(history.name), change.in_service, change.at, std::nullopt,
                    one_line(change.cause)};
    // Only one activity is in progress at a time: what changes belongs to the latest.
    if (latest != nullptr && latest->cause == change.cause) {
      row.decided_at = latest->start_time;
      row.why = latest == told ? "the same decision" : why_of(decisions, history.variant, *latest);
      told = latest;
    }
    rows.push_back(std::move(row));
  }
}

}  // namespace

std::vector<CapacityRow> capacity_rows(const RunResult& result) {
  std::vector<CapacityRow> rows;
  if (result.variants.empty()) {
    append_rows({0, {}, result.capacity_changes, result.activities}, result.decisions, rows);
  }
  for (std::size_t variant = 0; variant < result.variants.size(); ++variant) {
    const VariantResult& of = result.variants[variant];
    append_rows({variant, of.name, of.capacity_changes, of.activities}, result.decisions, rows);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const CapacityRow& a, const CapacityRow& b) { return a.at < b.at; });
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
