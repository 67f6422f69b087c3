#include "sim/report/summary_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/summary_keys.hpp"

namespace sim {
namespace {

template <class T>
JsonTree or_null(const std::optional<T>& value) {
  return value ? JsonTree(*value) : JsonTree(nullptr);
}

JsonTree errors_json(const ErrorSummary& errors) {
  return {{"rate", or_null(errors.rate)},      {"timed_out", errors.timed_out},
          {"rejected", errors.rejected},       {"interrupted", errors.interrupted},
          {"no_capacity", errors.no_capacity}, {"model_error", errors.model_error}};
}

std::string price_source_of(const ScenarioVariant& variant) {
  return variant.price_table.empty() ? "scenario" : variant.price_table;
}

JsonTree cost_json(const std::optional<CostSummary>& cost, const std::string& price_source) {
  const auto amount = [&cost](double CostSummary::*part) {
    return cost ? JsonTree((*cost).*part) : JsonTree(nullptr);
  };
  return {
      {"total", amount(&CostSummary::total)},
      {"per_hour", amount(&CostSummary::per_hour)},
      {"per_million_succeeded", cost ? or_null(cost->per_million_succeeded) : JsonTree(nullptr)},
      {"busy", amount(&CostSummary::busy)},
      {"idle", amount(&CostSummary::idle)},
      {"starting", amount(&CostSummary::starting)},
      {"fixed_at_peak", amount(&CostSummary::fixed_at_peak)},
      {"perfect_hindsight", amount(&CostSummary::perfect_hindsight)},
      {"price_table", cost ? JsonTree(price_source) : JsonTree(nullptr)},
      {"currency", "USD"}};
}

JsonTree reaction_json(const ReactionSummary& reaction) {
  const auto part = [&reaction](double ReactionTime::*step) {
    return reaction.worst ? JsonTree((*reaction.worst).*step) : JsonTree(nullptr);
  };
  return {
      {"count", reaction.count},
      {"worst",
       {{"metric_s", part(&ReactionTime::metric_s)},
        {"datapoints_s", part(&ReactionTime::datapoints_s)},
        {"policy_s", part(&ReactionTime::policy_s)},
        {"startup_s", part(&ReactionTime::startup_s)},
        {"drain_s", part(&ReactionTime::drain_s)},
        {"total_s", reaction.worst ? JsonTree(reaction.worst->total_s()) : JsonTree(nullptr)}}}};
}

JsonTree tree_of(const Summary& s, const std::string& price_source) {
  JsonTree tree = JsonTree::object();
  tree["requests"] = {{"total", s.requests.total},
                      {"succeeded", s.requests.succeeded},
                      {"failed", s.requests.failed}};
  tree["errors"] = errors_json(s.errors);
  if (s.retries) {
    tree["retries"] = {{"attempts", s.retries->attempts},
                       {"recovered", s.retries->recovered},
                       {"given_up", s.retries->given_up}};
  }
  tree["latency"] = latency_json(s.latency);
  tree["model_latency"] = latency_json(s.model_latency);
  tree["wait"] = latency_json(s.wait);
  tree["invocations_per_minute"] = {{"max", or_null(s.invocations_per_minute_max)},
                                    {"mean", or_null(s.invocations_per_minute_mean)}};
  tree["concurrency"] = {{"mean", s.concurrency_mean}, {"max", s.concurrency_max}};
  tree["instances"] = {
      {"min", s.instances.min},     {"max", s.instances.max},
      {"mean", s.instances.mean},   {"final", s.instances.final},
      {"hours", s.instances.hours}, {"shortest_life", or_null(s.instances.shortest_life)}};
  tree["cpu_percent"] = {{"mean", or_null(s.cpu_percent_mean)},
                         {"max", or_null(s.cpu_percent_max)}};
  tree["cost"] = cost_json(s.cost, price_source);
  tree["scaling"] = {
      {"activities", s.scaling.activities}, {"scale_outs", s.scaling.scale_outs},
      {"scale_ins", s.scaling.scale_ins},   {"reversals", s.scaling.reversals},
      {"not_scaled", s.scaling.not_scaled}, {"activities_per_hour", s.scaling.activities_per_hour}};
  tree["reaction"] = reaction_json(s.reaction);
  tree["elasticity"] = {{"under_provisioned_share", s.elasticity.under_provisioned_share},
                        {"over_provisioned_share", s.elasticity.over_provisioned_share},
                        {"under_accuracy", s.elasticity.under_accuracy},
                        {"over_accuracy", s.elasticity.over_accuracy},
                        {"instability", s.elasticity.instability},
                        {"longest_under_provisioned", s.elasticity.longest_under_provisioned_s}};
  return tree;
}

std::optional<double> number_at(const JsonTree& tree, std::string_view path) {
  const JsonTree* value = find_key_path(tree, path);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->get<double>();
}

}  // namespace

JsonTree latency_json(const LatencySummary& latency) {
  return {{"mean", or_null(latency.mean)}, {"p50", or_null(latency.p50)},
          {"p90", or_null(latency.p90)},   {"p95", or_null(latency.p95)},
          {"p99", or_null(latency.p99)},   {"p99_9", or_null(latency.p99_9)},
          {"max", or_null(latency.max)}};
}

std::string price_source_of(const Scenario& scenario) {
  std::vector<std::string> sources;  // each once, in the order of the variants
  for (const ScenarioVariant& variant : scenario.variants) {
    const std::string source = price_source_of(variant);
    if (std::find(sources.begin(), sources.end(), source) == sources.end()) {
      sources.push_back(source);
    }
  }
  return fmt::format("{}", fmt::join(sources, ", "));
}

JsonTree summary_json(const Summary& summary, const Scenario& scenario) {
  return tree_of(summary, price_source_of(scenario));
}

JsonTree summary_json(const Summary& summary, const ScenarioVariant& variant) {
  return tree_of(summary, price_source_of(variant));
}

JsonTree expectation_counts(std::span<const ExpectationResult> results) {
  const auto passed = std::count_if(results.begin(), results.end(),
                                    [](const ExpectationResult& result) { return result.passed; });
  const auto failed =
      std::count_if(results.begin(), results.end(),
                    [](const ExpectationResult& result) { return result.has_failed(); });
  return {{"passed", passed}, {"failed", failed}};
}

const JsonTree* find_key_path(const JsonTree& tree, std::string_view path) {
  const JsonTree* found = &tree;
  while (found != nullptr && !path.empty()) {
    const std::string_view key = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), key.size() + 1));
    if (!found->is_object()) return nullptr;
    const auto entry = found->find(std::string(key));
    found = entry == found->end() ? nullptr : &*entry;
  }
  return found;
}

std::optional<double> summary_value(const Summary& summary, std::string_view path) {
  return number_at(tree_of(summary, {}), path);
}

std::vector<std::optional<double>> summary_values(const Summary& summary) {
  const JsonTree tree = tree_of(summary, {});
  std::vector<std::optional<double>> values;
  for (const SummaryKey& key : summary_keys()) values.push_back(number_at(tree, key.path));
  return values;
}

}  // namespace sim
