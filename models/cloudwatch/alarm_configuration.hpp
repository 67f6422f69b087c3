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
#include "models/cloudwatch/metric_query.hpp"

namespace models::cloudwatch {

enum class ComparisonOperator {
  GreaterThanOrEqualToThreshold,
  GreaterThanThreshold,
  LessThanThreshold,
  LessThanOrEqualToThreshold,
};

// AWS spells them missing, notBreaching, breaching, ignore.
enum class TreatMissingData { Missing, NotBreaching, Breaching, Ignore };

// what a percentile of too few samples does. AWS spells them evaluate, ignore.
enum class LowSampleCountPercentile { Evaluate, Ignore };

// whether the periods end with the newest datapoint, or at multiples of their length on the
// clock.
enum class EvaluationWindow { SlidingWindow, WallClockWindow };

// a new alarm stays in INSUFFICIENT_DATA, without actions, for so long; unless it is told to
// wait in any case, only until its evaluation periods are filled.
struct WarmUpConfiguration {
  Duration period{};
  bool only_start_evaluating_after_warm_up_period_ends = false;
};

// AWS spells them OK, ALARM, INSUFFICIENT_DATA.
enum class AlarmState { Ok, Alarm, InsufficientData };

std::string_view to_string(ComparisonOperator comparison);
std::string_view to_string(TreatMissingData treatment);
std::string_view to_string(LowSampleCountPercentile low_samples);
std::string_view to_string(EvaluationWindow window);
std::string_view to_string(AlarmState state);
std::optional<ComparisonOperator> comparison_operator_from(std::string_view text);
std::optional<TreatMissingData> treat_missing_data_from(std::string_view text);
std::optional<LowSampleCountPercentile> low_sample_count_percentile_from(std::string_view text);
std::optional<EvaluationWindow> evaluation_window_from(std::string_view text);

// Whether a value breaches.
bool breaches(double value, ComparisonOperator comparison, double threshold);

struct AlarmConfiguration {
  std::string name;
  std::string description;
  // The metric, statistic, unit and period, unless `metrics` says what is watched.
  MetricId metric;
  StatisticChoice statistic = Statistic::Average;
  std::optional<std::string> unit;  // given and not the metric's own: never any data
  Duration period = std::chrono::seconds{60};
  std::vector<MetricQuery> metrics;      // metric math; empty: none
  std::int32_t evaluation_periods = 1;   // N
  std::int32_t datapoints_to_alarm = 1;  // M, default N
  double threshold = 0;
  ComparisonOperator comparison = ComparisonOperator::GreaterThanThreshold;
  TreatMissingData treat_missing_data = TreatMissingData::Missing;
  LowSampleCountPercentile evaluate_low_sample_count_percentile =
      LowSampleCountPercentile::Evaluate;
  EvaluationWindow evaluation_window = EvaluationWindow::SlidingWindow;
  Duration wall_clock_utc_offset{};  // of the time zone of a WallClockWindow
  std::optional<WarmUpConfiguration> warm_up;
  bool actions_enabled = true;
  std::vector<std::string> alarm_actions;  // PolicyNames
};

// The alarm's own period, or that of the metrics it computes with (R-055: all have the same).
Duration period_of(const AlarmConfiguration& alarm);

}  // namespace models::cloudwatch
