#include "models/traffic/profile_arrivals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/units.hpp"

namespace models::traffic {
namespace {

constexpr std::int64_t kNoArrival = std::numeric_limits<std::int64_t>::max();

}  // namespace

template <class Gaps>
ProfileArrivals<Gaps>::ProfileArrivals(RateProfile profile, Gaps gaps)
    : profile_(std::move(profile)), gaps_(gaps) {
  integral_ = gaps_.first();
  enter_segment();
  skip_to_piece_of_next();
}

// Where the integral from the begin of the piece reaches `integral`. On a ramp it is the root of
// slope/2 x^2 + rate x = integral, in the form that does not cancel (Press et al., Numerical
// Recipes, eq. 5.6.4): good for rising and falling ramps, and for those that begin or end at zero.
template <class Gaps>
template <bool kRamp>
std::int64_t ProfileArrivals<Gaps>::Piece::at(double integral) const {
  double ticks = 0;
  if constexpr (kRamp) {
    const double root = std::sqrt(std::max(0.0, rate * rate + twice_slope * integral));
    // Zero only where rate and integral both are.
    const double divisor = std::max(rate + root, std::numeric_limits<double>::min());
    ticks = 2.0 * integral / divisor * 1e9;
  } else {
    ticks = integral * ticks_each;
  }
  return std::min(last, begin + core::nearest_tick(ticks));
}

template <class Gaps>
std::size_t ProfileArrivals<Gaps>::fill(std::span<std::int64_t> at, core::SimTime until) {
  const std::int64_t end = core::ticks(until);
  std::size_t filled = 0;
  while (filled < at.size() && next_ < end) {
    const std::span<std::int64_t> rest = at.subspan(filled);
    filled += piece_.twice_slope == 0 ? fill_within_piece<false>(rest, end)
                                      : fill_within_piece<true>(rest, end);
  }
  return filled;
}

// Stops when the span is full, the next arrival is not before `until`, or it lies beyond the piece.
// Works on copies, so that they stay in registers: the compiler cannot know that `at` is not them.
template <class Gaps>
template <bool kRamp>
std::size_t ProfileArrivals<Gaps>::fill_within_piece(std::span<std::int64_t> at,
                                                     std::int64_t until) {
  const Piece piece = piece_;
  double integral = integral_;
  std::int64_t next = next_;
  std::size_t filled = 0;
  bool within = true;
  while (filled < at.size() && next < until) {
    at[filled] = next;
    ++filled;
    integral += gaps_.next();
    within = integral < piece.requests;
    if (!within) break;
    // Rounding may give two close arrivals on a ramp in the wrong order.
    next = kRamp ? std::max(next, piece.template at<kRamp>(integral))
                 : piece.template at<kRamp>(integral);
  }
  integral_ = integral;
  next_ = next;
  if (!within) skip_to_piece_of_next();
  return filled;
}

// Carries what is left of the integral over the ends of segments to where it is reached.
template <class Gaps>
void ProfileArrivals<Gaps>::skip_to_piece_of_next() {
  const std::size_t segments = profile_.segments().size();
  while (segment_ < segments && integral_ >= piece_.requests) {
    integral_ -= piece_.requests;
    ++segment_;
    if (segment_ < segments) enter_segment();
  }
  if (segment_ >= segments) {
    next_ = kNoArrival;
    return;
  }
  next_ = piece_.twice_slope == 0 ? piece_.template at<false>(integral_)
                                  : piece_.template at<true>(integral_);
}

template <class Gaps>
void ProfileArrivals<Gaps>::enter_segment() {
  if (profile_.segments().empty()) return;
  const RateSegment& segment = profile_.segments()[segment_];
  const double seconds = core::in_seconds(segment.end - segment.begin);
  const double rate_begin = segment.rate_begin.per_second();
  const double rate_end = segment.rate_end.per_second();
  piece_.begin = core::ticks(segment.begin);
  piece_.last = core::ticks(segment.end) - 1;
  piece_.rate = rate_begin;
  piece_.ticks_each = rate_begin > 0 ? 1e9 / rate_begin : 0.0;
  piece_.twice_slope = 2.0 * (rate_end - rate_begin) / seconds;
  piece_.requests = (rate_begin + rate_end) * 0.5 * seconds;
}

template class ProfileArrivals<ExponentialGaps>;
template class ProfileArrivals<UnitGaps>;

}  // namespace models::traffic
