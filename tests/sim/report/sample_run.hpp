// Builds by hand a run of four minutes in which one instance becomes two: small enough to write out
// every report in full.
#pragma once

#include <vector>

#include "sim/report/run_report.hpp"

namespace sim {

struct SampleRun {
  Scenario scenario;
  RunResult result;
  std::vector<ExpectationResult> expectations;

  RunReport report() const { return {scenario, result, expectations}; }
};

SampleRun sample_run();

// Without scaling, price, phases, expectations and requests.
SampleRun idle_run();

}  // namespace sim
