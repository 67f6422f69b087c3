// Follows every scale-out from the first datapoint that asked for it until the load is relieved.
#pragma once

#include <optional>
#include <vector>

#include "core/sim_time.hpp"
#include "models/autoscaling/scaling_decision.hpp"
#include "sim/observe/run_result.hpp"

namespace sim {

// Of the datapoints behind a decision: how long each covers, and how long after its end it is seen.
struct DatapointTiming {
  core::Duration period = std::chrono::minutes{1};
  core::Duration delay{};
};

class ReactionTracker {
 public:
  // A policy's decision has been accepted.
  void scale_out(SimTime now, const models::autoscaling::ScalingDecision& decision,
                 const DatapointTiming& timing);
  // The capacity asked for last is in service.
  void fulfilled(SimTime now);
  // It could not be had.
  void failed() { starting_.reset(); }
  // A minute is over. relieved: at some moment of it no request waited for lack of a worker.
  void minute(SimTime start, SimTime end, bool relieved);

  // Those fulfilled and relieved, in the order of their decisions.
  const std::vector<ReactionTime>& reactions() const { return finished_; }

 private:
  struct Draining {
    ReactionTime reaction;
    SimTime fulfilled_at;
  };

  std::optional<ReactionTime> starting_;
  std::vector<Draining> draining_;
  std::vector<ReactionTime> finished_;
};

// The slowest of those decided in [from, to), and how many there were.
ReactionSummary reaction_summary(const std::vector<ReactionTime>& reactions, SimTime from,
                                 SimTime to);

}  // namespace sim
