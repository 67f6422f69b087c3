// Reads one scalable target or one scaling policy with the fields of Application Auto Scaling's
// API, written inline in the scenario or by AWS's own tools.
#pragma once

#include <optional>
#include <string>

#include "sim/scenario/scaling_drafts.hpp"

namespace sim {

// The arguments of RegisterScalableTarget, or an entry of DescribeScalableTargets.
std::optional<TargetDraft> read_scalable_target(const Node& node, const std::string& path,
                                                UnknownKeys unknown_keys, Diagnostics& diagnostics);

// The arguments of PutScalingPolicy, or an entry of DescribeScalingPolicies.
std::optional<PolicyDraft> read_scaling_policy(const Node& node, const std::string& path,
                                               UnknownKeys unknown_keys, Diagnostics& diagnostics);

// A TargetTrackingScalingPolicyConfiguration alone, as users often keep it.
std::optional<PolicyDraft> read_bare_configuration(const Node& node, const std::string& name,
                                                   UnknownKeys unknown_keys,
                                                   Diagnostics& diagnostics);

}  // namespace sim
