// Puts the variants of an endpoint side by side, for the reports that people read.
#pragma once

#include <string>
#include <vector>

#include "sim/report/run_report.hpp"

namespace sim {

// The heading, then a row a variant; empty when the endpoint has only one.
std::vector<std::vector<std::string>> variant_rows(const RunReport& report);

}  // namespace sim
