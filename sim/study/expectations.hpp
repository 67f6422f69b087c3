// Compares what a scenario expects with what its run gave.
#pragma once

#include <string>
#include <vector>

#include "sim/observe/expectation_result.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// In the order of the scenario. A value that the run does not support, such as a quantile of no
// requests, fails its expectation and says so: a gate that saw nothing must not be green.
std::vector<ExpectationResult> check_expectations(const Scenario& scenario,
                                                  const RunResult& result);

// A value in the unit in which the expectation was written.
std::string text_in_unit(const Expectation& expectation, double value, int digits);
// The same with as few digits as people read, but enough that the limit and the value do not look
// the same.
std::string actual_text(const Expectation& expectation, double value);

}  // namespace sim
