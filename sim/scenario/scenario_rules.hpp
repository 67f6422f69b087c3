// Checks what no section can tell alone, and makes the scenario of what they told.
#pragma once

#include "sim/scenario/scenario_draft.hpp"

namespace sim {

// Reports every rule that is broken; the scenario is of use only when none was.
Scenario resolve_scenario(ScenarioDraft draft, Diagnostics& diagnostics);

}  // namespace sim
