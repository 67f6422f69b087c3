// Finds the step policies that the actions of alarms name.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/diagnostic.hpp"
#include "sim/scenario/scaling_drafts.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

class PolicyNames {
 public:
  // REQUIRES: the policies outlive the names.
  explicit PolicyNames(std::span<const ScenarioVariant> variants);

  // The PolicyName of the one step policy that an action names or whose ARN it is; empty after a
  // report: an error when it names none, a warning when it is of another service.
  std::string_view find(const AlarmActionDraft& action, Diagnostics& diagnostics) const;

  // Warns of an action that is no AlarmAction and names a policy all the same.
  void check_other(const AlarmActionDraft& action, Diagnostics& diagnostics) const;

 private:
  std::vector<std::string_view> steps_;  // of each variant once
  std::vector<std::string_view> trackings_;
};

}  // namespace sim
