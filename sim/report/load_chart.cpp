#include "sim/report/load_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string_view>

#include "sim/report/humane_text.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using core::Duration;
using core::SimTime;

constexpr std::size_t kColumnsPerTick = 11;

// Milliseconds: a product of a year of them and a number of columns does not overflow.
std::int64_t in_ms(Duration span) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
}

double shortfall(const MinuteRecord& minute) {
  const ChartBar bar = load_bar(minute);
  return std::max(0.0, bar.excess_top - bar.level);
}

void add_minute(LoadColumn& column, const MinuteRecord& minute) {
  const double highest = std::max(column.bar.height, load_bar(minute).height);
  const double more = column.minute == nullptr ? 0 : shortfall(minute) - shortfall(*column.minute);
  if (column.minute == nullptr || more > 0 ||
      (more == 0 && minute.offered_rate > column.minute->offered_rate)) {
    column.minute = &minute;
    column.bar = load_bar(minute);
  }
  column.bar.height = highest;
}

Duration tick_step(Duration span, std::size_t count) {
  const auto most = static_cast<std::int64_t>(std::max<std::size_t>(1, count / kColumnsPerTick));
  for (const Duration step :
       {Duration{1s}, Duration{5s}, Duration{10s}, Duration{15s}, Duration{30s}, Duration{1min},
        Duration{2min}, Duration{5min}, Duration{10min}, Duration{15min}, Duration{20min},
        Duration{30min}, Duration{1h}, Duration{2h}, Duration{3h}, Duration{4h}, Duration{6h},
        Duration{12h}}) {
    if (span / step <= most) return step;
  }
  Duration step = 24h;
  while (span / step > most) step += 24h;
  return step;
}

// Words and signs of a legend, in lines that keep within the style's width.
class Legend {
 public:
  Legend(std::string_view label, const TextStyle& style)
      : style_(style),
        text_(painted(padded(label, kChartMargin), kBold, style.colour)),
        used_(kChartMargin) {}

  // What a sign means.
  void add(const std::string& sign, std::string_view meaning) {
    add(2, 2 + width_of(meaning), fmt::format("{} {}", sign, meaning));
  }
  void add_sentence(std::string_view sentence) {
    std::size_t gap = 2;
    for (; !sentence.empty(); gap = 1) {
      const std::string_view word = sentence.substr(0, sentence.find(' '));
      sentence.remove_prefix(std::min(sentence.size(), word.size() + 1));
      add(gap, width_of(word), word);
    }
  }
  const std::string& text() const { return text_; }

 private:
  void add(std::size_t gap, std::size_t width, std::string_view text) {
    const bool is_first = used_ == kChartMargin;
    if (!is_first && used_ + gap + width > style_.width) {
      text_ += "\n" + std::string(kChartMargin, ' ');
      used_ = kChartMargin;
    } else if (!is_first) {
      text_ += std::string(gap, ' ');
      used_ += gap;
    }
    text_ += text;
    used_ += width;
  }

  const TextStyle& style_;
  std::string text_;
  std::size_t used_;
};

std::string legend_text(const std::vector<LoadColumn>& columns, std::size_t minutes,
                        const TextStyle& style) {
  const bool has_shortfall = std::any_of(columns.begin(), columns.end(), [](const auto& column) {
    return column.bar.excess_top > column.bar.level;
  });
  Legend legend("CHART", style);
  const ChartSigns signs = chart_signs(BarDirection::Upwards, style);
  legend.add_sentence("requests/s:");
  legend.add(signs.bar, "load");
  legend.add(signs.level, "capacity");
  if (has_shortfall) legend.add(signs.excess, "load beyond it");
  if (minutes > columns.size()) {
    const std::size_t most = (minutes + columns.size() - 1) / columns.size();
    legend.add_sentence(fmt::format("(a column: the worst of {} minutes)", most));
  }
  return legend.text();
}

std::string numbers_text(const std::vector<LoadColumn>& columns, std::int32_t MinuteRecord::*number,
                         const TextStyle& style) {
  std::vector<std::int64_t> numbers;
  for (const LoadColumn& column : columns) numbers.push_back(column.minute->*number);
  return number_line(numbers, style);
}

}  // namespace

ChartBar load_bar(const MinuteRecord& minute) {
  const auto finite = [](double rate) { return std::isfinite(rate) ? rate : 0; };
  ChartBar bar{finite(minute.offered_rate), finite(minute.capacity_rate), 0};
  if (minute.offered_rate > minute.capacity_rate) bar.excess_top = bar.height;
  return bar;
}

std::vector<LoadColumn> load_columns(const std::vector<MinuteRecord>& minutes, std::size_t count) {
  const SimTime from = minutes.front().start;
  const std::int64_t span = std::max<std::int64_t>(1, in_ms(minutes.back().end - from));
  std::vector<LoadColumn> columns(count);
  for (const MinuteRecord& minute : minutes) {
    const auto column = static_cast<std::size_t>(in_ms(minute.start - from) *
                                                 static_cast<std::int64_t>(count) / span);
    add_minute(columns[std::min(column, count - 1)], minute);
  }
  // A minute that is wider than a column goes on in the next ones.
  for (std::size_t column = 1; column < count; ++column) {
    if (columns[column].minute == nullptr) columns[column] = columns[column - 1];
  }
  return columns;
}

std::vector<ChartTick> time_ticks(SimTime from, SimTime to, std::size_t count) {
  const std::int64_t span = std::max<std::int64_t>(1, in_ms(to - from));
  const Duration step = tick_step(to - from, count);
  std::vector<ChartTick> ticks;
  for (SimTime at = from; at <= to; at += step) {
    ticks.push_back(
        {static_cast<std::size_t>(in_ms(at - from) * static_cast<std::int64_t>(count) / span),
         humane_time(at)});
  }
  return ticks;
}

void write_load_chart(std::ostream& out, const std::vector<MinuteRecord>& minutes,
                      const TextStyle& style) {
  if (style.width < kNarrowestChart || minutes.empty()) return;
  // The axis goes on for one column, so that a time at the end has a place.
  const std::vector<LoadColumn> columns = load_columns(minutes, style.width - kChartMargin - 1);
  std::vector<ChartBar> bars;
  for (const LoadColumn& column : columns) bars.push_back(column.bar);
  out << legend_text(columns, minutes.size(), style) << '\n';
  const auto ticks = time_ticks(minutes.front().start, minutes.back().end, columns.size());
  for (const std::string& line : chart_lines(bars, "/s", ticks, style)) out << line << '\n';
  const auto write_numbers = [&](std::string_view label, const std::string& text) {
    out << painted(padded(label, kChartMargin), kDim, style.colour) << text << '\n';
  };
  const std::string in_service = numbers_text(columns, &MinuteRecord::in_service, style);
  const std::string desired = numbers_text(columns, &MinuteRecord::desired, style);
  if (desired != in_service) write_numbers("desired", desired);
  write_numbers("in service", in_service);
}

}  // namespace sim
