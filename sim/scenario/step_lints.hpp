// Warns of step policies that go the wrong way, have steps that nothing enters, or undo one
// another.
#pragma once

#include "sim/scenario/lint_context.hpp"

namespace sim {

void lint_steps(const LintContext& context);

}  // namespace sim
