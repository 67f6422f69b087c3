#include "sim/study/policy_run.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "core/check.hpp"
#include "sim/scenario/summary_keys.hpp"
#include "sim/study/ordered_work.hpp"
#include "sim/study/replication.hpp"

namespace sim {
namespace {

constexpr std::size_t kBatch = 4;

std::optional<double> number_at(const RunNumbers& numbers, std::string_view path) {
  return numbers.values[summary_key_index(path)];
}

bool is_upper_limit(const Expectation& expectation) {
  return expectation.comparison == ExpectationOperator::Less ||
         expectation.comparison == ExpectationOperator::LessOrEqual;
}
bool is_lower_limit(const Expectation& expectation) {
  return expectation.comparison == ExpectationOperator::Greater ||
         expectation.comparison == ExpectationOperator::GreaterOrEqual;
}

// Of a value on the right side of a limit: positive. Of == and !=, nothing.
std::optional<double> margin_of(const ExpectationResult& result) {
  const Expectation& expectation = result.expectation;
  if (!result.actual || expectation.value == 0) return std::nullopt;
  const double beyond = (*result.actual - expectation.value) / std::abs(expectation.value);
  if (is_upper_limit(expectation)) return -beyond;
  if (is_lower_limit(expectation)) return beyond;
  return std::nullopt;
}

// Whether the first run was nearer to failing than the second.
bool is_worse(const ExpectationResult& a, const ExpectationResult& b) {
  if (a.passed != b.passed) return !a.passed;
  if (!a.actual || !b.actual) return b.actual.has_value();
  if (is_upper_limit(a.expectation)) return *a.actual > *b.actual;
  if (is_lower_limit(a.expectation)) return *a.actual < *b.actual;
  return std::abs(*a.actual - a.expectation.value) > std::abs(*b.actual - b.expectation.value);
}

}  // namespace

double cost_of(const RunNumbers& numbers) {
  const std::optional<double> cost = number_at(numbers, "cost.total");
  return cost ? *cost : number_at(numbers, "instances.hours").value_or(0);
}

double violation_of(const ExpectationResult& result) {
  if (result.passed) return 0;
  constexpr double kFailed = 0.01;  // a limit that is just missed is missed
  constexpr double kNoValue = 1;
  if (!result.actual) return kFailed + kNoValue;
  const double limit = result.expectation.value;
  const double beyond = std::abs(*result.actual - limit);
  return kFailed + std::log1p(limit == 0 ? beyond : beyond / std::abs(limit));
}

Outcome judged(const PolicyRun& run) {
  Outcome judged;
  judged.cost = cost_of(run.numbers);
  for (const ExpectationResult& result : run.expectations) {
    judged.violation += violation_of(result);
  }
  return judged;
}

std::vector<PolicyRun> play_list(const std::vector<RunOfScenario>& list, std::size_t threads) {
  std::vector<PolicyRun> runs;
  runs.reserve(list.size());
  ordered_work(
      list.size(), threads,
      [&list](std::size_t index) {
        SimulationOptions options;
        options.run = list[index].run;
        PlayedRun played = play_run(*list[index].scenario, std::move(options));
        return PolicyRun{numbers_of(played), std::move(played.expectations)};
      },
      [&runs](std::size_t, PolicyRun run) { runs.push_back(std::move(run)); });
  return runs;
}

std::vector<PolicyRun> play_runs(const Scenario& scenario, std::uint64_t first, std::size_t count,
                                 std::size_t threads, bool until_failed) {
  std::vector<PolicyRun> runs;
  while (runs.size() < count) {
    const std::size_t left = count - runs.size();
    std::vector<RunOfScenario> list;
    for (std::size_t i = 0; i < (until_failed ? std::min(left, kBatch) : left); ++i) {
      list.push_back({&scenario, first + runs.size() + i});
    }
    for (PolicyRun& run : play_list(list, threads)) runs.push_back(std::move(run));
    if (until_failed && !all_met(runs)) break;
  }
  return runs;
}

bool all_met(std::span<const PolicyRun> runs) {
  return std::all_of(runs.begin(), runs.end(),
                     [](const PolicyRun& run) { return run.numbers.met_expectations(); });
}

PricedPolicy priced(const Scenario& scenario, std::span<const PolicyRun> runs) {
  CHECK(!runs.empty());
  PricedPolicy policy;
  policy.scenario = scenario;
  std::vector<RunNumbers> numbers;
  for (const PolicyRun& run : runs) numbers.push_back(run.numbers);
  policy.mean = mean_of(numbers);
  const MeanOverRuns& cost = mean_at(policy.mean, "cost.total");
  const MeanOverRuns& priced = cost.mean ? cost : mean_at(policy.mean, "instances.hours");
  policy.cost = priced.mean.value_or(0);
  policy.cost_interval = priced.interval;
  for (std::size_t i = 0; i < scenario.expectations.size(); ++i) {
    const ExpectationResult* worst = &runs.front().expectations[i];
    ExpectationMargin margin;
    for (const PolicyRun& run : runs) {
      const ExpectationResult& result = run.expectations[i];
      margin.met += result.passed ? 1 : 0;
      if (is_worse(result, *worst)) worst = &result;
    }
    margin.expectation = worst->expectation;
    margin.worst = worst->actual_text;
    margin.margin = margin_of(*worst);
    policy.margins.push_back(std::move(margin));
  }
  return policy;
}

}  // namespace sim
