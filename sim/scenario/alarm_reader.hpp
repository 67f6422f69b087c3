// Reads one CloudWatch alarm with the fields of PutMetricAlarm, or as DescribeAlarms prints it
//
#pragma once

#include <optional>
#include <string>

#include "sim/scenario/scaling_drafts.hpp"
#include "sim/scenario/scaling_entry_reader.hpp"

namespace sim {

// Whether the alarm is one that a target-tracking policy makes and owns: whoever has
// the policy has it, too.
bool is_owned_by_target_tracking(const Node& alarm);

// Nothing after a report that leaves nothing to use.
std::optional<AlarmDraft> read_alarm(const Node& node, const std::string& path,
                                     const EntryContext& context, Diagnostics& diagnostics);

}  // namespace sim
