// Names the instants and spans of simulated time: integer nanoseconds since the start of a run.
//
// An instant and a span are different types, so an instant plus an instant does not compile, and
// ties between equal times are exact. There is no clock to ask for "now": time is passed in.
#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>

namespace core {

using Duration = std::chrono::nanoseconds;

// The clock that names the type of simulated instants. It has no now() on purpose.
struct SimClock {
  using rep = Duration::rep;
  using period = Duration::period;
  using duration = Duration;
  using time_point = std::chrono::time_point<SimClock>;
  static constexpr bool is_steady = true;
};

using SimTime = SimClock::time_point;

inline constexpr SimTime kStart{};
inline constexpr SimTime kNever = SimTime::max();

// Nanoseconds since the run's start.
constexpr std::int64_t ticks(SimTime at) { return at.time_since_epoch().count(); }
constexpr SimTime at_ticks(std::int64_t ticks_since_start) {
  return SimTime{Duration{ticks_since_start}};
}

// A span in seconds, for reports and for rate arithmetic: the nearest double for spans below 104
// days. Divides, because 1e-9 is no double: its product with 60 s would be 60.00000000000001.
constexpr double in_seconds(Duration span) { return static_cast<double>(span.count()) / 1e9; }
constexpr double in_seconds(SimTime at) { return in_seconds(at.time_since_epoch()); }

// The one place where floating time becomes simulated time: rounds to the nearest nanosecond,
// halves to even. One instruction where the compiler need not set errno; std::llround would be a
// call. REQUIRES: |nanoseconds| < 9.2e18.
inline std::int64_t nearest_tick(double nanoseconds) { return std::llrint(nanoseconds); }

// The same for seconds, saturating at the representable ends. REQUIRES: seconds is not NaN.
inline Duration round_to_duration(double seconds) {
  constexpr double kLimit = 9.2e18;
  const double nanoseconds = seconds * 1e9;
  if (!(std::abs(nanoseconds) < kLimit)) [[unlikely]] {
    return nanoseconds > 0 ? Duration::max() : Duration::min();
  }
  return Duration{nearest_tick(nanoseconds)};
}

}  // namespace core
