// Writes a control graph in the language of Graphviz: `headroom check --graph FILE | dot -Tsvg`.
#pragma once

#include <string>

#include "sim/scenario/control_graph.hpp"

namespace sim {

// A column for each kind, from metrics on the left to variants on the right; a frame around what
// belongs to each of several variants. What can never move an instance is grey and dashed.
std::string control_graph_dot(const ControlGraph& graph, const std::string& title);

}  // namespace sim
