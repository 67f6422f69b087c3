#include "sim/report/tune_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/report/answers.hpp"
#include "sim/report/humane_text.hpp"

namespace sim {
namespace {

using Fact = TuneFact;

constexpr std::size_t kWidth = 100;

std::string changes_text(const PricedPolicy& policy) {
  std::vector<std::string> changes;
  for (const TunedValue& number : policy.numbers) {
    if (number.value == number.written) continue;
    changes.push_back(fmt::format("{} {}", one_line(number.name), humane_number(number.value, 6)));
  }
  return changes.empty() ? "as written" : fmt::format("{}", fmt::join(changes, ", "));
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
                  kWidth - kTuneLabelWidth)};
}

Fact tried_fact(const TuneResult& result) {
  const SearchEffort& effort = result.effort;
  std::string text =
      fmt::format("{} in {}; {} often, of which {} met everything; {} more to check {}",
                  counted(static_cast<std::int64_t>(effort.policies), "policy", "policies"),
                  counted(static_cast<std::int64_t>(effort.runs), "run", "runs"), effort.often,
                  effort.met, counted(static_cast<std::int64_t>(effort.check_runs), "run", "runs"),
                  counted(static_cast<std::int64_t>(result.attempts), "policy", "policies"));
  Fact fact{"TRIED", wrapped(text, kWidth - kTuneLabelWidth)};
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
  Fact fact{"BINDING", wrapped(text, kWidth - kTuneLabelWidth)};
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

}  // namespace

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

std::string verdict_text(const TuneResult& result) {
  if (!result.feasible) {
    return fmt::format("no policy over {} meets what is expected", result.over);
  }
  return fmt::format("met in {} of {} fresh runs: with {} confidence on at least {} of such days",
                     result.best.mean.met_count, result.best.runs(),
                     humane_share(result.confidence),
                     humane_share(std::floor(result.share_met_at_least * 100) / 100));
}

std::vector<TuneFact> tune_facts(const TuneResult& result) {
  std::vector<TuneFact> facts;
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

std::string title_text(const TuneResult& result) {
  const Scenario& scenario = result.written.scenario;
  return fmt::format("{}   tuned over {}   seed {}",
                     one_line(scenario.name.empty() ? scenario.file : scenario.name), result.over,
                     scenario.run.seed);
}

}  // namespace sim
