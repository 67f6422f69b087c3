// Draws arrivals from a rate profile, as a Poisson process or evenly spaced.
//
// Both are one walk along the integral of the rate (Cinlar, Introduction to Stochastic Processes,
// section 4.7: the arrivals of a Poisson process, seen through the integral of its rate, are
// those of a process of rate one). A gap, drawn from the unit exponential distribution or always
// 1, is added to the integral; the next arrival is where the profile's integral reaches the sum.
// The inversion is exact: nothing is drawn that is not used, so there is one draw an arrival.
#pragma once

#include <array>
#include <boost/random/exponential_distribution.hpp>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/random_streams.hpp"
#include "core/sim_time.hpp"
#include "models/traffic/rate_profile.hpp"

namespace models::traffic {

// Gaps of a Poisson process of rate one. Drawn some ahead, in a loop that does nothing else: half
// the cost of drawing them one by one between other things.
class ExponentialGaps {
 public:
  explicit ExponentialGaps(const core::RandomEngine& engine) : engine_(engine) {}
  double first() { return next(); }
  double next() {
    if (position_ == ahead_.size()) draw_ahead();
    return ahead_[position_++];
  }

 private:
  void draw_ahead() {
    core::RandomEngine engine = engine_;  // in registers for the length of the loop
    for (double& gap : ahead_) gap = boost::random::exponential_distribution<double>()(engine);
    engine_ = engine;
    position_ = 0;
  }

  core::RandomEngine engine_;
  std::array<double, 128> ahead_{};
  std::size_t position_ = ahead_.size();
};

// Gaps of one: the k-th arrival (k = 1, 2, ...) where the integral reaches k - 0.5.
class UnitGaps {
 public:
  double first() { return 0.5; }
  double next() { return 1.0; }
};

template <class Gaps>
class ProfileArrivals {
 public:
  ProfileArrivals(RateProfile profile, Gaps gaps);

  // As ArrivalProcess::fill.
  std::size_t fill(std::span<std::int64_t> at, core::SimTime until);

  const RateProfile& profile() const { return profile_; }

 private:
  // One segment of the profile, ready for inversion.
  struct Piece {
    std::int64_t begin = 0;
    std::int64_t last = 0;   // the last nanosecond that belongs to the segment
    double rate = 0;         // per second, at its begin
    double ticks_each = 0;   // nanoseconds a request, where the rate is constant
    double twice_slope = 0;  // per second squared; 0: the rate is constant
    double requests = 0;     // its integral

    // Where its integral reaches `integral`. REQUIRES: kRamp is false exactly when twice_slope is
    // 0.
    template <bool kRamp>
    std::int64_t at(double integral) const;
  };

  template <bool kRamp>
  std::size_t fill_within_piece(std::span<std::int64_t> at, std::int64_t until);
  void skip_to_piece_of_next();
  void enter_segment();

  RateProfile profile_;
  Gaps gaps_;
  Piece piece_;
  std::size_t segment_ = 0;  // that piece_ was made of
  double integral_ = 0;      // from the begin of the piece to the next arrival
  std::int64_t next_ = 0;    // the next arrival
};

using PoissonArrivals = ProfileArrivals<ExponentialGaps>;
using EvenArrivals = ProfileArrivals<UnitGaps>;

extern template class ProfileArrivals<ExponentialGaps>;
extern template class ProfileArrivals<UnitGaps>;

}  // namespace models::traffic
