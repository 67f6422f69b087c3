// Writes what a search among policies found as an HTML page: the verdict, the numbers to set, what
// they cost and depend on, and one run of the scenario as written beside one with the policy.
#pragma once

#include <ostream>

#include "sim/observe/tune_result.hpp"
#include "sim/report/page_origin.hpp"
#include "sim/report/run_report.hpp"

namespace sim {

// written, best: the same run of both, best being the nearest when nothing meets what is expected.
void write_tune_page(std::ostream& out, const TuneResult& result, const RunReport& written,
                     const RunReport& best, const PageOrigin& origin);

}  // namespace sim
