// Reads the closed-loop shapes: `users` in our words, `recommender` in those of AWS's Inference
// Recommender.
#pragma once

#include <optional>
#include <string>

#include "models/traffic/traffic_stream.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct UserTraffic {
  models::traffic::ClosedLoopTraffic traffic;
  // None: it lasts as long as the run, and the only phase has no duration yet.
  std::optional<Duration> span;
};

UserTraffic read_users(const Node& node, const std::string& path, Diagnostics& diagnostics);

// TrafficPattern of an inference recommendations job. Values beyond the limits
// that AWS documents are warnings: a simulation may ask what AWS would not run.
UserTraffic read_recommender(const Node& node, const std::string& path,
                             const Assumptions& assumptions, Diagnostics& diagnostics);

}  // namespace sim
