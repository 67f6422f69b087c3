#include "sim/report/comparison_page.hpp"

#include <fmt/format.h>

#include <sstream>
#include <string>
#include <string_view>

#include "sim/report/answers.hpp"
#include "sim/report/comparison_report.hpp"
#include "sim/report/comparison_text.hpp"
#include "sim/report/html_page.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/precision_text.hpp"
#include "sim/report/run_data.hpp"
#include "sim/report/summary_text.hpp"

namespace sim {
namespace {

std::string_view state_of(OverallVerdict verdict) {
  return verdict == OverallVerdict::Pass   ? "met"
         : verdict == OverallVerdict::Fail ? "failed"
                                           : "open";
}

void write_difference(JsonWriter& json, const ComparedNumber& number) {
  json.key("difference")
      .string(number.difference ? signed_text(key_of(number), *number.difference) : "not in both");
  json.key("interval").string(interval_text(number));
}

// In the order of the JSON's rows.
void write_row_texts(JsonWriter& json, const ComparisonResult& result) {
  json.begin_array();
  for (const ComparedNumber& number : result.numbers) {
    const SummaryKey& key = key_of(number);
    json.begin_object();
    json.key("base").string(summary_text(key, *number.base));
    json.key("candidate").string(summary_text(key, *number.candidate));
    write_difference(json, number);
    json.key("share").string(share_text(number));
    json.key("verdict").string(words_of(number.verdict));
    json.end_object();
  }
  json.end_array();
}

void write_limit_texts(JsonWriter& json, const ComparisonResult& result) {
  json.begin_array();
  for (const ComparedLimit& limit : result.limits) {
    json.begin_object();
    json.key("allowed").string(signed_text(key_of(limit.number), limit.allowed));
    write_difference(json, limit.number);
    json.key("verdict").string(words_of(limit.verdict));
    json.end_object();
  }
  json.end_array();
}

void write_expectation_texts(JsonWriter& json, const ComparisonResult& result) {
  json.begin_array();
  for (const ComparedExpectation& each : result.expectations) {
    json.begin_object();
    json.key("text").string(expectation_text(each.candidate.expectation));
    json.key("base").string(word_of(each.base));
    json.key("candidate").string(word_of(each.candidate));
    json.key("lost").boolean(each.is_regression());
    json.end_object();
  }
  json.end_array();
}

// What people read of the comparison; its numbers are beside them as the JSON has them.
void write_texts(JsonWriter& json, const ComparisonResult& result) {
  json.begin_object();
  json.key("state").string(state_of(result.verdict()));
  json.key("verdict").string(verdict_text(result));
  json.key("counts").string(counts_text(result));
  json.key("runs").string(runs_text(result));
  if (result.precision) json.key("precision").string(precision_text(*result.precision));
  json.key("changes").begin_array();
  for (const ScenarioChange& change : result.changes) json.string(change_text(change));
  json.end_array();
  json.key("rows");
  write_row_texts(json, result);
  json.key("limits");
  write_limit_texts(json, result);
  json.key("expectations");
  write_expectation_texts(json, result);
  json.end_object();
}

}  // namespace

void write_comparison_page(std::ostream& out, const ComparisonResult& result, const RunReport& base,
                           const RunReport& candidate, const PageOrigin& origin) {
  std::ostringstream data;
  JsonWriter json(data, 2);
  json.begin_object();
  write_page_origin(json, "compare", origin);
  json.key("comparison");
  write_comparison_json(json, result);
  json.key("texts");
  write_texts(json, result);
  json.key("base");
  write_run_data(json, base);
  json.key("candidate");
  write_run_data(json, candidate);
  json.end_object();
  write_html_page(out, fmt::format("{} -> {}", one_line(result.base), one_line(result.candidate)),
                  data.str());
}

}  // namespace sim
