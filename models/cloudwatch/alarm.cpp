#include "models/cloudwatch/alarm.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/check.hpp"

namespace models::cloudwatch {
namespace {

constexpr Duration kHour = std::chrono::hours{1};
constexpr Duration kMinute = std::chrono::minutes{1};
constexpr Duration kHighResolution = std::chrono::seconds{10};

// R-050c: a window on the wall clock is exactly N periods.
std::int32_t range_of(const AlarmConfiguration& alarm, const AlarmRules& rules) {
  const bool slides = alarm.evaluation_window == EvaluationWindow::SlidingWindow;
  return alarm.evaluation_periods + (slides ? rules.evaluation_range_extra : 0);
}

}  // namespace

Alarm::Alarm(AlarmConfiguration configuration, const AlarmRules& rules, MetricStore& store,
             std::int64_t run_start_unix_s)
    : configuration_(std::move(configuration)),
      rules_(rules),
      run_start_unix_s_(run_start_unix_s),
      watched_(configuration_, store, run_start_unix_s) {
  CHECK_LE(1, configuration_.datapoints_to_alarm);
  CHECK_LE(configuration_.datapoints_to_alarm, configuration_.evaluation_periods);
  CHECK_LE(0, rules_.evaluation_range_extra);
  const std::int32_t range = range_of(configuration_, rules_);
  range_.resize(static_cast<std::size_t>(range));
  // How far the end of the range may lie before the newest datapoint.
  Duration held_back{};
  if (evaluation_interval() == kHour) held_back = kHour;
  if (configuration_.evaluation_window == EvaluationWindow::WallClockWindow) {
    held_back = std::max(held_back, watched_.period());
  }
  watched_.retain(store, range, held_back);
}

Duration Alarm::evaluation_interval() const {
  if (watched_.period() * configuration_.evaluation_periods > std::chrono::days{1}) return kHour;
  return watched_.period() < kMinute ? kHighResolution : kMinute;
}

bool Alarm::is_due(const MetricStore& store, SimTime now) const {
  if (!first_evaluation_) return true;
  const Duration interval = evaluation_interval();
  if (interval != kHour) return now >= evaluation_.at + interval;
  const SimTime newest = watched_.newest_end(store, now);
  return floor_on_clock(newest, kHour, run_start_unix_s_) > last_full_hour_;
}

const AlarmEvaluation& Alarm::evaluate(const MetricStore& store, SimTime now) {
  const SimTime newest = watched_.newest_end(store, now);
  last_full_hour_ = floor_on_clock(newest, kHour, run_start_unix_s_);
  watched_.read(store, range_end(newest), now, range_);
  points_.clear();
  for (const WatchedPoint& point : range_) {
    if (!point.value) {
      points_.push_back(PointState::Missing);
    } else {
      points_.push_back(breaches(*point.value, configuration_.comparison, configuration_.threshold)
                            ? PointState::Breaching
                            : PointState::NotBreaching);
    }
  }
  if (!first_evaluation_) first_evaluation_ = now;
  evaluation_.at = now;
  evaluation_.previous_state = evaluation_.state;
  evaluation_.in_warm_up = is_in_warm_up(now);
  evaluation_.low_samples = has_low_samples();
  decide();
  evaluation_.changed = evaluation_.state != evaluation_.previous_state;
  evaluation_.action_due = is_action_due(now);
  if (evaluation_.changed) record_change();
  return evaluation_;
}

SimTime Alarm::range_end(SimTime newest) const {
  if (configuration_.evaluation_window == EvaluationWindow::WallClockWindow) {
    return floor_on_clock(newest, watched_.period(), run_start_unix_s_,
                          configuration_.wall_clock_utc_offset);
  }
  // of ranges beyond a day nothing is looked at that lies after the full hour.
  return evaluation_interval() == kHour ? last_full_hour_ : newest;
}

// over when its time is, or earlier when the evaluation periods are filled.
bool Alarm::is_in_warm_up(SimTime now) {
  if (warmed_up_ || !configuration_.warm_up) return false;
  const WarmUpConfiguration& warm_up = *configuration_.warm_up;
  const bool filled = !warm_up.only_start_evaluating_after_warm_up_period_ends &&
                      real_points() >= configuration_.evaluation_periods;
  warmed_up_ = filled || now >= *first_evaluation_ + warm_up.period;
  return !warmed_up_;
}

// by the newest datapoint; a missing one has TreatMissingData to decide about it.
bool Alarm::has_low_samples() const {
  const Percentile* percentile = configuration_.statistic.percentile();
  if (percentile == nullptr || !configuration_.metrics.empty() ||
      configuration_.evaluate_low_sample_count_percentile == LowSampleCountPercentile::Evaluate) {
    return false;
  }
  const auto newest = std::find_if(range_.begin(), range_.end(), [](const WatchedPoint& point) {
    return point.sample_count.has_value();
  });
  return newest != range_.end() && *newest->sample_count < percentile->fewest_samples();
}

std::int32_t Alarm::real_points() const {
  return static_cast<std::int32_t>(points_.size()) -
         static_cast<std::int32_t>(std::count(points_.begin(), points_.end(), PointState::Missing));
}

void Alarm::decide() {
  const RangeVerdict verdict =
      evaluate_range(points_,
                     {configuration_.datapoints_to_alarm, configuration_.evaluation_periods,
                      configuration_.treat_missing_data},
                     rules_);
  const bool keeps_state = evaluation_.in_warm_up || evaluation_.low_samples;
  if (verdict.state && !keeps_state) evaluation_.state = *verdict.state;
  evaluation_.breaching = verdict.breaching;
  evaluation_.filled = verdict.filled;
  evaluation_.datapoints.clear();
  for (const std::size_t i : verdict.counted) {
    evaluation_.datapoints.push_back({range_[i].start, *range_[i].value,
                                      points_[i] == PointState::Breaching, range_[i].sample_count});
  }
}

bool Alarm::is_action_due(SimTime now) {
  if (evaluation_.state != AlarmState::Alarm) last_action_.reset();
  if (evaluation_.state != AlarmState::Alarm || !configuration_.actions_enabled) return false;
  const bool waits = evaluation_interval() == kHighResolution && last_action_ &&
                     now < *last_action_ + rules_.high_resolution_action_interval;
  if (!waits) last_action_ = now;
  return !waits;
}

void Alarm::record_change() {
  const AlarmEvaluation& now = evaluation_;
  history_.push_back(
      {now.at, now.previous_state, now.state,
       state_reason(configuration_, now.state, now.datapoints, now.filled, run_start_unix_s_),
       state_reason_data(configuration_, now.state, now.datapoints, now.filled, now.at,
                         range_.front().start)});
}

}  // namespace models::cloudwatch
