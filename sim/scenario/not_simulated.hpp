// Lists what a scenario may one day say but this version does not simulate.
//
// Such a feature is refused by name, never skipped: a result without it would be believed.
#pragma once

#include <string_view>

#include "sim/scenario/document.hpp"

namespace sim {

// What a PolicyType, a metric, a predefined metric type or a scalable dimension of AWS stands for,
// when it is known but not simulated; else empty.
std::string_view not_simulated_value(std::string_view value);

// "'PredictiveScaling' (predictive scaling) is not simulated by this version".
void report_not_simulated(Diagnostics& diagnostics, const NodePlace& place, std::string_view name,
                          std::string_view feature);

}  // namespace sim
