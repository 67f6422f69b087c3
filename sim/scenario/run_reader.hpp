// Reads `run:` and `assumptions:`.
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
Assumptions read_assumptions(const Node* node, Diagnostics& diagnostics);

// How an assumption is spelt in a scenario.
std::string_view to_string(models::cloudwatch::OldBreachingPoint choice);
std::string_view to_string(models::autoscaling::TargetTrackingPoints choice);
std::string_view to_string(models::autoscaling::CooldownStart choice);
std::string_view to_string(ZeroTraffic choice);
std::string_view to_string(RecommenderSpawn choice);
std::string_view to_string(RecommenderStairs choice);

}  // namespace sim
