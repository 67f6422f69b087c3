// Holds what became of one test: every expectation with what was found instead, and why.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "sim/observe/coverage.hpp"
#include "sim/scenario/source_place.hpp"

namespace sim {

struct CheckedExpectation {
  std::string that;      // `alarm "AlarmHigh" == OK at 8m`, `latency.p99 < 1s`
  std::string expected;  // `OK`, `< 1s`
  std::string actual;    // `ALARM`, `1.4 s`
  bool passed = false;
  std::string because;               // the user's own words; may be empty
  std::vector<std::string> reasons;  // of a failure: sentences that explain what was found
  SourcePlace place;
};

struct TestResult {
  std::string name;
  SourcePlace place;
  std::vector<CheckedExpectation> expectations;  // in the order of the file

  // Where they were asked for: what the test made the scaling do, under the file that configures
  // it, and what is to be approved of its run, as JSON.
  std::vector<CoverageItem> coverage;
  std::string covered_file;
  std::string golden_file;
  std::string golden;

  bool passed() const {
    return std::all_of(expectations.begin(), expectations.end(),
                       [](const CheckedExpectation& checked) { return checked.passed; });
  }
};

}  // namespace sim
