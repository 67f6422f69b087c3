// Holds targets, policies, scheduled actions and alarms as far as their own lines tell, before
// names are resolved.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/autoscaling/policy_configuration.hpp"
#include "models/cloudwatch/alarm_configuration.hpp"
#include "models/cloudwatch/metric_query.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/section.hpp"

namespace sim {

// Which variant an entry is for.
struct ResourceDraft {
  std::optional<models::autoscaling::VariantResource> variant;  // none: it does not say
  bool is_wrong = false;           // it says something else, which was reported
  bool is_one_of_several = false;  // in the output of a describe command, which knows no endpoint
  NodePlace place;                 // of the ResourceId; of the entry when there is none
};

// What a call leaves out keeps what an earlier call said.
struct TargetDraft {
  ResourceDraft resource;
  std::optional<std::int32_t> min_capacity;
  std::optional<std::int32_t> max_capacity;
  std::optional<bool> scale_in_suspended;
  std::optional<bool> scale_out_suspended;
  std::optional<bool> scheduled_suspended;
  NodePlace place;
  NodePlace min_place;
  NodePlace max_place;
};

// One metric that a policy or an alarm watches, alone or in metric math.
struct MetricDraft {
  models::cloudwatch::MetricStat stat;
  NodePlace name_place;
  NodePlace namespace_place;
  NodePlace dimensions_place;
  NodePlace statistic_place;
  NodePlace unit_place;
  NodePlace period_place;
};

struct PolicyDraft {
  ResourceDraft resource;
  models::autoscaling::PolicyConfiguration configuration;
  std::vector<MetricDraft> metrics;     // of a customized specification
  std::vector<NodePlace> query_places;  // of its metric math, if that is what it is
  NodePlace place;
  NodePlace name_place;
  NodePlace metric_place;  // of the metric specification
  NodePlace target_place;  // of the TargetValue
  // Of the ScaleOutCooldown and of DisableScaleIn; of the configuration where these are left out.
  NodePlace scale_out_cooldown_place;
  NodePlace disable_scale_in_place;
  std::vector<NodePlace> step_places;  // of the StepAdjustments
};

// what a later call of the same name leaves out is kept, but for StartTime and EndTime.
struct ScheduledActionDraft {
  ResourceDraft resource;
  std::string name;
  std::optional<std::string> schedule;
  std::optional<std::string> timezone;
  std::optional<std::int64_t> start_unix_s;
  std::optional<std::int64_t> end_unix_s;
  bool has_capacities = false;
  std::optional<std::int32_t> min_capacity;
  std::optional<std::int32_t> max_capacity;
  NodePlace place;
  NodePlace schedule_place;
  NodePlace timezone_place;
};

struct AlarmActionDraft {
  std::string text;  // a PolicyName or an ARN
  NodePlace place;
};

struct AlarmDraft {
  models::cloudwatch::AlarmConfiguration configuration;  // without its actions
  std::vector<MetricDraft> metrics;
  std::vector<NodePlace> query_places;  // of its metric math, if that is what it is
  std::vector<AlarmActionDraft> alarm_actions;
  std::vector<AlarmActionDraft> other_actions;  // OKActions and InsufficientDataActions
  bool is_one_of_several = false;               // in the output of describe-alarms
  NodePlace place;
  NodePlace name_place;
  NodePlace threshold_place;
  NodePlace missing_data_place;  // of TreatMissingData; of the alarm where it is left out
};

struct ScalingDraft {
  std::vector<TargetDraft> targets;
  std::vector<PolicyDraft> policies;
  std::vector<ScheduledActionDraft> scheduled_actions;
  std::vector<AlarmDraft> alarms;
  // There were others, which were reported and are not among them.
  bool has_faulty_targets = false;
  bool has_faulty_alarms = false;
  std::vector<Document> files;  // that the places point into
};

}  // namespace sim
