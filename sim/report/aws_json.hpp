// Writes activities and alarms in the shapes of the AWS CLI's describe commands, so that what reads
// those reads these: DescribeScalingActivities, DescribeAlarms and
// DescribeAlarmHistory.
#pragma once

#include <cstdint>
#include <span>

#include "models/autoscaling/scaling_activity.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/report/json_writer.hpp"

namespace sim {

// The list alone, newest first.
void write_activities(JsonWriter& json,
                      std::span<const models::autoscaling::ScalingActivity> oldest_first,
                      std::int64_t unix_s_of_start);

// {"ScalingActivities": [...]}
void write_activities_document(JsonWriter& json,
                               std::span<const models::autoscaling::ScalingActivity> oldest_first,
                               std::int64_t unix_s_of_start);

// {"MetricAlarms": [...], "CompositeAlarms": [], "AlarmHistoryItems": [...]}: each alarm in the
// state in which the run left it, and below them every change of state, newest first.
void write_alarms_document(JsonWriter& json, std::span<const AlarmRecord> alarms,
                           std::int64_t unix_s_of_start);

}  // namespace sim
