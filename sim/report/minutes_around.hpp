// Shows the minutes before and after a moment of a run, one below the other.
#pragma once

#include <ostream>
#include <string_view>
#include <vector>

#include "sim/observe/run_result.hpp"
#include "sim/report/text_style.hpp"

namespace sim {

// A quarter of an hour is what a scale in of a target tracking policy looks back on.
inline constexpr std::size_t kMinutesBefore = 15;
inline constexpr std::size_t kMinutesAfter = 5;

// After an empty line, a line each: load and capacity in numbers and, where the style is wide
// enough, as a bar; the instances; and of `watched`, names of metrics, those that a record of a
// minute holds. The minute of `at` is marked. Columns that a narrow window has no room for are left
// out; nothing is written where there is no room at all.
void write_minutes_around(std::ostream& out, const std::vector<MinuteRecord>& minutes,
                          core::SimTime at, const std::vector<std::string_view>& watched,
                          const TextStyle& style);

}  // namespace sim
