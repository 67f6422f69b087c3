// Draws series with characters: bars with a level marked over them, and whole numbers along a line.
//
// Unicode has blocks of an eighth of a cell; with ASCII a cell is full, half full or empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/report/text_style.hpp"

namespace sim {

// What a column of a chart shows, or a row of sideways bars. REQUIRES: finite and not negative.
struct ChartBar {
  double height = 0;
  double level = 0;       // zero: none is marked
  double excess_top = 0;  // the bar is in excess from `level` to here; none when that is not more
};

struct ChartTick {
  std::size_t column = 0;  // before which it stands; at most the number of columns
  std::string text;
};

enum class BarDirection { Upwards, Sideways };

// What bars are drawn with, for a legend: in the colours that they have there.
struct ChartSigns {
  std::string bar;
  std::string level;
  std::string excess;
};
ChartSigns chart_signs(BarDirection direction, const TextStyle& style);

// The columns that stand before the first bar: numbers and the axis.
inline constexpr std::size_t kChartMargin = 11;
// Rows of bars.
inline constexpr std::size_t kChartRows = 8;

// Lines from the top of the scale to the texts of the ticks, without spaces at their ends. The
// scale begins at zero and is labelled at its top and its middle, with `unit` after the number. A
// tick whose text would touch the one before is left out.
std::vector<std::string> chart_lines(const std::vector<ChartBar>& bars, std::string_view unit,
                                     const std::vector<ChartTick>& ticks, const TextStyle& style);

// "1───2──────5─": each number where it begins, as far as it has room; one that lasts too few
// columns for its digits is shown as dots.
std::string number_line(const std::vector<std::int64_t>& numbers, const TextStyle& style);

// A bar that lies on its side, `width` columns being `top`. REQUIRES: top > 0.
std::string sideways_bar(const ChartBar& bar, double top, std::size_t width,
                         const TextStyle& style);

// The least of 1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8 and their multiples by powers of ten that is not
// below `value`: half of it is as easy to read. 1 for zero.
double top_of_scale(double value);

}  // namespace sim
