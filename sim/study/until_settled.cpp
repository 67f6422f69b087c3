#include "sim/study/until_settled.hpp"

namespace sim {

PrecisionResult look_until_settled(
    const PrecisionGoal& goal,
    const std::function<std::vector<std::string>(const Look& look)>& open_at) {
  PrecisionResult precision;
  precision.asked = goal.relative_half_width;
  precision.most_runs = goal.most_runs;
  for (const Look& look : planned_looks(goal)) {
    precision.open = open_at(look);
    precision.run_count = look.run_count;
    precision.confidence = look.confidence;
    ++precision.look_count;
    if (precision.is_reached()) break;
  }
  return precision;
}

}  // namespace sim
