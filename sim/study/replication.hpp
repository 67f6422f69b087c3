// Plays a scenario several times with independent random numbers, and says what the runs come to
// together: means, with intervals.
//
// Run k of one scenario meets the very same requests as run k of any other that differs in its
// policies alone (common random numbers), so that their difference is the policies'.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sim/observe/expectation_result.hpp"
#include "sim/observe/mean_summary.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/run/simulation.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/study/sequential_looks.hpp"

namespace sim {

// One run, and what became of each expectation.
struct PlayedRun {
  RunResult result;
  std::vector<ExpectationResult> expectations;
};

// Run `options.run` of the scenario. Traces come from the disk unless the options say otherwise.
// REQUIRES: as of simulate().
PlayedRun play_run(const Scenario& scenario, SimulationOptions options);

RunNumbers numbers_of(const PlayedRun& run);

// Each number's mean and its interval (Student's t), over the runs that have the number.
// REQUIRES: at least one run, 0 < confidence < 1.
MeanSummary mean_of(std::span<const RunNumbers> runs, double confidence = 0.95);

// By its key path, such as latency.p99. REQUIRES: it is one of summary_keys().
const MeanOverRuns& mean_at(const MeanSummary& mean, std::string_view path);

struct ReplicationOptions {
  std::size_t run_count = 1;
  std::size_t threads = 1;
  SimulationOptions simulation{};  // but for its run
  // Instead of run_count: as many runs as that takes.
  std::optional<PrecisionGoal> precision{};
  std::function<void()> on_run{};  // called after each run, on the calling thread; may be empty
};

struct Replication {
  PlayedRun first;                                           // run 0, whole
  std::vector<Summary> summaries;                            // of run 0, 1, ...
  std::vector<RunNumbers> runs;                              // of the same
  std::vector<std::vector<ExpectationResult>> expectations;  // of the same
  MeanSummary mean;
  std::vector<ExpectationResult> judged;  // by all runs together
};

// Runs 0 .. run_count - 1, or as many as it takes until every expectation is settled, or, where
// nothing is expected, every one of kMainNumbers that the runs have is precise; the same whatever
// the number of threads. REQUIRES: run_count > 0, and as of simulate().
Replication replicate(const Scenario& scenario, const ReplicationOptions& options);

}  // namespace sim
