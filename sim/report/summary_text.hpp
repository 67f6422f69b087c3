// Writes numbers of a summary for people, in the unit of their key.
#pragma once

#include <string>

#include "core/confidence.hpp"
#include "sim/observe/mean_summary.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/scenario/summary_keys.hpp"

namespace sim {

std::string summary_text(const SummaryKey& key, double value, int digits = kHumaneDigits);

// With the half width of the interval, where runs differ: "123 ms ± 4.1 ms"; "-" without a mean. Of
// a value that only some of `run_count` runs have, how many have it.
std::string mean_text(const SummaryKey& key, const MeanOverRuns& mean, std::size_t run_count);

}  // namespace sim
