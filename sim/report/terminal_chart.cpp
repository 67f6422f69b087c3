#include "sim/report/terminal_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/report/humane_text.hpp"

namespace sim {
namespace {

enum class Part { Blank, Bar, Level, Excess };

struct Cell {
  std::string_view sign = " ";
  Part part = Part::Blank;
};
using Cells = std::vector<Cell>;

// How full a cell is, in eighths.
using Eighths = std::array<std::string_view, 9>;
constexpr Eighths kUpwards = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr Eighths kRightwards = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
constexpr Eighths kUpwardsAscii = {" ", ".", ".", ".", "#", "#", "#", "#", "#"};
constexpr Eighths kRightwardsAscii = {" ", " ", " ", " ", "#", "#", "#", "#", "#"};

// How bars of one direction are drawn.
struct BarSigns {
  Eighths steps;
  std::string_view level;
  std::string_view excess;
};
constexpr BarSigns kUpwardSigns = {kUpwards, "━", "▓"};
constexpr BarSigns kUpwardSignsAscii = {kUpwardsAscii, "=", "!"};
constexpr BarSigns kSidewaysSigns = {kRightwards, "┃", "▓"};
constexpr BarSigns kSidewaysSignsAscii = {kRightwardsAscii, "|", "!"};

const BarSigns& bar_signs(BarDirection direction, bool is_ascii) {
  if (direction == BarDirection::Upwards) return is_ascii ? kUpwardSignsAscii : kUpwardSigns;
  return is_ascii ? kSidewaysSignsAscii : kSidewaysSigns;
}

// How the line of levels bends where it changes: at the old level, between, at the new one.
struct JointSigns {
  std::string_view rises;
  std::string_view falls;
  std::string_view upright;
  std::string_view risen;
  std::string_view fallen;
};
constexpr JointSigns kUnicodeJoints = {"┛", "┓", "┃", "┏", "┗"};
constexpr JointSigns kAsciiJoints = {"=", "=", "|", "=", "="};

struct AxisSigns {
  std::string_view upright;
  std::string_view label;
  std::string_view origin;
  std::string_view level;
  std::string_view tick;
};
constexpr AxisSigns kUnicodeAxis = {"│", "┤", "└", "─", "┬"};
constexpr AxisSigns kAsciiAxis = {"|", "+", "+", "-", "+"};

std::string_view code_of(Part part) {
  switch (part) {
    case Part::Blank:
      return {};
    case Part::Bar:
      return kCyan;
    case Part::Level:
      return kBold;
    case Part::Excess:
      return kRed;
  }
  return {};
}

// Cells of one part are painted together: less for a slow terminal to take in.
std::string text_of(const Cells& cells, Colour colour) {
  std::size_t end = cells.size();
  while (end > 0 && cells[end - 1].part == Part::Blank) --end;
  std::string text;
  for (std::size_t begin = 0; begin < end;) {
    const Part part = cells[begin].part;
    std::string same;
    for (; begin < end && cells[begin].part == part; ++begin) same += cells[begin].sign;
    text += part == Part::Blank ? same : painted(same, code_of(part), colour);
  }
  return text;
}

std::size_t eighths(double filled) {
  return static_cast<std::size_t>(std::lround(std::clamp(filled, 0.0, 1.0) * 8));
}

// The number of cells that a height takes up, the last maybe in part. A height that is that of a
// row but for the last bits of a double does not begin the next one.
std::size_t cells_of(double height) {
  return static_cast<std::size_t>(std::ceil(std::max(0.0, height - 1e-9)));
}

// One bar, from its foot on; heights are in cells.
Cells bar_cells(const ChartBar& bar, std::size_t count, const BarSigns& signs) {
  Cells cells(count);
  for (std::size_t cell = 0; cell < count; ++cell) {
    std::size_t filled = eighths(bar.height - static_cast<double>(cell));
    // However little there is, it is not nothing.
    if (cell == 0 && bar.height > 0) filled = std::max<std::size_t>(filled, 1);
    if (filled > 0) cells[cell] = {signs.steps[filled], Part::Bar};
  }
  const std::size_t level = std::min(cells_of(bar.level), count);
  if (level > 0) cells[level - 1] = {signs.level, Part::Level};
  if (bar.excess_top <= bar.level) return cells;
  const std::size_t top = std::min(std::max<std::size_t>(cells_of(bar.excess_top), 1), count);
  // An excess within the cell of the level hides the level, for it must not go unseen.
  for (std::size_t cell = std::min(level, top - 1); cell < top; ++cell) {
    cells[cell] = {signs.excess, Part::Excess};
  }
  return cells;
}

ChartBar scaled(const ChartBar& bar, double factor) {
  return {bar.height * factor, bar.level * factor, bar.excess_top * factor};
}

// Where the level is marked in a column of cells; none: its size.
std::size_t level_cell(const Cells& cells) {
  const auto found = std::find_if(cells.begin(), cells.end(),
                                  [](const Cell& cell) { return cell.part == Part::Level; });
  return static_cast<std::size_t>(found - cells.begin());
}

// Leads the line of levels up or down in the column where it changes, before what is empty there.
void join_levels(std::vector<Cells>& columns, const JointSigns& signs) {
  std::vector<std::size_t> levels;
  for (const Cells& cells : columns) levels.push_back(level_cell(cells));
  for (std::size_t column = 1; column < columns.size(); ++column) {
    Cells& cells = columns[column];
    const std::size_t from = levels[column - 1];
    const std::size_t to = levels[column];
    if (from == to || from == cells.size() || to == cells.size()) continue;
    const bool rises = to > from;
    cells[to].sign = rises ? signs.risen : signs.fallen;
    for (std::size_t cell = std::min(from, to); cell <= std::max(from, to); ++cell) {
      if (cells[cell].part != Part::Blank) continue;
      const std::string_view bend = rises ? signs.rises : signs.falls;
      cells[cell] = {cell == from ? bend : signs.upright, Part::Level};
    }
  }
}

// At most seven characters: 1,200, 150,000, 1.2M, 3e+18.
std::string scale_number(double value) {
  if (value >= 1e15 || value < 1e-4) return fmt::format("{:.2g}", value);
  if (value >= 1e12) return humane_number(value / 1e12) + "T";
  if (value >= 1e9) return humane_number(value / 1e9) + "G";
  if (value >= 1e6) return humane_number(value / 1e6) + "M";
  return humane_number(value);
}

std::string axis_line(const std::vector<bool>& has_tick, const AxisSigns& signs) {
  std::string line = right_aligned("0", kChartMargin - 2) + " " + std::string(signs.origin);
  for (const bool is_tick : has_tick) line += is_tick ? signs.tick : signs.level;
  return line;
}

// The axis of time and its texts below, each in the middle below its tick where that is free.
std::vector<std::string> time_lines(std::size_t columns, const std::vector<ChartTick>& ticks,
                                    const TextStyle& style) {
  std::vector<bool> has_tick(columns + 1, false);
  std::string texts;
  for (const ChartTick& tick : ticks) {
    const std::size_t size = width_of(tick.text);
    const std::size_t begin =
        std::min(kChartMargin + tick.column - (size - 1) / 2, kChartMargin + columns + 1 - size);
    if (!texts.empty() && begin < width_of(texts) + 2) continue;
    texts = padded(texts, begin) + tick.text;
    has_tick[tick.column] = true;
  }
  return {
      painted(axis_line(has_tick, style.is_ascii ? kAsciiAxis : kUnicodeAxis), kDim, style.colour),
      painted(texts, kDim, style.colour)};
}

}  // namespace

ChartSigns chart_signs(BarDirection direction, const TextStyle& style) {
  const BarSigns& signs = bar_signs(direction, style.is_ascii);
  return {painted(signs.steps.back(), code_of(Part::Bar), style.colour),
          painted(signs.level, code_of(Part::Level), style.colour),
          painted(signs.excess, code_of(Part::Excess), style.colour)};
}

double top_of_scale(double value) {
  if (value <= 0) return 1;
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {1.0, 1.2, 1.6, 2.0, 2.4, 3.0, 4.0, 5.0, 6.0, 8.0}) {
    if (value <= step * power * (1 + 1e-12)) return step * power;
  }
  return 10 * power;
}

