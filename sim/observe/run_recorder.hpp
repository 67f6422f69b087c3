// Watches a run from outside and keeps what its result needs: each variant on its own, all
// production variants as one endpoint, and every decision with its reason.
//
// The endpoint's fleet, requests and minutes are sums over the production variants. Its largest
// concurrency is the sum of theirs in the same stretch: no less than the true one, and the same
// with one variant.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "models/autoscaling/scaling_activity.hpp"
#include "models/autoscaling/scaling_decision.hpp"
#include "models/endpoint/request_ledger.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/observe/variant_recorder.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// A named stretch of one stream's traffic.
struct TrafficPhaseWindow {
  std::string name;
  std::string stream;
  SimTime from;
  SimTime to;
};

// A variant is named by its index in the scenario. At one instant each variant tells its stretch,
// then its minute, in the order of the scenario.
class RunRecorder {
 public:
  RunRecorder(const Scenario& scenario, std::vector<TrafficPhaseWindow> phases);

  // The number of a variant's instances in some state changes. cause: of the activity behind it.
  void fleet_changed(std::size_t variant, SimTime now, const FleetCounts& counts,
                     const std::string& cause);
  void stretch_closed(std::size_t variant, const models::endpoint::RequestTally& stretch);
  // requests: all of the minute.
  void minute_closed(std::size_t variant, const MinuteRecord& minute,
                     const models::endpoint::RequestTally& requests);
  // One policy's decision in a minute in which one of its alarms was in ALARM. accepted: the
  // endpoint was told.
  void decided(std::size_t variant, SimTime now,
               const models::autoscaling::ScalingDecision& decision, bool accepted,
               const DatapointTiming& timing);
  void fulfilled(std::size_t variant, SimTime now) { variants_[variant].fulfilled(now); }
  void failed(std::size_t variant) { variants_[variant].failed(); }

  // activities: of each variant, oldest first.
  RunResult finish(std::vector<AlarmRecord> alarms,
                   std::vector<std::vector<models::autoscaling::ScalingActivity>> activities);

 private:
  bool is_production(std::size_t variant) const {
    return !scenario_.variants[variant].variant.is_shadow();
  }
  bool is_last_production(std::size_t variant) const { return variant + 1 == production_count_; }
  FleetCounts fleet_of_endpoint() const;
  void add_minute_to_endpoint(std::size_t variant, const MinuteRecord& minute);
  std::vector<ReactionTime> all_reactions() const;
  std::vector<Summary> finish_endpoint(
      const std::vector<std::vector<Summary>>& of_variants,
      const std::vector<models::autoscaling::ScalingActivity>& activities) const;

  const Scenario& scenario_;
  std::vector<TrafficPhaseWindow> phases_;
  std::size_t production_count_ = 0;
  std::vector<VariantRecorder> variants_;
  RunResult result_;

  // With several variants: all production variants as one, and what they have told so far of the
  // stretch and of the minute.
  std::optional<VariantRecorder> endpoint_;
  models::endpoint::RequestTally stretch_;
  models::endpoint::RequestTally minute_requests_;
  MinuteRecord minute_;
  double minute_cpu_ = 0;  // summed over instances
  std::int32_t minute_cpu_instances_ = 0;
  std::int64_t minute_workers_ = 0;
};

}  // namespace sim
