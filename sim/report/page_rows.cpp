#include "sim/report/page_rows.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "sim/report/timeseries_columns.hpp"

namespace sim {
namespace {

// What a page draws, as far as it has peaks and dips of its own.
constexpr std::array kDrawn{
    +[](const MinuteRecord& m) { return m.offered_rate; },
    +[](const MinuteRecord& m) { return m.capacity_rate; },
    +[](const MinuteRecord& m) { return static_cast<double>(m.in_service); },
    +[](const MinuteRecord& m) { return static_cast<double>(m.desired); },
    +[](const MinuteRecord& m) { return static_cast<double>(m.starting); },
    +[](const MinuteRecord& m) { return static_cast<double>(m.errors); },
    +[](const MinuteRecord& m) { return m.latency_p99.value_or(0); },
    +[](const MinuteRecord& m) { return m.cpu_percent.value_or(0); },
    +[](const MinuteRecord& m) { return m.invocations_per_instance; }};

std::vector<NumberAt> numbers_of(const std::vector<MinuteRecord>& minutes) {
  std::vector<NumberAt> numbers;
  for (const auto number : kDrawn) {
    numbers.emplace_back([number, &minutes](std::size_t index) { return number(minutes[index]); });
  }
  return numbers;
}

void choose_extremes(std::size_t from, std::size_t to, std::span<const NumberAt> numbers,
                     std::vector<std::size_t>& chosen) {
  std::vector<std::size_t> of_stretch;
  for (const NumberAt& number : numbers) {
    std::size_t least = from;
    std::size_t most = from;
    for (std::size_t index = from + 1; index < to; ++index) {
      if (number(index) < number(least)) least = index;
      if (number(index) > number(most)) most = index;
    }
    of_stretch.push_back(least);
    of_stretch.push_back(most);
  }
  std::sort(of_stretch.begin(), of_stretch.end());
  of_stretch.erase(std::unique(of_stretch.begin(), of_stretch.end()), of_stretch.end());
  chosen.insert(chosen.end(), of_stretch.begin(), of_stretch.end());
}

struct PageColumn {
  std::string_view key;
  double (*number)(const MinuteRecord& minute);
};

constexpr PageColumn kMoreColumns[] = {
    {"demand", [](const MinuteRecord& m) { return static_cast<double>(m.demand); }},
    {"timed_out",
     [](const MinuteRecord& m) { return static_cast<double>(m.errors_by_cause.timed_out); }},
    {"rejected",
     [](const MinuteRecord& m) { return static_cast<double>(m.errors_by_cause.rejected); }},
    {"interrupted",
     [](const MinuteRecord& m) { return static_cast<double>(m.errors_by_cause.interrupted); }},
    {"no_capacity",
     [](const MinuteRecord& m) { return static_cast<double>(m.errors_by_cause.no_capacity); }},
    {"model_error",
     [](const MinuteRecord& m) { return static_cast<double>(m.errors_by_cause.model_error); }},
    {"cost_busy_usd", [](const MinuteRecord& m) { return m.cost ? m.cost->busy : 0; }},
    {"cost_idle_usd", [](const MinuteRecord& m) { return m.cost ? m.cost->idle : 0; }},
    {"cost_starting_usd", [](const MinuteRecord& m) { return m.cost ? m.cost->starting : 0; }}};

}  // namespace

std::vector<std::size_t> page_rows(std::size_t count, std::span<const NumberAt> numbers,
                                   std::size_t most) {
  std::vector<std::size_t> chosen;
  if (count <= most) {
    for (std::size_t index = 0; index < count; ++index) chosen.push_back(index);
    return chosen;
  }
  const std::size_t stretches = std::max<std::size_t>(1, most / (2 * numbers.size()));
  for (std::size_t stretch = 0; stretch < stretches; ++stretch) {
    choose_extremes(count * stretch / stretches, count * (stretch + 1) / stretches, numbers,
                    chosen);
  }
  return chosen;
}

void write_page_rows(JsonWriter& json, const std::vector<MinuteRecord>& minutes, std::size_t most) {
  const std::vector<std::size_t> rows = page_rows(minutes.size(), numbers_of(minutes), most);
  json.begin_object();
  json.key("total").integer(static_cast<std::int64_t>(minutes.size()));
  json.key("end_s").number(minutes.empty() ? 0 : core::in_seconds(minutes.back().end));
  for (const TimeseriesColumn& column : timeseries_columns()) {
    json.key(column.key).begin_array();
    for (const std::size_t row : rows) {
      const std::string text = column.text(minutes[row]);
      json.raw(text.empty() ? "null" : std::string_view{text});
    }
    json.end_array();
  }
  for (const PageColumn& column : kMoreColumns) {
    const bool is_empty = std::all_of(minutes.begin(), minutes.end(),
                                      [&column](const auto& m) { return column.number(m) == 0; });
    if (is_empty) continue;
    json.key(column.key).begin_array();
    for (const std::size_t row : rows) json.number(column.number(minutes[row]));
    json.end_array();
  }
  json.end_object();
}

}  // namespace sim
