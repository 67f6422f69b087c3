// Reads `warming:`, which tells how an instance serves before it is warm.
#pragma once

#include <optional>

#include "models/endpoint/endpoint_variant.hpp"
#include "sim/scenario/document.hpp"

namespace sim {

// {duration} and {slowdown}, {errors} or both.
std::optional<models::endpoint::Warming> read_warming(const Node& node, Diagnostics& diagnostics);

}  // namespace sim
