// Reads `expect:` of a test of the control plane: entries of {at, and what is to be so}.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/alarm_list.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/test_case.hpp"

namespace sim {

// What entries may name.
struct ControlNames {
  std::vector<ListedAlarm> alarms;
  std::vector<std::string> policies;
};

struct ControlExpectationDraft {
  ControlExpectation expectation;
  NodePlace at_place;
};

// `names` is null when the scaling could not be read: then any name will do.
std::vector<ControlExpectationDraft> read_control_expectations(const Node& list,
                                                               const std::string& path,
                                                               const ControlNames* names,
                                                               Diagnostics& diagnostics);

// "scale_out, wanted 9, to 8, blocked by nothing": what is claimed of the decision.
std::string claim_text(const DecisionClaim& claim);

}  // namespace sim
