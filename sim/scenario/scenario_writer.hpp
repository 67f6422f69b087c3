// Writes a scenario with every default and shorthand written out: `headroom check --expand`.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sim {

// YAML that load_scenario() turns into the same scenario again, to the last bit of every number,
// when it stands where the scenario's file stands. Everything is inline but recorded data.
std::string expand_scenario(const Scenario& scenario);
// The same, with its scaling in these files beside it instead of inline.
std::string expand_scenario(const Scenario& scenario,
                            const std::vector<std::string>& scaling_files);

}  // namespace sim
