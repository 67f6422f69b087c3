// Writes what became of tests as the JUnit XML that continuous-integration servers read.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "sim/observe/test_result.hpp"

namespace sim {

// A suite: the tests of one file, in its order.
struct TestedFile {
  std::string file;
  std::vector<TestResult> tests;
  std::string problem;  // why it could not be read; empty: it could
};

// A file that could not be read is a suite with one error. Valid against Jenkins' junit-10.xsd. No
// times: the same tests give the same bytes.
void write_junit(std::ostream& out, const std::vector<TestedFile>& files);

}  // namespace sim
