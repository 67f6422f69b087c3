// Checks what no section can tell alone, and makes the scenario of what they told.
#pragma once

#include "sim/scenario/scenario_draft.hpp"

namespace sim {

// Reports every rule that is broken; the scenario is of use only when none was. What is allowed but
// hardly meant is looked for when no more than `errors_before` errors were found in all.
Scenario resolve_scenario(ScenarioDraft draft, std::size_t errors_before, Diagnostics& diagnostics);

}  // namespace sim
