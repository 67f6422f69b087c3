// Runs one test, of the control plane alone or of a scenario.
#pragma once

#include "sim/observe/test_result.hpp"
#include "sim/scenario/test_case.hpp"

namespace sim {

// What is to be found out besides whether it passes.
struct TestRunOptions {
  bool with_coverage = false;
  // Writes what is to be approved of a scenario's run instead of comparing with what was.
  bool with_golden = false;
};

// REQUIRES: the test came from load_tests() without errors.
TestResult run_test(const TestCase& test, const TestRunOptions& options = {});

}  // namespace sim
