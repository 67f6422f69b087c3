// Writes how two scenarios differ as an HTML page: the verdict, both in each chart with what is
// between them, and all numbers with their intervals.
#pragma once

#include <ostream>

#include "sim/observe/comparison_result.hpp"
#include "sim/report/page_origin.hpp"
#include "sim/report/run_report.hpp"

namespace sim {

// base, candidate: the first run of each, judged by what the candidate expects.
void write_comparison_page(std::ostream& out, const ComparisonResult& result, const RunReport& base,
                           const RunReport& candidate, const PageOrigin& origin);

}  // namespace sim
