#include "sim/study/coverage_recorder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <variant>

#include "models/autoscaling/step_scaling_policy.hpp"
#include "sim/report/capacity_rows.hpp"

namespace sim {
namespace {

using models::autoscaling::PolicyConfiguration;
using models::autoscaling::ScalingActivity;
using models::autoscaling::ScalingDecision;
using models::autoscaling::StepAdjustment;
using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;
using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::AlarmState;
using models::cloudwatch::AlarmStateChange;

// Names are unique within a variant: with several, the variant's goes before.
std::string in_variant(const Scenario& scenario, std::size_t variant, std::string text) {
  if (scenario.variants.size() == 1) return text;
  return fmt::format("{}: {}", scenario.variants[variant].variant.variant_name, text);
}

std::string policy_scales(std::string_view policy, bool out) {
  return fmt::format("policy {} scales {}", policy, out ? "out" : "in");
}
std::string policy_takes_step(std::string_view policy, const StepAdjustment& step) {
  return fmt::format("policy {} takes the step {}", policy,
                     models::autoscaling::interval_text(step));
}
std::string action_runs(std::string_view action) {
  return fmt::format("scheduled action {} runs", action);
}

const PolicyConfiguration* find_policy(const ScenarioVariant& variant, std::string_view name) {
  for (const PolicyConfiguration& policy : variant.policies) {
    if (models::autoscaling::policy_name_of(policy) == name) return &policy;
  }
  return nullptr;
}

// Target tracking that never scales in has an AlarmLow all the same, which does nothing.
bool scales_in(const ScenarioVariant& variant, std::string_view policy) {
  const PolicyConfiguration* found = find_policy(variant, policy);
  const auto* tracking = found ? std::get_if<TargetTrackingConfiguration>(found) : nullptr;
  return tracking == nullptr || !tracking->disable_scale_in;
}

bool is_idle_alarm(const Scenario& scenario, const AlarmConfiguration& alarm) {
  if (short_alarm_name(alarm.name) != "AlarmLow" || alarm.alarm_actions.empty()) return false;
  return std::none_of(scenario.variants.begin(), scenario.variants.end(),
                      [&](const ScenarioVariant& variant) {
                        const std::string& policy = alarm.alarm_actions.front();
                        return find_policy(variant, policy) && scales_in(variant, policy);
                      });
}

std::string alarm_rings(const Scenario& scenario, const AlarmConfiguration& alarm) {
  const std::string_view side = short_alarm_name(alarm.name);
  if (side == alarm.name) return fmt::format("alarm {} in ALARM", alarm.name);
  std::string text = fmt::format("alarm {}/{} in ALARM", alarm.alarm_actions.front(), side);
  for (std::size_t index = 0; index < scenario.variants.size(); ++index) {
    const std::string& name = scenario.variants[index].variant.variant_name;
    const bool is_of_variant =
        alarm.name.find(fmt::format("/variant/{}-{}", name, side)) != std::string::npos;
    if (is_of_variant) return in_variant(scenario, index, std::move(text));
  }
  return text;
}

// A policy's adjustments whose sign does not depend on the capacity.
bool has_step(const StepScalingConfiguration& policy, bool out) {
  if (policy.adjustment_type == models::autoscaling::AdjustmentType::ExactCapacity) return true;
  return std::any_of(policy.step_adjustments.begin(), policy.step_adjustments.end(),
                     [out](const StepAdjustment& step) {
                       return out ? step.scaling_adjustment > 0 : step.scaling_adjustment < 0;
                     });
}

std::vector<std::string> doings_of(const PolicyConfiguration& policy) {
  std::vector<std::string> doings;
  const std::string& name = models::autoscaling::policy_name_of(policy);
  if (const auto* tracking = std::get_if<TargetTrackingConfiguration>(&policy)) {
    doings.push_back(policy_scales(name, true));
    if (!tracking->disable_scale_in) doings.push_back(policy_scales(name, false));
    return doings;
  }
  const auto& steps = std::get<StepScalingConfiguration>(policy);
  for (const StepAdjustment& step : steps.step_adjustments) {
    doings.push_back(policy_takes_step(name, step));
  }
  for (const bool out : {true, false}) {
    const bool is_exact =
        steps.adjustment_type == models::autoscaling::AdjustmentType::ExactCapacity;
    if (!is_exact && has_step(steps, out)) doings.push_back(policy_scales(name, out));
  }
  return doings;
}

}  // namespace

void CoverageRecorder::alarm(const AlarmConfiguration& configuration,
                             const std::vector<AlarmStateChange>& history) {
  if (configuration.alarm_actions.empty() || is_idle_alarm(scenario_, configuration)) return;
  alarms_.push_back(alarm_rings(scenario_, configuration));
  const bool rang = std::any_of(history.begin(), history.end(), [](const AlarmStateChange& change) {
    return change.to == AlarmState::Alarm;
  });
  if (rang) done_.insert(alarms_.back());
}

void CoverageRecorder::decided(std::size_t variant, const ScalingDecision& decision) {
  if (decision.to != decision.from) {
    done_.insert(in_variant(scenario_, variant,
                            policy_scales(decision.policy, decision.to > decision.from)));
  }
  if (!decision.step) return;
  const PolicyConfiguration* policy = find_policy(scenario_.variants[variant], decision.policy);
  if (policy == nullptr) return;
  const auto& steps = std::get<StepScalingConfiguration>(*policy).step_adjustments;
  done_.insert(
      in_variant(scenario_, variant, policy_takes_step(decision.policy, steps[*decision.step])));
}

void CoverageRecorder::happened(const ScalingActivity& activity) {
  for (std::size_t variant = 0; variant < scenario_.variants.size(); ++variant) {
    for (const auto& action : scenario_.variants[variant].scheduled_actions) {
      const bool is_it = activity.resource_id == action.resource_id &&
                         activity.cause == models::autoscaling::cause_of_schedule(action.name);
      if (is_it) done_.insert(in_variant(scenario_, variant, action_runs(action.name)));
    }
  }
}

std::vector<CoverageItem> CoverageRecorder::items() const {
  std::vector<CoverageItem> items;
  const auto add = [&](std::string what) {
    const bool exercised = done_.contains(what);
    items.push_back({std::move(what), exercised});
  };
  for (const std::string& alarm : alarms_) add(alarm);
  for (std::size_t index = 0; index < scenario_.variants.size(); ++index) {
    const ScenarioVariant& variant = scenario_.variants[index];
    for (const PolicyConfiguration& policy : variant.policies) {
      for (std::string& doing : doings_of(policy)) {
        add(in_variant(scenario_, index, std::move(doing)));
      }
    }
    for (const auto& action : variant.scheduled_actions) {
      add(in_variant(scenario_, index, action_runs(action.name)));
    }
  }
  return items;
}

std::vector<CoverageItem> coverage_of_run(const Scenario& scenario, const RunResult& result) {
  CoverageRecorder recorder(scenario);
  for (const AlarmRecord& alarm : result.alarms) recorder.alarm(alarm.configuration, alarm.history);
  for (std::size_t index = 0; index < result.decisions.size(); ++index) {
    const DecisionRecord record = result.decisions[index];
    recorder.decided(record.variant, record.decision);
  }
  for (const ScalingActivity& activity : result.activities) recorder.happened(activity);
  return recorder.items();
}

void merge_coverage(std::vector<FileCoverage>& files, const std::string& file,
                    const std::vector<CoverageItem>& items) {
  auto found = std::find_if(files.begin(), files.end(),
                            [&](const FileCoverage& each) { return each.file == file; });
  if (found == files.end()) found = files.insert(files.end(), {file, {}});
  for (const CoverageItem& item : items) {
    const auto same =
        std::find_if(found->items.begin(), found->items.end(),
                     [&](const CoverageItem& known) { return known.what == item.what; });
    if (same == found->items.end()) {
      found->items.push_back(item);
    } else {
      same->exercised = same->exercised || item.exercised;
    }
  }
}

CoverageCount count_of(const FileCoverage& file) {
  const auto exercised = std::count_if(file.items.begin(), file.items.end(),
                                       [](const CoverageItem& item) { return item.exercised; });
  return {static_cast<std::size_t>(exercised), file.items.size()};
}

CoverageCount count_of(const std::vector<FileCoverage>& files) {
  CoverageCount sum;
  for (const FileCoverage& file : files) {
    const CoverageCount count = count_of(file);
    sum.exercised += count.exercised;
    sum.total += count.total;
  }
  return sum;
}

}  // namespace sim
