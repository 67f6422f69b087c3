// Lists everything that can happen on the control plane: plain data, one handler each, and a name
// for the message of a failed check.
#pragma once

#include <cstdint>
#include <variant>

#include "models/endpoint/fleet.hpp"

namespace sim {

// An instance of a variant that was launched takes requests from now on.
struct InstanceEntersService {
  static constexpr const char* kName = "an instance enters service";
  std::uint32_t variant = 0;  // index in the scenario
  models::endpoint::InstanceSlot slot = 0;
  std::uint32_t number = 0;
};
// The grace of a stopping instance is over.
struct InstanceGone {
  static constexpr const char* kName = "an instance is gone";
  std::uint32_t variant = 0;
  models::endpoint::InstanceSlot slot = 0;
  std::uint32_t number = 0;
};
// A minute, ten seconds of it, a phase of the traffic, the warm-up or the run ends.
struct StretchEnds {
  static constexpr const char* kName = "a stretch ends";
};
// CloudWatch looks at the alarms.
struct AlarmsEvaluated {
  static constexpr const char* kName = "alarms are evaluated";
};
// A scheduled action is due.
struct ScheduledActionsDue {
  static constexpr const char* kName = "a scheduled action is due";
};
// Application Auto Scaling acts on the alarms.
struct ScalingDecided {
  static constexpr const char* kName = "scaling is decided";
};

// The state of the control plane is asked for.
struct StateExplained {
  static constexpr const char* kName = "the state is explained";
};

using Event = std::variant<InstanceEntersService, InstanceGone, StretchEnds, AlarmsEvaluated,
                           ScheduledActionsDue, ScalingDecided, StateExplained>;

}  // namespace sim
