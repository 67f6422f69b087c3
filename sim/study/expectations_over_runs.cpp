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

// Of one line of `expect:`, in every run.
ExpectationResult over_runs(const std::vector<const ExpectationResult*>& runs) {
  ExpectationResult whole = *runs.front();
  ExpectationResult::OverRuns over;
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
    core::RunningStatistics statistics;
    for (const double value : values) statistics.add(value);
    whole.actual = statistics.mean();
    whole.passed = is_met(whole.expectation, *whole.actual);
    whole.actual_text = actual_text(whole.expectation, *whole.actual);
    if (values.size() > 1) over.interval = core::mean_interval(values, kConfidence);
    if (over.interval && over.interval->high > over.interval->low) {
      const double half = (over.interval->high - over.interval->low) / 2;
      whole.actual_text += " ± " + text_in_unit(whole.expectation, half, 2);
    }
  } else if (!values.empty()) {
    whole.actual.reset();
    const auto missing = std::find_if(runs.begin(), runs.end(),
                                      [](const auto* run) { return !run->actual.has_value(); });
    whole.actual_text = (*missing)->actual_text;
  }
  whole.actual_text += fmt::format(", met in {} of {} runs", over.met_count, over.run_count);
  whole.over_runs = over;
  return whole;
}

}  // namespace

std::vector<ExpectationResult> expectations_over_runs(
    std::span<const std::vector<ExpectationResult>> runs) {
  CHECK(!runs.empty());
  if (runs.size() == 1) return runs.front();
  std::vector<ExpectationResult> results;
  for (std::size_t line = 0; line < runs.front().size(); ++line) {
    std::vector<const ExpectationResult*> of_line;
    for (const auto& run : runs) of_line.push_back(&run[line]);
    results.push_back(over_runs(of_line));
  }
  return results;
}

}  // namespace sim
