// Makes a scaling plan: measures one instance, derives targets and bounds from it, and plays the
// plan against what it is for.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/observe/plan_result.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct PlanOptions {
  PlanSettings settings;             // of the file, the flags' instead where they are given
  std::vector<double> utilizations;  // several to compare; empty: as the settings say
  std::size_t threads = 1;
};

// A plan, or why there is none, in a sentence for the user.
struct PlanOutcome {
  std::optional<PlanResult> plan;
  std::string problem;
};

// REQUIRES: the scenario came from load_scenario() without errors.
PlanOutcome make_scaling_plan(const Scenario& scenario, const PlanOptions& options);

// The scenario with the candidate's instance instead of the endpoint's.
Scenario on_candidate(const Scenario& scenario, const Candidate& candidate);

}  // namespace sim
