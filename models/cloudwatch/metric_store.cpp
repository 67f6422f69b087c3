#include "models/cloudwatch/metric_store.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"

namespace models::cloudwatch {
namespace {

// The largest multiple of `step` that is not after `at`; exact before the start of the run, too.
SimTime floor_to(SimTime at, Duration step) {
  const Duration since_start = at.time_since_epoch();
  Duration remainder = since_start % step;
  if (remainder < Duration::zero()) remainder += step;
  return at - remainder;
}

}  // namespace

MetricStore::MetricStore(Duration publication_delay) : publication_delay_(publication_delay) {
  CHECK(publication_delay >= Duration::zero());
}

MetricHandle MetricStore::register_metric(const MetricId& id, std::string_view unit,
                                          Duration resolution) {
  CHECK(resolution > Duration::zero());
  if (const auto known = find(id, std::string{unit})) {
    CHECK(series_of(*known).resolution == resolution);
    return *known;
  }
  series_.push_back(Series{id, std::string{unit}, resolution, Duration::zero(), {}});
  return MetricHandle{static_cast<std::uint32_t>(series_.size() - 1)};
}

std::optional<MetricHandle> MetricStore::find(const MetricId& id,
                                              const std::optional<std::string>& unit) const {
  const auto found = std::find_if(series_.begin(), series_.end(), [&](const Series& series) {
    return series.id == id && (!unit || series.unit == *unit);
  });
  if (found == series_.end()) return std::nullopt;
  return MetricHandle{static_cast<std::uint32_t>(found - series_.begin())};
}

void MetricStore::retain(MetricHandle metric, Duration history) {
  Series& series = series_of(metric);
  series.history = std::max(series.history, history);
}

void MetricStore::put(MetricHandle metric, const Datapoint& datapoint, SimTime visible_at) {
  Series& series = series_of(metric);
  const SimTime end = datapoint.start + series.resolution;
  CHECK(datapoint.statistics.sample_count > 0);
  CHECK(floor_to(datapoint.start, series.resolution) == datapoint.start);
  CHECK(visible_at >= end);
  CHECK(series.points.empty() || datapoint.start > series.points.back().datapoint.start);
  series.points.push_back(Published{datapoint, visible_at});
  // No evaluation from here on looks further back: windows end at or after the newest complete
  // period less the delay.
  const SimTime oldest_needed = end - publication_delay_ - series.resolution - series.history;
  while (series.points.front().datapoint.start < oldest_needed) series.points.pop_front();
}

SimTime MetricStore::usually_visible_at(MetricHandle metric, const Datapoint& datapoint) const {
  return datapoint.start + series_of(metric).resolution + publication_delay_;
}

SimTime MetricStore::window_end(MetricHandle metric, SimTime now) const {
  return floor_to(now - publication_delay_, series_of(metric).resolution);
}

void MetricStore::read_window(MetricHandle metric, Duration period, std::int32_t count, SimTime now,
                              std::vector<std::optional<Datapoint>>& newest_first) const {
  const Series& series = series_of(metric);
  CHECK(period > Duration::zero() && period % series.resolution == Duration::zero());
  CHECK(count > 0);
  newest_first.assign(static_cast<std::size_t>(count), std::nullopt);
  const SimTime window_end = this->window_end(metric, now);
  const SimTime window_start = window_end - period * count;
  for (auto point = series.points.rbegin(); point != series.points.rend(); ++point) {
    const SimTime start = point->datapoint.start;
    if (start < window_start) break;
    if (start >= window_end || point->visible_at > now) continue;
    const auto age = (window_end - Duration{1} - start) / period;  // in whole periods
    auto& slot = newest_first[static_cast<std::size_t>(age)];
    if (!slot) slot = Datapoint{window_end - period * (age + 1), {}};
    slot->statistics.merge(point->datapoint.statistics);
  }
}

const MetricStore::Series& MetricStore::series_of(MetricHandle metric) const {
  CHECK_LT(metric.value, series_.size());
  return series_[metric.value];
}

MetricStore::Series& MetricStore::series_of(MetricHandle metric) {
  CHECK_LT(metric.value, series_.size());
  return series_[metric.value];
}

}  // namespace models::cloudwatch
