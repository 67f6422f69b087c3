#include "sim/report/plan_report.hpp"

#include <fmt/format.h>

#include <string>

#include "sim/report/benchmark_report.hpp"
#include "sim/report/csv_report.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/report/plan_rows.hpp"
#include "sim/report/scaling_calls.hpp"
#include "sim/report/summary_json.hpp"

namespace sim {
namespace {

constexpr std::size_t kLineWidth = 100;

std::string title(const PlanReport& report) {
  return fmt::format("{}   a scaling plan for {}", one_line(report.scenario.name),
                     report.scenario.variants.front().variant.instance_type);
}

void write_heading(std::ostream& out, std::string_view label, std::string_view text,
                   Colour colour) {
  out << '\n' << painted(padded(label, 11), kBold, colour) << text << '\n';
}

// Sentences, each of which begins at a mark and goes on below its beginning.
void write_sentences(std::ostream& out, const std::vector<std::string>& sentences) {
  for (const std::string& sentence : sentences) {
    std::string_view mark = "  - ";
    for (const std::string& line : wrapped(sentence, kLineWidth - mark.size())) {
      out << mark << line << '\n';
      mark = "    ";
    }
  }
}

std::string_view to_string(LoadTestStop stop) {
  switch (stop) {
    case LoadTestStop::MaxInvocations:
      return "max_invocations";
    case LoadTestStop::LatencyThreshold:
      return "latency_threshold";
    case LoadTestStop::TimeLimit:
      return "time_limit";
  }
  return {};
}

void write_target(JsonWriter& json, const PlanTarget& target) {
  json.key("target").begin_object();
  json.key("invocations_per_instance").number(target.invocations_per_instance);
  json.key("cpu_percent").number(target.cpu_percent);
  json.key("utilization").number(target.utilization);
  json.key("saturated_invocations").number(target.saturated_invocations);
  json.key("cpu_percent_at_target").number(target.cpu_percent_there);
  json.key("latency_p99_at_target").number(target.latency_p99_there);
  json.end_object();
  json.key("min_capacity").integer(target.min_capacity);
  json.key("max_capacity").integer(target.max_capacity);
}

void write_strings(JsonWriter& json, std::string_view key, const std::vector<std::string>& all) {
  json.key(key).begin_array();
  for (const std::string& text : all) json.string(text);
  json.end_array();
}

void write_load_test(JsonWriter& json, const LoadTestResult& test, const Scenario& planned) {
  json.begin_object();
  json.key("max_invocations").number(test.max_invocations);
  json.key("spawn_per_minute").number(test.spawn_per_minute);
  json.key("stopped_by").string(to_string(test.stopped_by));
  json.key("duration_s").number(core::in_seconds(test.duration));
  json.key("users").integer(test.users);
  json.key("summary").tree(summary_json(test.summary, planned));
  json.end_object();
}

void write_evaluation(JsonWriter& json, const PlanCase& made) {
  json.key("evaluation").begin_object();
  json.key("passed").boolean(made.shortcomings.empty());
  write_strings(json, "shortcomings", made.shortcomings);
  json.key("availability").number(availability(made.evaluation.traffic));
  json.key("traffic").tree(summary_json(made.evaluation.traffic, made.planned));
  json.key("load_test");
  write_load_test_json(json, made);
  json.end_object();
}

void write_inputs(JsonWriter& json, std::string_view key, std::string_view operation,
                  const PlanCase& made) {
  json.key(key).begin_array();
  for (const ScalingCall& call : scaling_calls(made.planned)) {
    if (call.operation == operation) json.tree(call.input);
  }
  json.end_array();
}

void write_cases(JsonWriter& json, std::string_view key, const std::vector<PlanCase>& cases) {
  json.key(key).begin_array();
  for (const PlanCase& made : cases) {
    json.begin_object();
    json.key("name").string(made.name);
    json.key("instance_type").string(made.planned.variants.front().variant.instance_type);
    write_target(json, made.target);
    write_evaluation(json, made);
    json.end_object();
  }
  json.end_array();
}

void write_index(JsonWriter& json, std::string_view key, const std::optional<std::size_t>& index) {
  json.key(key);
  if (index) {
    json.integer(static_cast<std::int64_t>(*index));
  } else {
    json.null();
  }
}

void write_csv_row(std::ostream& out, const PlanCase& made) {
  const Summary& summary = made.evaluation.traffic;
  const auto optional = [](const std::optional<double>& value) {
    return value ? json_number(*value) : std::string{};
  };
  out << fmt::format(
      "{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_field(made.name),
      csv_field(made.planned.variants.front().variant.instance_type),
      json_number(made.target.utilization), json_number(made.target.invocations_per_instance),
      json_number(made.target.cpu_percent), made.target.min_capacity, made.target.max_capacity,
      json_number(availability(summary)), optional(summary.latency.p99),
      json_number(summary.instances.mean), summary.cost ? json_number(summary.cost->total) : "",
      made.shortcomings.empty());
}

}  // namespace

void write_plan(std::ostream& out, const PlanReport& report, Colour colour) {
  const PlanResult& result = report.result;
  const PlanCase& plan = result.plan();
  out << painted(title(report), kBold, colour)
      << fmt::format("   seed {}\n\n", report.scenario.run.seed);
  write_facts(out, plan_facts(result), colour);
  write_heading(out, "WHY", "how each number was found", colour);
  write_sentences(out, plan.derivation);
  write_heading(out, "POLICIES", "as they would be deployed", colour);
  write_sentences(out, policy_lines(plan));
  if (const TextRows rows = trade_off_rows(result); !rows.empty()) {
    write_heading(out, "TRADE-OFF", "availability against cost, on the scenario's traffic", colour);
    write_right_aligned(out, rows, colour);
  }
  if (const TextRows rows = candidate_rows(result); !rows.empty()) {
    write_heading(out, "UP OR OUT", candidate_text(result), colour);
    write_table_rows(out, rows, 2, colour);
  }
  write_heading(
      out, "NEXT",
      fmt::format("headroom plan {} --out DIR   the scenario and the JSON of its policies",
                  one_line(report.scenario.file)),
      colour);
}

void write_plan_markdown(std::ostream& out, const PlanReport& report) {
  const PlanResult& result = report.result;
  out << fmt::format("## {}\n\n", markdown_text(title(report)));
  write_markdown_facts(out, plan_facts(result));
  out << "\n### Why\n\n";
  for (const std::string& sentence : result.plan().derivation) {
    out << fmt::format("- {}\n", markdown_text(sentence));
  }
  out << "\n### Policies\n\n";
  for (const std::string& line : policy_lines(result.plan())) {
    out << fmt::format("- {}\n", markdown_text(line));
  }
  if (const TextRows rows = trade_off_rows(result); !rows.empty()) {
    out << "\n### Trade-off\n\n";
    write_markdown_right_aligned(out, rows);
  }
  if (const TextRows rows = candidate_rows(result); !rows.empty()) {
    out << fmt::format("\n### Up or out\n\n{}\n\n", markdown_text(candidate_text(result)));
    write_markdown_right_aligned(out, rows);
  }
}

void write_load_test_json(JsonWriter& json, const PlanCase& made) {
  if (made.evaluation.load_test) {
    write_load_test(json, *made.evaluation.load_test, made.planned);
  } else {
    json.null();
  }
}

void write_plan_json(JsonWriter& json, const PlanReport& report) {
  const PlanResult& result = report.result;
  const PlanCase& plan = result.plan();
  json.begin_object();
  write_target(json, plan.target);
  write_inputs(json, "policies", "put-scaling-policy", plan);
  write_inputs(json, "alarms", "put-metric-alarm", plan);
  write_inputs(json, "scheduled_actions", "put-scheduled-action", plan);
  write_evaluation(json, plan);
  write_strings(json, "derivation", plan.derivation);
  write_strings(json, "warnings", plan.warnings);
  json.key("benchmark");
  write_benchmark_json(json, result.benchmark);
  if (result.cases.size() > 1) {
    write_cases(json, "trade_off", result.cases);
    json.key("chosen").integer(static_cast<std::int64_t>(result.chosen));
  }
  if (!result.candidates.empty()) {
    write_cases(json, "candidates", result.candidates);
    write_index(json, "cheapest", result.cheapest);
    write_index(json, "safest", result.safest);
  }
  json.end_object();
}

void write_plan_csv(std::ostream& out, const PlanReport& report) {
  out << "candidate,instance_type,utilization,invocations_per_instance,cpu_percent,min_capacity,"
         "max_capacity,availability,latency_p99_s,instances_mean,cost_usd,holds\n";
  for (const PlanCase& made : report.result.cases) write_csv_row(out, made);
  for (const PlanCase& made : report.result.candidates) {
    if (!made.name.empty()) write_csv_row(out, made);
  }
}

}  // namespace sim
