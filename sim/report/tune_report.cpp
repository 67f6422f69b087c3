#include "sim/report/tune_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "sim/report/answers.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/report/mean_summary_json.hpp"
#include "sim/report/summary_json.hpp"
#include "sim/report/tune_text.hpp"
#include "sim/scenario/scaling_json.hpp"

namespace sim {
namespace {

constexpr std::size_t kLabel = kTuneLabelWidth;

JsonTree numbers_json(const std::vector<TunedValue>& numbers) {
  JsonTree tree = JsonTree::object();
  for (const TunedValue& number : numbers) tree[number.name] = number.value;
  return tree;
}

JsonTree margins_json(const PricedPolicy& policy) {
  JsonTree list = JsonTree::array();
  for (const ExpectationMargin& margin : policy.margins) {
    list.push_back({{"that", expectation_text(margin.expectation)},
                    {"met", margin.met},
                    {"runs", policy.runs()},
                    {"worst", margin.worst},
                    {"margin", margin.margin ? JsonTree(*margin.margin) : JsonTree(nullptr)}});
  }
  return list;
}

JsonTree policy_json(const PricedPolicy& policy) {
  const JsonTree lists = scaling_json(policy.scenario);
  JsonTree tree = JsonTree::object();
  tree["parameters"] = numbers_json(policy.numbers);
  tree["met"] = policy.mean.met_count;
  tree["runs"] = policy.runs();
  tree["summary"] = means_json(policy.mean, price_source_of(policy.scenario));
  tree["intervals"] = intervals_json(policy.mean);
  tree["margins"] = margins_json(policy);
  tree["policies"] = lists["ScalingPolicies"];
  tree["scalable_targets"] = lists["ScalableTargets"];
  tree["scheduled_actions"] = lists["ScheduledActions"];
  tree["alarms"] = lists["MetricAlarms"];
  return tree;
}

JsonTree binding_json(const TuneResult& result) {
  if (!result.binding) return nullptr;
  const auto or_null = [](const std::optional<double>& value) {
    return value ? JsonTree(*value) : JsonTree(nullptr);
  };
  const BindingLimit& binding = *result.binding;
  return {{"limit", name_of(binding.kind)},
          {"expectation", binding.expectation},
          {"reason", binding.reason},
          {"push_s", or_null(binding.push_s)},
          {"reaction_s", or_null(binding.reaction_s)},
          {"startup_s", or_null(binding.startup_s)}};
}

JsonTree tried_json(const TuneResult& result) {
  return {{"policies", result.effort.policies},
          {"runs", result.effort.runs},
          {"often", result.effort.often},
          {"met", result.effort.met},
          {"check_runs", result.effort.check_runs},
          {"checked", result.attempts},
          {"over", result.over},
          {"ranges", result.ranges}};
}

JsonTree sensitivity_json(const TuneResult& result) {
  JsonTree list = JsonTree::array();
  for (const SensitivityRow& row : result.sensitivity) {
    list.push_back(
        {{"influence", row.influence},
         {"factor", row.factor},
         {"met", row.met},
         {"runs", row.runs},
         {result.has_price ? "cost" : "instance_hours", row.cost},
         {"fails", row.first_failed.empty() ? JsonTree(nullptr) : JsonTree(row.first_failed)}});
  }
  return list;
}

struct CsvRow {
  std::string policy;
  std::size_t met = 0;
  std::size_t runs = 0;
  double cost = 0;
  const std::vector<TunedValue>* numbers = nullptr;
};

std::string csv_text(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c;
    if (c == '"') quoted += c;
  }
  return quoted + '"';
}

}  // namespace

void write_tune(std::ostream& out, const TuneResult& result, Colour colour) {
  out << title_text(result) << "\n\n";
  const auto write = [&](std::string_view label, std::string_view text) {
    out << painted(padded(label, kLabel), kBold, colour) << text << '\n';
  };
  write(result.feasible ? "FOUND" : "NONE",
        painted(verdict_text(result), result.feasible ? kGreen : kRed, colour));
  for (const TuneFact& fact : tune_facts(result)) {
    std::string_view label = fact.label;
    for (const std::string& line : fact.lines) write(std::exchange(label, ""), line);
  }
}

void write_tune_markdown(std::ostream& out, const TuneResult& result) {
  out << fmt::format("## {}\n\n**{}**\n\n", markdown_text(title_text(result)),
                     markdown_text(verdict_text(result)));
  for (const TuneFact& fact : tune_facts(result)) {
    out << fmt::format("- **{}**\n", fact.label);
    for (const std::string& line : fact.lines) out << "  - " << markdown_text(line) << '\n';
  }
}

void write_tune_csv(std::ostream& out, const TuneResult& result) {
  std::vector<CsvRow> rows;
  const auto add = [&](std::string name, const PricedPolicy& policy) {
    rows.push_back(
        {std::move(name), policy.mean.met_count, policy.runs(), policy.cost, &policy.numbers});
  };
  add(result.feasible ? "best" : "nearest", result.best);
  add("written", result.written);
  if (result.runner_up) add("runner_up", *result.runner_up);
  for (const Remedy& remedy : result.remedies) add(remedy.kind, remedy.policy);
  for (const SensitivityRow& row : result.sensitivity) {
    rows.push_back({fmt::format("{} {:+.0f} %", row.influence, (row.factor - 1) * 100), row.met,
                    row.runs, row.cost, &result.best.numbers});
  }
  out << "policy,met,runs," << (result.has_price ? "cost" : "instance_hours");
  for (const TunedValue& number : result.best.numbers) out << ',' << csv_text(number.name);
  out << '\n';
  for (const CsvRow& row : rows) {
    out << fmt::format("{},{},{},{}", row.policy, row.met, row.runs, json_number(row.cost));
    for (const TunedValue& number : result.best.numbers) {
      const auto found = std::find_if(row.numbers->begin(), row.numbers->end(),
                                      [&](const auto& own) { return own.name == number.name; });
      out << ',' << json_number(found == row.numbers->end() ? number.written : found->value);
    }
    out << '\n';
  }
}

void write_tune_json(JsonWriter& json, const TuneResult& result) {
  const Scenario& scenario = result.written.scenario;
  json.begin_object();
  json.key("schema").string("headroom.tune/1");
  json.key("scenario")
      .tree({{"name", scenario.name}, {"file", scenario.file}, {"seed", scenario.run.seed}});
  json.key("feasible").boolean(result.feasible);
  json.key("confidence").number(result.confidence);
  json.key("share_met_at_least");
  if (result.feasible) {
    json.number(result.share_met_at_least);
  } else {
    json.null();
  }
  json.key("settings").tree(result.settings);
  json.key("binding").tree(binding_json(result));
  json.key("best").tree(result.feasible ? policy_json(result.best) : JsonTree(nullptr));
  json.key("nearest").tree(result.feasible ? JsonTree(nullptr) : policy_json(result.best));
  json.key("written").tree(policy_json(result.written));
  json.key("runner_up").tree(result.runner_up ? policy_json(*result.runner_up) : JsonTree(nullptr));
  json.key("tried").tree(tried_json(result));
  json.key("sensitivity").tree(sensitivity_json(result));
  json.key("remedies").begin_array();
  for (const Remedy& remedy : result.remedies) {
    JsonTree tree = policy_json(remedy.policy);
    tree["kind"] = remedy.kind;
    json.tree(tree);
  }
  json.end_array();
  json.end_object();
}

void write_tune_json(std::ostream& out, const TuneResult& result) {
  JsonWriter json(out, 3);
  write_tune_json(json, result);
  out << '\n';
}

}  // namespace sim
