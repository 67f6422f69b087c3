// Reads limits of changes, "METRIC > CHANGE" or "METRIC < CHANGE", from the command line and from
// `limits:`, whose entries may also be mappings of {that, because}.
//
// CHANGE is a number with the metric's unit, with a sign or without; `pp` are percentage points of
// a share or of CPU; `%` is of the base's mean.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/document.hpp"
#include "sim/scenario/regression_limit.hpp"

namespace sim {

// Reports at `place` and gives nothing when the text is no limit.
std::optional<RegressionLimit> read_limit(const std::string& text, const SourcePlace& place,
                                          Diagnostics& diagnostics);

// `node` is null when the key is absent. Entries that are no limits are reported and left out.
std::vector<RegressionLimit> read_limits(const Node* node, Diagnostics& diagnostics);

}  // namespace sim
