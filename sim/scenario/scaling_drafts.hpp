// Holds targets and policies as far as their own lines tell, before names are resolved.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/autoscaling/policy_configuration.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/section.hpp"

namespace sim {

// Which variant a target or a policy is for; absent when it does not say.
struct ResourceDraft {
  std::optional<models::autoscaling::VariantResource> variant;
  NodePlace place;
};

// What a call leaves out keeps what an earlier call said.
struct TargetDraft {
  ResourceDraft resource;
  std::optional<std::int32_t> min_capacity;
  std::optional<std::int32_t> max_capacity;
  std::optional<bool> scale_in_suspended;
  std::optional<bool> scale_out_suspended;
  NodePlace place;
  NodePlace max_place;
};

struct PolicyDraft {
  ResourceDraft resource;
  models::autoscaling::TargetTrackingConfiguration configuration;
  NodePlace place;
  NodePlace name_place;
  NodePlace metric_place;      // of the metric specification
  NodePlace dimensions_place;  // of a customized metric
};

struct ScalingDraft {
  std::vector<TargetDraft> targets;
  std::vector<PolicyDraft> policies;
  std::vector<Document> files;  // that the places point into
};

}  // namespace sim
