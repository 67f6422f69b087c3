// Plays scenarios that differ in their policies, and says what each run cost and how far it was
// from what is expected.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/observe/expectation_result.hpp"
#include "sim/observe/mean_summary.hpp"
#include "sim/observe/tune_result.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/study/tuner.hpp"

namespace sim {

// What a study keeps of a run.
struct PolicyRun {
  RunNumbers numbers;
  std::vector<ExpectationResult> expectations;
};

// USD; instance-hours when the price is not known.
double cost_of(const RunNumbers& numbers);

// How far a value is beyond an expectation's limit, 0 when it is met: the share of the limit, the
// larger the less it counts, so that one wild number does not hide the others.
double violation_of(const ExpectationResult& result);

// The sum of all violations, and the cost.
Outcome judged(const PolicyRun& run);

struct RunOfScenario {
  const Scenario* scenario = nullptr;
  std::uint64_t run = 0;
};

// In the order of the list, whatever the number of threads.
std::vector<PolicyRun> play_list(const std::vector<RunOfScenario>& list, std::size_t threads);

// Runs first, first + 1, ... of a scenario; with `until_failed`, none after a batch in which an
// expectation failed. Batches do not depend on the number of threads.
std::vector<PolicyRun> play_runs(const Scenario& scenario, std::uint64_t first, std::size_t count,
                                 std::size_t threads, bool until_failed);

bool all_met(std::span<const PolicyRun> runs);

// REQUIRES: at least one run, of this scenario.
PricedPolicy priced(const Scenario& scenario, std::span<const PolicyRun> runs);

}  // namespace sim
