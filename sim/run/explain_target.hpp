// Copies what the control plane knows of one variant: its bounds, its policies and their alarms.
#pragma once

#include <cstddef>

#include "sim/observe/explanation.hpp"
#include "sim/run/control_plane.hpp"

namespace sim {

// All but the name and the instances, which the control plane does not know.
ExplainedVariant explain_target(const ControlPlane& control, std::size_t variant);

}  // namespace sim
