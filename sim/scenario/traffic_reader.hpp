// Reads `traffic:`: named streams of one shape each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/traffic/traffic_stream.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// A stream as far as its own lines tell.
struct StreamDraft {
  models::traffic::TrafficStream stream;
  std::optional<Duration> span;  // from its beginning to its end; none: it lasts as long as the run
  NodePlace place;               // of its name
};

struct TrafficContext {
  const std::string& scenario_file;
  const FileOpener& open;
  const Assumptions& assumptions;
};

// Sorted by name. Traces are read once from end to end, so that a bad row is known before the run.
std::vector<StreamDraft> read_traffic(const Node& node, const TrafficContext& context,
                                      Diagnostics& diagnostics);

}  // namespace sim
