#include "models/cloudwatch/range_explanation.hpp"

#include <fmt/format.h>

#include <string_view>

#include "core/check.hpp"

namespace models::cloudwatch {
namespace {

std::string counted(std::int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string_view is_or_are(std::int64_t count) { return count == 1 ? "is" : "are"; }

// "2 breach and 3 are needed"
std::string breach(std::int64_t count, std::int32_t needed) {
  const std::string breaching =
      count == 0 ? "none breaches" : fmt::format("{} breach{}", count, count == 1 ? "es" : "");
  return fmt::format("{} and {} {} needed", breaching, needed, is_or_are(needed));
}

std::string explain_empty(const RangeVerdict& verdict, const MissingDataRule& rule) {
  const std::string_view treatment = to_string(rule.treat_missing_data);
  if (!verdict.state) {
    return fmt::format("no datapoint is there, and '{}' keeps the state", treatment);
  }
  if (*verdict.state == AlarmState::InsufficientData) {
    return fmt::format("no datapoint is there, and '{}' makes nothing of that", treatment);
  }
  return fmt::format("no datapoint is there, so {} {} filled as {}",
                     counted(verdict.filled, "datapoint"), is_or_are(verdict.filled),
                     *verdict.state == AlarmState::Alarm ? "breaching" : "not breaching");
}

std::string explain_filled(const RangeVerdict& verdict, const MissingDataRule& rule,
                           const std::string& there) {
  const bool breaching = rule.treat_missing_data == TreatMissingData::Breaching;
  const std::int64_t all = verdict.breaching + (breaching ? verdict.filled : 0);
  return fmt::format("{}, and {} {} filled as {}: {}", there,
                     counted(verdict.filled, "missing one"), is_or_are(verdict.filled),
                     breaching ? "breaching" : "not breaching",
                     breach(all, rule.datapoints_to_alarm));
}

}  // namespace

std::string explain(const RangeVerdict& verdict, const MissingDataRule& rule) {
  const std::int32_t n = rule.evaluation_periods;
  const std::int32_t m = rule.datapoints_to_alarm;
  const auto real = static_cast<std::int64_t>(verdict.counted.size());
  const std::string decided = breach(verdict.breaching, m);
  const std::string there =
      fmt::format("fewer than {} datapoints are there, so {}", n,
                  real == 1 ? "the only one counts" : fmt::format("all {} count", real));
  switch (verdict.rule) {
    case RangeRule::NewestPoints:
      return fmt::format("the newest {} there and count{}: {}",
                         n == 1 ? "datapoint is" : fmt::format("{} datapoints are", n),
                         n == 1 ? "s" : "", decided);
    case RangeRule::NewestRealPoints:
      return fmt::format(
          "at least {} there, so the newest {} that {} count and nothing is "
          "filled: {}",
          n == 1 ? "1 datapoint is" : fmt::format("{} datapoints are", n), n, is_or_are(n),
          decided);
    case RangeRule::EmptyRange:
      return explain_empty(verdict, rule);
    case RangeRule::FilledPoints:
      return explain_filled(verdict, rule, there);
    case RangeRule::EnoughBreach:
      return fmt::format("{}: {}, whatever the missing ones are", there, decided);
    case RangeRule::TooFewBreach:
      return fmt::format("{}: {}, and not all of them breach", there, decided);
    case RangeRule::AgedPoint:
      return fmt::format(
          "{}: {}, but the oldest that breaches lies {} or more back with nothing "
          "but gaps or breaching ones since, so waiting would not tell more{}",
          there, decided, counted(m - 1, "period"),
          verdict.state ? "" : "; 'ignore' keeps the state");
    case RangeRule::YoungPoint:
      return fmt::format(
          "{}: {}, and the oldest that breaches lies less than {} back, so it is "
          "too early to tell{}",
          there, decided, counted(m - 1, "period"),
          verdict.state ? "" : "; 'ignore' keeps the state");
  }
  CHECK(false);
  return {};
}

std::string_view rule_number(RangeRule rule) {
  switch (rule) {
    case RangeRule::NewestPoints:
      return "R-046";
    case RangeRule::NewestRealPoints:
      return "R-047";
    case RangeRule::EmptyRange:
      return "R-049";
    case RangeRule::FilledPoints:
    case RangeRule::EnoughBreach:
    case RangeRule::TooFewBreach:
      return "R-048";
    case RangeRule::AgedPoint:
      return "R-050";
    case RangeRule::YoungPoint:
      return "R-050, S-04";
  }
  CHECK(false);
  return {};
}

}  // namespace models::cloudwatch
