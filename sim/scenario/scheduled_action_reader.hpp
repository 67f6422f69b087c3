// Reads one scheduled action with the fields of PutScheduledAction, or as DescribeScheduledActions
// prints it.
#pragma once

#include <optional>
#include <string>

#include "sim/scenario/scaling_drafts.hpp"
#include "sim/scenario/scaling_entry_reader.hpp"

namespace sim {

std::optional<ScheduledActionDraft> read_scheduled_action(const Node& node, const std::string& path,
                                                          const EntryContext& context,
                                                          Diagnostics& diagnostics);

}  // namespace sim
