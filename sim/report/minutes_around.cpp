#include "sim/report/minutes_around.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "sim/report/humane_text.hpp"
#include "sim/report/load_chart.hpp"

namespace sim {
namespace {

constexpr std::size_t kNarrowestBar = 26;  // as wide as its legend
constexpr std::size_t kGap = 2;  // before a column; before the first, the place of the mark

// "1,234.5"
std::string fixed_number(double value, int decimals) {
  const std::string text = fmt::format("{:.{}f}", value, decimals);
  const std::size_t point = std::min(text.find('.'), text.size());
  // Beyond nine quintillion, and of what is no number, there are no digits to group.
  if (point > 18 || !std::isfinite(value)) return text;
  return humane_count(std::stoll(text.substr(0, point))) + text.substr(point);
}

// A column of the table, with a text for every minute.
struct Column {
  std::string_view name;
  std::vector<std::string> texts;
  std::string_view name_above = {};  // the first half of a long name

  std::size_t width() const {
    std::size_t width = std::max(width_of(name), width_of(name_above));
    for (const std::string& text : texts) width = std::max(width, width_of(text));
    return width;
  }
};

using Minutes = std::span<const MinuteRecord>;

template <typename TextOf>
Column column_of(std::string_view name, Minutes minutes, const TextOf& text_of) {
  Column column{.name = name, .texts = {}};
  for (const MinuteRecord& minute : minutes) column.texts.push_back(text_of(minute));
  return column;
}

// With as many decimals in every row, so that numbers can be compared at a glance; as few as tell
// the minutes apart.
template <typename ValueOf>
Column number_column(std::string_view name, Minutes minutes, const ValueOf& value_of) {
  double most = 0;
  bool is_whole = true;
  for (const MinuteRecord& minute : minutes) {
    const std::optional<double> value = value_of(minute);
    most = std::max(most, value.value_or(0));
    is_whole = is_whole && std::floor(value.value_or(0)) == value.value_or(0);
  }
  const int decimals = is_whole || most >= 1'000 ? 0 : most >= 10 ? 1 : 3;
  return column_of(name, minutes, [&](const MinuteRecord& minute) {
    const std::optional<double> value = value_of(minute);
    return value ? fixed_number(*value, decimals) : std::string("-");
  });
}

std::string instances_text(const MinuteRecord& minute) {
  const std::string starting = minute.starting > 0 ? fmt::format("+{}", minute.starting) : "";
  return std::to_string(minute.in_service) + starting;
}

std::vector<Column> columns_for(Minutes minutes, const std::vector<std::string_view>& watched) {
  using Minute = const MinuteRecord&;
  std::vector<Column> columns = {
      column_of("minute", minutes, [](Minute minute) { return humane_time(minute.start); }),
      number_column("load/s", minutes, [](Minute minute) { return minute.offered_rate; }),
      number_column("capacity/s", minutes, [](Minute minute) { return minute.capacity_rate; }),
      column_of("service", minutes, instances_text),
      column_of("desired", minutes, [](Minute minute) { return humane_count(minute.desired); })};
  columns[3].name_above = "in";
  const auto fails = [](Minute minute) { return minute.errors > 0; };
  if (std::any_of(minutes.begin(), minutes.end(), fails)) {
    columns.push_back(column_of("errors", minutes, [](Minute minute) {
      return minute.errors > 0 ? humane_count(minute.errors) : "";
    }));
  }
  const auto is_watched = [&watched](std::string_view name) {
    return std::find(watched.begin(), watched.end(), name) != watched.end();
  };
  if (is_watched("InvocationsPerInstance")) {
    columns.push_back(number_column("PerInstance", minutes,
                                    [](Minute minute) { return minute.invocations_per_instance; }));
    columns.back().name_above = "Invocations";
  }
  if (is_watched("CPUUtilization")) {
    columns.push_back(
        number_column("Utilization", minutes, [](Minute minute) { return minute.cpu_percent; }));
    columns.back().name_above = "CPU";
  }
  return columns;
}

std::vector<MinuteRecord>::const_iterator minute_of(const std::vector<MinuteRecord>& minutes,
                                                    core::SimTime at) {
  const auto after = std::upper_bound(
      minutes.begin(), minutes.end(), at,
      [](core::SimTime time, const MinuteRecord& minute) { return time < minute.start; });
  return after == minutes.begin() ? after : after - 1;
}

class MinutesWriter {
 public:
  MinutesWriter(std::ostream& out, Minutes minutes, std::vector<Column> columns,
                const TextStyle& style)
      : out_(out), minutes_(minutes), columns_(std::move(columns)), style_(style) {
    while (columns_.size() > 1 && used() > style_.width) columns_.pop_back();
    for (const MinuteRecord& minute : minutes_) {
      const ChartBar bar = load_bar(minute);
      top_ = std::max({top_, bar.height, bar.level});
      has_excess_ = has_excess_ || bar.excess_top > bar.level;
    }
    const std::size_t left = style_.width - std::min(style_.width, used() + kGap);
    bar_width_ = left < kNarrowestBar || top_ <= 0 ? 0 : left;
  }

