// Warns of targets and thresholds in another unit than their metric: per second instead of per
// minute, fractions instead of per cent, milliseconds instead of microseconds.
#pragma once

#include "sim/scenario/lint_context.hpp"

namespace sim {

void lint_units(const LintContext& context);

}  // namespace sim
