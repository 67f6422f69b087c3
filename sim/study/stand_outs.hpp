// Marks the points of a sweep that stand out: the cheapest that meets every expectation, the Pareto
// front, the knee.
#pragma once

#include "sim/observe/sweep_result.hpp"

namespace sim {

// Points are compared by the means of cost.total (of instances.hours when no point has a price),
// errors.rate and latency.p99; a point without one of the three is on no front. The knee is that of
// errors.rate against cost or, when this has none, of latency.p99 against cost.
void mark_stand_outs(SweepResult& result);

}  // namespace sim
