// Reads `assumptions:` by the table of its keys.
#pragma once

#include "sim/scenario/document.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// `node` is null when the key is absent.
Assumptions read_assumptions(const Node* node, Diagnostics& diagnostics);

}  // namespace sim
