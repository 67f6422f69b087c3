#include "sim/study/test_run.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "sim/report/answers.hpp"
#include "sim/run/simulation.hpp"
#include "sim/scenario/expectation_reader.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/study/control_test.hpp"
#include "sim/study/expectations.hpp"

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

std::vector<CheckedExpectation> run(const ControlTest& test) { return play_control_test(test); }

std::vector<CheckedExpectation> run(const ScenarioTest& test) {
  SimulationOptions options;
  options.open_trace = open_trace_file;
  const RunResult result = simulate(test.scenario, options);
  std::vector<CheckedExpectation> all;
  for (const ExpectationResult& outcome : check_expectations(test.scenario, result)) {
    all.push_back(checked(outcome));
  }
  return all;
}

}  // namespace

TestResult run_test(const TestCase& test) {
  return {test.name, test.place, std::visit([](const auto& kind) { return run(kind); }, test.test)};
}

}  // namespace sim
