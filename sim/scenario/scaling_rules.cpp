#include "sim/scenario/scaling_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "sim/prices/price_table.hpp"
#include "sim/scenario/alarm_rules.hpp"
#include "sim/scenario/control_rules.hpp"
#include "sim/scenario/iana_time_zone.hpp"
#include "sim/scenario/metric_rules.hpp"
#include "sim/scenario/resource_reader.hpp"
#include "sim/scenario/schedule_lints.hpp"

namespace sim {
namespace {

using models::autoscaling::CustomizedMetric;
using models::autoscaling::PolicyConfiguration;
using models::autoscaling::ScalableTargetConfiguration;
using models::autoscaling::ScheduledActionConfiguration;
using models::autoscaling::TargetTrackingConfiguration;
using models::autoscaling::VariantResource;
using models::cloudwatch::Dimension;

void fail(Diagnostics& diagnostics, const NodePlace& place, std::string code, std::string message,
          std::string hint = {}) {
  report(diagnostics, Severity::Error, place, std::move(code), std::move(message), std::move(hint));
}

std::string_view dimension_value(const MetricDraft& metric, std::string_view name) {
  for (const Dimension& dimension : metric.stat.metric.dimensions) {
    if (dimension.name == name) return dimension.value;
  }
  return {};
}

std::vector<const ResourceDraft*> resources_of(const ScalingDraft& scaling) {
  std::vector<const ResourceDraft*> resources;
  for (const TargetDraft& target : scaling.targets) resources.push_back(&target.resource);
  for (const PolicyDraft& policy : scaling.policies) resources.push_back(&policy.resource);
  for (const ScheduledActionDraft& action : scaling.scheduled_actions) {
    resources.push_back(&action.resource);
  }
  return resources;
}

std::vector<const MetricDraft*> metrics_of(const ScalingDraft& scaling) {
  std::vector<const MetricDraft*> metrics;
  for (const PolicyDraft& policy : scaling.policies) {
    for (const MetricDraft& metric : policy.metrics) metrics.push_back(&metric);
  }
  for (const AlarmDraft& alarm : scaling.alarms) {
    for (const MetricDraft& metric : alarm.metrics) metrics.push_back(&metric);
  }
  return metrics;
}

// The name that the scenario gives, or the first that a target, a policy or a metric gives. A
// variant that the scenario does not name is named by the same.
void name_variants(const ScenarioDraft& draft, Scenario& scenario) {
  std::string endpoint;
  std::string variant;
  for (const ResourceDraft* resource : resources_of(draft.scaling)) {
    if (!resource->variant || !endpoint.empty()) continue;
    endpoint = resource->variant->endpoint_name;
    variant = resource->variant->variant_name;
  }
  for (const MetricDraft* metric : metrics_of(draft.scaling)) {
    if (endpoint.empty()) {
      endpoint = dimension_value(*metric, "EndpointName");
      variant = dimension_value(*metric, "VariantName");
    }
  }
  for (ScenarioVariant& each : scenario.variants) {
    if (!draft.endpoint.has_name && !endpoint.empty()) each.variant.endpoint_name = endpoint;
    if (draft.endpoint.is_flat && !variant.empty()) each.variant.variant_name = variant;
  }
}

// Which variant an entry is for; none after a report, or when it is passed over.
class VariantFinder {
 public:
  VariantFinder(const Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario), diagnostics_(diagnostics) {}

  std::optional<std::size_t> find(const ResourceDraft& resource) const {
    if (resource.is_wrong) return std::nullopt;
    if (!resource.variant) {
      if (scenario_.variants.size() == 1) return 0;
      fail(diagnostics_, resource.place, "missing-key",
           "expected the ResourceId of one of the variants, found none",
           fmt::format("such as {}", resource_id_of(resource_of(scenario_.variants.front()))));
      return std::nullopt;
    }
    const std::string found = resource_id_of(*resource.variant);
    std::vector<std::string> ids;
    for (std::size_t index = 0; index < scenario_.variants.size(); ++index) {
      ids.push_back(resource_id_of(resource_of(scenario_.variants[index])));
      if (ids.back() == found) return index;
    }
    if (resource.is_one_of_several) {
      report(diagnostics_, Severity::Warning, resource.place, "other-resource",
             fmt::format("{} is another resource and is passed over", in_quotes(found)));
      return std::nullopt;
    }
    const std::vector<std::string_view> names(ids.begin(), ids.end());
    if (ids.size() > 1) {
      fail(diagnostics_, resource.place, "other-resource",
           fmt::format("expected the ResourceId of a variant, found {}", in_quotes(found)),
           did_you_mean(found, names));
      return std::nullopt;
    }
    fail(diagnostics_, resource.place, "other-resource",
         fmt::format("expected the ResourceId {}, found {}", in_quotes(ids.front()),
                     in_quotes(found)),
         "a scenario simulates one variant of one endpoint");
    return std::nullopt;
  }

