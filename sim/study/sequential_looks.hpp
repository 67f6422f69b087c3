// Plans how often the results of independent runs may be looked at before there are enough of them,
// and how sure each look has to be, so that all looks together are wrong in 5 % of cases at most.
//
// Whoever stops at the first look that pleases is wrong more often than one look is. The chance of
// being wrong is therefore spent in equal parts on looks that are fixed beforehand (Bonferroni's
// inequality; spending: Lan and DeMets, Discrete sequential boundaries for clinical trials,
// Biometrika 70, 1983; intervals that hold at every look: Jennison and Turnbull, Group Sequential
// Methods, 2000, chapter 9). The half width relative to the mean as a reason to stop is that of
// Law, Simulation Modeling and Analysis, 5th ed., section 9.4.1.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/confidence.hpp"
#include "sim/observe/expectation_result.hpp"

namespace sim {

struct PrecisionGoal {
  double relative_half_width = 0.02;  // of an interval, as a part of its number
  std::size_t least_runs = 10;
  std::size_t most_runs = 100;
};

struct Look {
  std::size_t run_count = 0;  // by then
  double confidence = 0.95;   // of each interval at this look alone
};

// The first look has the least runs, each further one half as many again, the last one the most
// runs; nothing but the goal decides when they are. REQUIRES: 2 <= least_runs <= most_runs.
std::vector<Look> planned_looks(const PrecisionGoal& goal);

// What has to be precise where nothing is expected and nothing is limited.
inline constexpr std::array<std::string_view, 3> kMainNumbers{"latency.p99", "errors.rate",
                                                              "cost.total"};

// Half of the interval against a part of `scale`; an interval without width is as precise as can
// be.
bool is_precise(const core::Interval& interval, double scale, const PrecisionGoal& goal);

// Whether more runs are of no use: it is decided, or its number is as precise as asked.
bool is_settled(const ExpectationResult& result, const PrecisionGoal& goal);

}  // namespace sim
