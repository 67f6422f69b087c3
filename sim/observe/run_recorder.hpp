// Watches a run from outside and keeps what its result needs: a record a minute, an account for the
// whole and for each phase, and every decision with its reason.
//
// Invariants
// 1. Every request is counted once: total = succeeded + failed + unfinished, and the sum of the
//    minutes' invocations is the total. finish() checks both, and that the sampled concurrency
//    agrees with the time that requests spent in the system (Little's law).
// 2. Memory grows with minutes and decisions, not with requests.
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
#include "sim/scenario/scenario.hpp"

namespace sim {

// A named stretch of one stream's traffic.
struct TrafficPhaseWindow {
  std::string name;
  std::string stream;
  SimTime from;
  SimTime to;
};

struct FleetCounts {
  std::int32_t starting = 0;
  std::int32_t in_service = 0;
  std::int32_t stopping = 0;
};

class RunRecorder {
 public:
  RunRecorder(const Scenario& scenario, std::vector<TrafficPhaseWindow> phases);

  // The number of instances in some state changes. cause: of the activity behind it.
  void fleet_changed(SimTime now, const FleetCounts& counts, const std::string& cause);
  void stretch_closed(const models::endpoint::RequestTally& stretch);
  // least_in_system: the fewest requests in the system at any moment of the minute.
  void minute_closed(const MinuteRecord& minute, std::int64_t least_in_system);
  // One policy's decision in a minute in which one of its alarms was in ALARM. accepted: the
  // endpoint was told.
  void decided(SimTime now, const models::autoscaling::ScalingDecision& decision, bool accepted);
  void fulfilled(SimTime now) { reactions_.fulfilled(now); }

  RunResult finish(std::vector<AlarmRecord> alarms,
                   std::vector<models::autoscaling::ScalingActivity> activities);

 private:
  FleetUse take_fleet_use(SimTime until);
  void integrate_fleet(SimTime until);
  void complete(Summary& summary, SimTime from, SimTime to) const;
  void check_conservation() const;

  const Scenario& scenario_;
  std::vector<TrafficPhaseWindow> phases_;
  std::vector<WindowAccount> windows_;  // the whole run, then the phases
  WindowAccount everything_;            // warm-up included, for the checks
  ReactionTracker reactions_;

  FleetCounts fleet_;
  SimTime fleet_since_;
  FleetUse fleet_use_;
  RunResult result_;
};

}  // namespace sim
