// Adds runs, look by look, until nothing is open or the most runs are played.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/observe/precision_result.hpp"
#include "sim/study/sequential_looks.hpp"

namespace sim {

// `open_at` plays the runs that are missing at a look, judges all of them with its confidence, and
// tells what stays open. REQUIRES: as of planned_looks().
PrecisionResult look_until_settled(
    const PrecisionGoal& goal,
    const std::function<std::vector<std::string>(const Look& look)>& open_at);

}  // namespace sim
