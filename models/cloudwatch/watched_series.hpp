// Reads what an alarm watches, a statistic of one metric or the result of metric math, period by
// period as CloudWatch would see it at a given moment.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/cloudwatch/alarm_configuration.hpp"
#include "models/cloudwatch/metric_math.hpp"
#include "models/cloudwatch/metric_store.hpp"

namespace models::cloudwatch {

// One period of it; without a value there is no datapoint.
struct WatchedPoint {
  SimTime start;
  std::optional<double> value;
  std::optional<std::int64_t> sample_count;  // of a metric's own datapoint
};

class WatchedSeries {
 public:
  // run_start_unix_s: the wall clock at time zero. REQUIRES: validate(configuration) is empty but
  // for what names and texts may be; metrics that anybody will publish are registered.
  WatchedSeries(const AlarmConfiguration& configuration, const MetricStore& store,
                std::int64_t run_start_unix_s);

  // From now on the store keeps what `periods` of them need. `history` is what else is looked back.
  void retain(MetricStore& store, std::int32_t periods, Duration history) const;

  Duration period() const { return period_; }

  // The end of the newest period that is complete and visible. Of several metrics the one that is
  // published soonest counts: the newest period of the others may then be missing.
  SimTime newest_end(const MetricStore& store, SimTime now) const;

  // Replaces `newest_first` by its size of periods that end at `end`, as they are seen at `now`.
  void read(const MetricStore& store, SimTime end, SimTime now,
            std::vector<WatchedPoint>& newest_first);

 private:
  void read_metric(const MetricStore& store, SimTime end, SimTime now,
                   std::vector<WatchedPoint>& newest_first);
  void read_math(const MetricStore& store, SimTime end, SimTime now,
                 std::vector<WatchedPoint>& newest_first);

  struct Source {
    std::optional<MetricHandle> metric;  // none: an unknown metric, which never has data
    StatisticChoice statistic = Statistic::Average;
  };

  std::vector<Source> sources_;
  std::optional<MetricMath> math_;
  Duration period_{};
  std::int64_t run_start_unix_s_;
  std::vector<std::optional<Datapoint>> window_;
};

// The latest multiple of `step` on the wall clock that is not after `at`. Weeks begin on Monday,
// and all else at midnight of UTC moved by the offset. REQUIRES: step > 0.
SimTime floor_on_clock(SimTime at, Duration step, std::int64_t run_start_unix_s,
                       Duration utc_offset = Duration::zero());

}  // namespace models::cloudwatch
