#include "sim/study/test_run.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "sim/report/answers.hpp"
#include "sim/run/simulation.hpp"
#include "sim/scenario/expectation_reader.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/study/control_test.hpp"
#include "sim/study/coverage_recorder.hpp"
#include "sim/study/expectations.hpp"
#include "sim/study/golden_check.hpp"

namespace sim {
namespace {

// "< 1s" of "latency.p99 < 1s", "== OK" of `alarm "AlarmHigh" == OK`.
std::string expected_text(const Expectation& expectation) {
  const std::string_view comparison = to_string(expectation.comparison);
  return expectation.that.substr(
      std::min(expectation.that.rfind(comparison), expectation.that.size()));
}

CheckedExpectation checked(const ExpectationResult& result) {
  const Expectation& expectation = result.expectation;
  CheckedExpectation checked;
  checked.that = expectation_text(expectation);
  checked.expected = (expectation.fails ? "not " : "") + expected_text(expectation);
  checked.actual = result.actual_text;
  checked.passed = result.passed;
  checked.because = expectation.because.value_or("");
  checked.place = expectation.place;
  if (expectation.fails && !result.passed) {
    checked.reasons.emplace_back("it is marked `fails: true`: take that away when it is met");
  }
  if (const std::string span = place_text(result); !span.empty()) {
    checked.reasons.push_back("not met from " + span);
  }
  return checked;
}

void run(const ControlTest& test, const TestRunOptions& options, TestResult& result) {
  CoverageRecorder coverage(test.scenario);
  result.expectations = play_control_test(test, options.with_coverage ? &coverage : nullptr);
  if (!options.with_coverage) return;
  result.covered_file = result.place.file;
  result.coverage = coverage.items();
}

void run(const ScenarioTest& test, const TestRunOptions& options, TestResult& result) {
  SimulationOptions simulation;
  simulation.open_trace = open_trace_file;
  const RunResult played = simulate(test.scenario, simulation);
  for (const ExpectationResult& outcome : check_expectations(test.scenario, played)) {
    result.expectations.push_back(checked(outcome));
  }
  if (options.with_coverage) {
    result.covered_file = test.scenario.file;
    result.coverage = coverage_of_run(test.scenario, played);
  }
  if (options.with_golden && result.place.file == test.scenario.file) {
    const double tolerance = test.golden ? test.golden->tolerance : kDefaultGoldenTolerance;
    result.golden_file = golden_file_of(test.scenario.file);
    result.golden = golden_text(test.scenario, played, tolerance);
  } else if (test.golden) {
    for (CheckedExpectation& each : check_golden(test.scenario, played, *test.golden)) {
      result.expectations.push_back(std::move(each));
    }
  }
}

}  // namespace

TestResult run_test(const TestCase& test, const TestRunOptions& options) {
  TestResult result;
  result.name = test.name;
  result.place = test.place;
  std::visit([&](const auto& kind) { run(kind, options, result); }, test.test);
  return result;
}

}  // namespace sim
