// Keeps the recent datapoints of every metric, as long as the longest alarm on it looks back, and
// answers which of them CloudWatch would see at a given moment.
//
// A datapoint belongs to the period in which it starts. So a minute's datapoint read in periods of
// ten seconds is in the first of six, and the other five have none.
//
// Invariants
// 1. The datapoints of a metric are in strictly increasing order of their start, aligned to the
//    metric's resolution. A period without samples has no datapoint: missing is not zero.
// 2. Nothing is seen before its visible_at.
// 3. Memory per metric is bounded by its longest reader (retain), whatever the length of the run.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "core/sim_time.hpp"
#include "models/cloudwatch/metric.hpp"

namespace models::cloudwatch {

struct MetricTag;
using MetricHandle = core::Id<MetricTag>;

class MetricStore {
 public:
  // publication_delay: from the end of a period to its datapoint being visible (S-02), for metrics
  // that have none of their own.
  explicit MetricStore(Duration publication_delay);

  // Makes a metric known, or finds it again. One name with two units is two metrics.
  // REQUIRES: resolution > 0; the same resolution and delay each time.
  MetricHandle register_metric(const MetricId& id, std::string_view unit,
                               Duration resolution = std::chrono::seconds{60},
                               std::optional<Duration> publication_delay = std::nullopt);

  // The metric that an alarm means; without a unit, the first of that name.
  std::optional<MetricHandle> find(const MetricId& id,
                                   const std::optional<std::string>& unit) const;

  // From now on keeps at least this much history of the metric before its newest visible period.
  void retain(MetricHandle metric, Duration history);

  // From now on keeps the distributions of the metric's datapoints, for percentiles. Whoever
  // publishes it can spare the work otherwise.
  void retain_distributions(MetricHandle metric) { series_of(metric).keeps_distributions = true; }
  bool keeps_distributions(MetricHandle metric) const {
    return series_of(metric).keeps_distributions;
  }

  // REQUIRES: invariant 1 holds after it; statistics are not empty; a distribution counts as many
  // samples; visible_at is not before the period's end.
  void put(MetricHandle metric, const Datapoint& datapoint, SimTime visible_at);

  // When a datapoint becomes visible if nothing delays it further.
  SimTime usually_visible_at(MetricHandle metric, const Datapoint& datapoint) const;

  // The end of the newest period that is complete and, by the delay, already visible at `now`
  // (S-02): a period just begun, or not yet published, is not looked at. The window slides
  // by the metric's resolution and need not be aligned to the period; a finer period than
  // that slides by ten seconds or by the minute.
  SimTime window_end(MetricHandle metric, Duration period, SimTime now) const;
  SimTime window_end(MetricHandle metric, SimTime now) const {
    return window_end(metric, series_of(metric).resolution, now);
  }

  // Replaces `newest_first` by `count` periods of length `period` that end at `end`, the newest
  // first, as they are seen at `now`; a period without visible samples is nullopt. REQUIRES: one of
  // period and resolution is a multiple of the other; count > 0.
  void read_window(MetricHandle metric, Duration period, std::int32_t count, SimTime end,
                   SimTime now, std::vector<std::optional<Datapoint>>& newest_first) const;
  // The same up to window_end(now).
  void read_window(MetricHandle metric, Duration period, std::int32_t count, SimTime now,
                   std::vector<std::optional<Datapoint>>& newest_first) const {
    read_window(metric, period, count, window_end(metric, period, now), now, newest_first);
  }

 private:
  struct Published {
    Datapoint datapoint;
    SimTime visible_at;
  };
  struct Series {
    MetricId id;
    std::string unit;
    Duration resolution;
    Duration publication_delay;
    Duration history{};
    bool keeps_distributions = false;
    std::deque<Published> points;
  };

  const Series& series_of(MetricHandle metric) const;
  Series& series_of(MetricHandle metric);

  Duration publication_delay_;
  std::vector<Series> series_;
};

}  // namespace models::cloudwatch
