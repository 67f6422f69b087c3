// Makes a scenario of a YAML file, or reports everything that is wrong with it.
#pragma once

#include <optional>
#include <string>

#include "sim/scenario/diagnostic.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/written_scenario.hpp"

namespace sim {

// `file` names the text in messages; files that the scenario names are beside it. Nothing comes
// back when there is an error; warnings may accompany a scenario.
std::optional<Scenario> load_scenario(std::string text, const std::string& file,
                                      const LoadOptions& options, Diagnostics& diagnostics);

// The same, from a file that options.open opens.
std::optional<Scenario> load_scenario_file(const std::string& file, const LoadOptions& options,
                                           Diagnostics& diagnostics);

}  // namespace sim
