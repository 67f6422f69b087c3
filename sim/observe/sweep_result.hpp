// Holds what a sweep found out: the numbers at every point, and which points stand out.
//
// Plain data; made by sim/study/sweep.hpp, written out by sim/report.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sim_time.hpp"
#include "sim/observe/mean_summary.hpp"

namespace sim {

struct SweptPoint {
  // Of each parameter, as written. Absent at the baseline alone, where the file has no such value.
  std::vector<std::optional<std::string>> values;
  MeanSummary mean;
  std::string price_source;

  // Whether every run met every expectation.
  bool is_met() const { return mean.met_count == mean.run_count; }
};

struct SweepResult {
  std::string name;  // of the scenario
  std::string file;
  std::uint64_t seed = 0;
  core::Duration duration{};
  std::size_t run_count = 0;            // at each point
  std::vector<std::string> parameters;  // their paths
  std::vector<SweptPoint> points;
  bool has_expectations = false;
  std::string_view cost_key;            // what the points are compared by: cost.total, or
                                        // instances.hours when no point has a price
  std::optional<std::size_t> baseline;  // the file as it is written; absent when it is no scenario
  std::optional<std::size_t> cheapest;  // of the points that meet every expectation
  std::optional<std::size_t> knee;      // where more money begins to buy little ...
  std::string_view knee_key;            // ... of this: errors.rate or latency.p99
  std::vector<std::size_t> pareto;      // no other point is cheaper and serves as well, or better
};

}  // namespace sim