std::vector<std::string> chart_lines(const std::vector<ChartBar>& bars, std::string_view unit,
                                     const std::vector<ChartTick>& ticks, const TextStyle& style) {
  double most = 0;
  for (const ChartBar& bar : bars) most = std::max({most, bar.height, bar.level, bar.excess_top});
  const double top = top_of_scale(most);
  const double factor = static_cast<double>(kChartRows) / top;
  std::vector<Cells> columns;
  for (const ChartBar& bar : bars) {
    columns.push_back(bar_cells(scaled(bar, factor), kChartRows,
                                bar_signs(BarDirection::Upwards, style.is_ascii)));
  }
  join_levels(columns, style.is_ascii ? kAsciiJoints : kUnicodeJoints);
  const AxisSigns& axis = style.is_ascii ? kAsciiAxis : kUnicodeAxis;
  std::vector<std::string> lines;
  for (std::size_t row = kChartRows; row-- > 0;) {
    // A number stands at the row whose upper edge it is.
    std::string label;
    if (row + 1 == kChartRows) label = scale_number(top) + std::string(unit);
    if (2 * (row + 1) == kChartRows) label = scale_number(top / 2) + std::string(unit);
    std::string margin = right_aligned(label, kChartMargin - 2) + " ";
    margin += label.empty() ? axis.upright : axis.label;
    Cells cells;
    for (const Cells& column : columns) cells.push_back(column[row]);
    lines.push_back(painted(margin, kDim, style.colour) + text_of(cells, style.colour));
  }
  for (std::string& line : time_lines(bars.size(), ticks, style)) lines.push_back(std::move(line));
  return lines;
}

std::string number_line(const std::vector<std::int64_t>& numbers, const TextStyle& style) {
  std::string line;
  for (std::size_t begin = 0; begin < numbers.size();) {
    std::size_t end = begin;
    while (end < numbers.size() && numbers[end] == numbers[begin]) ++end;
    std::string text = std::to_string(numbers[begin]);
    const std::size_t columns = end - begin;
    // A column after the digits keeps them apart from the next number's.
    const bool fits = text.size() < columns || (text.size() == columns && end == numbers.size());
    if (!fits) text.clear();
    const std::string_view filling = style.is_ascii ? (fits ? "-" : ".") : (fits ? "─" : "·");
    line += text;
    for (std::size_t column = text.size(); column < columns; ++column) line += filling;
    begin = end;
  }
  return line;
}

std::string sideways_bar(const ChartBar& bar, double top, std::size_t width,
                         const TextStyle& style) {
  const BarSigns& signs = bar_signs(BarDirection::Sideways, style.is_ascii);
  return text_of(bar_cells(scaled(bar, static_cast<double>(width) / top), width, signs),
                 style.colour);
}

}  // namespace sim
