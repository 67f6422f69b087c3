// Warns of a MinCapacity and a MaxCapacity that do not fit the traffic, and of a capacity that
// nothing lowers.
#pragma once

#include "sim/scenario/lint_context.hpp"

namespace sim {

void lint_capacities(const LintContext& context);

}  // namespace sim
