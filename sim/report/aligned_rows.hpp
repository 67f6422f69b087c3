// Puts the cells of a table below one another.
#pragma once

#include <string>
#include <vector>

namespace sim {

// Where the cells of the last column stand; those of the others are numbers.
enum class LastColumn { Numbers, Words };

// A line a row, each cell after two spaces and no spaces at the end; numbers on the right of their
// column, words on the left. REQUIRES: as many cells in every row.
std::vector<std::string> aligned_rows(const std::vector<std::vector<std::string>>& rows,
                                      LastColumn last);

}  // namespace sim
