// Writes the time series as CSV: a row a minute, units in the headers, an empty field where there
// is no value.
#pragma once

#include <ostream>
#include <string_view>

#include "sim/observe/run_result.hpp"

namespace sim {

void write_timeseries_csv(std::ostream& out, const RunResult& result);

// For several runs in one table: the same with a first column that tells them apart.
void write_csv_header(std::ostream& out, std::string_view first_column);
void write_csv_rows(std::ostream& out, const RunResult& result, std::string_view first_field);

// Quoted as RFC 4180 wants it, when it has to be.
std::string csv_field(std::string_view text);

}  // namespace sim
