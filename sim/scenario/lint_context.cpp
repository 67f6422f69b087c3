#include "sim/scenario/lint_context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

#include "sim/scenario/control_graph_builder.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/scenario/resource_reader.hpp"

namespace sim {
namespace {

using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;
using models::cloudwatch::MetricId;
using models::cloudwatch::Statistic;

// A metric of SageMaker that this variant publishes; null: it is something else.
const PublishedMetric* metric_of(const MetricId& id, const ScenarioVariant& variant) {
  const PublishedMetric* metric = find_published_metric(id.name);
  if (metric == nullptr || metric->metric_namespace != id.metric_namespace) return nullptr;
  if (metric->source != MetricSource::RealTime) return nullptr;
  const bool is_its_own =
      std::any_of(id.dimensions.begin(), id.dimensions.end(), [&](const auto& dimension) {
        return dimension.name == "VariantName" && dimension.value == variant.variant.variant_name;
      });
  return is_its_own ? metric : nullptr;
}

std::vector<Trigger> triggers_of(const ControlSources& sources, const Scenario& scenario) {
  const ControlGraph graph = make_control_graph(scenario);
  std::vector<Trigger> triggers;
  for (const ControlEdge& edge : graph.edges) {
    const ControlNode& from = graph.nodes[edge.from];
    const ControlNode& to = graph.nodes[edge.to];
    if (to.kind != ControlKind::Policy || edge.is_disabled) continue;
    const ScenarioVariant& variant = scenario.variants[*to.variant];
    const auto* policy = std::get_if<StepScalingConfiguration>(&variant.policies[to.index]);
    if (policy == nullptr || !scenario.alarms[from.index].metrics.empty()) continue;
    const auto& alarm = scenario.alarms[from.index];
    triggers.push_back({&alarm, sources.alarms[from.index], policy,
                        sources.variants[*to.variant].policies[to.index], &variant,
                        metric_of(alarm.metric, variant)});
  }
  return triggers;
}

std::vector<Tracking> trackings_of(const ControlSources& sources, const Scenario& scenario) {
  std::vector<Tracking> trackings;
  for (std::size_t index = 0; index < scenario.variants.size(); ++index) {
    const ScenarioVariant& variant = scenario.variants[index];
    for (std::size_t policy = 0; policy < variant.policies.size(); ++policy) {
      const auto* tracking = std::get_if<TargetTrackingConfiguration>(&variant.policies[policy]);
      if (tracking == nullptr) continue;
      const auto tracked = tracked_metric(*tracking, resource_id_of(resource_of(variant)),
                                          scenario.assumptions.scaling.concurrency_statistic);
      trackings.push_back({tracking, sources.variants[index].policies[policy], &variant,
                           tracked.metrics.empty() ? metric_of(tracked.metric, variant) : nullptr,
                           tracked.statistic});
    }
  }
  return trackings;
}

}  // namespace

void LintContext::warn(const NodePlace& place, std::string code, std::string message,
                       std::string hint) const {
  report(diagnostics, Severity::Warning, place, std::move(code), std::move(message),
         std::move(hint));
}

LintContext lint_context(const ControlSources& sources, const Scenario& scenario,
                         Diagnostics& diagnostics) {
  return {scenario,
          sources,
          offered_load(scenario),
          triggers_of(sources, scenario),
          trackings_of(sources, scenario),
          diagnostics};
}

bool is_invocations_per_instance(const PublishedMetric* metric) {
  return metric != nullptr && metric->name == "InvocationsPerInstance";
}

bool is_level(const models::cloudwatch::StatisticChoice& statistic) {
  const Statistic* plain = statistic.plain();
  return plain == nullptr || (*plain != Statistic::Sum && *plain != Statistic::SampleCount);
}

double served_per_minute(const ScenarioVariant& variant) {
  return variant.variant.throughput.per_minute();
}

double lowest_min(const ScenarioVariant& variant) {
  std::int32_t lowest = variant.scalable_target->min_capacity.value;
  for (const auto& action : variant.scheduled_actions) {
    if (action.min_capacity) lowest = std::min(lowest, action.min_capacity->value);
  }
  return lowest;
}

double highest_max(const ScenarioVariant& variant) {
  std::int32_t highest = variant.scalable_target->max_capacity.value;
  for (const auto& action : variant.scheduled_actions) {
    if (action.max_capacity) highest = std::max(highest, action.max_capacity->value);
  }
  return highest;
}

std::string amount(double value) {
  if (std::abs(value) < 1000) return written(value);
  std::string digits = fmt::format("{:.0f}", std::abs(value));
  for (std::size_t place = digits.size(); place > 3;) {
    place -= 3;
    digits.insert(place, 1, ',');
  }
  return (value < 0 ? "-" : "") + digits;
}

std::string written(double value) {
  const bool is_long = std::abs(value) >= 1000 || value == std::round(value);
  return is_long ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
}

std::string from_minute(std::size_t minute) {
  return fmt::format("from {} on", minute == 0 ? std::string("the start")
                                               : format_duration(std::chrono::minutes{minute}));
}

}  // namespace sim
