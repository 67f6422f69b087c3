// Writes a scaling plan as an HTML page: whether it holds, the numbers to set with the sentences
// that derive them, what one instance serves, and the plan on the scenario's own traffic.
#pragma once

#include <ostream>

#include "sim/report/page_origin.hpp"
#include "sim/report/plan_report.hpp"
#include "sim/report/run_report.hpp"

namespace sim {

// planned: the run of the chosen case's planned scenario.
void write_plan_page(std::ostream& out, const PlanReport& report, const RunReport& planned,
                     const PageOrigin& origin);

}  // namespace sim
