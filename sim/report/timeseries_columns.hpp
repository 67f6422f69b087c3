// Lists the columns of the time series once, for JSON and for CSV.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sim/observe/run_result.hpp"

namespace sim {

struct TimeseriesColumn {
  std::string_view key;                             // of the JSON
  std::string_view csv_header;                      // with its unit
  std::string (*text)(const MinuteRecord& minute);  // a JSON number; empty: no value
};

// In the order in which they are written.
std::span<const TimeseriesColumn> timeseries_columns();

}  // namespace sim
