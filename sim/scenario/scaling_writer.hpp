// Writes the `scaling:` of a scenario with every default, as AWS's lists; reads back as the same.
#pragma once

#include <string>
#include <string_view>

#include "sim/scenario/scenario.hpp"

namespace sim {

// Text in YAML's double quotes.
std::string yaml_text(std::string_view text);

// Empty when nothing scales.
std::string scaling_text(const Scenario& scenario);

}  // namespace sim
