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
};

// Valid against Jenkins' junit-10.xsd. No times: the same tests give the same bytes.
void write_junit(std::ostream& out, const std::vector<TestedFile>& files);

}  // namespace sim
