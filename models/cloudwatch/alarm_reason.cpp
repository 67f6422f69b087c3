// The shapes below were seen in recorded alarm histories. CloudWatch's words for one situation were
// not: an alarm that is OK although all its points breach, because they are too few and too young
// . That sentence, "only 1 out of the last 3 datapoints ...", is ours.
#include "models/cloudwatch/alarm_reason.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "core/check.hpp"
#include "models/cloudwatch/alarm.hpp"

namespace models::cloudwatch {
namespace {

struct CivilDate {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
CivilDate civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto day_of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted_month = (5 * day_of_year + 2) / 153;
  const unsigned day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const unsigned month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

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
  constexpr std::int64_t kDay = 86'400;
  std::int64_t days = unix_s / kDay;
  std::int64_t second = unix_s % kDay;
  if (second < 0) {
    second += kDay;
    --days;
  }
  const CivilDate date = civil_from_days(days);
  return fmt::format("{:02}/{:02}/{:02} {:02}:{:02}:{:02}", date.day, date.month, date.year % 100,
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
  const std::int32_t n = alarm.evaluation_periods;
  const std::int32_t m = alarm.datapoints_to_alarm;
  bool tells_breaching = state == AlarmState::Alarm;
  std::vector<const EvaluatedDatapoint*> told;
  for (const EvaluatedDatapoint& datapoint : datapoints) {
    if (datapoint.breaching == tells_breaching) told.push_back(&datapoint);
  }
  const bool too_young = told.empty() && state == AlarmState::Ok;
  if (told.empty()) {
    tells_breaching = !tells_breaching;
    for (const EvaluatedDatapoint& datapoint : datapoints) told.push_back(&datapoint);
  }
  const bool to_alarm = state == AlarmState::Alarm || too_young;
  const std::int32_t minimum = to_alarm ? m : n - m + 1;
  return fmt::format(
      "Threshold Crossed: {}{} out of the last {} datapoints [{}] {} {}{} the threshold ({}){}{} "
      "(minimum {} for {} transition).",
      too_young ? "only " : "", told.size(), n, datapoint_list(told, run_start_unix_s),
      was_or_were(told.size()), tells_breaching ? "" : "not ", comparison_words(alarm.comparison),
      statistic_text(alarm.threshold), filled_words.empty() ? "" : " and ", filled_words,
      counted(minimum, "datapoint"), to_alarm ? "OK -> ALARM" : "ALARM -> OK");
}

}  // namespace models::cloudwatch
