// Warns of policies that AWS takes and that hardly do what was meant, with the arithmetic that
// shows it. docs/lints.md lists them.
#pragma once

#include "sim/scenario/control_rules.hpp"

namespace sim {

// REQUIRES: the scenario has no errors; `sources` is what it was read from.
void lint_policies(const ControlSources& sources, const Scenario& scenario,
                   Diagnostics& diagnostics);

}  // namespace sim
