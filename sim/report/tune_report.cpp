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
#include "sim/scenario/scaling_json.hpp"

namespace sim {
namespace {

constexpr std::size_t kLabel = 11;
constexpr std::size_t kWidth = 100;

struct Fact {
  std::string label;
  std::vector<std::string> lines;
};

std::string cost_text(double cost, const TuneResult& result) {
  return result.has_price ? humane_money(cost, 3) : humane_number(cost) + " instance-hours";
}

std::string cost_text(const PricedPolicy& policy, const TuneResult& result) {
  std::string text = cost_text(policy.cost, result) + " a run";
  if (policy.cost_interval) {
    text += fmt::format(" ({} to {} at 95 %)", cost_text(policy.cost_interval->low, result),
                        cost_text(policy.cost_interval->high, result));
  }
  return text;
}

std::string met_text(const PricedPolicy& policy) {
  return fmt::format("met in {} of {} runs", policy.mean.met_count, policy.runs());
}

std::string changes_text(const PricedPolicy& policy) {
  std::vector<std::string> changes;
  for (const TunedValue& number : policy.numbers) {
    if (number.value == number.written) continue;
    changes.push_back(fmt::format("{} {}", one_line(number.name), humane_number(number.value, 6)));
  }
  return changes.empty() ? "as written" : fmt::format("{}", fmt::join(changes, ", "));
}

std::string verdict(const TuneResult& result) {
  if (!result.feasible) {
    return fmt::format("no policy over {} meets what is expected", result.over);
  }
  return fmt::format("met in {} of {} fresh runs: with {} confidence on at least {} of such days",
                     result.best.mean.met_count, result.best.runs(),
                     humane_share(result.confidence),
                     humane_share(std::floor(result.share_met_at_least * 100) / 100));
}

std::string_view name_of(BindingKind kind) {
  switch (kind) {
    case BindingKind::Reaction:
      return "reaction";
    case BindingKind::MaxCapacity:
      return "max_capacity";
    case BindingKind::Service:
      return "service";
    case BindingKind::Cost:
      return "cost";
    case BindingKind::Chance:
      return "chance";
  }
  return {};
}

Fact policy_fact(const TuneResult& result) {
  Fact fact{result.feasible ? "POLICY" : "NEAREST", {}};
  std::size_t width = 0;
  for (const TunedValue& number : result.best.numbers) {
    width = std::max(width, width_of(one_line(number.name)));
  }
  for (const TunedValue& number : result.best.numbers) {
    const std::string written =
        number.value == number.written ? "as written" : "was " + humane_number(number.written, 6);
    fact.lines.push_back(fmt::format("{}  {}  ({})", padded(one_line(number.name), width),
                                     right_aligned(humane_number(number.value, 6), 8), written));
  }
  if (!result.feasible) fact.lines.push_back(met_text(result.best));
  return fact;
}

Fact cost_fact(const TuneResult& result) {
  Fact fact{"COST", {cost_text(result.best, result)}};
  const double written = result.written.cost;
  const std::string as_written =
      fmt::format("as written {}, {}", cost_text(written, result), met_text(result.written));
  const double off = written > 0 ? result.best.cost / written - 1 : 0;
  fact.lines.push_back(std::abs(off) < 5e-4
                           ? as_written
                           : fmt::format("{} {} than {}", humane_share(std::abs(off)),
                                         off < 0 ? "cheaper" : "dearer", as_written));
  return fact;
}

std::string margin_text(const ExpectationMargin& margin, std::size_t runs) {
  std::string text = fmt::format("worst of {} runs {}", runs, margin.worst);
  if (margin.margin && *margin.margin >= 0) {
    text += fmt::format(", {} from the limit", humane_share(*margin.margin, 2));
  } else if (margin.margin) {
    text += fmt::format(", {} beyond the limit", humane_share(-*margin.margin, 2));
  }
  if (margin.met < runs) text += fmt::format("; met in {}", margin.met);
  return text;
}

Fact margin_fact(const TuneResult& result) {
  Fact fact{"MARGIN", {}};
  std::size_t width = 0;
  for (const ExpectationMargin& margin : result.best.margins) {
    width = std::max(width, width_of(expectation_text(margin.expectation)));
  }
  for (const ExpectationMargin& margin : result.best.margins) {
    fact.lines.push_back(fmt::format("{} {}  {}", margin.met == result.best.runs() ? "✓" : "✗",
                                     padded(expectation_text(margin.expectation), width),
                                     margin_text(margin, result.best.runs())));
  }
  return fact;
}

Fact runner_up_fact(const TuneResult& result) {
  if (!result.runner_up) {
    return {"RUNNER-UP", {"none that is clearly another policy and was met in every run"}};
  }
  const PricedPolicy& other = *result.runner_up;
  return {"RUNNER-UP",
          wrapped(fmt::format("{}, {} of the search: {}", cost_text(other.cost, result),
                              met_text(other), changes_text(other)),
                  kWidth - kLabel)};
}

Fact tried_fact(const TuneResult& result) {
  const SearchEffort& effort = result.effort;
  std::string text =
      fmt::format("{} in {}; {} often, of which {} met everything; {} more to check {}",
                  counted(static_cast<std::int64_t>(effort.policies), "policy", "policies"),
                  counted(static_cast<std::int64_t>(effort.runs), "run", "runs"), effort.often,
                  effort.met, counted(static_cast<std::int64_t>(effort.check_runs), "run", "runs"),
                  counted(static_cast<std::int64_t>(result.attempts), "policy", "policies"));
  Fact fact{"TRIED", wrapped(text, kWidth - kLabel)};
  for (const std::string& range : result.ranges) fact.lines.push_back("  " + one_line(range));
  return fact;
}

Fact sensitivity_fact(const TuneResult& result) {
  Fact fact{"DEPENDS ON", {}};
  for (const SensitivityRow& row : result.sensitivity) {
    std::string line = fmt::format(
        "{} {:+.0f} %  met in {} of {} runs  {}", padded(row.influence, 12), (row.factor - 1) * 100,
        right_aligned(std::to_string(row.met), 2), row.runs, cost_text(row.cost, result));
    if (!row.first_failed.empty()) line += fmt::format("  fails {}", one_line(row.first_failed));
    fact.lines.push_back(std::move(line));
  }
  return fact;
}

Fact binding_fact(const TuneResult& result) {
  const BindingLimit& binding = *result.binding;
  std::string text = fmt::format("{}: {}", name_of(binding.kind), binding.reason);
  Fact fact{"BINDING", wrapped(text, kWidth - kLabel)};
  if (!binding.expectation.empty()) {
    fact.lines.push_back("fails " + one_line(binding.expectation));
  }
  return fact;
}

// "MinCapacity 4 all the time", "raise-floor cron(...) MinCapacity 4".
std::vector<std::string> remedy_lines(const Remedy& remedy, const TuneResult& result) {
  const double instances = remedy.policy.numbers.front().value;
  std::vector<std::string> lines;
  const std::string price =
      fmt::format("{}, {}", cost_text(remedy.policy, result), met_text(remedy.policy));
  if (remedy.kind == "floor") {
    lines.push_back(
        fmt::format("floor     MinCapacity {} all the time: {}", humane_number(instances), price));
    return lines;
  }
  lines.push_back(fmt::format("schedule  MinCapacity {} in time for the load: {}",
                              humane_number(instances), price));
  for (const ScenarioVariant& variant : remedy.policy.scenario.variants) {
    for (const auto& action : variant.scheduled_actions) {
      lines.push_back(fmt::format(
          "          {} {} {}{}", one_line(action.name), one_line(action.schedule),
          one_line(action.timezone),
          action.min_capacity ? fmt::format(" MinCapacity {}", action.min_capacity->value) : ""));
    }
  }
  return lines;
}

Fact remedy_fact(const TuneResult& result) {
  Fact fact{"INSTEAD", {}};
  for (const Remedy& remedy : result.remedies) {
    for (std::string& line : remedy_lines(remedy, result)) fact.lines.push_back(std::move(line));
  }
  if (fact.lines.empty()) fact.lines.push_back("neither a higher MinCapacity nor a schedule helps");
  return fact;
}

Fact setting_fact(const TuneResult& result) {
  Fact fact{"SET", {}};
  for (const std::string& setting : result.settings) {
    fact.lines.push_back("--set '" + one_line(setting) + "'");
  }
  return fact;
}

std::vector<Fact> facts(const TuneResult& result) {
  std::vector<Fact> facts;
  if (result.binding) {
    facts.push_back(binding_fact(result));
    facts.push_back(remedy_fact(result));
  }
  facts.push_back(policy_fact(result));
  facts.push_back(cost_fact(result));
  facts.push_back(margin_fact(result));
  if (result.feasible) facts.push_back(runner_up_fact(result));
  facts.push_back(tried_fact(result));
  facts.push_back(sensitivity_fact(result));
  if (!result.settings.empty()) facts.push_back(setting_fact(result));
  return facts;
}

std::string title(const TuneResult& result) {
  const Scenario& scenario = result.written.scenario;
  return fmt::format("{}   tuned over {}   seed {}",
                     one_line(scenario.name.empty() ? scenario.file : scenario.name), result.over,
                     scenario.run.seed);
}

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
  out << title(result) << "\n\n";
  const auto write = [&](std::string_view label, std::string_view text) {
    out << painted(padded(label, kLabel), kBold, colour) << text << '\n';
  };
  write(result.feasible ? "FOUND" : "NONE",
        painted(verdict(result), result.feasible ? kGreen : kRed, colour));
  for (const Fact& fact : facts(result)) {
    std::string_view label = fact.label;
    for (const std::string& line : fact.lines) write(std::exchange(label, ""), line);
  }
}

void write_tune_markdown(std::ostream& out, const TuneResult& result) {
  out << fmt::format("## {}\n\n**{}**\n\n", markdown_text(title(result)),
                     markdown_text(verdict(result)));
  for (const Fact& fact : facts(result)) {
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

void write_tune_json(std::ostream& out, const TuneResult& result) {
  const Scenario& scenario = result.written.scenario;
  JsonWriter json(out, 3);
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
  out << '\n';
}

}  // namespace sim
