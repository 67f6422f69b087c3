#include "sim/observe/reaction_tracker.hpp"

#include <algorithm>

namespace sim {
namespace {

using core::in_seconds;

}  // namespace

void ReactionTracker::scale_out(SimTime now, const models::autoscaling::ScalingDecision& decision,
                                const DatapointTiming& timing) {
  SimTime first = core::kNever;
  SimTime last = core::kStart;
  for (const auto& datapoint : decision.datapoints) {
    if (datapoint.breaching) first = std::min(first, datapoint.start);
    last = std::max(last, datapoint.start);
  }
  if (first == core::kNever) return;  // nothing measured asked for it
  const SimTime first_visible = first + timing.period + timing.delay;
  const SimTime last_visible = last + timing.period + timing.delay;
  ReactionTime reaction;
  reaction.decided_at = now;
  reaction.metric_s = in_seconds(first_visible - first);
  reaction.datapoints_s = in_seconds(last_visible - first_visible);
  reaction.policy_s = in_seconds(now - last_visible);
  starting_ = reaction;
}

void ReactionTracker::fulfilled(SimTime now) {
  if (!starting_) return;
  starting_->startup_s = in_seconds(now - starting_->decided_at);
  draining_.push_back({*starting_, now});
  starting_.reset();
}

void ReactionTracker::minute(SimTime start, SimTime end, bool relieved) {
  if (!relieved) return;
  std::erase_if(draining_, [&](Draining& draining) {
    if (draining.fulfilled_at >= end) return false;  // the next minute will tell
    const bool at_once = draining.fulfilled_at >= start;
    draining.reaction.drain_s = at_once ? 0 : in_seconds(end - draining.fulfilled_at);
    finished_.push_back(draining.reaction);
    return true;
  });
}

ReactionSummary reaction_summary(const std::vector<ReactionTime>& reactions, SimTime from,
                                 SimTime to) {
  ReactionSummary summary;
  for (const ReactionTime& reaction : reactions) {
    if (reaction.decided_at < from || reaction.decided_at >= to) continue;
    ++summary.count;
    if (!summary.worst || reaction.total_s() > summary.worst->total_s()) summary.worst = reaction;
  }
  return summary;
}

}  // namespace sim
