// Measures how well supply followed demand, as the SPEC Research Group defines elasticity.
#pragma once

#include <cstdint>
#include <span>

#include "core/units.hpp"
#include "sim/observe/run_result.hpp"

namespace sim {

// The fewest instances whose throughput covers a rate of invocations; never none, because a
// real-time variant keeps one. per_instance: the most that one instance serves.
std::int32_t instances_needed(core::RequestRate offered, core::RequestRate per_instance);

// Over the minutes that start in [from, to).
ElasticitySummary elasticity(std::span<const MinuteRecord> minutes, SimTime from, SimTime to);

}  // namespace sim
