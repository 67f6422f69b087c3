#include "models/traffic/trace_arrivals.hpp"

#include <algorithm>
#include <boost/random/exponential_distribution.hpp>
#include <cmath>
#include <limits>
#include <utility>

#include "core/check.hpp"

namespace models::traffic {
namespace {

constexpr std::int64_t kNoArrival = std::numeric_limits<std::int64_t>::max();

double draw_gap(core::RandomEngine& engine) {
  return boost::random::exponential_distribution<double>()(engine);
}

}  // namespace

ScaledCounts::ScaledCounts(double factor) : factor_(factor) {
  CHECK(std::isfinite(factor) && factor >= 0);
}

std::int64_t ScaledCounts::take(std::int64_t count) {
  constexpr double kLargest = 9.2e18;  // below 2^63
  taken_ += count;
  const double total = std::floor(factor_ * static_cast<double>(taken_) + 0.5);
  const std::int64_t before = given_;
  given_ = static_cast<std::int64_t>(std::min(total, kLargest));
  return given_ - before;
}

PeriodArrivals::PeriodArrivals(TraceReader reader, const TraceTraffic& trace, core::SimTime begins,
                               ArrivalPattern pattern, const core::RandomEngine& engine)
    : reader_(std::move(reader)),
      scaled_(trace.scale),
      begins_(begins),
      per_(trace.per),
      pattern_(pattern),
      engine_(engine),
      engine_after_(engine) {
  CHECK(trace.value_column.has_value());
  enter_next_period();
}

std::size_t PeriodArrivals::fill(std::span<std::int64_t> at, core::SimTime until) {
  const std::int64_t end = core::ticks(until);
  std::size_t filled = 0;
  while (filled < at.size() && next_ < end) {
    const std::span<std::int64_t> rest = at.subspan(filled);
    filled += pattern_ == ArrivalPattern::Even ? fill_within_period<true>(rest, end)
                                               : fill_within_period<false>(rest, end);
  }
  return filled;
}

// Works on copies, so that they stay in registers: the compiler cannot know that `at` is not them.
template <bool kEven>
std::size_t PeriodArrivals::fill_within_period(std::span<std::int64_t> at, std::int64_t until) {
  const std::int64_t begin = period_begin_;
  const std::int64_t last = begin + per_.count() - 1;
  const double seconds_per_gap = seconds_per_gap_;
  core::RandomEngine engine = engine_;
  std::int64_t left = left_;
  double position = position_;
  std::int64_t next = next_;
  std::size_t filled = 0;
  while (filled < at.size() && next < until) {
    at[filled] = next;
    ++filled;
    --left;
    if (left == 0) break;
    position += kEven ? 1.0 : draw_gap(engine);
    next = std::min(last, begin + core::round_to_duration(position * seconds_per_gap).count());
  }
  engine_ = engine;
  left_ = left;
  position_ = position;
  next_ = next;
  if (left == 0) enter_next_period();
  return filled;
}

// Moves to the next period that has arrivals.
void PeriodArrivals::enter_next_period() {
  engine_ = engine_after_;
  next_ = kNoArrival;
  while (const auto row = reader_.next()) {
    left_ = scaled_.take(row->count);
    if (left_ == 0) continue;
    period_begin_ = core::ticks(begins_ + row->since_first);
    const double seconds = core::in_seconds(per_);
    if (pattern_ == ArrivalPattern::Even) {
      position_ = 0.5;
      seconds_per_gap_ = seconds / static_cast<double>(left_);
    } else {
      begin_uniform_order(seconds);
    }
    next_ = period_begin_ + core::round_to_duration(position_ * seconds_per_gap_).count();
    return;
  }
}

// n uniform instants in order lie as the partial sums of n + 1 unit exponential gaps do within the
// sum of all (Devroye, Non-Uniform Random Variate Generation, theorem V.2.2). The gaps are drawn
// twice, first for their sum, and so need not be kept.
void PeriodArrivals::begin_uniform_order(double per_seconds) {
  double sum = 0;
  for (std::int64_t gap = 0; gap <= left_; ++gap) sum += draw_gap(engine_after_);
  seconds_per_gap_ = per_seconds / sum;
  position_ = draw_gap(engine_);
}

RequestRowArrivals::RequestRowArrivals(TraceReader reader, const TraceTraffic& trace,
                                       core::SimTime begins)
    : reader_(std::move(reader)), scaled_(trace.scale), begins_(begins) {
  CHECK(!trace.value_column.has_value());
  read_next();
}

std::size_t RequestRowArrivals::fill(std::span<std::int64_t> at, core::SimTime until) {
  const std::int64_t end = core::ticks(until);
  std::size_t filled = 0;
  while (filled < at.size() && next_ < end) {
    at[filled] = next_;
    ++filled;
    --copies_;
    if (copies_ == 0) read_next();
  }
  return filled;
}

void RequestRowArrivals::read_next() {
  next_ = kNoArrival;
  while (const auto row = reader_.next()) {
    copies_ = scaled_.take(row->count);
    if (copies_ == 0) continue;
    next_ = core::ticks(begins_ + row->since_first);
    return;
  }
}

}  // namespace models::traffic
