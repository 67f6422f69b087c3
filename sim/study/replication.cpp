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
#include "sim/study/ordered_work.hpp"

namespace sim {
namespace {

constexpr double kConfidence = 0.95;

MeanOverRuns mean_of_values(const std::vector<double>& values) {
  MeanOverRuns mean;
  mean.run_count = values.size();
  if (values.empty()) return mean;
  core::RunningStatistics statistics;
  for (const double value : values) statistics.add(value);
  mean.mean = statistics.mean();
  if (values.size() > 1) mean.interval = core::mean_interval(values, kConfidence);
  return mean;
}

// The mean of what `value_of` gives, over the runs for which it gives something.
template <class ValueOf>
MeanOverRuns mean_over(std::span<const RunNumbers> runs, ValueOf value_of) {
  std::vector<double> values;
  for (const RunNumbers& run : runs) {
    if (const std::optional<double> value = value_of(run)) values.push_back(*value);
  }
  return mean_of_values(values);
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

MeanSummary mean_of(std::span<const RunNumbers> runs) {
  CHECK(!runs.empty());
  MeanSummary mean;
  mean.run_count = runs.size();
  mean.met_count = static_cast<std::size_t>(std::count_if(
      runs.begin(), runs.end(), [](const RunNumbers& run) { return run.met_expectations(); }));
  for (std::size_t key = 0; key < summary_keys().size(); ++key) {
    mean.values.push_back(
        mean_over(runs, [key](const RunNumbers& run) { return run.values[key]; }));
  }
  mean.passed = mean_over(runs, [](const RunNumbers& run) {
    return std::optional<double>(static_cast<double>(run.passed));
  });
  mean.failed = mean_over(runs, [](const RunNumbers& run) {
    return std::optional<double>(static_cast<double>(run.failed));
  });
  return mean;
}

const MeanOverRuns& mean_at(const MeanSummary& mean, std::string_view path) {
  return mean.values[summary_key_index(path)];
}

Replication replicate(const Scenario& scenario, const ReplicationOptions& options) {
  CHECK(options.run_count > 0);
  Replication replication;
  ordered_work(
      options.run_count, options.threads,
      [&](std::size_t run) {
        SimulationOptions simulation = options.simulation;
        simulation.run = run;
        return play_run(scenario, std::move(simulation));
      },
      [&replication](std::size_t run, PlayedRun played) {
        replication.summaries.push_back(played.result.summary);
        replication.runs.push_back(numbers_of(played));
        if (run == 0) replication.first = std::move(played);
      });
  replication.mean = mean_of(replication.runs);
  return replication;
}

}  // namespace sim
