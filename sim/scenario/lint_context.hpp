// Holds what the lints of policies look at: the scenario, where it was read from, its load, and
// which step policies are triggered by which alarms.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/control_rules.hpp"
#include "sim/scenario/offered_load.hpp"
#include "sim/scenario/published_metric.hpp"

namespace sim {

// An alarm on one metric that is enabled, and a step policy that it triggers.
struct Trigger {
  const models::cloudwatch::AlarmConfiguration* alarm = nullptr;
  const AlarmDraft* alarm_source = nullptr;
  const models::autoscaling::StepScalingConfiguration* policy = nullptr;
  const PolicyDraft* policy_source = nullptr;
  const ScenarioVariant* variant = nullptr;
  const PublishedMetric* metric = nullptr;  // of this variant; null: another metric
};

// A target-tracking policy, and the metric that it tracks.
struct Tracking {
  const models::autoscaling::TargetTrackingConfiguration* policy = nullptr;
  const PolicyDraft* source = nullptr;
  const ScenarioVariant* variant = nullptr;
  const PublishedMetric* metric = nullptr;  // null: another metric, or metric math
  models::cloudwatch::StatisticChoice statistic = models::cloudwatch::Statistic::Sum;
};

struct LintContext {
  const Scenario& scenario;
  const ControlSources& sources;
  std::optional<OfferedLoad> load;
  std::vector<Trigger> triggers;
  std::vector<Tracking> trackings;
  Diagnostics& diagnostics;

  void warn(const NodePlace& place, std::string code, std::string message, std::string hint) const;
};

// REQUIRES: the scenario has no errors; `sources` is what it was read from.
LintContext lint_context(const ControlSources& sources, const Scenario& scenario,
                         Diagnostics& diagnostics);

bool is_invocations_per_instance(const PublishedMetric* metric);
// Whether values of this statistic are samples of the metric, rather than their sum or number.
bool is_level(const models::cloudwatch::StatisticChoice& statistic);

// The most requests a minute that one instance serves.
double served_per_minute(const ScenarioVariant& variant);
// The fewest and the most instances that MinCapacity and MaxCapacity come to, with what scheduled
// actions make of them. REQUIRES: it has a scalable target.
double lowest_min(const ScenarioVariant& variant);
double highest_max(const ScenarioVariant& variant);

// 1,234,567 or 12.35: for people.
std::string amount(double value);
// 1234567 or 12.35: as a file takes it, for what a hint says to write.
std::string written(double value);
// "from 3h10m on".
std::string from_minute(std::size_t minute);

}  // namespace sim
