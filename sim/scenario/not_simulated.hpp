// Lists what a scenario may one day say but this version does not simulate.
//
// Such a feature is refused by name, never skipped: a result without it would be believed.
#pragma once

#include <string_view>

#include "sim/scenario/document.hpp"

namespace sim {

// What the key of a section stands for, when it is known but not simulated; else empty.
std::string_view not_simulated_key(std::string_view section, std::string_view key);

// The same for a PolicyType, a metric, a predefined metric type or a scalable dimension of AWS.
std::string_view not_simulated_value(std::string_view value);

// "'variants' (several production variants) is not simulated by this version".
void report_not_simulated(Diagnostics& diagnostics, const NodePlace& place, std::string_view name,
                          std::string_view feature);

}  // namespace sim
