// Describes scalable targets and scaling policies with the fields and the words of Application
// Auto Scaling's RegisterScalableTarget and PutScalingPolicy.
//
// Plain data; scalable_target.hpp and target_tracking_policy.hpp give it life.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/sim_time.hpp"
#include "core/units.hpp"
#include "models/cloudwatch/metric.hpp"

namespace models::autoscaling {

using core::Duration;
using core::InstanceCount;

//
struct ScalableTargetConfiguration {
  std::string resource_id;  // endpoint/NAME/variant/NAME
  InstanceCount min_capacity{1};
  InstanceCount max_capacity{1};
  bool dynamic_scaling_in_suspended = false;
  bool dynamic_scaling_out_suspended = false;
};

// InvocationsPerInstance, Sum, per minute.
struct PredefinedMetric {
  std::string type = "SageMakerVariantInvocationsPerInstance";
};
// any metric, always at 60 s.
struct CustomizedMetric {
  models::cloudwatch::MetricId metric;
  models::cloudwatch::Statistic statistic = models::cloudwatch::Statistic::Average;
  std::optional<std::string> unit;
};

struct TargetTrackingConfiguration {
  std::string policy_name;
  double target_value = 0;  // in the metric's own unit; InvocationsPerInstance: a minute
  std::variant<PredefinedMetric, CustomizedMetric> metric;
  Duration scale_out_cooldown = std::chrono::seconds{300};
  Duration scale_in_cooldown = std::chrono::seconds{300};
  bool disable_scale_in = false;
};

// The variant that a ResourceId of the form endpoint/NAME/variant/NAME names.
struct VariantResource {
  std::string endpoint_name;
  std::string variant_name;
};
std::optional<VariantResource> parse_resource_id(std::string_view resource_id);

// The metric that a policy on this variant tracks. REQUIRES: resource_id names a variant and a
// predefined type is a known one.
CustomizedMetric tracked_metric(const TargetTrackingConfiguration& policy,
                                std::string_view resource_id);

}  // namespace models::autoscaling
