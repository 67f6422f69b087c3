// Puts what scales a scenario into AWS's lists as JSON, ready to be deployed.
#pragma once

#include <nlohmann/json.hpp>

#include "sim/scenario/scenario.hpp"

namespace sim {

// {"ScalableTargets": [...], "ScalingPolicies": [...], "ScheduledActions": [...],
// "MetricAlarms": [...]} with every default: each entry holds the arguments of one call, and all of
// it is read again by `scaling: {from: ...}`.
nlohmann::ordered_json scaling_json(const Scenario& scenario);

}  // namespace sim
