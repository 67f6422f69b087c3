#include "sim/report/sweep_page.hpp"

#include <algorithm>
#include <set>
#include <sstream>

#include "sim/report/html_page.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/run_data.hpp"
#include "sim/report/sweep_report.hpp"
#include "sim/report/sweep_rows.hpp"

namespace sim {
namespace {

// A row of the minutes takes a hundred bytes; all runs of a page together take less than a
// megabyte.
constexpr std::size_t kMostRowsOfAll = 9000;
constexpr std::size_t kMostRowsOfOne = 1440;

void write_strings(JsonWriter& json, const std::vector<std::string>& texts) {
  json.begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
}

// What people read of the sweep; its numbers are beside it as the JSON has them.
void write_texts(JsonWriter& json, const SweepResult& result) {
  json.begin_object();
  json.key("state").string(!result.has_expectations ? "none"
                           : result.is_any_met()    ? "met"
                                                    : "failed");
  json.key("cost_key").string(result.cost_key);
  json.key("facts").begin_array();
  for (const SweepFact& fact : sweep_facts(result)) {
    json.begin_object();
    json.key("label").string(fact.label);
    json.key("lines");
    write_strings(json, fact.lines);
    json.end_object();
  }
  json.end_array();
  json.key("names");
  write_strings(json, short_names(result.parameters));
  json.key("rows").begin_array();
  for (const auto& row : sweep_rows(result)) write_strings(json, row);
  json.end_array();
  json.key("met").begin_array();
  for (const SweptPoint& point : result.points) json.boolean(point.is_met());
  json.end_array();
  json.end_object();
}

// As `--set` takes them; of the baseline, the values that the file has.
void write_changes(JsonWriter& json, const SweepResult& result) {
  json.begin_array();
  for (const SweptPoint& point : result.points) {
    json.begin_array();
    for (std::size_t of = 0; of < result.parameters.size(); ++of) {
      if (point.values[of]) json.string(result.parameters[of] + "=" + *point.values[of]);
    }
    json.end_array();
  }
  json.end_array();
}

}  // namespace

std::vector<std::size_t> points_with_runs(const SweepResult& result) {
  std::set<std::size_t> chosen;
  if (result.points.size() <= kMostPointRuns) {
    for (std::size_t point = 0; point < result.points.size(); ++point) chosen.insert(point);
    return {chosen.begin(), chosen.end()};
  }
  for (const auto& mark : {result.baseline, result.cheapest, result.knee}) {
    if (mark) chosen.insert(*mark);
  }
  for (const std::size_t point : result.pareto) {
    if (chosen.size() < kMostPointRuns) chosen.insert(point);
  }
  return {chosen.begin(), chosen.end()};
}

std::string point_run_json(const RunReport& report, std::size_t count) {
  std::ostringstream out;
  JsonWriter json(out, 0);
  write_run_outline(json, report,
                    std::min(kMostRowsOfOne, kMostRowsOfAll / std::max<std::size_t>(1, count)));
  return out.str();
}

void write_sweep_page(std::ostream& out, const SweepResult& result,
                      std::span<const std::string> runs, const PageOrigin& origin) {
  std::ostringstream sweep;
  write_sweep_json(sweep, result);
  std::ostringstream data;
  JsonWriter json(data, 2);
  json.begin_object();
  write_page_origin(json, "sweep", origin);
  json.key("sweep").raw(sweep.str());
  json.key("texts");
  write_texts(json, result);
  json.key("changes");
  write_changes(json, result);
  json.key("runs").begin_array();
  for (const std::string& run : runs) json.raw(run.empty() ? "null" : std::string_view{run});
  json.end_array();
  json.end_object();
  write_html_page(out, one_line(result.name), data.str());
}

}  // namespace sim
