// Reads `capacity_errors:`, which tells when a scale-out finds no instances to launch.
#pragma once

#include <optional>

#include "models/endpoint/capacity_errors.hpp"
#include "sim/scenario/document.hpp"

namespace sim {

// {probability}, {windows: [{from, to}, ...]} or both; windows in the order of time.
std::optional<models::endpoint::CapacityErrors> read_capacity_errors(const Node& node,
                                                                     Diagnostics& diagnostics);

}  // namespace sim
