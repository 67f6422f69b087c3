// Makes the graph of what closes the loop, and finds in it what no list shows: which parts can
// never move an instance, and which ids of metric math lead nowhere.
#pragma once

#include "sim/scenario/control_graph.hpp"
#include "sim/scenario/control_parts.hpp"
#include "sim/scenario/diagnostic.hpp"

namespace sim {

// Reports ids that nothing uses. REQUIRES: the indices in `parts` are those of its lists.
ControlGraph make_control_graph(const ControlParts& parts, Diagnostics& diagnostics);

}  // namespace sim
