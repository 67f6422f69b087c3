// Says with which `--set PATH=VALUE` a scenario becomes a tuned one, where that is possible.
#pragma once

#include <string>
#include <vector>

#include "sim/observe/tune_result.hpp"
#include "sim/scenario/scenario_yaml.hpp"

namespace sim {

// Tried before it is told: the file, loaded with them, scales as the policy does. Empty when there
// are none, as where policies come from other files, or nothing was changed.
std::vector<std::string> tuned_settings(const PricedPolicy& policy, const std::string& file,
                                        const LoadOptions& load);

}  // namespace sim
