// Writes a run for people: the verdict first, then the answers, then when and why it scaled.
#pragma once

#include <ostream>

#include "sim/report/paint.hpp"
#include "sim/report/run_report.hpp"

namespace sim {

void write_table(std::ostream& out, const RunReport& report, Colour colour);

}  // namespace sim
