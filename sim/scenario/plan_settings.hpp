// Holds what a scaling plan is made for: `plan:` of a scenario, and the flags of `headroom plan`.
#pragma once

#include <optional>

#include "core/sim_time.hpp"
#include "core/units.hpp"

namespace sim {

// ModelLatencyThresholds has exactly one entry, of one of these.
enum class LatencyPercentile { P95, P99 };
struct LatencyThreshold {
  LatencyPercentile percentile = LatencyPercentile::P95;
  core::Duration limit{};
};

// How much of an instance is used, and how much is left for what comes unexpectedly.
enum class PlanObjective { Availability, Balanced, Cost };

// What is absent is taken from the scenario's traffic, or by default.
struct PlanSettings {
  std::optional<core::RequestRate> min_rate{};
  std::optional<core::RequestRate> max_rate{};
  std::optional<double> growth{};  // of max_rate, a factor; at least 1
  // Either an objective or the utilization itself, a fraction of the saturated invocations.
  std::optional<PlanObjective> optimize{};
  std::optional<double> utilization{};
  std::optional<double> cpu{};  // a fraction of all vCPUs; the utilization by default
  std::optional<LatencyThreshold> latency_threshold{};  // of the load test of the plan
  std::optional<double> spawn_per_minute{};             // its users
};

}  // namespace sim
