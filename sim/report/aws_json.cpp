#include "sim/report/aws_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "models/cloudwatch/alarm_configuration.hpp"
#include "sim/report/wall_clock_text.hpp"

namespace sim {
namespace {

using models::autoscaling::NotScaledReason;
using models::autoscaling::ScalingActivity;
using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::AlarmState;
using models::cloudwatch::AlarmStateChange;

// The account of AWS's own examples, and the region of the built-in prices.
constexpr std::string_view kAlarmArnPrefix = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:";

void write_reason(JsonWriter& json, const NotScaledReason& reason) {
  json.begin_object();
  json.key("Code").string(to_string(reason.code));
  if (reason.current_capacity) json.key("CurrentCapacity").integer(reason.current_capacity->value);
  if (reason.max_capacity) json.key("MaxCapacity").integer(reason.max_capacity->value);
  if (reason.min_capacity) json.key("MinCapacity").integer(reason.min_capacity->value);
  json.end_object();
}

void write_activity(JsonWriter& json, const ScalingActivity& activity,
                    std::int64_t unix_s_of_start) {
  json.begin_object();
  json.key("ActivityId").string(activity.activity_id);
  json.key("ServiceNamespace").string(models::autoscaling::kServiceNamespace);
  json.key("ResourceId").string(activity.resource_id);
  json.key("ScalableDimension").string(models::autoscaling::kScalableDimension);
  json.key("Description").string(activity.description);
  json.key("Cause").string(activity.cause);
  json.key("StartTime").string(iso_time(unix_s_of_start, activity.start_time));
  if (activity.end_time) {
    json.key("EndTime").string(iso_time(unix_s_of_start, *activity.end_time));
  }
  json.key("StatusCode").string(to_string(activity.status));
  if (!activity.status_message.empty()) {
    json.key("StatusMessage").string(activity.status_message);
  }
  if (!activity.not_scaled_reasons.empty()) {
    json.key("NotScaledReasons").begin_array();
    for (const NotScaledReason& reason : activity.not_scaled_reasons) write_reason(json, reason);
    json.end_array();
  }
  json.end_object();
}

void write_empty_list(JsonWriter& json, std::string_view key) {
  json.key(key).begin_array();
  json.end_array();
}

void write_state(JsonWriter& json, const std::vector<AlarmStateChange>& history,
                 std::int64_t unix_s_of_start) {
  const AlarmState state = history.empty() ? AlarmState::InsufficientData : history.back().to;
  json.key("StateValue").string(to_string(state));
  if (history.empty()) return;
  const std::string changed_at = iso_time(unix_s_of_start, history.back().at);
  json.key("StateReason").string(history.back().reason);
  json.key("StateUpdatedTimestamp").string(changed_at);
  json.key("StateTransitionedTimestamp").string(changed_at);
}

void write_metric(JsonWriter& json, const AlarmConfiguration& alarm) {
  json.key("MetricName").string(alarm.metric.name);
  json.key("Namespace").string(alarm.metric.metric_namespace);
  json.key(alarm.statistic.percentile() == nullptr ? "Statistic" : "ExtendedStatistic")
      .string(to_string(alarm.statistic));
  json.key("Dimensions").begin_array();
  for (const models::cloudwatch::Dimension& dimension : alarm.metric.dimensions) {
    json.begin_object();
    json.key("Name").string(dimension.name);
    json.key("Value").string(dimension.value);
    json.end_object();
  }
  json.end_array();
  json.key("Period").integer(
      std::chrono::duration_cast<std::chrono::seconds>(alarm.period).count());
  if (alarm.unit) json.key("Unit").string(*alarm.unit);
}

void write_alarm(JsonWriter& json, const AlarmRecord& record, std::int64_t unix_s_of_start) {
  const AlarmConfiguration& alarm = record.configuration;
  json.begin_object();
  json.key("AlarmName").string(alarm.name);
  json.key("AlarmArn").string(fmt::format("{}{}", kAlarmArnPrefix, alarm.name));
  if (!alarm.description.empty()) json.key("AlarmDescription").string(alarm.description);
  json.key("ActionsEnabled").boolean(alarm.actions_enabled);
  write_empty_list(json, "OKActions");
  json.key("AlarmActions").begin_array();
  for (const std::string& action : alarm.alarm_actions) json.string(action);
  json.end_array();
  write_empty_list(json, "InsufficientDataActions");
  write_state(json, record.history, unix_s_of_start);
  write_metric(json, alarm);
  json.key("EvaluationPeriods").integer(alarm.evaluation_periods);
  json.key("DatapointsToAlarm").integer(alarm.datapoints_to_alarm);
  json.key("Threshold").number(alarm.threshold);
  json.key("ComparisonOperator").string(to_string(alarm.comparison));
  json.key("TreatMissingData").string(to_string(alarm.treat_missing_data));
  json.end_object();
}

struct HistoryItem {
  const std::string* alarm_name;
  const AlarmStateChange* change;
};

// HistoryData is JSON inside a string, as AWS sends it.
std::string history_data(const AlarmStateChange& change) {
  const JsonTree data = {
      {"version", "1.0"},
      {"oldState", {{"stateValue", to_string(change.from)}}},
      {"newState", {{"stateValue", to_string(change.to)}, {"stateReason", change.reason}}}};
  return data.dump(-1, ' ', false, JsonTree::error_handler_t::replace);
}

void write_history(JsonWriter& json, std::span<const AlarmRecord> alarms,
                   std::int64_t unix_s_of_start) {
  std::vector<HistoryItem> items;
  for (const AlarmRecord& alarm : alarms) {
    for (const AlarmStateChange& change : alarm.history) {
      items.push_back({&alarm.configuration.name, &change});
    }
  }
  std::stable_sort(items.begin(), items.end(), [](const HistoryItem& a, const HistoryItem& b) {
    return a.change->at > b.change->at;
  });
  json.key("AlarmHistoryItems").begin_array();
  for (const HistoryItem& item : items) {
    json.begin_object();
    json.key("AlarmName").string(*item.alarm_name);
    json.key("AlarmType").string("MetricAlarm");
    json.key("Timestamp").string(iso_time(unix_s_of_start, item.change->at));
    json.key("HistoryItemType").string("StateUpdate");
    json.key("HistorySummary")
        .string(fmt::format("Alarm updated from {} to {}", to_string(item.change->from),
                            to_string(item.change->to)));
    json.key("HistoryData").string(history_data(*item.change));
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void write_activities(JsonWriter& json, std::span<const ScalingActivity> oldest_first,
                      std::int64_t unix_s_of_start) {
  json.begin_array();
  for (auto activity = oldest_first.rbegin(); activity != oldest_first.rend(); ++activity) {
    write_activity(json, *activity, unix_s_of_start);
  }
  json.end_array();
}

void write_activities_document(JsonWriter& json, std::span<const ScalingActivity> oldest_first,
                               std::int64_t unix_s_of_start) {
  json.begin_object();
  json.key("ScalingActivities");
  write_activities(json, oldest_first, unix_s_of_start);
  json.end_object();
}

void write_alarms_document(JsonWriter& json, std::span<const AlarmRecord> alarms,
                           std::int64_t unix_s_of_start) {
  json.begin_object();
  json.key("MetricAlarms").begin_array();
  for (const AlarmRecord& alarm : alarms) write_alarm(json, alarm, unix_s_of_start);
  json.end_array();
  write_empty_list(json, "CompositeAlarms");
  write_history(json, alarms, unix_s_of_start);
  json.end_object();
}

}  // namespace sim
