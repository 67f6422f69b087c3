#include "sim/report/answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "sim/report/humane_text.hpp"
#include "sim/report/instance_text.hpp"

namespace sim {
namespace {

using models::autoscaling::ActivityStatus;
using models::autoscaling::ScalingActivity;

std::string load_text(const RunReport& report) {
  const Summary& summary = report.result.summary;
  std::string text = counted(summary.requests.total, "request", "requests");
  if (!summary.invocations_per_minute_max) return text;
  text +=
      fmt::format(", at most {} in one minute", humane_count(*summary.invocations_per_minute_max));
  const auto& minutes = report.result.minutes;
  const auto peak = std::find_if(minutes.begin(), minutes.end(), [&](const MinuteRecord& minute) {
    return minute.start >= core::SimTime{report.scenario.run.warm_up} &&
           minute.invocations == *summary.invocations_per_minute_max;
  });
  if (peak != minutes.end()) text += fmt::format(" (from {})", humane_time(peak->start));
  return text;
}

std::string latency_text(const LatencySummary& latency) {
  const std::pair<std::string_view, std::optional<double>> quantiles[] = {{"p50", latency.p50},
                                                                          {"p90", latency.p90},
                                                                          {"p95", latency.p95},
                                                                          {"p99", latency.p99},
                                                                          {"max", latency.max}};
  std::string text;
  for (const auto& [name, value] : quantiles) {
    if (!value) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", name, humane_seconds(*value));
  }
  return text.empty() ? "no request was answered" : text;
}

std::string errors_text(const Summary& summary) {
  const ErrorSummary& errors = summary.errors;
  const std::int64_t unfinished =
      summary.requests.total - summary.requests.succeeded - summary.requests.failed;
  std::string text = "none";
  if (summary.requests.failed > 0) {
    const std::pair<std::int64_t, std::string_view> causes[] = {
        {errors.timed_out, "timed out"},
        {errors.rejected, "rejected by a full queue"},
        {errors.interrupted, "interrupted by a scale in"},
        {errors.no_capacity, "found no instance in service"},
        {errors.model_error, "failed in the model"}};
    text = errors.rate ? humane_share(*errors.rate) : "some";
    std::string_view separator = ": ";
    for (const auto& [count, cause] : causes) {
      if (count == 0) continue;
      text += fmt::format("{}{} {}", separator, humane_count(count), cause);
      separator = ", ";
    }
  }
  if (unfinished > 0) text += fmt::format("; {} unfinished at the end", humane_count(unfinished));
  return text;
}

std::string retries_text(const RetrySummary& retries) {
  if (retries.attempts == 0 && retries.given_up == 0) return "none: nothing failed";
  return fmt::format("clients asked again {}: {} served then, {} given up",
                     counted(retries.attempts, "time", "times"), humane_count(retries.recovered),
                     humane_count(retries.given_up));
}

std::string instances_text(const Summary& summary) {
  const InstanceSummary& instances = summary.instances;
  std::string text =
      instances.min == instances.max
          ? fmt::format("always {} in service", humane_count(instances.max))
          : fmt::format("{} to {} in service, {} on average, {} at the end",
                        humane_count(instances.min), humane_count(instances.max),
                        humane_number(instances.mean), humane_count(instances.final));
  if (summary.elasticity.under_provisioned_share > 0) {
    text += fmt::format("; too few in {} of the time",
                        humane_share(summary.elasticity.under_provisioned_share));
  }
  return text;
}

// A line for each reason, the first that occurred first.
std::vector<std::string> not_scaled_lines(const std::vector<ScalingActivity>& activities) {
  struct Reason {
    std::int64_t count = 0;
    SimTime first;
  };
  std::vector<std::pair<std::string_view, Reason>> reasons;
  for (const ScalingActivity& activity : activities) {
    if (!activity.not_scaled()) continue;
    const std::string_view code = to_string(activity.not_scaled_reasons.front().code);
    auto found = std::find_if(reasons.begin(), reasons.end(),
                              [code](const auto& reason) { return reason.first == code; });
    if (found == reasons.end()) {
      found = reasons.insert(reasons.end(), {code, Reason{0, activity.start_time}});
    }
    ++found->second.count;
  }
  std::vector<std::string> lines;
  for (const auto& [code, reason] : reasons) {
    lines.push_back(fmt::format("not scaled {}: {} (first at {})",
                                counted(reason.count, "time", "times"), code,
                                humane_time(reason.first)));
  }
  return lines;
}

// Changes of capacity that were rolled back, which is nothing where none was.
std::optional<std::string> failed_line(const std::vector<ScalingActivity>& activities) {
  std::int64_t count = 0;
  const ScalingActivity* first = nullptr;
  for (const ScalingActivity& activity : activities) {
    if (!activity.scaled() || activity.status != ActivityStatus::Failed) continue;
    if (first == nullptr) first = &activity;
    ++count;
  }
  if (first == nullptr) return std::nullopt;
  // The JSON has AWS's whole message; nothing else makes an activity fail here.
  return fmt::format("failed {} for lack of capacity (first at {})",
                     counted(count, "time", "times"), humane_time(first->start_time));
}

std::vector<std::string> scaling_lines(const RunReport& report) {
  const auto& variants = report.scenario.variants;
  const bool scales = std::any_of(variants.begin(), variants.end(), [](const auto& variant) {
    return variant.scalable_target.has_value();
  });
  if (!scales) return {"off: the scenario has no scalable target"};
  const ScalingSummary& scaling = report.result.summary.scaling;
  std::vector<std::string> lines = {"no activity"};
  if (scaling.activities > 0) {
    lines = {fmt::format("{}: {} out, {} in, {}",
                         counted(scaling.activities, "activity", "activities"),
                         humane_count(scaling.scale_outs), humane_count(scaling.scale_ins),
                         counted(scaling.reversals, "reversal", "reversals"))};
  }
  if (auto line = failed_line(report.result.activities)) lines.push_back(*std::move(line));
  for (std::string& line : not_scaled_lines(report.result.activities)) {
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> reaction_lines(const ReactionSummary& reaction) {
  const ReactionTime& worst = *reaction.worst;
  const std::string which =
      reaction.count == 1 ? "" : fmt::format("slowest of {}: ", humane_count(reaction.count));
  return {fmt::format("{}{}, decided at {}", which, humane_span(worst.total_s()),
                      humane_time(worst.decided_at)),
          fmt::format("metric {} + datapoints {} + policy {} + startup {} + drain {}",
                      humane_span(worst.metric_s), humane_span(worst.datapoints_s),
                      humane_span(worst.policy_s), humane_span(worst.startup_s),
                      humane_span(worst.drain_s))};
}

std::string price_text(const ScenarioVariant& variant) {
  const std::string source =
      variant.price_table.empty() ? "as the scenario says" : "prices of " + variant.price_table;
  return fmt::format("{} at ${:.6g}/h ({})", one_line(variant.variant.instance_type),
                     variant.variant.price->usd_per_hour(), source);
}

// With several variants the money of each stands in their table.
std::string total_cost_text(const RunReport& report, const CostSummary& cost) {
  const auto& variants = report.scenario.variants;
  if (variants.size() > 1) {
    return fmt::format("{} for all {} variants", humane_money(cost.total), variants.size());
  }
  return fmt::format("{} for {} instance-hours of {}", humane_money(cost.total),
                     humane_number(report.result.summary.instances.hours),
                     price_text(variants.front()));
}

std::vector<std::string> cost_lines(const RunReport& report) {
  const Summary& summary = report.result.summary;
  if (!summary.cost) return {"cost unknown: give endpoint.price"};
  const CostSummary& cost = *summary.cost;
  std::vector<std::string> lines = {total_cost_text(report, cost)};
  std::string use;
  if (cost.total > 0) {
    use =
        fmt::format("busy {}, idle {}, starting {}", humane_share(cost.busy / cost.total),
                    humane_share(cost.idle / cost.total), humane_share(cost.starting / cost.total));
  }
  if (cost.per_million_succeeded) {
    use += fmt::format("{}{} per million answered", use.empty() ? "" : "; ",
                       humane_money(*cost.per_million_succeeded));
  }
  if (!use.empty()) lines.push_back(use);
  lines.push_back(fmt::format("fixed at peak {}, perfect hindsight {}",
                              humane_money(cost.fixed_at_peak),
                              humane_money(cost.perfect_hindsight)));
  return lines;
}

// What one instance can do, of each variant.
std::vector<std::string> each_lines(const Scenario& scenario) {
  std::vector<std::string> lines;
  for (const ScenarioVariant& variant : scenario.variants) {
    std::vector<std::string> of_variant = instance_lines(scenario, variant);
    if (scenario.variants.size() > 1) {
      of_variant.front() = one_line(variant.variant.variant_name) + ": " + of_variant.front();
    }
    lines.insert(lines.end(), of_variant.begin(), of_variant.end());
  }
  return lines;
}

// "at 5h30m", "during early": what an expectation is limited to; empty: nothing.
std::string scope_text(const Expectation& expectation) {
  if (expectation.at) return "at " + humane_span(*expectation.at);
  if (expectation.during) return "during " + one_line(*expectation.during);
  if (expectation.within) {
    return fmt::format("within {} to {}", humane_span(expectation.within->from),
                       humane_span(expectation.within->to));
  }
  return {};
}

}  // namespace

std::vector<Answer> answers(const RunReport& report) {
  const Summary& summary = report.result.summary;
  std::vector<Answer> list = {{"LOAD", {load_text(report)}},
                              {"LATENCY", {latency_text(summary.latency)}}};
  if (summary.wait.max && *summary.wait.max > 0) {
    list.push_back({"WAITING", {latency_text(summary.wait)}});
  }
  list.push_back({"ERRORS", {errors_text(summary)}});
  if (summary.retries) list.push_back({"RETRIES", {retries_text(*summary.retries)}});
  list.push_back({"INSTANCES", {instances_text(summary)}});
  list.push_back({"EACH", each_lines(report.scenario)});
  if (summary.cpu_percent_mean && summary.cpu_percent_max) {
    std::string text =
        fmt::format("{} % on average, at most {} %", humane_number(*summary.cpu_percent_mean),
                    humane_number(*summary.cpu_percent_max));
    if (report.scenario.variants.size() == 1) {
      text += fmt::format(" of {} %", 100 * report.scenario.variants.front().variant.vcpus.value);
    }
    list.push_back({"CPU", {text}});
  }
  list.push_back({"SCALING", scaling_lines(report)});
  if (summary.reaction.worst) list.push_back({"REACTION", reaction_lines(summary.reaction)});
  list.push_back({"COST", cost_lines(report)});
  return list;
}

bool has_failed(const RunReport& report) {
  return std::any_of(report.expectations.begin(), report.expectations.end(),
                     [](const ExpectationResult& result) { return result.has_failed(); });
}

bool cannot_tell(const RunReport& report) {
  return !has_failed(report) &&
         std::any_of(report.expectations.begin(), report.expectations.end(),
                     [](const ExpectationResult& result) { return result.cannot_tell(); });
}

std::string_view mark_of(const ExpectationResult& result, bool is_ascii) {
  if (result.passed) return is_ascii ? "+" : "✓";
  if (result.cannot_tell()) return "?";
  return is_ascii ? "x" : "✗";
}

std::string verdict_text(const RunReport& report) {
  const auto count = static_cast<std::int64_t>(report.expectations.size());
  if (count == 0) return "no expectations: add `expect:`";
  const auto count_if = [&report](bool (ExpectationResult::*is_so)() const) {
    return std::count_if(report.expectations.begin(), report.expectations.end(),
                         [is_so](const ExpectationResult& result) { return (result.*is_so)(); });
  };
  const std::int64_t failed = count_if(&ExpectationResult::has_failed);
  const std::int64_t open = count_if(&ExpectationResult::cannot_tell);
  if (failed > 0) {
    return fmt::format("{} of {} failed", failed, count) +
           (open > 0 ? fmt::format(", {} cannot be told", open) : "");
  }
  if (open > 0) return fmt::format("cannot tell: {} of {}", open, count);
  const std::int64_t unmet =
      std::count_if(report.expectations.begin(), report.expectations.end(),
                    [](const ExpectationResult& result) { return result.expectation.fails; });
  if (unmet > 0) {
    const std::string met = unmet < count ? fmt::format("{} met, ", count - unmet) : "";
    return fmt::format("{}{} not met, as marked", met, unmet);
  }
  return count == 1 ? "met" : fmt::format("all {} met", count);
}

std::string place_text(const ExpectationResult& result) {
  const bool is_unmet = result.expectation.fails ? result.passed : result.has_failed();
  if (!is_unmet || !result.from || !result.to) return {};
  return fmt::format("{} to {}", humane_time(*result.from), humane_time(*result.to));
}

std::string expectation_text(const Expectation& expectation) {
  std::string text = expectation.fails ? "not " + expectation.that : expectation.that;
  if (const std::string scope = scope_text(expectation); !scope.empty()) text += " " + scope;
  return text;
}

}  // namespace sim
