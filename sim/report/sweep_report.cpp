#include "sim/report/sweep_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/report/csv_report.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/report/mean_summary_json.hpp"
#include "sim/report/sweep_rows.hpp"
#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

std::string size_text(const SweepResult& result) {
  std::string text = counted(static_cast<std::int64_t>(result.points.size()), "point", "points");
  if (result.run_count > 1) text += fmt::format(", {} runs each", result.run_count);
  return text;
}

void write_lines(std::ostream& out, const std::vector<std::vector<std::string>>& rows,
                 Colour colour) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  bool is_header = true;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool is_last = i + 1 == row.size();
      line += "  " + (is_last ? row[i] : right_aligned(row[i], widths[i]));
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << (is_header ? painted(line, kBold, colour) : line) << '\n';
    is_header = false;
  }
}

void write_index(JsonWriter& json, std::string_view key, const std::optional<std::size_t>& index) {
  json.key(key);
  index ? json.integer(static_cast<std::int64_t>(*index)) : json.null();
}

// A plain number as a number, anything else as it is written.
void write_value(JsonWriter& json, const std::optional<std::string>& value) {
  if (!value) return json.null();
  if (JsonTree::parse(*value, nullptr, false).is_number()) return json.raw(*value);
  json.string(*value);
}

void write_point(JsonWriter& json, const SweepResult& result, const SweptPoint& point) {
  json.begin_object();
  json.key("parameters").begin_object();
  for (std::size_t of = 0; of < result.parameters.size(); ++of) {
    write_value(json.key(result.parameters[of]), point.values[of]);
  }
  json.end_object();
  json.key("summary").tree(means_json(point.mean, point.price_source));
  json.key("intervals").tree(intervals_json(point.mean));
  const JsonTree partial = partial_support_json(point.mean);
  if (!partial.empty()) json.key("supporting_runs").tree(partial);
  json.end_object();
}

// The columns that the numbers of one value fill: its mean and, of several runs, its interval.
void append_header(std::string& line, std::string_view key, bool has_intervals) {
  line += fmt::format(",{}", key);
  if (has_intervals) line += fmt::format(",{0}.low,{0}.high", key);
}

void append_value(std::string& line, const MeanOverRuns& value, bool has_intervals) {
  line += ',';
  if (value.mean) line += json_number(*value.mean);
  if (!has_intervals) return;
  line += ',';
  if (value.interval) line += json_number(value.interval->low);
  line += ',';
  if (value.interval) line += json_number(value.interval->high);
}

std::string csv_header(const SweepResult& result) {
  const bool has_intervals = result.run_count > 1;
  std::string line = "point";
  for (const std::string& path : result.parameters) line += ',' + csv_field(path);
  line += ",baseline,cheapest,knee,pareto,runs,runs_met";
  for (const SummaryKey& key : summary_keys()) {
    if (!key.at_a_time) append_header(line, key.path, has_intervals);
  }
  append_header(line, "expectations.passed", has_intervals);
  append_header(line, "expectations.failed", has_intervals);
  return line;
}

std::string csv_row(const SweepResult& result, std::size_t index) {
  const SweptPoint& point = result.points[index];
  const bool has_intervals = result.run_count > 1;
  const auto is_marked = [index](const std::optional<std::size_t>& mark) {
    return mark == index ? 1 : 0;
  };
  std::string line = std::to_string(index);
  for (const auto& value : point.values) line += ',' + csv_field(value.value_or(""));
  const bool is_on_front = std::binary_search(result.pareto.begin(), result.pareto.end(), index);
  line += fmt::format(",{},{},{},{},{},{}", is_marked(result.baseline), is_marked(result.cheapest),
                      is_marked(result.knee), is_on_front ? 1 : 0, point.mean.run_count,
                      point.mean.met_count);
  for (std::size_t key = 0; key < summary_keys().size(); ++key) {
    if (summary_keys()[key].at_a_time) continue;
    append_value(line, point.mean.values[key], has_intervals);
  }
  append_value(line, point.mean.passed, has_intervals);
  append_value(line, point.mean.failed, has_intervals);
  return line;
}

}  // namespace

void write_sweep(std::ostream& out, const SweepResult& result, Colour colour) {
  constexpr std::size_t kLabelWidth = 11;
  out << painted(one_line(result.name), kBold, colour)
      << fmt::format("   {} simulated   seed {}   {}\n\n", humane_span(result.duration),
                     result.seed, size_text(result));
  const bool is_met =
      std::any_of(result.points.begin(), result.points.end(), std::mem_fn(&SweptPoint::is_met));
  std::string_view code = !result.has_expectations ? kDim : is_met ? kGreen : kRed;
  for (const SweepFact& fact : sweep_facts(result)) {
    std::string_view label = fact.label;
    for (const std::string& line : fact.lines) {
      out << painted(padded(label, kLabelWidth), kBold, colour)
          << (code.empty() ? line : painted(line, code, colour)) << '\n';
      label = "";
      code = "";
    }
  }
  out << '\n';
  write_lines(out, sweep_rows(result), colour);
}

void write_sweep_markdown(std::ostream& out, const SweepResult& result) {
  out << fmt::format("## {}\n\n{} simulated, seed {}, {}\n\n", markdown_text(result.name),
                     humane_span(result.duration), result.seed, size_text(result));
  for (const SweepFact& fact : sweep_facts(result)) {
    out << fmt::format("- **{}** {}\n", fact.label,
                       markdown_text(fmt::format("{}", fmt::join(fact.lines, "; "))));
  }
  out << '\n';
  bool is_header = true;
  for (const auto& row : sweep_rows(result)) {
    out << '|';
    for (const std::string& cell : row) out << ' ' << markdown_text(cell) << " |";
    out << '\n';
    if (!is_header) continue;
    out << '|';
    for (std::size_t column = 0; column + 1 < row.size(); ++column) out << " ---: |";
    out << " --- |\n";
    is_header = false;
  }
}

void write_sweep_json(std::ostream& out, const SweepResult& result) {
  JsonWriter json(out, 2);
  json.begin_object();
  json.key("schema").string("headroom.sweep/1");
  json.key("scenario").begin_object();
  json.key("name").string(result.name);
  json.key("file").string(result.file);
  json.key("seed").raw(std::to_string(result.seed));
  json.key("duration_s").number(core::in_seconds(result.duration));
  json.key("runs").integer(static_cast<std::int64_t>(result.run_count));
  json.end_object();
  json.key("points").begin_array();
  for (const SweptPoint& point : result.points) write_point(json, result, point);
  json.end_array();
  write_index(json, "baseline", result.baseline);
  write_index(json, "cheapest", result.cheapest);
  write_index(json, "knee", result.knee);
  json.key("knee_of");
  result.knee ? json.string(result.knee_key) : json.null();
  json.key("pareto").begin_array();
  for (const std::size_t index : result.pareto) json.integer(static_cast<std::int64_t>(index));
  json.end_array();
  json.end_object();
}

void write_sweep_csv(std::ostream& out, const SweepResult& result) {
  out << csv_header(result) << '\n';
  for (std::size_t index = 0; index < result.points.size(); ++index) {
    out << csv_row(result, index) << '\n';
  }
}

}  // namespace sim
