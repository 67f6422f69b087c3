#include "sim/study/replication.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/check.hpp"
#include "core/confidence.hpp"
#include "core/running_statistics.hpp"
#include "sim/report/summary_json.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/summary_keys.hpp"
#include "sim/study/expectations.hpp"
#include "sim/study/expectations_over_runs.hpp"
#include "sim/study/ordered_work.hpp"
#include "sim/study/until_settled.hpp"

namespace sim {
namespace {

MeanOverRuns mean_of_values(const std::vector<double>& values, double confidence) {
  MeanOverRuns mean;
  mean.run_count = values.size();
  if (values.empty()) return mean;
  core::RunningStatistics statistics;
  for (const double value : values) statistics.add(value);
  mean.mean = statistics.mean();
  if (values.size() > 1) mean.interval = core::mean_interval(values, confidence);
  return mean;
}

// The mean of what `value_of` gives, over the runs for which it gives something.
template <class ValueOf>
MeanOverRuns mean_over(std::span<const RunNumbers> runs, double confidence, ValueOf value_of) {
  std::vector<double> values;
  for (const RunNumbers& run : runs) {
    if (const std::optional<double> value = value_of(run)) values.push_back(*value);
  }
  return mean_of_values(values, confidence);
}

// Plays the runs from those that are there to `run_count`.
void play_runs(const Scenario& scenario, const ReplicationOptions& options, std::size_t run_count,
               Replication& replication) {
  const std::size_t begin = replication.runs.size();
  ordered_work(
      run_count - begin, options.threads,
      [&](std::size_t index) {
        SimulationOptions simulation = options.simulation;
        simulation.run = begin + index;
        return play_run(scenario, std::move(simulation));
      },
      [&](std::size_t, PlayedRun played) {
        replication.summaries.push_back(played.result.summary);
        replication.runs.push_back(numbers_of(played));
        replication.expectations.push_back(played.expectations);
        if (replication.runs.size() == 1) replication.first = std::move(played);
        if (options.on_run) options.on_run();
      });
}

// What more runs would be for.
std::vector<std::string> open_numbers(const Replication& replication, const PrecisionGoal& goal) {
  std::vector<std::string> open;
  for (const ExpectationResult& result : replication.judged) {
    if (!is_settled(result, goal)) open.push_back(result.expectation.that);
  }
  if (!replication.judged.empty()) return open;
  for (const std::string_view path : kMainNumbers) {
    const MeanOverRuns& number = mean_at(replication.mean, path);
    if (!number.mean) continue;
    if (!number.interval || !is_precise(*number.interval, *number.mean, goal)) {
      open.emplace_back(path);
    }
  }
  return open;
}

}  // namespace

PlayedRun play_run(const Scenario& scenario, SimulationOptions options) {
  if (!options.open_trace) options.open_trace = open_trace_file;
  PlayedRun played;
  played.result = simulate(scenario, options);
  played.expectations = check_expectations(scenario, played.result);
  return played;
}

RunNumbers numbers_of(const PlayedRun& run) {
  RunNumbers numbers;
  numbers.values = summary_values(run.result.summary);
  for (const ExpectationResult& expectation : run.expectations) {
    ++(expectation.passed ? numbers.passed : numbers.failed);
  }
  return numbers;
}

MeanSummary mean_of(std::span<const RunNumbers> runs, double confidence) {
  CHECK(!runs.empty());
  MeanSummary mean;
  mean.run_count = runs.size();
  mean.met_count = static_cast<std::size_t>(std::count_if(
      runs.begin(), runs.end(), [](const RunNumbers& run) { return run.met_expectations(); }));
  for (std::size_t key = 0; key < summary_keys().size(); ++key) {
    mean.values.push_back(
        mean_over(runs, confidence, [key](const RunNumbers& run) { return run.values[key]; }));
  }
  mean.passed = mean_over(runs, confidence, [](const RunNumbers& run) {
    return std::optional<double>(static_cast<double>(run.passed));
  });
  mean.failed = mean_over(runs, confidence, [](const RunNumbers& run) {
    return std::optional<double>(static_cast<double>(run.failed));
  });
  return mean;
}

const MeanOverRuns& mean_at(const MeanSummary& mean, std::string_view path) {
  return mean.values[summary_key_index(path)];
}

Replication replicate(const Scenario& scenario, const ReplicationOptions& options) {
  Replication replication;
  if (!options.precision) {
    CHECK(options.run_count > 0);
    play_runs(scenario, options, options.run_count, replication);
    replication.mean = mean_of(replication.runs);
    replication.judged = expectations_over_runs(replication.expectations);
    return replication;
  }
  replication.mean.precision = look_until_settled(*options.precision, [&](const Look& look) {
    play_runs(scenario, options, look.run_count, replication);
    replication.mean = mean_of(replication.runs, look.confidence);
    replication.judged = decided_expectations(replication.expectations, look.confidence);
    return open_numbers(replication, *options.precision);
  });
  return replication;
}

}  // namespace sim
