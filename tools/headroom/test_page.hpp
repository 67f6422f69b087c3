// Writes what became of tests as an HTML page: what failed and why, and everything that was tested.
#pragma once

#include <ostream>
#include <vector>

#include "sim/observe/coverage.hpp"
#include "sim/report/junit_report.hpp"

namespace headroom {

// coverage: null when nobody asked for it. least_share: of it that is to be exercised, 0 to 1.
void write_test_page(std::ostream& out, const std::vector<sim::TestedFile>& files,
                     const std::vector<sim::FileCoverage>* coverage, double least_share);

}  // namespace headroom
