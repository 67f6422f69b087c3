// Lists everything that can happen on the control plane: plain data, one handler each, and a name
// for the message of a failed check.
#pragma once

#include <cstdint>
#include <variant>

#include "models/endpoint/fleet.hpp"

namespace sim {

// An instance that was launched takes requests from now on.
struct InstanceEntersService {
  static constexpr const char* kName = "an instance enters service";
  models::endpoint::InstanceSlot slot = 0;
  std::uint32_t number = 0;
};
// The grace of a stopping instance is over.
struct InstanceGone {
  static constexpr const char* kName = "an instance is gone";
  models::endpoint::InstanceSlot slot = 0;
  std::uint32_t number = 0;
};
// A minute, a phase of the traffic, the warm-up or the run ends.
struct StretchEnds {
  static constexpr const char* kName = "a stretch ends";
};
// CloudWatch looks at every alarm.
struct AlarmsEvaluated {
  static constexpr const char* kName = "alarms are evaluated";
};
// Application Auto Scaling acts on the alarms.
struct ScalingDecided {
  static constexpr const char* kName = "scaling is decided";
};

using Event =
    std::variant<InstanceEntersService, InstanceGone, StretchEnds, AlarmsEvaluated, ScalingDecided>;

}  // namespace sim
