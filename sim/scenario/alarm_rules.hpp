// Checks the alarms that users own, each by itself.
#pragma once

#include "sim/scenario/control_rules.hpp"
#include "sim/scenario/scenario_draft.hpp"

namespace sim {

// Fills scenario.alarms, but for their actions, and lists what they were read from. Reports names
// that are there twice, metrics that nobody publishes, and thresholds that no datapoint can cross.
void resolve_alarms(const ScenarioDraft& draft, Scenario& scenario, ControlSources& sources,
                    Diagnostics& diagnostics);

}  // namespace sim
