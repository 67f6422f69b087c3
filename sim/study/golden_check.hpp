// Compares a run with what was approved of it, and writes what is to be approved: the numbers of
// the summary, rounded, and the list of scaling activities.
//
// A number may be off by the file's tolerance; activities are to be the same, line by line.
#pragma once

#include <string>
#include <vector>

#include "sim/observe/run_result.hpp"
#include "sim/observe/test_result.hpp"
#include "sim/scenario/golden.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// One for each number that is off, and one for the activities when they differ; when nothing is,
// one that says so.
std::vector<CheckedExpectation> check_golden(const Scenario& scenario, const RunResult& result,
                                             const Golden& golden);

// The content of a golden file.
std::string golden_text(const Scenario& scenario, const RunResult& result, double tolerance);

}  // namespace sim
