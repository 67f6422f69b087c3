// Writes simulated instants as dates and times of the wall clock.
#pragma once

#include <cstdint>
#include <string>

#include "core/sim_time.hpp"

namespace sim {

// ISO 8601 as version 2 of the AWS CLI prints it: 2026-03-02T08:00:00+00:00, with microseconds when
// there are any.
std::string iso_time(std::int64_t unix_s_of_start, core::SimTime at, int utc_offset_minutes = 0);

// The short form of whole seconds, as people give it: 2026-03-02T08:00:00Z.
std::string utc_time(std::int64_t unix_s);

}  // namespace sim
