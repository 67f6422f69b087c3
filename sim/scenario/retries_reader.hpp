// Reads `retries:` of a stream: how its clients ask again after a failure.
#pragma once

#include <optional>

#include "models/traffic/traffic_stream.hpp"
#include "sim/scenario/document.hpp"

namespace sim {

// `path` names the section in messages: "traffic.shoppers.retries". Nothing after an error.
std::optional<models::traffic::ClientRetries> read_retries(const Node& node,
                                                           const std::string& path,
                                                           Diagnostics& diagnostics);

}  // namespace sim
