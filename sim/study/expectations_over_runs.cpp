#include "sim/study/expectations_over_runs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/check.hpp"
#include "core/confidence.hpp"
#include "core/running_statistics.hpp"
#include "sim/study/expectations.hpp"
#include "sim/study/violation_span.hpp"

namespace sim {
namespace {

constexpr double kConfidence = 0.95;

struct Judgement {
  double confidence = kConfidence;
  bool by_interval = false;  // else by the mean
};

enum class Decision { Met, Failed, Open };

// What all values of the interval have in common.
Decision decision_of(const Expectation& expectation, const core::Interval& interval) {
  const bool at_low = is_met(expectation, interval.low);
  const bool at_high = is_met(expectation, interval.high);
  switch (expectation.comparison) {
    case ExpectationOperator::Equal:
      if (at_low && at_high) return Decision::Met;
      return interval.contains(expectation.value) || at_low || at_high ? Decision::Open
                                                                       : Decision::Failed;
    case ExpectationOperator::NotEqual:
      if (!at_low && !at_high) return Decision::Failed;
      return interval.contains(expectation.value) || !at_low || !at_high ? Decision::Open
                                                                         : Decision::Met;
    case ExpectationOperator::Less:
    case ExpectationOperator::LessOrEqual:
    case ExpectationOperator::Greater:
    case ExpectationOperator::GreaterOrEqual:
      break;
  }
  if (at_low != at_high) return Decision::Open;
  return at_low ? Decision::Met : Decision::Failed;
}

// Of a number that every run has.
void judge_number(ExpectationResult& whole, const std::vector<double>& values,
                  const Judgement& judgement) {
  ExpectationResult::OverRuns& over = *whole.over_runs;
  core::RunningStatistics statistics;
  for (const double value : values) statistics.add(value);
  whole.actual = statistics.mean();
  whole.passed = passes(whole.expectation, *whole.actual);
  whole.actual_text = actual_text(whole.expectation, *whole.actual);
  if (values.size() > 1) over.interval = core::mean_interval(values, judgement.confidence);
  if (over.interval && over.interval->high > over.interval->low) {
    const double half = (over.interval->high - over.interval->low) / 2;
    whole.actual_text += " ± " + text_in_unit(whole.expectation, half, 2);
  }
  if (!judgement.by_interval) return;
  const Decision decision = decision_of(whole.expectation, over.interval.value());
  whole.passed = decision == (whole.expectation.fails ? Decision::Failed : Decision::Met);
  over.is_decided = decision != Decision::Open;
}

// Of one line of `expect:`, in every run.
ExpectationResult over_runs(const std::vector<const ExpectationResult*>& runs,
                            const Judgement& judgement) {
  ExpectationResult whole = *runs.front();
  whole.over_runs = ExpectationResult::OverRuns{};
  ExpectationResult::OverRuns& over = *whole.over_runs;
  over.run_count = runs.size();
  std::vector<double> values;
  for (const ExpectationResult* run : runs) {
    over.met_count += run->passed ? 1U : 0U;
    if (run->actual) values.push_back(*run->actual);
    if (!run->passed && whole.passed) {
      // Where the first that fails fails is what a reader wants to see.
      whole.from = run->from;
      whole.to = run->to;
      whole.actual_text = run->actual_text;
      whole.passed = false;
    }
  }
  if (values.size() == runs.size()) {
    judge_number(whole, values, judgement);
  } else if (!values.empty()) {
    whole.actual.reset();
    const auto missing = std::find_if(runs.begin(), runs.end(),
                                      [](const auto* run) { return !run->actual.has_value(); });
    whole.actual_text = (*missing)->actual_text;
  }
  whole.actual_text +=
      fmt::format(", {} in {} of {} runs", whole.expectation.fails ? "not met" : "met",
                  over.met_count, over.run_count);
  return whole;
}

std::vector<ExpectationResult> judged(std::span<const std::vector<ExpectationResult>> runs,
                                      const Judgement& judgement) {
  std::vector<ExpectationResult> results;
  for (std::size_t line = 0; line < runs.front().size(); ++line) {
    std::vector<const ExpectationResult*> of_line;
    for (const auto& run : runs) of_line.push_back(&run[line]);
    results.push_back(over_runs(of_line, judgement));
  }
  return results;
}

}  // namespace

std::vector<ExpectationResult> expectations_over_runs(
    std::span<const std::vector<ExpectationResult>> runs) {
  CHECK(!runs.empty());
  if (runs.size() == 1) return runs.front();
  return judged(runs, {});
}

std::vector<ExpectationResult> decided_expectations(
    std::span<const std::vector<ExpectationResult>> runs, double confidence) {
  CHECK_GE(runs.size(), std::size_t{2});
  return judged(runs, {.confidence = confidence, .by_interval = true});
}

}  // namespace sim
