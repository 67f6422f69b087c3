// Resolves whom targets and policies are for, and checks what AWS checks between them.
#pragma once

#include "sim/scenario/control_rules.hpp"
#include "sim/scenario/scenario_draft.hpp"

namespace sim {

// Fills in the names of the endpoint and its variant, the scalable target, the policies and the
// initial instances of `scenario`. What is given names the parts of `draft` that each was read
// from.
ControlSources resolve_scaling(const ScenarioDraft& draft, Scenario& scenario,
                               Diagnostics& diagnostics);

}  // namespace sim
