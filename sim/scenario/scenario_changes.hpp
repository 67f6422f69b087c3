// Finds what two scenarios say differently, with every default written out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sim {

// One value of the scenarios, with every default written out. Absent: not in that one.
struct ScenarioChange {
  std::string path;  // scaling.ScalingPolicies[0].PolicyName
  std::optional<std::string> base;
  std::optional<std::string> candidate;
};

// In the order of the base, what only the candidate has at the end of each part. Entries of a list
// are told apart by their names where they have any, else by their places; names and places of the
// files themselves do not count.
std::vector<ScenarioChange> changes_between(const Scenario& base, const Scenario& candidate);

}  // namespace sim
