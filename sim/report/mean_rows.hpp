// Puts the means of independent runs into rows, which the table and Markdown print alike.
#pragma once

#include <string>
#include <vector>

#include "sim/observe/mean_summary.hpp"

namespace sim {

// The header, then a row for each number that people look at first: its key, and its mean with what
// 95 % confidence adds.
std::vector<std::vector<std::string>> mean_rows(const MeanSummary& mean);

}  // namespace sim
