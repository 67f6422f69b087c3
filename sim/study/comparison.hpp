// Plays two scenarios with the same requests, several times, and says which numbers differ and
// whether that is more than chance.
//
// Run k of the base and run k of the candidate draw the same random numbers, so the interval is
// that of the mean of their differences (Student's t of the paired differences; Law, Simulation
// Modeling and Analysis, 5th ed., section 10.2): what both have in common cancels out.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "sim/observe/comparison_result.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/regression_limit.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/study/replication.hpp"
#include "sim/study/sequential_looks.hpp"

namespace sim {

// Run 0 of both, whole: what a picture is drawn from.
struct FirstRuns {
  PlayedRun base;
  PlayedRun candidate;
};

struct ComparisonOptions {
  std::size_t run_count = 10;
  std::size_t threads = 1;
  // Instead of run_count: as many runs of each as that takes.
  std::optional<PrecisionGoal> precision{};
  // Else the candidate draws its own numbers, as if it were another day.
  bool is_paired = true;
  std::vector<RegressionLimit> limits{};  // beside those of the candidate
  // For the traces of each.
  FileOpener open_base = open_input_file;
  FileOpener open_candidate = open_input_file;
  std::function<void()> on_run{};   // called after each run, on the calling thread; may be empty
  FirstRuns* first_runs = nullptr;  // where they are put; null: nowhere
};

// The candidate is played with the seed of the base. With a precision, until each limit and each
// expectation is decided or its number as precise as asked, or, where there is neither, the
// difference of every one of kMainNumbers; a difference is precise when its half width is such a
// part of the base's mean. REQUIRES: both came from load_scenario()
// without errors; at least one run.
ComparisonResult compare(const Scenario& base, const Scenario& candidate,
                         const ComparisonOptions& options);

}  // namespace sim