  void write(const MinuteRecord& moment) {
    out_ << '\n';
    write_title();
    write_names();
    for (const MinuteRecord& minute : minutes_) write_minute(minute, &minute == &moment);
  }

 private:
  // The width of a line without its bar.
  std::size_t used() const {
    std::size_t width = 0;
    for (const Column& column : columns_) width += kGap + column.width();
    return width;
  }

  void write_title() {
    const auto starts = [](const MinuteRecord& minute) { return minute.starting > 0; };
    std::string_view label = "MINUTES";
    std::string text = "around the moment (>), by their starts; instances as at their ends";
    if (std::any_of(minutes_.begin(), minutes_.end(), starts)) {
      text += " (1+4: 4 are starting)";
    }
    for (const std::string& line : wrapped(text, style_.width - kChartMargin)) {
      out_ << painted(padded(std::exchange(label, ""), kChartMargin), kBold, style_.colour) << line
           << '\n';
    }
  }

  void write_names() {
    std::string above;
    std::string names;
    for (const Column& column : columns_) {
      above += cell(column, column.name_above);
      names += cell(column, column.name);
    }
    above.erase(above.find_last_not_of(' ') + 1);
    if (!above.empty()) out_ << painted(above, kDim, style_.colour) << '\n';
    out_ << painted(names, kDim, style_.colour);
    if (bar_width_ > 0) {
      const ChartSigns signs = chart_signs(BarDirection::Sideways, style_);
      out_ << std::string(kGap, ' ') << signs.bar << " load " << signs.level << " capacity";
      if (has_excess_) out_ << ' ' << signs.excess << " beyond";
    }
    out_ << '\n';
  }

  static std::string cell(const Column& column, std::string_view text) {
    return std::string(kGap, ' ') + right_aligned(text, column.width());
  }

  void write_minute(const MinuteRecord& minute, bool is_moment) {
    const auto row = static_cast<std::size_t>(&minute - minutes_.data());
    std::string line;
    for (const Column& column : columns_) line += cell(column, column.texts[row]);
    if (bar_width_ > 0) {
      line += std::string(kGap, ' ') + sideways_bar(load_bar(minute), top_, bar_width_, style_);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    line.erase(0, kGap);
    out_ << (is_moment ? painted("> ", kBold, style_.colour) : "  ") << line << '\n';
  }

  std::ostream& out_;
  Minutes minutes_;
  std::vector<Column> columns_;
  TextStyle style_;
  double top_ = 0;
  bool has_excess_ = false;
  std::size_t bar_width_ = 0;
};

}  // namespace

void write_minutes_around(std::ostream& out, const std::vector<MinuteRecord>& minutes,
                          core::SimTime at, const std::vector<std::string_view>& watched,
                          const TextStyle& style) {
  if (style.width < kNarrowestChart || minutes.empty()) return;
  const auto moment = minute_of(minutes, at);
  const auto before = std::min<std::ptrdiff_t>(kMinutesBefore, moment - minutes.begin());
  const auto after = std::min<std::ptrdiff_t>(kMinutesAfter + 1, minutes.end() - moment);
  const Minutes shown(moment - before, moment + after);
  MinutesWriter(out, shown, columns_for(shown, watched), style).write(*moment);
}

}  // namespace sim
