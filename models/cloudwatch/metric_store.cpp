#include "models/cloudwatch/metric_store.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"

namespace models::cloudwatch {
namespace {

constexpr Duration kMinute = std::chrono::seconds{60};
constexpr Duration kHighResolutionStep = std::chrono::seconds{10};

// The largest multiple of `step` that is not after `at`; exact before the start of the run, too.
SimTime floor_to(SimTime at, Duration step) {
  const Duration since_start = at.time_since_epoch();
  Duration remainder = since_start % step;
  if (remainder < Duration::zero()) remainder += step;
  return at - remainder;
}

// The single values of a datapoint's samples, where they are known.
std::shared_ptr<const Distribution> values_of(const Datapoint& datapoint) {
  const StatisticSet& statistics = datapoint.statistics;
  if (datapoint.distribution || statistics.minimum != statistics.maximum) {
    return datapoint.distribution;
  }
  return std::make_shared<const Distribution>(
      std::vector<CountedValue>{{statistics.minimum, statistics.sample_count}});
}

// One part without single values leaves the whole without them.
void add_values(Datapoint& whole, const Datapoint& part) {
  const auto values = values_of(part);
  if (whole.statistics.sample_count == 0) {
    whole.distribution = values;
  } else if (whole.distribution && values) {
    auto both = std::make_shared<Distribution>(*whole.distribution);
    both->merge(*values);
    whole.distribution = std::move(both);
  } else {
    whole.distribution = nullptr;
  }
}

}  // namespace

MetricStore::MetricStore(Duration publication_delay) : publication_delay_(publication_delay) {
  CHECK(publication_delay >= Duration::zero());
}

MetricHandle MetricStore::register_metric(const MetricId& id, std::string_view unit,
                                          Duration resolution,
                                          std::optional<Duration> publication_delay) {
  const Duration delay = publication_delay.value_or(publication_delay_);
  CHECK(resolution > Duration::zero());
  CHECK(delay >= Duration::zero());
  if (const auto known = find(id, std::string{unit})) {
    CHECK(series_of(*known).resolution == resolution);
    CHECK(series_of(*known).publication_delay == delay);
    return *known;
  }
  Series& series = series_.emplace_back();
  series.id = id;
  series.unit = unit;
  series.resolution = resolution;
  series.publication_delay = delay;
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
  CHECK(!datapoint.distribution ||
        datapoint.distribution->count() == datapoint.statistics.sample_count);
  series.points.push_back(Published{datapoint, visible_at});
  if (!series.keeps_distributions) series.points.back().datapoint.distribution = nullptr;
  // No evaluation from here on looks further back: windows end at or after the newest complete
  // period less the delay.
  const SimTime oldest_needed = end - series.publication_delay - series.resolution - series.history;
  while (series.points.front().datapoint.start < oldest_needed) series.points.pop_front();
}

SimTime MetricStore::usually_visible_at(MetricHandle metric, const Datapoint& datapoint) const {
  const Series& series = series_of(metric);
  return datapoint.start + series.resolution + series.publication_delay;
}

SimTime MetricStore::window_end(MetricHandle metric, Duration period, SimTime now) const {
  const Series& series = series_of(metric);
  const SimTime published = now - series.publication_delay;
  if (period >= series.resolution) return floor_to(published, series.resolution);
  // The newest of the short periods is the one in which a datapoint starts that is just visible.
  const Duration step = period < kMinute ? kHighResolutionStep : kMinute;
  return floor_to(published - (series.resolution - period), step);
}

void MetricStore::read_window(MetricHandle metric, Duration period, std::int32_t count, SimTime end,
                              SimTime now,
                              std::vector<std::optional<Datapoint>>& newest_first) const {
  const Series& series = series_of(metric);
  CHECK(period > Duration::zero());
  CHECK(period % series.resolution == Duration::zero() ||
        series.resolution % period == Duration::zero());
  CHECK(count > 0);
  newest_first.assign(static_cast<std::size_t>(count), std::nullopt);
  const SimTime begin = end - period * count;
  for (auto point = series.points.rbegin(); point != series.points.rend(); ++point) {
    const SimTime start = point->datapoint.start;
    if (start < begin) break;
    if (start >= end || point->visible_at > now) continue;
    const auto age = (end - Duration{1} - start) / period;  // in whole periods
    auto& slot = newest_first[static_cast<std::size_t>(age)];
    if (!slot) slot = Datapoint{end - period * (age + 1), {}};
    if (series.keeps_distributions) add_values(*slot, point->datapoint);
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
