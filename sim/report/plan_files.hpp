// Writes what `headroom plan --out` asks for: the planned scenario, the inputs of the AWS CLI that
// deploy its scaling, and a script that makes the calls.
#pragma once

#include <ostream>
#include <span>
#include <string>

#include "sim/observe/plan_result.hpp"
#include "sim/report/scaling_calls.hpp"

namespace sim {

inline constexpr const char* kPlannedScenarioFile = "planned.scenario.yaml";
inline constexpr const char* kDeployScript = "deploy.sh";

// What the file of a call holds.
void write_call_input(std::ostream& out, const ScalingCall& call);
// Makes the calls one after another. An alarm's action has to be the ARN that put-scaling-policy
// prints, so the script asks for it.
void write_deploy_script(std::ostream& out, std::span<const ScalingCall> calls);

// Makes the folder when it is not there. Empty, or which file could not be written and why; no file
// is ever half-written.
std::string write_plan_files(const PlanCase& plan, const std::string& folder);

}  // namespace sim
