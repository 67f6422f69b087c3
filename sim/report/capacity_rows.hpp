// Tells when each number of instances was reached, and why: the change, the activity behind it and
// the decision behind that, in one sentence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/observe/run_result.hpp"

namespace sim {

struct CapacityRow {
  std::string variant;  // empty when the endpoint has only one
  std::int32_t in_service = 0;
  SimTime at;
  std::optional<SimTime> decided_at;  // absent: nobody decided, as at the start
  std::string why;
};

// In the order of time.
std::vector<CapacityRow> capacity_rows(const RunResult& result);

// AlarmHigh and AlarmLow for the pair that target tracking owns, whose whole names say
// nothing more to a reader; other names as they are.
std::string_view short_alarm_name(std::string_view name);

}  // namespace sim
