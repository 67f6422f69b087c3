// Reads `--over NAMES`: which numbers of a policy a search may change, and to what.
#pragma once

#include <string>
#include <string_view>

#include "sim/study/policy_space.hpp"

namespace sim {

// What is tuned unless somebody says otherwise: target and bounds; steps, alarms and bounds where
// nothing has a target.
std::string default_selection(const PolicySpace& space);

// Names are joined by commas. Each is a group (target, cooldowns, bounds, steps, alarms; policies
// for all but bounds), a field of AWS's for wherever it stands (ScaleInCooldown), or one number
// (POLICY.TargetValue). One number may be given its values: TargetValue=3000:6000:500.
// Returns why that cannot be, "expected ..., found ..."; empty: the space now has those alone.
std::string select_numbers(std::string_view over, PolicySpace& space);

}  // namespace sim
