// Reads `run:`.
#pragma once

#include "sim/scenario/document.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/section.hpp"

namespace sim {

// Longer runs are refused, which keeps what a run records in bounded memory.
inline constexpr Duration kLongestRun = std::chrono::hours{24 * 31};

struct RunSection {
  RunSettings settings;
  bool has_duration = false;  // else it is as long as the traffic
  NodePlace warm_up_place;
};

// `node` is null when the key is absent.
RunSection read_run(const Node* node, Diagnostics& diagnostics);
// The start alone. REQUIRES: `start` and `timezone` are keys of the section.
void read_start(const Section& section, RunSettings& settings);

}  // namespace sim
