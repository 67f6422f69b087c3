// Reads one scalable target or one scaling policy with the fields of Application Auto Scaling's
// API, written inline in the scenario or by AWS's own tools.
#pragma once

#include <optional>
#include <string>

#include "sim/scenario/scaling_drafts.hpp"

namespace sim {

// How the text that holds an entry is read, and whether it is one of several in the output of a
// describe command, which knows no endpoint: then those of others are passed over.
struct EntryContext {
  UnknownKeys unknown_keys = UnknownKeys::Refused;
  bool is_one_of_several = false;
};

// The arguments of RegisterScalableTarget, or an entry of DescribeScalableTargets.
std::optional<TargetDraft> read_scalable_target(const Node& node, const std::string& path,
                                                const EntryContext& context,
                                                Diagnostics& diagnostics);

// The arguments of PutScalingPolicy, or an entry of DescribeScalingPolicies.
std::optional<PolicyDraft> read_scaling_policy(const Node& node, const std::string& path,
                                               const EntryContext& context,
                                               Diagnostics& diagnostics);

// A configuration of either type alone, as users often keep it; the policy is named `name`.
std::optional<PolicyDraft> read_bare_configuration(const Node& node, const std::string& name,
                                                   Diagnostics& diagnostics);

}  // namespace sim
