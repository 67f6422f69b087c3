// Checks that a metric which a policy or an alarm names is one that the simulated endpoint, or the
// scenario's `metrics:`, publishes: with these dimensions, this unit and a statistic that means
// something.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "models/autoscaling/policy_configuration.hpp"
#include "sim/scenario/diagnostic.hpp"
#include "sim/scenario/published_metric.hpp"
#include "sim/scenario/scaling_drafts.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// What a metric may belong to.
struct MetricOwners {
  // A policy's own variant, or for an alarm all of them.
  std::span<const models::autoscaling::VariantResource> variants;
  std::span<const ScenarioVariant> endpoint;  // with the variants above, and maybe more
  std::span<const CustomMetric> custom;
  // A test gives the values: a metric need not be one that the simulated endpoint publishes, and
  // nobody knows the instances whose range it has.
  bool has_given_values = false;
};

// Reports what is wrong, and warns of what cannot work though AWS takes it: an asynchronous metric
// on a real-time endpoint, a period that the metric never publishes. Null: not one that SageMaker
// publishes, not a known one, or one whose values are given.
const PublishedMetric* check_metric(const MetricDraft& metric, const MetricOwners& owners,
                                    Diagnostics& diagnostics);

}  // namespace sim
