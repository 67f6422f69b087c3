#include "sim/report/csv_report.hpp"

#include <string>

#include "sim/report/timeseries_columns.hpp"

namespace sim {

void write_timeseries_csv(std::ostream& out, const RunResult& result) {
  write_csv_header(out, {});
  write_csv_rows(out, result, {});
}

void write_csv_header(std::ostream& out, std::string_view first_column) {
  std::string line(first_column);
  for (const TimeseriesColumn& column : timeseries_columns()) {
    if (!line.empty()) line += ',';
    line += column.csv_header;
  }
  out << line << '\n';
}

void write_csv_rows(std::ostream& out, const RunResult& result, std::string_view first_field) {
  const std::string first = first_field.empty() ? std::string{} : csv_field(first_field) + ',';
  std::string line;
  for (const MinuteRecord& minute : result.minutes) {
    line = first;
    for (const TimeseriesColumn& column : timeseries_columns()) {
      line += column.text(minute);
      line += ',';
    }
    line.back() = '\n';
    out << line;
  }
}

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace sim
