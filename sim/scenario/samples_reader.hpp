// Reads measured spans, one a row, from CSV.
//
// The unit is in the name of the column (`ms`, `latency_ms`, `s`, `seconds`, `us`) or in each value
// (`9ms`). A bare number under another name is refused: nobody can tell 9 ms from 9 s by looking.
#pragma once

#include <cstddef>
#include <istream>
#include <memory>
#include <string>
#include <vector>

#include "sim/scenario/diagnostic.hpp"

namespace sim {

// All of them are kept for the run.
inline constexpr std::size_t kMostSamples = 1'000'000;

// In seconds, none of them longer than a day; empty after a report. REQUIRES: input is not null.
std::vector<double> read_samples(std::unique_ptr<std::istream> input, const std::string& file,
                                 Diagnostics& diagnostics);

}  // namespace sim
