// Finds out which limit keeps every policy from meeting what a scenario expects.
#pragma once

#include "sim/observe/tune_result.hpp"
#include "sim/study/remedies.hpp"

namespace sim {

// By experiments, in this order: does it help to have more instances than anybody needs from the
// first minute on; does it help to be allowed more; what does the rest cost; and is the load over
// before the quickest reaction and a startup are?
BindingLimit find_limit(const StudyOfLimits& study);

}  // namespace sim