 private:
  const Scenario& scenario_;
  Diagnostics& diagnostics_;
};

// Registrations in their order: each keeps what it does not say.
struct Registration {
  std::optional<std::int32_t> min;
  std::optional<std::int32_t> max;
  models::autoscaling::SuspendedState suspended;
  NodePlace first;
  NodePlace min_place;
  NodePlace max_place;
  bool is_there = false;

  void add(const TargetDraft& target) {
    if (!is_there) first = target.place;
    is_there = true;
    if (target.min_capacity) {
      min = target.min_capacity;
      min_place = target.min_place;
    }
    if (target.max_capacity) {
      max = target.max_capacity;
      max_place = target.max_place;
    }
    using State = models::autoscaling::SuspendedState;
    const auto update = [&](bool State::*part, const std::optional<bool>& value) {
      if (value) suspended.*part = *value;
    };
    update(&State::dynamic_scaling_in_suspended, target.scale_in_suspended);
    update(&State::dynamic_scaling_out_suspended, target.scale_out_suspended);
    update(&State::scheduled_scaling_suspended, target.scheduled_suspended);
  }
};

std::optional<ScalableTargetConfiguration> registered(const Registration& registration,
                                                      const std::string& resource_id,
                                                      Diagnostics& diagnostics) {
  const auto& [min, max, suspended, first, min_place, max_place, is_there] = registration;
  if (!is_there) return std::nullopt;
  if (!min || !max) {
    fail(diagnostics, first, "missing-key",
         fmt::format("expected MinCapacity and MaxCapacity, found no {}",
                     min ? "MaxCapacity" : "MinCapacity"),
         "both are required when a target is first registered");
    return std::nullopt;
  }
  if (*max < *min) {  // R-068; AWS's words are those of R-174
    fail(diagnostics, max_place, "out-of-range",
         fmt::format("expected a MaxCapacity of at least the MinCapacity {}, found {}", *min, *max),
         "AWS says: Maximum capacity cannot be less than minimum capacity");
  }
  ScalableTargetConfiguration configuration;
  configuration.resource_id = resource_id;
  configuration.min_capacity = {*min};
  configuration.max_capacity = {*max};
  configuration.suspended_state = suspended;
  return configuration;
}

// False: one of them was reported and is none of the scenario's.
bool resolve_targets(const ScenarioDraft& draft, Scenario& scenario, ControlSources& sources,
                     Diagnostics& diagnostics) {
  const VariantFinder finder(scenario, diagnostics);
  const std::size_t errors_before = diagnostics.error_count();
  bool is_any_wrong = draft.scaling.has_faulty_targets;
  std::vector<Registration> registrations(scenario.variants.size());
  for (const TargetDraft& target : draft.scaling.targets) {
    is_any_wrong = is_any_wrong || target.resource.is_wrong;
    if (const auto variant = finder.find(target.resource)) registrations[*variant].add(target);
  }
  for (std::size_t index = 0; index < scenario.variants.size(); ++index) {
    ScenarioVariant& variant = scenario.variants[index];
    variant.scalable_target =
        registered(registrations[index], resource_id_of(resource_of(variant)), diagnostics);
    sources.variants[index].min_place = registrations[index].min_place;
    sources.variants[index].max_place = registrations[index].max_place;
  }
  return !is_any_wrong && diagnostics.error_count() == errors_before;
}

// What AWS takes and what cannot work, or hardly is what was meant.
void check_tracking(const PolicyDraft& policy, const TargetTrackingConfiguration& configuration,
                    const PublishedMetric* metric, const models::endpoint::EndpointVariant& variant,
                    Diagnostics& diagnostics) {
  const auto* customized = std::get_if<CustomizedMetric>(&configuration.metric);
  if (metric == nullptr || customized == nullptr || !customized->metrics.empty()) return;
  const auto is_level = customized->statistic != models::cloudwatch::Statistic::Sum &&
                        customized->statistic != models::cloudwatch::Statistic::SampleCount;
  if (metric->is_total && !is_level) {
    report(diagnostics, Severity::Warning, policy.metric_place, "not-a-utilization",
           fmt::format("{} does not fall when instances are added, so this policy cannot reach its "
                       "target",
                       metric->name));
  }
  const double target = configuration.target_value;
  const auto highest = highest_value(*metric, customized->statistic, variant);
  if (highest && target >= *highest) {
    report(
        diagnostics, Severity::Warning, policy.target_place, "unreachable",
        fmt::format("{} is never above {:.6g}, so AlarmHigh never acts", metric->name, *highest));
  } else if (highest && metric->range == MetricRange::Utilization && *highest >= 400 &&
             target <= 100) {
    const bool is_of_gpus = metric->utilization->range == UtilizationRange::PercentOfGpus;
    const double parts = *highest / 100;
    report(diagnostics, Severity::Warning, policy.target_place,
           is_of_gpus ? "sum-over-gpus" : "sum-over-vcpus",
           fmt::format("{} is a sum over {:.6g} {}, 0 to {:.6g}: a TargetValue of {:.6g} is {:.3g} "
                       "% of each",
                       metric->name, parts, is_of_gpus ? "GPUs" : "vCPUs", *highest, target,
                       target / parts));
  }
}

class PolicyResolver {
 public:
  PolicyResolver(Scenario& scenario, bool has_given_values, ControlSources& sources,
                 Diagnostics& diagnostics)
      : scenario_(scenario),
        has_given_values_(has_given_values),
        sources_(sources),
        diagnostics_(diagnostics),
        names_(scenario.variants.size()) {}

