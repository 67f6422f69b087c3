// Runs one test, of the control plane alone or of a scenario.
#pragma once

#include "sim/scenario/test_case.hpp"
#include "sim/observe/test_result.hpp"

namespace sim {

// REQUIRES: the test came from load_tests() without errors.
TestResult run_test(const TestCase& test);

}  // namespace sim
