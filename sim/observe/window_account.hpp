// Adds up one window of a run, the whole or one phase, and turns it into its summary.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "core/running_statistics.hpp"
#include "core/sim_time.hpp"
#include "models/endpoint/request_ledger.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// How many instances were in each state, integrated over a stretch of time.
struct FleetUse {
  std::int64_t starting_ticks = 0;
  std::int64_t in_service_ticks = 0;
  std::int64_t stopping_ticks = 0;
  std::int64_t busy_ticks = 0;  // of all workers
  std::int64_t load_ticks = 0;  // of measured instances: time x share of their largest throughput
  std::int32_t in_service_min = std::numeric_limits<std::int32_t>::max();
  std::int32_t in_service_max = 0;
  std::int32_t in_service_final = 0;

  void merge(const FleetUse& later);
};

// What turns counts of requests and instances into latencies and money.
struct AccountTerms {
  core::Duration overhead{};
  std::int32_t workers = 1;  // of one instance
  bool is_measured = false;  // busy by its share of the largest throughput, not by workers
  std::optional<core::HourlyPrice> price;
  bool bill_startup = true;
  bool has_retries = false;
};
// Busy, idle and starting time in money.
MinuteCost cost_of(const FleetUse& fleet, const AccountTerms& terms, core::HourlyPrice price);

AccountTerms terms_of(const ScenarioVariant& variant, const Scenario& scenario);

// The percentiles of a minute's latency, as the client sees it; nothing where no request ended.
void set_latencies(MinuteRecord& minute, const models::endpoint::RequestTally& requests,
                   core::Duration overhead);

class WindowAccount {
 public:
  WindowAccount(SimTime from, SimTime to) : from_(from), to_(to) {}

  SimTime from() const { return from_; }
  SimTime to() const { return to_; }
  bool covers(SimTime at) const { return from_ <= at && at < to_; }

  void add(const models::endpoint::RequestTally& requests, const FleetUse& fleet);
  void add_minute(const MinuteRecord& minute);
  // An instance has left service in the window.
  void add_life(core::Duration life) {
    if (!shortest_life_ || life < *shortest_life_) shortest_life_ = life;
  }
  // Any minute: its demand counts for the part of it in the window.
  void add_demand(const MinuteRecord& minute);

  const models::endpoint::RequestTally& requests() const { return requests_; }

  // What minutes and stretches tell; scaling, reaction and elasticity are added by the recorder.
  Summary summarize(const AccountTerms& terms) const;

 private:
  CostSummary cost(const AccountTerms& terms, core::HourlyPrice price) const;

  SimTime from_;
  SimTime to_;
  models::endpoint::RequestTally requests_;
  FleetUse fleet_;
  std::optional<core::Duration> shortest_life_;
  std::int32_t peak_demand_ = 0;
  double demand_seconds_ = 0;    // instances needed, integrated over time
  core::RunningStatistics cpu_;  // of the minutes' averages over instances
  core::RunningStatistics invocations_;
};

}  // namespace sim
