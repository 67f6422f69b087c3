// Lists what closes the loop from metrics to instances: alarms, policies, scheduled actions and
// variants, as they were written but with their names resolved, and with their places.
//
// Plain data; control_graph_builder.hpp makes a graph of it, control_rules.hpp judges it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/sim_time.hpp"
#include "models/cloudwatch/alarm_configuration.hpp"
#include "models/cloudwatch/metric.hpp"
#include "sim/scenario/document.hpp"

namespace sim {

// A metric, and what is read of it.
struct ControlMetric {
  models::cloudwatch::MetricId id;
  std::string statistic;  // "Sum", "p99"
  bool operator==(const ControlMetric&) const = default;
};

// One entry of metric math: a metric or an expression, and the id that expressions call it by.
struct ControlQuery {
  std::string id;
  NodePlace place;                      // of the id
  std::optional<ControlMetric> metric;  // absent: an expression
  std::string expression;
  std::vector<std::string> uses;  // the ids that the expression names
  bool is_returned = true;        // ReturnData
};

// What an alarm watches or a policy tracks: a metric, or what is computed of several.
struct ControlSource {
  std::optional<ControlMetric> metric;
  std::vector<ControlQuery> queries;  // without a metric
};

// When an alarm is in ALARM.
struct AlarmCondition {
  models::cloudwatch::ComparisonOperator comparison =
      models::cloudwatch::ComparisonOperator::GreaterThanThreshold;
  double threshold = 0;
  core::Duration period = std::chrono::seconds{60};
  std::int32_t evaluation_periods = 1;   // N
  std::int32_t datapoints_to_alarm = 1;  // M
};

struct ControlAlarm {
  std::string name;
  NodePlace name_place;
  ControlSource source;
  AlarmCondition condition;
  std::vector<std::size_t> policies;  // step policies that it triggers: indices, none twice
  bool actions_enabled = true;
  bool has_purpose = true;  // it has actions, if only another service's, or `expect:` names it
};

// An alarm that Auto Scaling makes for a target-tracking policy.
struct OwnedAlarm {
  std::string name;
  AlarmCondition condition;
};

enum class PolicyKind { TargetTracking, Step };

struct ControlPolicy {
  std::string name;
  PolicyKind kind = PolicyKind::TargetTracking;
  std::size_t variant = 0;  // an index
  NodePlace place;
  NodePlace name_place;
  std::string summary;      // a line for people: "ChangeInCapacity +1, +3"
  bool scales_out = false;  // both false: not known
  bool scales_in = false;
  // Of target tracking alone:
  ControlSource source;
  NodePlace source_place;
  std::string specification;       // two that AWS takes for the same metric have the same
  std::vector<OwnedAlarm> alarms;  // never empty
};

struct ControlScheduledAction {
  std::string name;
  std::size_t variant = 0;
  NodePlace place;
  std::string summary;  // "cron(0 8 ? * MON-FRI *), MinCapacity 6"
};

struct ControlVariant {
  std::string resource_id;  // endpoint/NAME/variant/NAME
  std::string name;
  std::string summary;                // "ml.c5.large"
  std::optional<std::string> target;  // its scalable target, if it has one: "MinCapacity 1"
};

struct ControlParts {
  std::vector<ControlAlarm> alarms;
  std::vector<ControlPolicy> policies;
  std::vector<ControlScheduledAction> scheduled_actions;
  std::vector<ControlVariant> variants;
  // What was reported and left out may be what the others seem to miss.
  bool has_lost_target = false;
  bool has_lost_action = false;  // of an alarm
};

}  // namespace sim
