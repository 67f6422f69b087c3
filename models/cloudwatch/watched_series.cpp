#include "models/cloudwatch/watched_series.hpp"

#include <algorithm>
#include <chrono>

#include "core/check.hpp"

namespace models::cloudwatch {

WatchedSeries::WatchedSeries(const AlarmConfiguration& configuration, const MetricStore& store,
                             std::int64_t run_start_unix_s)
    : period_(period_of(configuration)), run_start_unix_s_(run_start_unix_s) {
  if (configuration.metrics.empty()) {
    sources_.push_back(
        {store.find(configuration.metric, configuration.unit), configuration.statistic});
    return;
  }
  math_.emplace(configuration.metrics);
  for (const MetricStat& stat : math_->metrics()) {
    sources_.push_back({store.find(stat.metric, stat.unit), stat.statistic});
  }
}

void WatchedSeries::retain(MetricStore& store, std::int32_t periods, Duration history) const {
  for (const Source& source : sources_) {
    if (!source.metric) continue;
    store.retain(*source.metric, period_ * periods + history);
    if (source.statistic.percentile() != nullptr) store.retain_distributions(*source.metric);
  }
}

SimTime WatchedSeries::newest_end(const MetricStore& store, SimTime now) const {
  std::optional<SimTime> newest;
  for (const Source& source : sources_) {
    if (!source.metric) continue;
    const SimTime end = store.window_end(*source.metric, period_, now);
    newest = std::max(newest.value_or(end), end);
  }
  const Duration step = std::min<Duration>(period_, std::chrono::minutes{1});
  return newest.value_or(floor_on_clock(now, step, run_start_unix_s_));
}

void WatchedSeries::read(const MetricStore& store, SimTime end, SimTime now,
                         std::vector<WatchedPoint>& newest_first) {
  SimTime start = end;
  for (WatchedPoint& point : newest_first) {
    start -= period_;
    point = {start, {}, {}};
  }
  if (math_) {
    read_math(store, end, now, newest_first);
  } else {
    read_metric(store, end, now, newest_first);
  }
}

void WatchedSeries::read_metric(const MetricStore& store, SimTime end, SimTime now,
                                std::vector<WatchedPoint>& newest_first) {
  const Source& source = sources_.front();
  if (!source.metric) return;
  store.read_window(*source.metric, period_, static_cast<std::int32_t>(newest_first.size()), end,
                    now, window_);
  for (std::size_t i = 0; i < window_.size(); ++i) {
    if (!window_[i]) continue;
    newest_first[i].value = window_[i]->value_of(source.statistic);
    newest_first[i].sample_count = window_[i]->statistics.sample_count;
  }
}

void WatchedSeries::read_math(const MetricStore& store, SimTime end, SimTime now,
                              std::vector<WatchedPoint>& newest_first) {
  const std::size_t length = newest_first.size();
  std::vector<MathSeries> inputs;
  for (const Source& source : sources_) {
    MathSeries& oldest_first = inputs.emplace_back(length);
    if (!source.metric) continue;
    store.read_window(*source.metric, period_, static_cast<std::int32_t>(length), end, now,
                      window_);
    for (std::size_t i = 0; i < length; ++i) {
      if (window_[i]) oldest_first[length - 1 - i] = window_[i]->value_of(source.statistic);
    }
  }
  const Duration since_start = newest_first.back().start.time_since_epoch();
  const MathWindow window{
      length, period_,
      run_start_unix_s_ + std::chrono::floor<std::chrono::seconds>(since_start).count()};
  const MathSeries result = math_->result(inputs, window);
  for (std::size_t i = 0; i < length; ++i) newest_first[i].value = result[length - 1 - i];
}

SimTime floor_on_clock(SimTime at, Duration step, std::int64_t run_start_unix_s,
                       Duration utc_offset) {
  CHECK(step > Duration::zero());
  // The wall clock began on a Thursday, three days after a week's beginning.
  const Duration clock_at_zero =
      std::chrono::seconds{run_start_unix_s} + utc_offset + std::chrono::days{3};
  Duration remainder = (at.time_since_epoch() % step + clock_at_zero % step) % step;
  if (remainder < Duration::zero()) remainder += step;
  return at - remainder;
}

}  // namespace models::cloudwatch
