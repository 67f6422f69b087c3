// Checks `version:`, the first key of every file of ours.
#pragma once

#include "sim/scenario/section.hpp"

namespace sim {

// Reports a version that is not there, or is not 1. REQUIRES: `version` is a key of the section.
void check_version(const Section& section);

}  // namespace sim
