// Says what one instance of a variant serves, and where that comes from.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sim {

// REQUIRES: `of` is one of the variants of the scenario.
std::vector<std::string> instance_lines(const Scenario& scenario, const ScenarioVariant& of);

}  // namespace sim
