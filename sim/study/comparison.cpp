#include "sim/study/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "core/check.hpp"
#include "core/confidence.hpp"
#include "core/running_statistics.hpp"
#include "sim/scenario/scenario_changes.hpp"
#include "sim/scenario/summary_keys.hpp"
#include "sim/study/expectations_over_runs.hpp"
#include "sim/study/ordered_work.hpp"
#include "sim/study/until_settled.hpp"

namespace sim {
namespace {

constexpr double kConfidence = 0.95;

double mean_of(const std::vector<double>& values) {
  core::RunningStatistics statistics;
  for (const double value : values) statistics.add(value);
  return statistics.mean();
}

ComparisonVerdict verdict_of(const ComparedNumber& number, const std::vector<double>& differences) {
  const bool agree = std::all_of(differences.begin(), differences.end(),
                                 [](double difference) { return difference == 0; });
  if (agree) return ComparisonVerdict::Same;
  if (!number.interval || number.interval->contains(0)) return ComparisonVerdict::CannotTell;
  const Preference preference = preference_of(summary_keys()[number.key]);
  if (preference == Preference::Neither) return ComparisonVerdict::Differs;
  const bool is_lower = number.interval->high < 0;
  return is_lower == (preference == Preference::Lower) ? ComparisonVerdict::Better
                                                       : ComparisonVerdict::Worse;
}

// The numbers of all runs of both scenarios.
struct PlayedPair {
  std::vector<RunNumbers> base;
  std::vector<RunNumbers> candidate;
  std::vector<std::vector<ExpectationResult>> base_expectations;
  std::vector<std::vector<ExpectationResult>> candidate_expectations;
};

ComparedNumber compare_number(const PlayedPair& pair, std::size_t key, double confidence) {
  ComparedNumber number;
  number.key = key;
  std::vector<double> base;
  std::vector<double> candidate;
  std::vector<double> differences;
  for (std::size_t run = 0; run < pair.base.size(); ++run) {
    const auto& before = pair.base[run].values[key];
    const auto& after = pair.candidate[run].values[key];
    if (!before || !after) continue;
    base.push_back(*before);
    candidate.push_back(*after);
    differences.push_back(*after - *before);
  }
  if (differences.empty()) return number;
  number.base = mean_of(base);
  number.candidate = mean_of(candidate);
  number.difference = mean_of(differences);
  if (differences.size() > 1) number.interval = core::mean_interval(differences, confidence);
  number.verdict = verdict_of(number, differences);
  return number;
}

// A limit is broken, or kept, when all of the interval says so.
ComparedLimit check_limit(const RegressionLimit& limit, const PlayedPair& pair, double confidence) {
  ComparedLimit checked{.text = limit.text,
                        .because = limit.because,
                        .number = compare_number(pair, limit.key, confidence)};
  const ComparedNumber& number = checked.number;
  if (!number.difference) return checked;
  checked.allowed = limit.is_relative ? limit.change * std::abs(*number.base) : limit.change;
  const core::Interval whole{*number.difference, *number.difference};
  const core::Interval interval = number.interval.value_or(whole);
  const auto breaks = [&](double difference) {
    return limit.is_upper ? difference > checked.allowed : difference < checked.allowed;
  };
  if (breaks(interval.low) && breaks(interval.high)) {
    checked.verdict = LimitVerdict::Broken;
  } else if (!breaks(interval.low) && !breaks(interval.high)) {
    checked.verdict = LimitVerdict::Kept;
  }
  return checked;
}

// Another day for the candidate: runs that no paired run has.
constexpr std::uint64_t kOtherDay = std::uint64_t{1} << 32U;

// Plays the runs of both from those that are there to `run_count`.
void play_both(const Scenario& base, const Scenario& candidate, const ComparisonOptions& options,
               std::size_t run_count, PlayedPair& pair) {
  const std::size_t begin = pair.base.size();
  ordered_work(
      2 * (run_count - begin), options.threads,
      [&](std::size_t index) {
        const bool is_base = index % 2 == 0;
        SimulationOptions simulation;
        simulation.run = begin + index / 2;
        if (!is_base && !options.is_paired) simulation.run += kOtherDay;
        const FileOpener& open = is_base ? options.open_base : options.open_candidate;
        simulation.open_trace = [&open](const std::string& path) { return open(path).stream; };
        return play_run(is_base ? base : candidate, std::move(simulation));
      },
      [&](std::size_t index, PlayedRun played) {
        const bool is_base = index % 2 == 0;
        (is_base ? pair.base : pair.candidate).push_back(numbers_of(played));
        (is_base ? pair.base_expectations : pair.candidate_expectations)
            .push_back(played.expectations);
        if (options.first_runs != nullptr && begin + index / 2 == 0) {
          (is_base ? options.first_runs->base : options.first_runs->candidate) = std::move(played);
        }
        if (options.on_run) options.on_run();
      });
}

// Everything that the runs so far say. `looked`: they may be too few, and are judged as such.
void judge(const PlayedPair& pair, const std::vector<RegressionLimit>& limits, double confidence,
           bool looked, ComparisonResult& result) {
  result.run_count = pair.base.size();
  result.numbers.clear();
  for (std::size_t key = 0; key < summary_keys().size(); ++key) {
    if (summary_keys()[key].at_a_time) continue;
    ComparedNumber number = compare_number(pair, key, confidence);
    if (number.base) result.numbers.push_back(number);
  }
  result.limits.clear();
  for (const RegressionLimit& limit : limits) {
    result.limits.push_back(check_limit(limit, pair, confidence));
  }
  const auto expectations_of = [&](const std::vector<std::vector<ExpectationResult>>& runs) {
    return looked ? decided_expectations(runs, confidence) : expectations_over_runs(runs);
  };
  const auto of_base = expectations_of(pair.base_expectations);
  const auto of_candidate = expectations_of(pair.candidate_expectations);
  result.expectations.clear();
  for (std::size_t line = 0; line < of_candidate.size(); ++line) {
    result.expectations.push_back({of_base[line], of_candidate[line]});
  }
}

bool is_settled(const ComparedNumber& number, const PrecisionGoal& goal) {
  return number.interval && is_precise(*number.interval, *number.base, goal);
}

// What more runs would be for.
std::vector<std::string> open_numbers(const ComparisonResult& result, const PrecisionGoal& goal) {
  std::vector<std::string> open;
  for (const ComparedLimit& limit : result.limits) {
    if (limit.verdict != LimitVerdict::CannotTell || is_settled(limit.number, goal)) continue;
    open.push_back(limit.text);
  }
  for (const ComparedExpectation& each : result.expectations) {
    if (!each.cannot_tell()) continue;
    if (is_settled(each.base, goal) && is_settled(each.candidate, goal)) continue;
    open.push_back(each.candidate.expectation.that);
  }
  if (!result.limits.empty() || !result.expectations.empty()) return open;
  for (const ComparedNumber& number : result.numbers) {
    const std::string_view path = summary_keys()[number.key].path;
    const bool is_main =
        std::find(kMainNumbers.begin(), kMainNumbers.end(), path) != kMainNumbers.end();
    if (is_main && !is_settled(number, goal)) open.emplace_back(path);
  }
  return open;
}

}  // namespace

ComparisonResult compare(const Scenario& base, const Scenario& candidate,
                         const ComparisonOptions& options) {
  // Both are judged by what the candidate expects.
  Scenario before = base;
  before.expectations = candidate.expectations;
  Scenario after = candidate;
  after.run.seed = base.run.seed;
  std::vector<RegressionLimit> limits = candidate.limits;
  limits.insert(limits.end(), options.limits.begin(), options.limits.end());
  ComparisonResult result;
  result.base = base.file;
  result.candidate = candidate.file;
  result.seed = base.run.seed;
  result.is_paired = options.is_paired;
  result.duration = base.run.duration;
  result.changes = changes_between(base, candidate);
  PlayedPair pair;
  if (!options.precision) {
    CHECK(options.run_count > 0);
    play_both(before, after, options, options.run_count, pair);
    judge(pair, limits, kConfidence, false, result);
    return result;
  }
  result.precision = look_until_settled(*options.precision, [&](const Look& look) {
    play_both(before, after, options, look.run_count, pair);
    judge(pair, limits, look.confidence, true, result);
    return open_numbers(result, *options.precision);
  });
  return result;
}

}  // namespace sim
