// Writes a scenario with every default and shorthand written out: `headroom check --expand`.
#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"

namespace sim {

// YAML that load_scenario() turns into the same scenario again, to the last bit of every number,
// when it stands where the scenario's file stands. Everything is inline but recorded data.
std::string expand_scenario(const Scenario& scenario);

}  // namespace sim
