// Writes what is wrong as annotations of GitHub Actions, which shows each beside its line.
#pragma once

#include <ostream>

#include "sim/observe/test_result.hpp"

namespace sim {

// A line for each expectation that was not met: `::error file=...,line=...,title=...::...`, with
// GitHub's escapes.
void write_annotations(std::ostream& out, const TestResult& result);

}  // namespace sim
