#include "models/cloudwatch/alarm_configuration.hpp"

#include <array>
#include <utility>
#include <variant>

#include "core/check.hpp"

namespace models::cloudwatch {
namespace {

template <class Enum, std::size_t kSize>
using Spellings = std::array<std::pair<Enum, std::string_view>, kSize>;

constexpr Spellings<ComparisonOperator, 4> kComparisons{{
    {ComparisonOperator::GreaterThanOrEqualToThreshold, "GreaterThanOrEqualToThreshold"},
    {ComparisonOperator::GreaterThanThreshold, "GreaterThanThreshold"},
    {ComparisonOperator::LessThanThreshold, "LessThanThreshold"},
    {ComparisonOperator::LessThanOrEqualToThreshold, "LessThanOrEqualToThreshold"},
}};
constexpr Spellings<TreatMissingData, 4> kTreatments{{
    {TreatMissingData::Missing, "missing"},
    {TreatMissingData::NotBreaching, "notBreaching"},
    {TreatMissingData::Breaching, "breaching"},
    {TreatMissingData::Ignore, "ignore"},
}};
constexpr Spellings<LowSampleCountPercentile, 2> kLowSamples{{
    {LowSampleCountPercentile::Evaluate, "evaluate"},
    {LowSampleCountPercentile::Ignore, "ignore"},
}};
constexpr Spellings<EvaluationWindow, 2> kWindows{{
    {EvaluationWindow::SlidingWindow, "SlidingWindow"},
    {EvaluationWindow::WallClockWindow, "WallClockWindow"},
}};
constexpr Spellings<AlarmState, 3> kStates{{
    {AlarmState::Ok, "OK"},
    {AlarmState::Alarm, "ALARM"},
    {AlarmState::InsufficientData, "INSUFFICIENT_DATA"},
}};

template <class Enum, std::size_t kSize>
std::string_view spelling_of(Enum value, const Spellings<Enum, kSize>& spellings) {
  for (const auto& [candidate, text] : spellings) {
    if (candidate == value) return text;
  }
  CHECK(false);
  return {};
}

template <class Enum, std::size_t kSize>
std::optional<Enum> value_of(std::string_view text, const Spellings<Enum, kSize>& spellings) {
  for (const auto& [value, spelling] : spellings) {
    if (spelling == text) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(ComparisonOperator comparison) {
  return spelling_of(comparison, kComparisons);
}
std::string_view to_string(TreatMissingData treatment) {
  return spelling_of(treatment, kTreatments);
}
std::string_view to_string(LowSampleCountPercentile low_samples) {
  return spelling_of(low_samples, kLowSamples);
}
std::string_view to_string(EvaluationWindow window) { return spelling_of(window, kWindows); }
std::string_view to_string(AlarmState state) { return spelling_of(state, kStates); }

std::optional<ComparisonOperator> comparison_operator_from(std::string_view text) {
  return value_of(text, kComparisons);
}
std::optional<TreatMissingData> treat_missing_data_from(std::string_view text) {
  return value_of(text, kTreatments);
}
std::optional<LowSampleCountPercentile> low_sample_count_percentile_from(std::string_view text) {
  return value_of(text, kLowSamples);
}
std::optional<EvaluationWindow> evaluation_window_from(std::string_view text) {
  return value_of(text, kWindows);
}

bool breaches(double value, ComparisonOperator comparison, double threshold) {
  switch (comparison) {
    case ComparisonOperator::GreaterThanOrEqualToThreshold:
      return value >= threshold;
    case ComparisonOperator::GreaterThanThreshold:
      return value > threshold;
    case ComparisonOperator::LessThanThreshold:
      return value < threshold;
    case ComparisonOperator::LessThanOrEqualToThreshold:
      return value <= threshold;
  }
  CHECK(false);
  return false;
}

Duration period_of(const AlarmConfiguration& alarm) {
  for (const MetricQuery& query : alarm.metrics) {
    if (const auto* metric = std::get_if<MetricStat>(&query.source)) return metric->period;
  }
  return alarm.period;
}

}  // namespace models::cloudwatch
