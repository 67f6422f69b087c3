// Warns of cooldowns that let a policy act on datapoints from before its last action, and of
// metrics that have no datapoints while nobody asks.
#pragma once

#include "sim/scenario/lint_context.hpp"

namespace sim {

void lint_reactions(const LintContext& context);

}  // namespace sim
