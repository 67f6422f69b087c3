// Plays recorded traffic again: exactly as many requests as each period had, or each at its time.
//
// Rows are read when their time has come, so a trace of any length takes the memory of one row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/random_streams.hpp"
#include "core/sim_time.hpp"
#include "models/traffic/trace_reader.hpp"
#include "models/traffic/traffic_stream.hpp"

namespace models::traffic {

// Scales counts so that after every row the total is the scaled total, rounded (error diffusion).
class ScaledCounts {
 public:
  // REQUIRES: factor is finite and not negative.
  explicit ScaledCounts(double factor);
  // The scaled count of the next `count` requests.
  std::int64_t take(std::int64_t count);

 private:
  double factor_;
  std::int64_t taken_ = 0;
  std::int64_t given_ = 0;
};

// Each row's count of requests within its period: at independent uniform instants, which is a
// Poisson process known to have had so many arrivals (Ross, Stochastic Processes, theorem 2.3.1),
// or evenly spaced, the k-th of n at (k - 0.5) / n of the period.
class PeriodArrivals {
 public:
  // REQUIRES: the reader reads counts, trace.per > 0.
  PeriodArrivals(TraceReader reader, const TraceTraffic& trace, core::SimTime begins,
                 ArrivalPattern pattern, const core::RandomEngine& engine);

  // As ArrivalProcess::fill.
  std::size_t fill(std::span<std::int64_t> at, core::SimTime until);

  const std::optional<TraceError>& error() const { return reader_.error(); }

 private:
  void enter_next_period();
  void begin_uniform_order(double per_seconds);
  template <bool kEven>
  std::size_t fill_within_period(std::span<std::int64_t> at, std::int64_t until);

  TraceReader reader_;
  ScaledCounts scaled_;
  core::SimTime begins_;
  Duration per_;
  ArrivalPattern pattern_;
  core::RandomEngine engine_;        // draws the gaps of the period
  core::RandomEngine engine_after_;  // as engine_ will be when the period is over
  std::int64_t left_ = 0;            // arrivals of the period, the next one included
  std::int64_t period_begin_ = 0;
  double position_ = 0;  // of the next arrival, in gaps
  double seconds_per_gap_ = 0;
  std::int64_t next_ = 0;  // the next arrival
};

// Each row as one request at its own time. A scale of 1.2 sends every fifth row twice, at once; a
// scale of 0.8 leaves every fifth out.
class RequestRowArrivals {
 public:
  // REQUIRES: the reader reads requests, not counts.
  RequestRowArrivals(TraceReader reader, const TraceTraffic& trace, core::SimTime begins);

  // As ArrivalProcess::fill.
  std::size_t fill(std::span<std::int64_t> at, core::SimTime until);

  const std::optional<TraceError>& error() const { return reader_.error(); }

 private:
  void read_next();

  TraceReader reader_;
  ScaledCounts scaled_;
  core::SimTime begins_;
  std::int64_t copies_ = 0;  // of next_ still to come
  std::int64_t next_ = 0;    // the next arrival
};

}  // namespace models::traffic
