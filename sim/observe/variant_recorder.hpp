// Watches one variant, or all production variants as one, and keeps a record a minute and an
// account for the whole run and for each phase.
//
// Invariants
// 1. Every request is counted once: total = succeeded + failed + unfinished, and the sum of the
//    minutes' invocations is the total. finish() checks both, and that the sampled concurrency
//    agrees with the time that requests spent in the system (Little's law).
// 2. Memory grows with minutes, not with requests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/autoscaling/scaling_activity.hpp"
#include "models/autoscaling/scaling_decision.hpp"
#include "models/endpoint/request_ledger.hpp"
#include "sim/observe/reaction_tracker.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/observe/window_account.hpp"

namespace sim {

struct FleetCounts {
  std::int32_t starting = 0;
  std::int32_t in_service = 0;
  std::int32_t stopping = 0;
};

struct TimeWindow {
  SimTime from;
  SimTime to;
};

class VariantRecorder {
 public:
  // windows: of the summaries; the first is the run without its warm-up.
  VariantRecorder(const AccountTerms& terms, SimTime end, const std::vector<TimeWindow>& windows);

  // The number of instances in some state changes. cause: of the activity behind it.
  void fleet_changed(SimTime now, const FleetCounts& counts, const std::string& cause);
  void stretch_closed(const models::endpoint::RequestTally& stretch);
  // workers: of all instances in service at its end; least_in_system: the fewest requests in the
  // system at any moment of the minute.
  void minute_closed(const MinuteRecord& minute, std::int64_t workers,
                     std::int64_t least_in_system);
  // A policy's scale out has been accepted, or is in service.
  void scale_out(SimTime now, const models::autoscaling::ScalingDecision& decision,
                 const DatapointTiming& timing) {
    reactions_.scale_out(now, decision, timing);
  }
  void fulfilled(SimTime now) { reactions_.fulfilled(now); }
  void failed() { reactions_.failed(); }

  const FleetCounts& fleet() const { return fleet_; }
  const std::vector<ReactionTime>& reactions() const { return reactions_.reactions(); }

  // A summary for each window, in their order. REQUIRES: everything has been told.
  std::vector<Summary> finish(const std::vector<models::autoscaling::ScalingActivity>& activities,
                              const std::vector<ReactionTime>& reactions) const;
  std::vector<MinuteRecord> take_minutes() { return std::move(minutes_); }
  std::vector<CapacityChange> take_capacity_changes() { return std::move(changes_); }

 private:
  FleetUse take_fleet_use(SimTime until);
  void integrate_fleet(SimTime until);
  void follow_lives(SimTime now, std::int32_t in_service);
  void check_conservation() const;

  AccountTerms terms_;
  std::vector<WindowAccount> windows_;
  WindowAccount everything_;  // warm-up included, for the checks
  ReactionTracker reactions_;
  FleetCounts fleet_;
  SimTime fleet_since_;
  FleetUse fleet_use_;
  FleetUse minute_use_;
  std::vector<SimTime> in_service_since_;  // of each instance in service, oldest first
  std::vector<MinuteRecord> minutes_;
  std::vector<CapacityChange> changes_;
};

}  // namespace sim
