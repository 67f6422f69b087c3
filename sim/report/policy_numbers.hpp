// Says which numbers stand in the policies, against what one instance can do.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sim {

// A line for each policy and for the bounds of each scalable target: "TargetValue 5,000 of
// InvocationsPerInstance in tracking: 56 % of the 8,898 that one instance serves in a minute".
std::vector<std::string> policy_number_lines(const Scenario& scenario);

}  // namespace sim
