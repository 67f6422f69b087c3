// Holds what tests made a scaling configuration do, and what they never did. Plain data; made by
// sim/study/coverage_recorder.hpp.
#pragma once

#include <string>
#include <vector>

namespace sim {

// One thing that the configuration can do.
struct CoverageItem {
  std::string what;  // `alarm AlarmHigh in ALARM`, `policy cpu scales in`
  bool exercised = false;
};

// All of what one scenario, or the tests of one file, configure.
struct FileCoverage {
  std::string file;
  std::vector<CoverageItem> items;  // each `what` once
};

}  // namespace sim
