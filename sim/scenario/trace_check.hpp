// Reads a trace once from end to end before the run, so that a bad row is a message, not a
// surprise.
#pragma once

#include <optional>

#include "models/traffic/traffic_stream.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/section.hpp"

namespace sim {

// From the first row to the end of the last, or nothing after a report. Streams: a trace of any
// length takes the memory of one row. `section` is the stream's `trace:`.
std::optional<core::Duration> check_trace(const models::traffic::TraceTraffic& trace,
                                          const Section& section, const FileOpener& open);

}  // namespace sim
