// Judges each expectation by all independent runs of a scenario together.
#pragma once

#include <span>
#include <vector>

#include "sim/observe/expectation_result.hpp"

namespace sim {

// A number is judged by its mean over the runs, and fails when one run has no such number; the
// state of an alarm has to be as expected in every run. `runs`: the results of each run, in the
// order of the scenario. REQUIRES: at least one run, all with the same expectations.
std::vector<ExpectationResult> expectations_over_runs(
    std::span<const std::vector<ExpectationResult>> runs);

// The same of runs that may be too few: a number passes, or fails, when the whole interval of its
// mean says so; else it cannot be told. REQUIRES: at least two runs, 0 < confidence < 1.
std::vector<ExpectationResult> decided_expectations(
    std::span<const std::vector<ExpectationResult>> runs, double confidence);

}  // namespace sim
