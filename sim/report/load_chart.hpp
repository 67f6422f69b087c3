// Draws the minutes of a run: the load against what the instances in service serve at most, and
// below it how many are in service and how many are desired.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "sim/observe/run_result.hpp"
#include "sim/report/terminal_chart.hpp"

namespace sim {

// A narrower drawing would tell nothing.
inline constexpr std::size_t kNarrowestChart = 36;

// One minute, or several drawn in one column.
struct LoadColumn {
  ChartBar bar;
  // Of the minute in which the load exceeded the capacity most; where it never did, of the one with
  // the highest load. Its capacity is the bar's level, so a shortfall is never lost nor made up.
  const MinuteRecord* minute = nullptr;
};

// The minutes over `count` columns of equal time; the height is the highest load of each column's.
std::vector<LoadColumn> load_columns(const std::vector<MinuteRecord>& minutes, std::size_t count);

// Round times for an axis of `count` columns, far enough apart to be read.
std::vector<ChartTick> time_ticks(core::SimTime from, core::SimTime to, std::size_t count);

// Nothing when the style is narrower than the narrowest chart or there is no minute; else lines
// that the style's width holds, the first of which says what is drawn.
void write_load_chart(std::ostream& out, const std::vector<MinuteRecord>& minutes,
                      const TextStyle& style);

// Load and capacity of a minute as a bar; what is not finite is drawn as nothing.
ChartBar load_bar(const MinuteRecord& minute);

}  // namespace sim
