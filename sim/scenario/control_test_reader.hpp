// Reads a test of the control plane: the scaling as in a scenario, series of metric values instead
// of traffic, and what alarms and capacity are to be at given times.
#pragma once

#include <optional>

#include "sim/scenario/section.hpp"
#include "sim/scenario/span_reader.hpp"
#include "sim/scenario/test_case.hpp"

namespace sim {

// Reads `test`, which is named `path` in messages. Nothing comes back after a report of an error.
std::optional<ControlTest> read_control_test(const Node& test, const std::string& path,
                                             const FileContext& files, Diagnostics& diagnostics);

}  // namespace sim
