// Checks what closes the loop as a whole: whether each part has a target, is triggered and triggers
// something, and whether policies contradict one another.
#pragma once

#include "sim/scenario/control_parts.hpp"
#include "sim/scenario/diagnostic.hpp"

namespace sim {

// REQUIRES: the indices in `parts` are those of its lists.
void check_control(const ControlParts& parts, Diagnostics& diagnostics);

}  // namespace sim
