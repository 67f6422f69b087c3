// Resolves the alarms that users own: whose actions name which step policy, on which metric.
#pragma once

#include "sim/scenario/scenario_draft.hpp"

namespace sim {

// Fills scenario.alarms. Reports actions that name no policy, alarms that trigger nothing, step
// policies that nothing triggers, and thresholds that no datapoint can cross.
// REQUIRES: the policies of the scenario's variants are resolved.
void resolve_alarms(const ScenarioDraft& draft, Scenario& scenario, Diagnostics& diagnostics);

}  // namespace sim
