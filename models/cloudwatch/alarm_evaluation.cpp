// R-053, the algorithm that reproduces every row of CloudWatch's tables of missing data:
//
//   range = newest R points; real = those that are not missing, newest first; b = breaching(real)
//   |real| >= N: ALARM if at least M of the newest N real points breach, else OK       (R-046,
//   R-047) |real| == 0: by treatment INSUFFICIENT_DATA, keep, ALARM or OK otherwise N -
//   |real| points are filled:                                                  
//     breaching:       ALARM if b + filled >= M, else OK
//     notBreaching:    ALARM if b >= M, else OK
//     missing, ignore: ALARM if b >= M; else the premature-alarm rule; else OK
//
// Tested by alarm_evaluation_test.cpp on AWS's own rows, and by alarm_brute_force_test.cpp against
// a second reading of the prose.
#include "models/cloudwatch/alarm_evaluation.hpp"

#include <utility>

#include "core/check.hpp"

namespace models::cloudwatch {
namespace {

// What the rules ask of the real points of a range; positions count from 1 at the newest.
struct RealPoints {
  std::vector<std::size_t> indices;
  std::int32_t breaching = 0;
  std::int32_t oldest_breaching = 0;    // its position; 0: none breaches
  bool all_breach_since_oldest = true;  // no real point newer than it is fine
  std::int32_t count() const { return static_cast<std::int32_t>(indices.size()); }
};

RealPoints survey(std::span<const PointState> newest_first, std::int32_t at_most,
                  std::int32_t oldest_position_that_may_breach) {
  RealPoints real;
  bool seen_not_breaching = false;
  for (std::size_t i = 0; i < newest_first.size() && real.count() < at_most; ++i) {
    const auto position = static_cast<std::int32_t>(i) + 1;
    const PointState point = newest_first[i];
    if (point == PointState::Missing) continue;
    if (point == PointState::Breaching && position > oldest_position_that_may_breach) continue;
    real.indices.push_back(i);
    if (point == PointState::NotBreaching) {
      seen_not_breaching = true;
      continue;
    }
    ++real.breaching;
    real.oldest_breaching = position;
    real.all_breach_since_oldest = !seen_not_breaching;
  }
  return real;
}

// gaps must not set off an alarm by a point that has just come in, but once a breaching
// point has aged M positions with nothing but gaps after it, waiting longer tells nothing new.
bool is_premature_no_longer(const RealPoints& real, const MissingDataRule& rule,
                            const AlarmRules& rules) {
  if (real.oldest_breaching < rule.datapoints_to_alarm) return false;
  if (rules.premature_alarm == PrematureAlarm::Text) return real.all_breach_since_oldest;
  return real.breaching == real.count();
}

std::optional<AlarmState> state_of_empty_range(TreatMissingData treatment) {
  switch (treatment) {
    case TreatMissingData::Missing:
      return AlarmState::InsufficientData;
    case TreatMissingData::Ignore:
      return std::nullopt;
    case TreatMissingData::Breaching:
      return AlarmState::Alarm;
    case TreatMissingData::NotBreaching:
      return AlarmState::Ok;
  }
  CHECK(false);
  return std::nullopt;
}

AlarmState alarm_if(bool alarm) { return alarm ? AlarmState::Alarm : AlarmState::Ok; }

struct Ruling {
  std::optional<AlarmState> state;
  RangeRule rule;
};

Ruling rule_on_sparse_range(const RealPoints& real, std::int32_t filled,
                            const MissingDataRule& rule, const AlarmRules& rules) {
  const std::int32_t m = rule.datapoints_to_alarm;
  if (rule.treat_missing_data == TreatMissingData::Breaching) {
    return {alarm_if(real.breaching + filled >= m), RangeRule::FilledPoints};
  }
  if (rule.treat_missing_data == TreatMissingData::NotBreaching) {
    return {alarm_if(real.breaching >= m), RangeRule::FilledPoints};
  }
  if (real.breaching >= m) return {AlarmState::Alarm, RangeRule::EnoughBreach};
  const bool keeps_state = rule.treat_missing_data == TreatMissingData::Ignore;
  if (is_premature_no_longer(real, rule, rules)) {
    return {keeps_state ? std::nullopt : std::optional{AlarmState::Alarm}, RangeRule::AgedPoint};
  }
  if (real.breaching < real.count()) return {AlarmState::Ok, RangeRule::TooFewBreach};
  const bool retains =
      keeps_state && rules.young_breaching_point == YoungBreachingPoint::Retain;  // S-04
  return {retains ? std::nullopt : std::optional{AlarmState::Ok}, RangeRule::YoungPoint};
}

}  // namespace

RangeVerdict evaluate_range(std::span<const PointState> newest_first, const MissingDataRule& rule,
                            const AlarmRules& rules) {
  const std::int32_t n = rule.evaluation_periods;
  CHECK_LE(1, rule.datapoints_to_alarm);
  CHECK_LE(rule.datapoints_to_alarm, n);
  const auto everywhere = static_cast<std::int32_t>(newest_first.size());

  RealPoints real = survey(newest_first, n, everywhere);
  if (real.count() == n) {
    const bool gapless = real.indices.back() + 1 == static_cast<std::size_t>(n);
    return {alarm_if(real.breaching >= rule.datapoints_to_alarm), std::move(real.indices),
            real.breaching, 0, gapless ? RangeRule::NewestPoints : RangeRule::NewestRealPoints};
  }
  if (rules.old_breaching_point == OldBreachingPoint::Ignored) {
    real = survey(newest_first, n, n);  // S-03
  }
  const std::int32_t filled = n - real.count();
  const Ruling ruling = real.count() == 0 ? Ruling{state_of_empty_range(rule.treat_missing_data),
                                                   RangeRule::EmptyRange}
                                          : rule_on_sparse_range(real, filled, rule, rules);
  return {ruling.state, std::move(real.indices), real.breaching, filled, ruling.rule};
}

}  // namespace models::cloudwatch
