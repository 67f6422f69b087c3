// Writes what `--out` asks for: summary.json, timeseries.csv, activities.json and alarms.json.
#pragma once

#include <string>

#include "sim/report/run_report.hpp"

namespace sim {

// Makes the folder when it is not there. Empty, or which file could not be written and why; no file
// is ever half-written.
std::string write_report_files(const RunReport& report, const std::string& folder);

}  // namespace sim
