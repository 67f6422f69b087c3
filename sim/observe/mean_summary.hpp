// Holds the numbers of independent runs of one scenario, and what they come to together.
//
// Plain data in SI base units; made by sim/study/replication.hpp, written out by sim/report.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/confidence.hpp"
#include "sim/observe/precision_result.hpp"

namespace sim {

// The numbers of one run's summary, in the order of summary_keys(). Absent: nothing supports it, or
// the key is of a state at a time. An expectation that the run does not meet has failed.
struct RunNumbers {
  std::vector<std::optional<double>> values;
  std::int64_t passed = 0;  // expectations
  std::int64_t failed = 0;

  bool met_expectations() const { return failed == 0; }
};

// One number over all runs that have it.
struct MeanOverRuns {
  std::optional<double> mean;              // absent when no run has it
  std::optional<core::Interval> interval;  // at 95 %; absent unless two runs have it
  std::size_t run_count = 0;               // how many have it
};

struct MeanSummary {
  std::size_t run_count = 0;
  std::size_t met_count = 0;         // of the runs that met every expectation
  std::vector<MeanOverRuns> values;  // in the order of summary_keys()
  MeanOverRuns passed;               // expectations
  MeanOverRuns failed;
  std::optional<PrecisionResult> precision;  // when that decided how many runs there are
};

}  // namespace sim
