// Makes the graph of what closes the loop of a scenario, and searches it.
#pragma once

#include <vector>

#include "sim/scenario/control_graph.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// REQUIRES: the names of the variants can be part of a ResourceId, and metric math goes in no
// circle.
ControlGraph make_control_graph(const Scenario& scenario);

// By node: whether some way from it, itself included, comes to a node of the kind. Actions that are
// disabled are no way.
std::vector<bool> leading_to(const ControlGraph& graph, ControlKind kind);

}  // namespace sim
