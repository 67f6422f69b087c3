#include "sim/observe/decision_log.hpp"

#include <algorithm>

#include "core/check.hpp"

namespace sim {

using models::autoscaling::ScalingDecision;

void DecisionLog::add(core::SimTime at, std::size_t variant, const ScalingDecision& decision) {
  CHECK(entries_.empty() || at >= entries_.back().at);
  Entry entry;
  entry.at = at;
  entry.variant = static_cast<std::uint32_t>(variant);
  entry.policy = number_of(decision.policy);
  entry.alarm = number_of(decision.alarm);
  entry.points_end = remember(points_[entry.alarm], decision.datapoints);
  entry.point_count = static_cast<std::uint32_t>(decision.datapoints.size());
  entry.from = decision.from;
  entry.wanted = decision.wanted;
  entry.to = decision.to;
  entry.kind = decision.kind;
  entry.blocked_by = decision.blocked_by;
  if (decision.step) entry.step = static_cast<std::uint32_t>(*decision.step);
  entry.votes_on_scale_in = decision.votes_on_scale_in;
  entry.reason = decision.reason;
  entries_.push_back(std::move(entry));
}

DecisionRecord DecisionLog::operator[](std::size_t index) const {
  const Entry& entry = entries_[index];
  ScalingDecision decision;
  decision.policy = names_[entry.policy];
  decision.alarm = names_[entry.alarm];
  decision.kind = entry.kind;
  decision.from = entry.from;
  decision.wanted = entry.wanted;
  decision.to = entry.to;
  decision.reason = entry.reason;
  const std::deque<Datapoint>& series = points_[entry.alarm];
  decision.datapoints.reserve(entry.point_count);
  for (std::uint32_t back = 1; back <= entry.point_count; ++back) {
    decision.datapoints.push_back(series[entry.points_end - back]);
  }
  decision.blocked_by = entry.blocked_by;
  decision.step = entry.step;
  decision.votes_on_scale_in = entry.votes_on_scale_in;
  return {entry.at, entry.variant, std::move(decision)};
}

std::size_t DecisionLog::first_from(core::SimTime at) const {
  const auto first =
      std::lower_bound(entries_.begin(), entries_.end(), at,
                       [](const Entry& entry, core::SimTime time) { return entry.at < time; });
  return static_cast<std::size_t>(first - entries_.begin());
}

std::uint32_t DecisionLog::number_of(std::string_view name) {
  const auto found = std::find(names_.begin(), names_.end(), name);
  const auto number = static_cast<std::uint32_t>(found - names_.begin());
  if (found == names_.end()) {
    names_.emplace_back(name);
    points_.emplace_back();
  }
  return number;
}

std::uint32_t DecisionLog::remember(std::deque<Datapoint>& series,
                                    const std::vector<Datapoint>& newest_first) {
  const auto is_same = [](const Datapoint& a, const Datapoint& b) {
    return a.start == b.start && a.value == b.value && a.breaching == b.breaching;
  };
  // A window slides: its older end is the end of the series already.
  std::size_t known = std::min(series.size(), newest_first.size());
  for (; known > 0; --known) {
    const auto tail = series.end() - static_cast<std::ptrdiff_t>(known);
    if (std::equal(tail, series.end(), newest_first.rbegin(), is_same)) break;
  }
  const auto first_new = newest_first.rbegin() + static_cast<std::ptrdiff_t>(known);
  series.insert(series.end(), first_new, newest_first.rend());
  return static_cast<std::uint32_t>(series.size());
}

}  // namespace sim