  void add(const PolicyDraft& policy) {
    const auto index = VariantFinder(scenario_, diagnostics_).find(policy.resource);
    if (!index) return;
    ScenarioVariant& variant = scenario_.variants[*index];
    const VariantResource owner = resource_of(variant);
    const PublishedMetric* published = nullptr;
    for (const MetricDraft& metric : policy.metrics) {
      published = check_metric(
          metric, {std::span(&owner, 1), scenario_.variants, scenario_.metrics, has_given_values_},
          diagnostics_);
    }
    const auto* tracking = std::get_if<TargetTrackingConfiguration>(&policy.configuration);
    if (tracking != nullptr) {
      check_tracking(policy, *tracking, published, variant.variant, diagnostics_);
    }
    check_name(policy, *index);
    variant.policies.push_back(policy.configuration);
    sources_.variants[*index].policies.push_back(&policy);
  }

 private:
  void check_name(const PolicyDraft& policy, std::size_t index) {
    const std::string& name = policy_name_of(policy.configuration);
    if (name.empty() || names_[index].insert(name).second) return;
    fail(diagnostics_, policy.name_place, "duplicate-name",
         fmt::format("expected a PolicyName of its own for each policy, found {} again",
                     in_quotes(name)));
  }

  Scenario& scenario_;
  bool has_given_values_;
  ControlSources& sources_;
  Diagnostics& diagnostics_;
  std::vector<std::set<std::string>> names_;  // by variant
};

// by name, a later call replaces; what it leaves out stays, but for StartTime and EndTime.
ScheduledActionDraft updated(const ScheduledActionDraft& before, ScheduledActionDraft later) {
  if (!later.schedule) {
    later.schedule = before.schedule;
    later.schedule_place = before.schedule_place;
  }
  if (!later.timezone) {
    later.timezone = before.timezone;
    later.timezone_place = before.timezone_place;
  }
  if (!later.has_capacities) {
    later.has_capacities = before.has_capacities;
    later.min_capacity = before.min_capacity;
    later.max_capacity = before.max_capacity;
  }
  return later;
}

// False after a report.
bool read_schedule(const ScheduledActionDraft& draft, const Assumptions& assumptions,
                   ScheduledActionConfiguration& action, Diagnostics& diagnostics) {
  if (!draft.schedule) {
    fail(diagnostics, draft.place, "missing-key", "expected a Schedule, found none",
         "such as Schedule: cron(0 8 ? * MON-FRI *)");
    return false;
  }
  const auto parsed =
      models::autoscaling::parse_schedule_expression(*draft.schedule, assumptions.schedule);
  if (!parsed.warnings.empty()) lint_numeric_weekdays(draft, assumptions.schedule, diagnostics);
  if (!parsed.expression) {
    fail(diagnostics, draft.schedule_place, "schedule", parsed.error.message, parsed.error.hint);
    return false;
  }
  action.schedule = *draft.schedule;
  action.expression = *parsed.expression;
  action.timezone = draft.timezone.value_or("UTC");
  const TimeZoneLookup zone = find_time_zone(action.timezone);
  if (zone.zone) return true;
  fail(diagnostics, draft.timezone_place, "unknown-value",
       fmt::format("expected a time zone such as Europe/Berlin, found {}",
                   in_quotes(action.timezone)),
       zone.closest_zone.empty() ? "" : fmt::format("did you mean '{}'?", zone.closest_zone));
  return false;
}

void resolve_scheduled_actions(const ScenarioDraft& draft, Scenario& scenario,
                               ControlSources& sources, Diagnostics& diagnostics) {
  const VariantFinder finder(scenario, diagnostics);
  std::vector<std::vector<ScheduledActionDraft>> actions(scenario.variants.size());
  for (const ScheduledActionDraft& action : draft.scaling.scheduled_actions) {
    const auto variant = finder.find(action.resource);
    if (!variant) continue;
    auto& known = actions[*variant];
    const auto before = std::find_if(known.begin(), known.end(),
                                     [&](const auto& each) { return each.name == action.name; });
    if (before == known.end()) {
      known.push_back(action);
    } else {
      *before = updated(*before, action);
    }
  }
  for (std::size_t index = 0; index < actions.size(); ++index) {
    ScenarioVariant& variant = scenario.variants[index];
    for (const ScheduledActionDraft& action : actions[index]) {
      ScheduledActionConfiguration configuration;
      if (!read_schedule(action, scenario.assumptions, configuration, diagnostics)) continue;
      if (!action.has_capacities) {
        fail(diagnostics, action.place, "missing-key",
             "expected a ScalableTargetAction with MinCapacity or MaxCapacity, found none");
        continue;
      }
      configuration.name = action.name;
      configuration.resource_id = resource_id_of(resource_of(variant));
      configuration.start_unix_s = action.start_unix_s;
      configuration.end_unix_s = action.end_unix_s;
      if (action.min_capacity) configuration.min_capacity = {*action.min_capacity};
      if (action.max_capacity) configuration.max_capacity = {*action.max_capacity};
      variant.scheduled_actions.push_back(std::move(configuration));
      sources.variants[index].scheduled_actions.push_back(
          {action.place, action.schedule_place, action.timezone.has_value()});
    }
  }
}

// The capacity at time zero, within the bounds of the target.
void resolve_initial_instances(const VariantSection& read, ScenarioVariant& variant,
                               Diagnostics& diagnostics) {
  std::int32_t& initial = variant.variant.initial_instances;
  if (!variant.scalable_target) return;
  const std::int32_t min = variant.scalable_target->min_capacity.value;
  const std::int32_t max = variant.scalable_target->max_capacity.value;
  if (max < min) return;
  if (!read.has_initial_instances) {
    initial = std::max(1, min);
    return;
  }
  const std::int32_t within = std::clamp(initial, min, max);
  if (within == initial) return;
  report(diagnostics, Severity::Warning, read.initial_instances_place,
         "initial-outside-bounds",
         fmt::format("{} instances are outside of MinCapacity {} and MaxCapacity {}: registering "
                     "the target moves them to {}",
                     initial, min, max, within));
  initial = within;
}

}  // namespace

ControlSources resolve_scaling(const ScenarioDraft& draft, Scenario& scenario,
                               Diagnostics& diagnostics) {
  name_variants(draft, scenario);
  ControlSources sources;
  sources.variants.resize(scenario.variants.size());
  sources.has_lost_target = !resolve_targets(draft, scenario, sources, diagnostics);
  sources.has_lost_alarm = draft.scaling.has_faulty_alarms;
  PolicyResolver policies(scenario, draft.has_given_values, sources, diagnostics);
  for (const PolicyDraft& policy : draft.scaling.policies) policies.add(policy);
  resolve_scheduled_actions(draft, scenario, sources, diagnostics);
  resolve_alarms(draft, scenario, sources, diagnostics);
  for (const ExpectationDraft& expectation : draft.expectations) {
    sources.expected_alarms.push_back(expectation.expectation.alarm_name);
  }
  check_control(sources, scenario, diagnostics);
  for (std::size_t index = 0; index < scenario.variants.size(); ++index) {
    ScenarioVariant& variant = scenario.variants[index];
    resolve_initial_instances(draft.endpoint.variants[index], variant, diagnostics);
    if (variant.scalable_target && is_burstable(variant.variant.instance_type)) {
      fail(diagnostics, draft.endpoint_place, "burstable",
           fmt::format("expected an instance type that SageMaker scales, found the burstable {}",
                       in_quotes(variant.variant.instance_type)));
    }
  }
  return sources;
}

}  // namespace sim
