#include "sim/report/tune_page.hpp"

#include <fmt/format.h>

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "sim/report/answers.hpp"
#include "sim/report/html_page.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/mean_rows.hpp"
#include "sim/report/run_data.hpp"
#include "sim/report/scaling_calls.hpp"
#include "sim/report/tune_report.hpp"
#include "sim/report/tune_text.hpp"

namespace sim {
namespace {

// As many digits as tell neighbours of the search apart.
constexpr int kNumberDigits = 6;

void write_facts(JsonWriter& json, const TuneResult& result) {
  json.begin_array();
  for (const TuneFact& fact : tune_facts(result)) {
    json.begin_object();
    json.key("label").string(fact.label);
    json.key("lines").begin_array();
    for (const std::string& line : fact.lines) json.string(line);
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

// The numbers that were searched: in the scenario, in the best, and between what.
void write_numbers(JsonWriter& json, const TuneResult& result) {
  json.begin_array();
  for (std::size_t at = 0; at < result.best.numbers.size(); ++at) {
    const TunedValue& number = result.best.numbers[at];
    json.begin_object();
    json.key("name").string(number.name);
    json.key("written").number(number.written);
    json.key("best").number(number.value);
    json.key("written_text").string(humane_number(number.written, kNumberDigits));
    json.key("best_text").string(humane_number(number.value, kNumberDigits));
    json.key("searched").string(result.ranges[at]);
    json.end_object();
  }
  json.end_array();
}

void write_policy(JsonWriter& json, std::string_view label, const PricedPolicy& policy,
                  const TuneResult& result) {
  json.begin_object();
  json.key("label").string(label);
  json.key("cost").number(policy.cost);
  json.key("interval").begin_array();
  if (policy.cost_interval) {
    json.number(policy.cost_interval->low);
    json.number(policy.cost_interval->high);
  }
  json.end_array();
  json.key("text").string(cost_text(policy, result));
  json.key("met").integer(static_cast<std::int64_t>(policy.mean.met_count));
  json.key("runs").integer(static_cast<std::int64_t>(policy.runs()));
  json.end_object();
}

// What costs are told of, the scenario as it is first.
void write_policies(JsonWriter& json, const TuneResult& result) {
  json.begin_array();
  write_policy(json, "written", result.written, result);
  write_policy(json, result.feasible ? "best" : "nearest", result.best, result);
  if (result.runner_up) write_policy(json, "runner-up", *result.runner_up, result);
  for (const Remedy& remedy : result.remedies) {
    write_policy(json, remedy.kind, remedy.policy, result);
  }
  json.end_array();
}

void write_means(JsonWriter& json, const MeanSummary& mean) {
  const std::vector<std::vector<std::string>> rows = mean_rows(mean);
  json.begin_array();
  for (std::size_t at = 1; at < rows.size(); ++at) {
    json.begin_array();
    for (const std::string& cell : rows[at]) json.string(cell);
    json.end_array();
  }
  json.end_array();
}

void write_calls(JsonWriter& json, const TuneResult& result) {
  json.begin_array();
  if (result.feasible) {
    for (const ScalingCall& call : scaling_calls(result.best.scenario)) {
      json.begin_object();
      json.key("command").string(fmt::format("aws {} {} --cli-input-json file://{}", call.service,
                                             call.operation, call.file));
      json.key("file").string(call.file);
      json.key("input").string(call.input.dump(2));
      json.end_object();
    }
  }
  json.end_array();
}

// What people read of the search; its numbers are beside it as the JSON has them.
void write_texts(JsonWriter& json, const TuneResult& result) {
  json.begin_object();
  json.key("title").string(title_text(result));
  json.key("verdict").string(verdict_text(result));
  json.key("facts");
  write_facts(json, result);
  json.key("numbers");
  write_numbers(json, result);
  json.key("policies");
  write_policies(json, result);
  json.key("sensitivity_costs").begin_array();
  for (const SensitivityRow& row : result.sensitivity) json.string(cost_text(row.cost, result));
  json.end_array();
  json.key("written_means");
  write_means(json, result.written.mean);
  json.key("best_means");
  write_means(json, result.best.mean);
  json.key("calls");
  write_calls(json, result);
  json.end_object();
}

}  // namespace

void write_tune_page(std::ostream& out, const TuneResult& result, const RunReport& written,
                     const RunReport& best, const PageOrigin& origin) {
  std::ostringstream data;
  JsonWriter json(data, 2);
  json.begin_object();
  write_page_origin(json, "tune", origin);
  json.key("tune");
  write_tune_json(json, result);
  json.key("texts");
  write_texts(json, result);
  json.key("written");
  write_run_data(json, written);
  json.key("best");
  write_run_data(json, best);
  json.end_object();
  write_html_page(out, title_text(result), data.str());
}

}  // namespace sim
