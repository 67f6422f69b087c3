// Lists everything that can happen on the control plane: plain data, one handler each.
#pragma once

#include <cstdint>
#include <variant>

#include "models/endpoint/fleet.hpp"

namespace sim {

// An instance that was launched takes requests from now on.
struct InstanceEntersService {
  models::endpoint::InstanceSlot slot = 0;
  std::uint32_t number = 0;
};
// The grace of a stopping instance is over.
struct InstanceGone {
  models::endpoint::InstanceSlot slot = 0;
  std::uint32_t number = 0;
};
// A minute, a phase of the traffic, the warm-up or the run ends.
struct StretchEnds {};
// CloudWatch looks at every alarm.
struct AlarmsEvaluated {};
// Application Auto Scaling acts on the alarms.
struct ScalingDecided {};

using Event =
    std::variant<InstanceEntersService, InstanceGone, StretchEnds, AlarmsEvaluated, ScalingDecided>;

}  // namespace sim
