// The shapes below were seen in recorded alarm histories. CloudWatch's words for one situation were
// not: an alarm that is OK although all its points breach, because they are too few and too young
// . That sentence, "only 1 out of the last 3 datapoints ...", is ours.
#include "models/cloudwatch/alarm_reason.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "core/check.hpp"

namespace models::cloudwatch {
namespace {

std::string_view comparison_words(ComparisonOperator comparison) {
  switch (comparison) {
    case ComparisonOperator::GreaterThanOrEqualToThreshold:
      return "greater than or equal to";
    case ComparisonOperator::GreaterThanThreshold:
      return "greater than";
    case ComparisonOperator::LessThanThreshold:
      return "less than";
    case ComparisonOperator::LessThanOrEqualToThreshold:
      return "less than or equal to";
  }
  CHECK(false);
  return {};
}

std::string counted(std::int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string_view was_or_were(std::size_t count) { return count == 1 ? "was" : "were"; }

// Only these two treatments let a filled point count as something.
std::string filled_clause(TreatMissingData treatment, std::int32_t filled) {
  const bool breaching = treatment == TreatMissingData::Breaching;
  if (filled == 0 || (!breaching && treatment != TreatMissingData::NotBreaching)) return {};
  return fmt::format("{} {} treated as [{}]", counted(filled, "missing datapoint"),
                     was_or_were(static_cast<std::size_t>(filled)),
                     breaching ? "Breaching" : "NonBreaching");
}

std::string datapoint_list(std::span<const EvaluatedDatapoint* const> datapoints,
                           std::int64_t run_start_unix_s) {
  std::string list;
  for (const EvaluatedDatapoint* datapoint : datapoints) {
    const std::int64_t start_s = core::ticks(datapoint->start) / 1'000'000'000;
    list += fmt::format("{}{} ({})", list.empty() ? "" : ", ", statistic_text(datapoint->value),
                        datapoint_time_text(run_start_unix_s + start_s));
  }
  return list;
}

// The datapoints that speak for a state, and how many of them it takes.
struct Deciding {
  std::vector<const EvaluatedDatapoint*> datapoints;  // newest first
  bool breaching = false;
  bool too_young = false;  // OK although all breach
  bool to_alarm = false;
  std::int32_t minimum = 0;
};

// REQUIRES: there are datapoints.
Deciding deciding(const AlarmConfiguration& alarm, AlarmState state,
                  std::span<const EvaluatedDatapoint> datapoints) {
  Deciding result;
  result.breaching = state == AlarmState::Alarm;
  for (const EvaluatedDatapoint& datapoint : datapoints) {
    if (datapoint.breaching == result.breaching) result.datapoints.push_back(&datapoint);
  }
  result.too_young = result.datapoints.empty() && state == AlarmState::Ok;
  if (result.datapoints.empty()) {
    result.breaching = !result.breaching;
    for (const EvaluatedDatapoint& datapoint : datapoints) result.datapoints.push_back(&datapoint);
  }
  result.to_alarm = state == AlarmState::Alarm || result.too_young;
  result.minimum = result.to_alarm ? alarm.datapoints_to_alarm
                                   : alarm.evaluation_periods - alarm.datapoints_to_alarm + 1;
  return result;
}

}  // namespace

std::string statistic_text(double value) {
  const double magnitude = std::abs(value);
  const bool plain = magnitude == 0 || (magnitude >= 1e-3 && magnitude < 1e7);
  if (plain || !std::isfinite(value)) {
    std::string text = fmt::format("{}", value);
    if (text.find_first_of(".n") == std::string::npos) text += ".0";  // "inf" and "nan" have an n
    return text;
  }
  // 17 significant digits give every double again.
  std::string text;
  for (int decimals = 1; decimals <= 16; ++decimals) {
    text = fmt::format("{:.{}e}", value, decimals);
    if (std::strtod(text.c_str(), nullptr) == value) break;
  }
  const std::size_t e = text.find('e');
  return fmt::format("{}E{}", text.substr(0, e), std::atoi(text.c_str() + e + 1));
}

std::string datapoint_time_text(std::int64_t unix_s) {
  const std::chrono::sys_seconds at{std::chrono::seconds{unix_s}};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::int64_t second = (at - day).count();
  return fmt::format("{:02}/{:02}/{:02} {:02}:{:02}:{:02}", static_cast<unsigned>(date.day()),
                     static_cast<unsigned>(date.month()), static_cast<int>(date.year()) % 100,
                     second / 3600, second / 60 % 60, second % 60);
}

std::string state_reason(const AlarmConfiguration& alarm, AlarmState state,
                         std::span<const EvaluatedDatapoint> datapoints, std::int32_t filled,
                         std::int64_t run_start_unix_s) {
  if (state == AlarmState::InsufficientData) {
    return fmt::format("Insufficient Data: {} {} unknown.", counted(filled, "datapoint"),
                       was_or_were(static_cast<std::size_t>(filled)));
  }
  const std::string filled_words = filled_clause(alarm.treat_missing_data, filled);
  if (datapoints.empty()) {
    return fmt::format("Threshold Crossed: no datapoints were received for {} and {}.",
                       counted(filled, "period"), filled_words);
  }
  const Deciding told = deciding(alarm, state, datapoints);
  const std::size_t count = told.datapoints.size();
  return fmt::format(
      "Threshold Crossed: {}{} out of the last {} datapoints [{}] {} {}{} the threshold ({}){}{} "
      "(minimum {} for {} transition).",
      told.too_young ? "only " : "", count, alarm.evaluation_periods,
      datapoint_list(told.datapoints, run_start_unix_s), was_or_were(count),
      told.breaching ? "" : "not ", comparison_words(alarm.comparison),
      statistic_text(alarm.threshold), filled_words.empty() ? "" : " and ", filled_words,
      counted(told.minimum, "datapoint"), told.to_alarm ? "OK -> ALARM" : "ALARM -> OK");
}

StateReasonData state_reason_data(const AlarmConfiguration& alarm, AlarmState state,
                                  std::span<const EvaluatedDatapoint> datapoints,
                                  std::int32_t filled, SimTime now, SimTime newest_period) {
  StateReasonData data;
  data.query_date = now;
  data.period = period_of(alarm);
  data.threshold = alarm.threshold;
  if (alarm.metrics.empty()) data.statistic = alarm.statistic;
  if (datapoints.empty()) {
    for (std::int32_t k = 0; k < filled; ++k) {
      data.evaluated_datapoints.push_back({newest_period - data.period * k});
    }
    return data;
  }
  data.start_date = datapoints.back().start;
  for (auto datapoint = datapoints.rbegin(); datapoint != datapoints.rend(); ++datapoint) {
    data.recent_datapoints.push_back(datapoint->value);
  }
  const Deciding told = deciding(alarm, state, datapoints);
  for (const EvaluatedDatapoint* datapoint : told.datapoints) {
    if (std::ssize(data.evaluated_datapoints) == told.minimum) break;
    data.evaluated_datapoints.push_back(
        {datapoint->start, datapoint->sample_count, datapoint->value});
  }
  return data;
}

}  // namespace models::cloudwatch
