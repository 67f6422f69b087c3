// Describes scalable targets and scaling policies with the fields and the words of Application
// Auto Scaling's RegisterScalableTarget and PutScalingPolicy.
//
// Plain data; scalable_target.hpp, target_tracking_policy.hpp and step_scaling_policy.hpp give it
// life.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/sim_time.hpp"
#include "core/units.hpp"
#include "models/autoscaling/scaling_choices.hpp"
#include "models/cloudwatch/metric.hpp"
#include "models/cloudwatch/metric_query.hpp"

namespace models::autoscaling {

using core::Duration;
using core::InstanceCount;

// what is suspended is not acted upon; alarms keep running.
struct SuspendedState {
  bool dynamic_scaling_in_suspended = false;
  bool dynamic_scaling_out_suspended = false;
  bool scheduled_scaling_suspended = false;
};

//
struct ScalableTargetConfiguration {
  std::string resource_id;  // endpoint/NAME/variant/NAME
  InstanceCount min_capacity{1};
  InstanceCount max_capacity{1};
  SuspendedState suspended_state{};
};

// the types that scale a variant by itself; AWS prefixes them with SageMakerVariant.
enum class PredefinedMetricType {
  InvocationsPerInstance,                    // Sum, per minute
  ConcurrentRequestsPerModelHighResolution,  // every 10 s
};
std::string_view to_string(PredefinedMetricType type);  // AWS's spelling
std::optional<PredefinedMetricType> predefined_metric_type_from(std::string_view text);

struct PredefinedMetric {
  PredefinedMetricType type = PredefinedMetricType::InvocationsPerInstance;
};
// any metric, always at 60 s. Either the first three, or, for metric math,
// `metrics`.
struct CustomizedMetric {
  models::cloudwatch::MetricId metric;
  models::cloudwatch::Statistic statistic = models::cloudwatch::Statistic::Average;
  std::optional<std::string> unit;
  std::vector<models::cloudwatch::MetricQuery> metrics;  // one returns data
};

struct TargetTrackingConfiguration {
  std::string policy_name;
  double target_value = 0;  // in the metric's own unit; InvocationsPerInstance: a minute
  std::variant<PredefinedMetric, CustomizedMetric> metric;
  Duration scale_out_cooldown = std::chrono::seconds{300};
  Duration scale_in_cooldown = std::chrono::seconds{300};
  bool disable_scale_in = false;
};

// AWS spells them as here.
enum class AdjustmentType { ChangeInCapacity, ExactCapacity, PercentChangeInCapacity };
std::string_view to_string(AdjustmentType type);
std::optional<AdjustmentType> adjustment_type_from(std::string_view text);

// how the alarm's datapoints are reduced to the one value that picks the step.
enum class MetricAggregationType { Average, Minimum, Maximum };
std::string_view to_string(MetricAggregationType type);
std::optional<MetricAggregationType> metric_aggregation_type_from(std::string_view text);

// the bounds are offsets to the alarm's threshold; none: unbounded on that side.
struct StepAdjustment {
  std::optional<double> metric_interval_lower_bound;
  std::optional<double> metric_interval_upper_bound;
  std::int32_t scaling_adjustment = 0;  // capacity, or per cent of it
};

//
struct StepScalingConfiguration {
  std::string policy_name;
  AdjustmentType adjustment_type = AdjustmentType::ChangeInCapacity;
  std::vector<StepAdjustment> step_adjustments;
  std::optional<std::int32_t> min_adjustment_magnitude;
  Duration cooldown = std::chrono::seconds{300};
  MetricAggregationType metric_aggregation_type = MetricAggregationType::Average;
};

using PolicyConfiguration = std::variant<TargetTrackingConfiguration, StepScalingConfiguration>;
const std::string& policy_name_of(const PolicyConfiguration& policy);

// The variant that a ResourceId of the form endpoint/NAME/variant/NAME names.
struct VariantResource {
  std::string endpoint_name;
  std::string variant_name;
};
std::optional<VariantResource> parse_resource_id(std::string_view resource_id);

// The metric that a policy on this variant tracks, and the period of its alarms: 60 s, or 10 s for
// a high-resolution type. REQUIRES: resource_id names a variant.
CustomizedMetric tracked_metric(const TargetTrackingConfiguration& policy,
                                std::string_view resource_id, ConcurrencyStatistic statistic);
Duration tracked_period(const TargetTrackingConfiguration& policy);

}  // namespace models::autoscaling
