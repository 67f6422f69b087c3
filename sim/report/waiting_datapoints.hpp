// Works out which datapoints an alarm that is not in ALARM still waits for, and when it will see
// them: most of "why did it not scale?" is this.
#pragma once

#include <cstdint>
#include <optional>

#include "core/sim_time.hpp"
#include "sim/observe/explanation.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct WaitingDatapoints {
  std::int32_t count = 0;     // that must breach, one after the other
  core::SimTime first_start;  // of the next period
  core::SimTime last_end;     // of the last one waited for
  core::SimTime earliest;     // the evaluation that sees the last one
};

// Empty when the alarm is in ALARM, has seen no datapoint, or none of those it counted breaches:
// then nothing has begun for which it could wait.
std::optional<WaitingDatapoints> waiting_datapoints(const ExplainedAlarm& alarm,
                                                    const Assumptions& assumptions);

}  // namespace sim
