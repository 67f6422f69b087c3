// Describes a CloudWatch metric alarm with the fields and the words of PutMetricAlarm.
//
// Plain data; alarm.hpp evaluates it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/cloudwatch/metric.hpp"

namespace models::cloudwatch {

enum class ComparisonOperator {
  GreaterThanOrEqualToThreshold,
  GreaterThanThreshold,
  LessThanThreshold,
  LessThanOrEqualToThreshold,
};

// AWS spells them missing, notBreaching, breaching, ignore.
enum class TreatMissingData { Missing, NotBreaching, Breaching, Ignore };

// AWS spells them OK, ALARM, INSUFFICIENT_DATA.
enum class AlarmState { Ok, Alarm, InsufficientData };

std::string_view to_string(ComparisonOperator comparison);
std::string_view to_string(TreatMissingData treatment);
std::string_view to_string(AlarmState state);
std::optional<ComparisonOperator> comparison_operator_from(std::string_view text);
std::optional<TreatMissingData> treat_missing_data_from(std::string_view text);

// Whether a value breaches.
bool breaches(double value, ComparisonOperator comparison, double threshold);

struct AlarmConfiguration {
  std::string name;
  std::string description;
  MetricId metric;
  Statistic statistic = Statistic::Average;
  std::optional<std::string> unit;  // given and not the metric's own: never any data
  Duration period = std::chrono::seconds{60};
  std::int32_t evaluation_periods = 1;   // N
  std::int32_t datapoints_to_alarm = 1;  // M, default N
  double threshold = 0;
  ComparisonOperator comparison = ComparisonOperator::GreaterThanThreshold;
  TreatMissingData treat_missing_data = TreatMissingData::Missing;
  bool actions_enabled = true;
  std::vector<std::string> alarm_actions;  // PolicyNames
};

}  // namespace models::cloudwatch
