#include "sim/report/aligned_rows.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "sim/report/humane_text.hpp"

namespace sim {

std::vector<std::string> aligned_rows(const std::vector<std::vector<std::string>>& rows,
                                      LastColumn last) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(row.size(), 0);
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::vector<std::string> lines;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool is_word = last == LastColumn::Words && i + 1 == row.size();
      line += "  " + (is_word ? row[i] : right_aligned(row[i], widths[i]));
    }
    line.erase(line.find_last_not_of(' ') + 1);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace sim
