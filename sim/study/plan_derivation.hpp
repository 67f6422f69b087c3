// Says how each number of a scaling plan was found: a sentence for each.
#pragma once

#include <string>
#include <vector>

#include "sim/observe/plan_result.hpp"

namespace sim {

std::vector<std::string> derivation_of(const Scenario& scenario, const BenchmarkResult& benchmark,
                                       const PlanBasis& basis, const PlanTarget& target);

// What the targets leave in doubt; empty: nothing.
std::vector<std::string> warnings_of(const BenchmarkResult& benchmark, const PlanBasis& basis,
                                     const PlanTarget& target);

}  // namespace sim
