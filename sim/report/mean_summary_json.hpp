// Puts the means of independent runs into the tree of one run's summary, and their intervals into
// the same tree.
#pragma once

#include <string>

#include "sim/observe/mean_summary.hpp"
#include "sim/report/json_writer.hpp"

namespace sim {

// What no run supports is null. `price_source`: of price_source_of().
JsonTree means_json(const MeanSummary& mean, const std::string& price_source);

// [low, high] in the place of each number, null where fewer than two runs support it. Null as a
// whole when there is only one run.
JsonTree intervals_json(const MeanSummary& mean);

// {path: runs} of those numbers that some runs support, and others do not: their mean is of fewer
// runs than the rest.
JsonTree partial_support_json(const MeanSummary& mean);

}  // namespace sim
