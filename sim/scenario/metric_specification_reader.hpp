// Reads which metric a target-tracking policy follows, and refuses those that nobody would publish.
#pragma once

#include "sim/scenario/scaling_drafts.hpp"

namespace sim {

// Predefined or customized. `section` is the policy's inner configuration.
// False after a report.
bool read_metric_specification(const Section& section, PolicyDraft& policy,
                               UnknownKeys unknown_keys);

}  // namespace sim
