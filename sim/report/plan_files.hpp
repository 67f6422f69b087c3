// Writes what `headroom plan --out` asks for: the planned scenario, the inputs of the AWS CLI that
// deploy its scaling, and a script that makes the calls.
#pragma once

#include <string>

#include "sim/observe/plan_result.hpp"

namespace sim {

inline constexpr const char* kPlannedScenarioFile = "planned.scenario.yaml";

// Makes the folder when it is not there. Empty, or which file could not be written and why; no file
// is ever half-written.
std::string write_plan_files(const PlanCase& plan, const std::string& folder);

}  // namespace sim
