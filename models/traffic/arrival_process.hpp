// Produces the arrivals of one open stream, in order and in batches.
//
// Invariants
// 1. The sequence of arrivals is a function of (stream, run clock, engine, trace) alone. How it is
//    asked for, in batches of which size and until when, changes nothing.
// 2. Instants never go back. Several requests may share one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <span>
#include <variant>

#include "core/random_streams.hpp"
#include "core/sim_time.hpp"
#include "models/traffic/profile_arrivals.hpp"
#include "models/traffic/rate_profile.hpp"
#include "models/traffic/trace_arrivals.hpp"
#include "models/traffic/traffic_stream.hpp"

namespace models::traffic {

class ArrivalProcess {
 public:
  using Kind = std::variant<PoissonArrivals, EvenArrivals, PeriodArrivals, RequestRowArrivals>;

  explicit ArrivalProcess(Kind kind) : kind_(std::move(kind)) {}

  // Writes the next arrivals strictly before `until`, in nanoseconds since the run's start, at most
  // at.size() of them, and returns how many. Fewer than at.size() means: no other before `until`.
  std::size_t fill(std::span<std::int64_t> at, core::SimTime until) {
    return std::visit([&](auto& kind) { return kind.fill(at, until); }, kind_);
  }

  // The rate it follows; null for a trace.
  const RateProfile* profile() const;

  // Why a trace ended early, when it did: its file is no longer what summarize() saw.
  std::optional<TraceError> error() const;

 private:
  Kind kind_;
};

// The arrivals of an open stream. `engine` is the stream "arrivals/NAME" of the run; `trace` is the
// content of the file of a TraceTraffic, unpacked, and null otherwise.
// REQUIRES: the shape is not ClosedLoopTraffic.
ArrivalProcess make_arrival_process(const TrafficStream& stream, const RunClock& run,
                                    core::RandomEngine engine,
                                    std::unique_ptr<std::istream> trace = nullptr);

}  // namespace models::traffic
