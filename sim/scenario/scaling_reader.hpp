// Reads `scaling:`: AWS's own lists, inline and from files as AWS's tools take and print them.
#pragma once

#include "sim/scenario/scaling_drafts.hpp"
#include "sim/scenario/span_reader.hpp"

namespace sim {

// `node` is null when the key is absent. Entries of files come before those of the scenario.
ScalingDraft read_scaling(const Node* node, const FileContext& files, Diagnostics& diagnostics);

// Adds what one file says: the arguments of register-scalable-target or put-scaling-policy, the
// output of a describe command, a bare policy configuration, or a list of these.
void read_aws_document(const Node& root, const std::string& file, ScalingDraft& scaling,
                       Diagnostics& diagnostics);

}  // namespace sim
