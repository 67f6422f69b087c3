// Writes a run for people: the verdict first, then a picture, the answers, when and why it scaled.
#pragma once

#include <ostream>

#include "sim/report/run_report.hpp"
#include "sim/report/text_style.hpp"

namespace sim {

void write_table(std::ostream& out, const RunReport& report, const TextStyle& style);

}  // namespace sim
