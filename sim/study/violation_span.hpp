// Finds where in time an expectation was not met, so that a reader knows which minutes to look at.
#pragma once

#include <optional>

#include "core/sim_time.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct TimeSpan {
  core::SimTime from;
  core::SimTime to;
};

// Whether `value` is what the expectation wants.
bool is_met(const Expectation& expectation, double value);
// The same for its verdict: one that is marked to fail passes when it is not met.
inline bool passes(const Expectation& expectation, double value) {
  return is_met(expectation, value) != expectation.fails;
}

// The stretch of consecutive minutes, within `within`, that breaks the expectation and holds the
// worst of them. Nothing when minutes do not tell: a cost, a mean, a number that only grows.
std::optional<TimeSpan> worst_violation(const Expectation& expectation, const RunResult& result,
                                        TimeSpan within);

}  // namespace sim
