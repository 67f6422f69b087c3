// Describes how fast requests are expected over simulated time, as pieces of straight line.
//
// Every open shape with a rate becomes such a profile; profile_arrivals.hpp draws arrivals from it.
//
// Invariants
// 1. Segments are sorted, not empty, do not overlap, and have finite rates that are not negative.
// 2. Between segments the rate is zero. A segment is half-open: its end belongs to the next.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/random_streams.hpp"
#include "core/sim_time.hpp"
#include "core/units.hpp"
#include "models/traffic/traffic_stream.hpp"

namespace models::traffic {

struct RateSegment {
  core::SimTime begin{};
  core::SimTime end{};
  core::RequestRate rate_begin;
  core::RequestRate rate_end;
};

// What traffic needs to know of a run: when it ends, and what the local clock says at time zero.
struct RunClock {
  core::SimTime end{};
  Duration local_time_of_day{};
  int weekday = 1;  // local: 0 = Sunday
};

class RateProfile {
 public:
  // A year of `daily`, in pieces of a minute, has 525,600; so many segments take 19 MB.
  static constexpr std::int64_t kMaxSegments = 600'000;

  RateProfile() = default;
  // REQUIRES: invariant 1.
  explicit RateProfile(std::vector<RateSegment> segments);

  std::span<const RateSegment> segments() const { return segments_; }

  core::RequestRate rate_at(core::SimTime at) const;

  // The integral of the rate over [from, to): exact for straight lines. REQUIRES: from <= to.
  double expected_requests(core::SimTime from, core::SimTime to) const;

 private:
  std::vector<RateSegment> segments_;
};

// The profile of each shape: begins `begins` after the run, and is cut off where the run ends.
// REQUIRES: begins >= 0; segments_needed() is at most RateProfile::kMaxSegments.
RateProfile rate_profile(const SmoothTraffic& shape, Duration begins, const RunClock& run);
RateProfile rate_profile(const PhasedTraffic& shape, Duration begins, const RunClock& run);
// One draw from `engine` seeds the draws of the jitter, so that the number of spikes leaves what is
// drawn after them untouched: a longer run begins as the shorter one did.
RateProfile rate_profile(const SpikyTraffic& shape, Duration begins, const RunClock& run,
                         core::RandomEngine& engine);
// The cosine is written as straight lines from one local minute to the next: at most 2.4e-6 x
// (high - low) / 2 away from it. The local clock is never changed during the run: no daylight
// saving change takes place.
RateProfile rate_profile(const DailyTraffic& shape, Duration begins, const RunClock& run);

// An upper bound of the number of segments, for a reader to refuse what would not fit; 0 for shapes
// without a profile.
std::int64_t segments_needed(const TrafficStream& stream, const RunClock& run);

}  // namespace models::traffic
