// Splits comma-separated text into records, with the quoting of RFC 4180.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

struct CsvRecord {
  int line = 0;  // on which it starts, from 1
  std::vector<std::string> fields;
};

// Lines may end in CR LF or LF, a byte order mark is skipped, and empty lines are no records.
// Nothing comes back, and the error names the line, if the quoting is broken.
std::optional<std::vector<CsvRecord>> split_csv(std::string_view text, std::string& error);

}  // namespace sim
