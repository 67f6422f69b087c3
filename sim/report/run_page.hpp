// Writes one run as an HTML page: the verdict, its charts, why and when it scaled, what it costs.
#pragma once

#include <ostream>

#include "sim/report/page_origin.hpp"
#include "sim/report/run_report.hpp"

namespace sim {

void write_run_page(std::ostream& out, const RunReport& report, const PageOrigin& origin);

}  // namespace sim
