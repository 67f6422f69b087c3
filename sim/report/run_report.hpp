// Gathers what the reports of one run are made from.
#pragma once

#include <span>

#include "sim/observe/expectation_result.hpp"
#include "sim/observe/mean_summary.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct RunReport {
  const Scenario& scenario;
  const RunResult& result;
  std::span<const ExpectationResult> expectations;
  // Of several independent runs, of which `result` is the first; null of one alone.
  const MeanSummary* mean = nullptr;
};

}  // namespace sim
