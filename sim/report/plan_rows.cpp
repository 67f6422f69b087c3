#include "sim/report/plan_rows.hpp"

#include <fmt/format.h>

#include <cmath>
#include <variant>

#include "sim/report/humane_text.hpp"
#include "sim/scenario/plan_reader.hpp"

namespace sim {
namespace {

using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;

std::string money_text(const Summary& summary) {
  return summary.cost ? humane_money(summary.cost->total) : std::string("no price");
}

std::string latency_text(const std::optional<double>& seconds) {
  return seconds ? humane_seconds(*seconds) : std::string("-");
}

std::string errors_text(const Summary& summary) {
  if (summary.requests.failed == 0) return "no errors";
  return fmt::format("{} ({})", counted(summary.requests.failed, "error", "errors"),
                     humane_share(summary.errors.rate.value_or(0)));
}

std::string number(double value) { return humane_number(value, 4); }

std::string capacity_text(const PlanTarget& target) {
  return fmt::format("{} to {}", target.min_capacity, target.max_capacity);
}

std::string load_test_text(const PlanCase& plan, const PlanBasis& basis) {
  const LoadTestResult& test = *plan.evaluation.load_test;
  std::string text = fmt::format(
      "{} a minute up to {}: {} invocations in one minute of {} after {}, {}, {} in service, p95 "
      "{}, p99 {}",
      counted(std::llround(test.spawn_per_minute), "user more", "users more"), test.users,
      humane_count(test.summary.invocations_per_minute_max.value_or(0)),
      humane_count(std::llround(test.max_invocations)), humane_span(test.duration),
      errors_text(test.summary), counted(test.summary.instances.max, "instance", "instances"),
      latency_text(test.summary.latency.p95), latency_text(test.summary.latency.p99));
  if (basis.latency_threshold) {
    text += fmt::format("; the bound of each minute's ModelLatency is {}",
                        format_latency_threshold(*basis.latency_threshold));
  }
  return text;
}

std::string traffic_text(const Summary& summary) {
  return fmt::format(
      "{} requests, at most {} in one minute: {}, p99 {}, {} to {} in service, {:.3g} on average, "
      "{}",
      humane_count(summary.requests.total),
      humane_count(summary.invocations_per_minute_max.value_or(0)), errors_text(summary),
      latency_text(summary.latency.p99), summary.instances.min,
      counted(summary.instances.max, "instance", "instances"), summary.instances.mean,
      money_text(summary));
}

std::string verdict_text(const PlanCase& plan) {
  if (plan.shortcomings.empty()) {
    const LoadTestResult& test = *plan.evaluation.load_test;
    const bool is_clean =
        test.summary.requests.failed + plan.evaluation.traffic.requests.failed == 0;
    return fmt::format("the plan holds: {} invocations in a minute{}",
                       humane_count(test.summary.invocations_per_minute_max.value_or(0)),
                       is_clean ? ", without an error" : ", with fewer than 1 % errors");
  }
  std::string text = "the plan does not hold";
  std::string_view separator = ": ";
  for (const std::string& reason : plan.shortcomings) {
    text += separator;
    text += reason;
    separator = "; ";
  }
  return text;
}

std::string line_of(const TargetTrackingConfiguration& policy) {
  const bool is_predefined =
      std::holds_alternative<models::autoscaling::PredefinedMetric>(policy.metric);
  return fmt::format(
      "{}: target tracking, {} {}, cooldown {} out and {} in", policy.policy_name,
      is_predefined ? "InvocationsPerInstance"
                    : std::get<models::autoscaling::CustomizedMetric>(policy.metric).metric.name,
      number(policy.target_value), humane_span(policy.scale_out_cooldown),
      humane_span(policy.scale_in_cooldown));
}

// Steps as absolute values, which nobody takes for the offsets that they are written as.
std::string line_of(const StepScalingConfiguration& policy, double threshold) {
  std::string text = fmt::format("{}: step scaling, cooldown {}", policy.policy_name,
                                 humane_span(policy.cooldown));
  for (const auto& step : policy.step_adjustments) {
    const double from = threshold + step.metric_interval_lower_bound.value_or(0);
    text += fmt::format(", from {}: +{} %", number(from), step.scaling_adjustment);
  }
  return text;
}

}  // namespace

double availability(const Summary& summary) { return 1 - summary.errors.rate.value_or(0); }

std::vector<Fact> plan_facts(const PlanResult& result) {
  const PlanCase& plan = result.plan();
  std::vector<Fact> facts;
  facts.push_back({"VERDICT", verdict_text(plan)});
  facts.push_back({"TARGETS", fmt::format("InvocationsPerInstance {}, CPU {} %",
                                          number(plan.target.invocations_per_instance),
                                          number(plan.target.cpu_percent))});
  facts.push_back({"CAPACITY", fmt::format("MinCapacity {}, MaxCapacity {}",
                                           plan.target.min_capacity, plan.target.max_capacity)});
  facts.push_back({"LOAD TEST", load_test_text(plan, result.basis)});
  facts.push_back({"TRAFFIC", traffic_text(plan.evaluation.traffic)});
  for (const std::string& warning : plan.warnings) facts.push_back({"WARNING", warning});
  return facts;
}

std::vector<std::string> policy_lines(const PlanCase& plan) {
  const ScenarioVariant& variant = plan.planned.variants.front();
  std::vector<std::string> lines;
  for (const auto& policy : variant.policies) {
    if (const auto* tracking = std::get_if<TargetTrackingConfiguration>(&policy)) {
      lines.push_back(line_of(*tracking));
    } else {
      lines.push_back(line_of(std::get<StepScalingConfiguration>(policy),
                              plan.planned.alarms.front().threshold));
    }
  }
  for (const auto& alarm : plan.planned.alarms) {
    lines.push_back(fmt::format("alarm {}: {} of {} >= {} in {} of {} minutes, for {}", alarm.name,
                                to_string(alarm.statistic), alarm.metric.name,
                                number(alarm.threshold), alarm.datapoints_to_alarm,
                                alarm.evaluation_periods, alarm.alarm_actions.front()));
  }
  for (const auto& action : variant.scheduled_actions) {
    lines.push_back(fmt::format("{}: {} {}, MinCapacity {}", action.name, action.schedule,
                                action.timezone, action.min_capacity->value));
  }
  return lines;
}

TextRows trade_off_rows(const PlanResult& result) {
  if (result.cases.size() < 2) return {};
  TextRows rows{{"utilization", "target", "capacity", "availability", "too few", "p99", "instances",
                 "cost", "holds", ""}};
  for (std::size_t i = 0; i < result.cases.size(); ++i) {
    const PlanCase& made = result.cases[i];
    const Summary& summary = made.evaluation.traffic;
    rows.push_back(
        {humane_share(made.target.utilization), number(made.target.invocations_per_instance),
         capacity_text(made.target), humane_share(availability(summary), 6),
         humane_share(summary.elasticity.under_provisioned_share),
         latency_text(summary.latency.p99), fmt::format("{:.2f}", summary.instances.mean),
         money_text(summary), made.shortcomings.empty() ? "yes" : "no",
         i == result.chosen ? "< this plan" : ""});
  }
  return rows;
}

TextRows candidate_rows(const PlanResult& result) {
  if (result.candidates.empty()) return {};
  TextRows rows{{"candidate", "instance", "saturated/min", "target", "at the peak", "MaxCapacity",
                 "availability", "p99", "reaction", "cost", "per million"}};
  for (const PlanCase& made : result.candidates) {
    const Summary& summary = made.evaluation.traffic;
    const double at_peak = std::max(
        1.0, std::ceil(result.basis.max_rate.per_minute() / made.target.invocations_per_instance -
                       1e-9));
    rows.push_back({made.name.empty() ? "as written" : one_line(made.name),
                    made.planned.variants.front().variant.instance_type,
                    number(made.target.saturated_invocations),
                    number(made.target.invocations_per_instance), humane_number(at_peak),
                    humane_count(made.target.max_capacity), humane_share(availability(summary), 6),
                    latency_text(summary.latency.p99),
                    summary.reaction.worst ? humane_span(summary.reaction.worst->total_s()) : "-",
                    money_text(summary),
                    summary.cost && summary.cost->per_million_succeeded
                        ? humane_money(*summary.cost->per_million_succeeded)
                        : "-"});
  }
  return rows;
}

std::string candidate_text(const PlanResult& result) {
  const auto name = [&result](std::size_t index) {
    const std::string& own = result.candidates[index].name;
    return own.empty() ? std::string("the endpoint as written") : one_line(own);
  };
  std::string text =
      result.cheapest
          ? fmt::format("cheapest is {} with {}", name(*result.cheapest),
                        money_text(result.candidates[*result.cheapest].evaluation.traffic))
          : std::string("no prices, so none is the cheapest");
  if (result.safest) {
    const Summary& summary = result.candidates[*result.safest].evaluation.traffic;
    text += fmt::format("; safest is {} with {} and a p99 of {}", name(*result.safest),
                        errors_text(summary), latency_text(summary.latency.p99));
  }
  return text;
}

}  // namespace sim
