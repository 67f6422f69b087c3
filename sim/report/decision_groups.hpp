// Tells decisions that repeat themselves once: a policy that is in its cooldown says so every
// minute.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/observe/decision_log.hpp"

namespace sim {

// Successive decisions of one policy, pulled by one alarm, with the same outcome.
struct DecisionGroup {
  DecisionRecord first;
  core::SimTime until;  // of the last
  std::size_t count = 1;
};

// In the order of their first. A decision that changes capacity is always a group of its own.
std::vector<DecisionGroup> decision_groups(const DecisionLog& decisions);

}  // namespace sim
