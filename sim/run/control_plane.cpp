#include "sim/run/control_plane.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"
#include "sim/scenario/iana_time_zone.hpp"

namespace sim {
namespace {

using models::autoscaling::InstanceCount;
using models::autoscaling::ScalingController;
using models::autoscaling::Schedule;
using models::autoscaling::ScheduledActionConfiguration;
using models::cloudwatch::Alarm;
using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::MetricStore;

constexpr Duration kMinute = std::chrono::minutes{1};

// The first point of the grid at or after `from`.
SimTime on_grid(SimTime from, SimTime first, Duration step) {
  if (from <= first) return first;
  const Duration since = from - first;
  return first + (since + step - Duration{1}) / step * step;
}

Schedule schedule_of(const ScheduledActionConfiguration& action,
                     const models::autoscaling::ScheduleRules& rules, std::int64_t start_unix_s) {
  const TimeZoneLookup lookup = find_time_zone(action.timezone);
  CHECK(lookup.zone != nullptr);  // who read the scenario has looked it up
  // An action exists from the beginning of the run on.
  return Schedule(action.expression, lookup.zone,
                  {action.start_unix_s, action.end_unix_s, start_unix_s}, rules);
}

AlarmObservation observation_of(const models::cloudwatch::AlarmEvaluation& evaluation) {
  AlarmObservation observation{
      .at = evaluation.at, .state = evaluation.state, .breaching = evaluation.breaching};
  if (!evaluation.datapoints.empty()) observation.newest = evaluation.datapoints.front().value;
  return observation;
}

// The alarms whose actions name a policy of the variant, which are no longer among `all`: an alarm
// acts on one target alone.
std::vector<AlarmConfiguration> take_alarms_of(const ControlledVariant& variant,
                                               std::vector<AlarmConfiguration>& all) {
  const auto acts = [&](const AlarmConfiguration& alarm) {
    return std::any_of(variant.policies.begin(), variant.policies.end(), [&](const auto& policy) {
      const auto& actions = alarm.alarm_actions;
      return std::find(actions.begin(), actions.end(), policy_name_of(policy)) != actions.end();
    });
  };
  const auto others = std::stable_partition(all.begin(), all.end(), acts);
  std::vector<AlarmConfiguration> taken(all.begin(), others);
  all.erase(all.begin(), others);
  return taken;
}

}  // namespace

ControlPlaneSettings control_plane_settings(const Scenario& scenario) {
  ControlPlaneSettings settings;
  for (const ScenarioVariant& variant : scenario.variants) {
    settings.variants.push_back({variant.scalable_target, variant.policies,
                                 variant.scheduled_actions,
                                 InstanceCount{variant.variant.initial_instances}});
  }
  settings.alarms = scenario.alarms;
  settings.alarm_rules = scenario.assumptions.alarm;
  settings.scaling_rules = scenario.assumptions.scaling;
  settings.schedule_rules = scenario.assumptions.schedule;
  settings.alarm_phase = scenario.assumptions.alarm_phase;
  settings.start_unix_s = scenario.run.start_unix_s;
  return settings;
}

ControlPlane::ControlPlane(ControlPlaneSettings settings, MetricStore& store)
    : settings_(std::move(settings)) {
  for (ControlledVariant& variant : settings_.variants) add_target(std::move(variant), store);
  for (AlarmConfiguration& alarm : settings_.alarms) add_alarm(std::move(alarm), store);
}

void ControlPlane::add_target(ControlledVariant variant, MetricStore& store) {
  Target& target = targets_.emplace_back();
  target.first_alarm = alarms_.size();
  if (!variant.target) return;
  std::vector<AlarmConfiguration> alarms = take_alarms_of(variant, settings_.alarms);
  target.controller.emplace(*std::move(variant.target), std::move(variant.policies),
                            variant.capacity, settings_.scaling_rules, std::move(alarms));
  for (const AlarmConfiguration& alarm : target.controller->alarm_configurations()) {
    add_alarm(alarm, store);
  }
  target.alarm_count = alarms_.size() - target.first_alarm;
  target.actions = std::move(variant.scheduled_actions);
  for (const ScheduledActionConfiguration& action : target.actions) {
    target.schedules.push_back(
        schedule_of(action, settings_.schedule_rules, settings_.start_unix_s));
  }
}

void ControlPlane::add_alarm(AlarmConfiguration configuration, MetricStore& store) {
  alarms_.emplace_back(std::move(configuration), settings_.alarm_rules, store,
                       settings_.start_unix_s);
  observations_.emplace_back();
}

std::vector<CapacityOrder> ControlPlane::register_targets(SimTime now) {
  std::vector<CapacityOrder> orders;
  for (std::size_t variant = 0; variant < targets_.size(); ++variant) {
    auto& controller = targets_[variant].controller;
    if (!controller) continue;
    if (const auto desired = controller->register_target(now)) {
      orders.push_back({variant, *desired});
    }
  }
  return orders;
}

std::optional<SimTime> ControlPlane::next_alarm_evaluation(SimTime from) const {
  std::optional<Duration> step;
  for (const Alarm& alarm : alarms_) {
    step = std::min(step.value_or(kMinute), alarm.evaluation_interval());
  }
  if (!step) return std::nullopt;
  return on_grid(from, core::kStart + settings_.alarm_phase, *step);
}

std::optional<SimTime> ControlPlane::next_run_of(const Target& target, std::size_t action,
                                                 SimTime from) const {
  return next_run(target.schedules[action], settings_.start_unix_s, from);
}

std::optional<SimTime> ControlPlane::next_scheduled_action(SimTime from) const {
  std::optional<SimTime> next;
  for (const Target& target : targets_) {
    for (std::size_t action = 0; action < target.actions.size(); ++action) {
      const auto at = next_run_of(target, action, from);
      if (at && (!next || *at < *next)) next = at;
    }
  }
  return next;
}

void ControlPlane::evaluate_alarms(const MetricStore& store, SimTime now) {
  const SimTime first = core::kStart + settings_.alarm_phase;
  for (std::size_t index = 0; index < alarms_.size(); ++index) {
    Alarm& alarm = alarms_[index];
    if (on_grid(now, first, alarm.evaluation_interval()) != now) continue;
    observations_[index].push_back(observation_of(alarm.evaluate(store, now)));
  }
}

std::vector<CapacityOrder> ControlPlane::run_scheduled_actions(SimTime now) {
  std::vector<CapacityOrder> orders;
  for (std::size_t variant = 0; variant < targets_.size(); ++variant) {
    Target& target = targets_[variant];
    std::vector<const ScheduledActionConfiguration*> due;
    for (std::size_t action = 0; action < target.actions.size(); ++action) {
      if (next_run_of(target, action, now) == now) due.push_back(&target.actions[action]);
    }
    if (due.empty()) continue;
    if (const auto desired = target.controller->run_scheduled_actions(now, std::move(due))) {
      orders.push_back({variant, *desired});
    }
  }
  return orders;
}

std::vector<CapacityOrder> ControlPlane::decide(SimTime now) {
  std::vector<CapacityOrder> orders;
  decisions_.clear();
  for (std::size_t variant = 0; variant < targets_.size(); ++variant) {
    auto& controller = targets_[variant].controller;
    if (!controller) continue;
    auto outcome = controller->decide(now, alarms_of(variant));
    for (auto& decision : outcome.decisions) {
      const bool accepted = outcome.desired_capacity && decision.to == *outcome.desired_capacity;
      decisions_.push_back({variant, std::move(decision), accepted});
    }
    if (outcome.desired_capacity) orders.push_back({variant, *outcome.desired_capacity});
  }
  return orders;
}

std::span<const Alarm> ControlPlane::alarms_of(std::size_t variant) const {
  const Target& target = targets_[variant];
  return std::span(alarms_).subspan(target.first_alarm, target.alarm_count);
}

void ControlPlane::set_in_service(std::size_t variant, InstanceCount capacity) {
  if (auto& controller = targets_[variant].controller)
    controller->set_capacity_in_service(capacity);
}

void ControlPlane::fulfilled(std::size_t variant, SimTime now) {
  CHECK(targets_[variant].controller.has_value());
  targets_[variant].controller->fulfilled(now);
}

void ControlPlane::failed(std::size_t variant, SimTime now, std::string_view reason) {
  CHECK(targets_[variant].controller.has_value());
  targets_[variant].controller->failed(now, reason);
  for (VariantDecision& decided : decisions_) {
    if (decided.variant == variant) decided.accepted = false;
  }
}

const ScalingController* ControlPlane::controller(std::size_t variant) const {
  const auto& controller = targets_[variant].controller;
  return controller ? &*controller : nullptr;
}

}  // namespace sim
