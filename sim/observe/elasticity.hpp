// Measures how well supply followed demand, as the SPEC Research Group defines elasticity.
#pragma once

#include <span>

#include "core/units.hpp"
#include "sim/observe/run_result.hpp"

namespace sim {

// Over the minutes that start in [from, to). per_instance: the most that one instance serves.
ElasticitySummary elasticity(std::span<const MinuteRecord> minutes, core::RequestRate per_instance,
                             SimTime from, SimTime to);

}  // namespace sim
