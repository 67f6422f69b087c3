// Compares what a scenario expects with what its run gave.
#pragma once

#include <vector>

#include "sim/observe/expectation_result.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// In the order of the scenario. A value that the run does not support, such as a quantile of no
// requests, fails its expectation and says so: a gate that saw nothing must not be green.
std::vector<ExpectationResult> check_expectations(const Scenario& scenario,
                                                  const RunResult& result);

}  // namespace sim
