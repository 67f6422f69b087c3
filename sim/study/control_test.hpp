// Plays a test of the control plane: given datapoints go in, alarms are evaluated, policies and
// scheduled actions change the capacity, and what the test expects is checked when it is due.
//
// What happens at the same instant happens in the order of sim/run/phase.hpp: instances enter
// service, a datapoint becomes visible, alarms are evaluated, scheduled actions run, scaling is
// decided, and then it is checked. A test without startup sees the capacity that was decided at
// that very instant.
#pragma once

#include <vector>

#include "sim/observe/test_result.hpp"
#include "sim/scenario/test_case.hpp"
#include "sim/study/coverage_recorder.hpp"

namespace sim {

// In the order of the test; `coverage`, where there is one, is told what happened. REQUIRES: the
// test came from load_tests() without errors.
std::vector<CheckedExpectation> play_control_test(const ControlTest& test,
                                                  CoverageRecorder* coverage = nullptr);

}  // namespace sim
