#include "models/cloudwatch/alarm.hpp"

#include <utility>

#include "core/check.hpp"
#include "models/cloudwatch/alarm_reason.hpp"

namespace models::cloudwatch {

Alarm::Alarm(AlarmConfiguration configuration, const AlarmRules& rules, MetricStore& store,
             std::int64_t run_start_unix_s)
    : configuration_(std::move(configuration)),
      rules_(rules),
      metric_(store.find(configuration_.metric, configuration_.unit)),
      run_start_unix_s_(run_start_unix_s) {
  const std::int32_t range = configuration_.evaluation_periods + rules_.evaluation_range_extra;
  CHECK_LE(1, configuration_.datapoints_to_alarm);
  CHECK_LE(configuration_.datapoints_to_alarm, configuration_.evaluation_periods);
  CHECK_LE(0, rules_.evaluation_range_extra);
  range_.resize(static_cast<std::size_t>(range));
  if (metric_) store.retain(*metric_, configuration_.period * range);
}

const AlarmEvaluation& Alarm::evaluate(const MetricStore& store, SimTime now) {
  read_range(store, now);
  const RangeVerdict verdict =
      evaluate_range(points_,
                     {configuration_.datapoints_to_alarm, configuration_.evaluation_periods,
                      configuration_.treat_missing_data},
                     rules_);
  AlarmEvaluation& result = evaluation_;
  result.at = now;
  result.previous_state = result.state;
  result.state = verdict.state.value_or(result.previous_state);
  result.changed = result.state != result.previous_state;
  result.action_due = action_is_due(result);
  if (result.action_due) acted_at_ = now;
  result.breaching = verdict.breaching;
  result.filled = verdict.filled;
  result.datapoints.clear();
  for (const std::size_t i : verdict.counted) {
    result.datapoints.push_back({range_[i]->start, *range_[i]->value_of(configuration_.statistic),
                                 points_[i] == PointState::Breaching});
  }
  if (result.changed) {
    history_.push_back({now, result.previous_state, result.state,
                        state_reason(configuration_, result.state, result.datapoints, result.filled,
                                     run_start_unix_s_)});
  }
  return result;
}

Duration Alarm::evaluation_interval() const {
  constexpr Duration kMinute = std::chrono::minutes{1};
  if (configuration_.period < kMinute) return std::chrono::seconds{10};
  const bool is_long =
      configuration_.period * configuration_.evaluation_periods > std::chrono::hours{24};
  return is_long ? Duration{std::chrono::hours{1}} : kMinute;
}

// on the change to ALARM, and again as long as it stays, once a minute or, of an alarm that
// is evaluated more often, as S-05 says.
bool Alarm::action_is_due(const AlarmEvaluation& evaluation) const {
  if (evaluation.state != AlarmState::Alarm || !configuration_.actions_enabled) return false;
  if (evaluation.changed || evaluation_interval() >= std::chrono::minutes{1}) return true;
  return evaluation.at - acted_at_ >= rules_.high_resolution_action_interval;
}

void Alarm::read_range(const MetricStore& store, SimTime now) {
  if (metric_) {
    store.read_window(*metric_, configuration_.period, static_cast<std::int32_t>(range_.size()),
                      now, range_);
  }
  points_.clear();
  for (const std::optional<Datapoint>& point : range_) {
    const auto value = point ? point->value_of(configuration_.statistic) : std::nullopt;
    if (!value) {
      points_.push_back(PointState::Missing);
      continue;
    }
    points_.push_back(breaches(*value, configuration_.comparison, configuration_.threshold)
                          ? PointState::Breaching
                          : PointState::NotBreaching);
  }
}

}  // namespace models::cloudwatch
