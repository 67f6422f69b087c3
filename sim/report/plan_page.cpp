#include "sim/report/plan_page.hpp"

#include <fmt/format.h>

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "sim/report/html_page.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/plan_files.hpp"
#include "sim/report/plan_rows.hpp"
#include "sim/report/run_data.hpp"
#include "sim/report/scaling_calls.hpp"
#include "sim/scenario/quantity.hpp"

namespace sim {
namespace {

void write_facts(JsonWriter& json, const PlanResult& result) {
  json.begin_array();
  for (const Fact& fact : plan_facts(result)) {
    json.begin_object();
    json.key("label").string(fact.label);
    json.key("text").string(fact.text);
    json.end_object();
  }
  json.end_array();
}

void write_rows(JsonWriter& json, std::string_view key, const TextRows& rows) {
  json.key(key).begin_array();
  for (const std::vector<std::string>& row : rows) {
    json.begin_array();
    for (const std::string& cell : row) json.string(cell);
    json.end_array();
  }
  json.end_array();
}

std::string rate_text(core::RequestRate rate, bool is_from_traffic, std::string_view which) {
  return fmt::format(
      "{}/s{}", humane_number(rate.per_second(), 4),
      is_from_traffic ? fmt::format(", {} minute of the traffic", which) : std::string());
}

// What the bounds are for, which the numbers of the plan do not say.
void write_basis(JsonWriter& json, const PlanBasis& basis) {
  json.key("least_rate").string(rate_text(basis.min_rate, basis.min_is_from_traffic, "quietest"));
  json.key("highest_rate").string(rate_text(basis.max_rate, basis.max_is_from_traffic, "busiest"));
  json.key("growth").string(format_number(basis.growth));
}

// The files of `--out` that deploy the plan, but for the scenario: where that finds other files
// depends on the folder.
void write_calls(JsonWriter& json, const PlanCase& plan) {
  const std::vector<ScalingCall> calls = scaling_calls(plan.planned);
  std::ostringstream script;
  write_deploy_script(script, calls);
  json.key("script").begin_object();
  json.key("file").string(kDeployScript);
  json.key("text").string(script.str());
  json.end_object();
  json.key("calls").begin_array();
  for (const ScalingCall& call : calls) {
    std::ostringstream input;
    write_call_input(input, call);
    json.begin_object();
    json.key("operation").string(call.operation);
    json.key("name").string(call.name);
    json.key("file").string(call.file);
    json.key("text").string(input.str());
    json.end_object();
  }
  json.end_array();
}

// What people read of the plan; its numbers are beside it as the JSON has them.
void write_texts(JsonWriter& json, const PlanResult& result) {
  json.begin_object();
  json.key("facts");
  write_facts(json, result);
  write_basis(json, result.basis);
  json.key("policies").begin_array();
  for (const std::string& line : policy_lines(result.plan())) json.string(line);
  json.end_array();
  write_rows(json, "trade_off", trade_off_rows(result));
  write_rows(json, "candidates", candidate_rows(result));
  json.key("candidates_told")
      .string(result.candidates.empty() ? std::string() : candidate_text(result));
  write_calls(json, result.plan());
  json.end_object();
}

}  // namespace

void write_plan_page(std::ostream& out, const PlanReport& report, const RunReport& planned,
                     const PageOrigin& origin) {
  std::ostringstream data;
  JsonWriter json(data, 2);
  json.begin_object();
  write_page_origin(json, "plan", origin);
  json.key("plan");
  write_plan_json(json, report);
  json.key("load_test");
  write_load_test_json(json, report.result.plan());
  json.key("texts");
  write_texts(json, report.result);
  json.key("run");
  write_run_data(json, planned);
  json.end_object();
  write_html_page(out, planned.scenario.name, data.str());
}

}  // namespace sim
