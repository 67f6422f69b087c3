// Lists what may be changed about the steps of a step-scaling policy: how much each adjusts, and
// where one ends and the next begins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/study/policy_space.hpp"

namespace sim {

// REQUIRES: the policy is of that kind.
std::vector<PolicyNumber> step_numbers(const Scenario& scenario, std::size_t variant,
                                       std::size_t policy, std::int32_t most_instances);

// Whether the steps still follow one another without gap or overlap.
bool steps_are_allowed(const models::autoscaling::StepScalingConfiguration& policy);

}  // namespace sim
