// Collects arrivals and builds the streams and traces that tests of traffic need, briefly.
#pragma once

#include <cstdint>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "core/random_streams.hpp"
#include "core/sim_time.hpp"
#include "core/units.hpp"
#include "models/traffic/arrival_process.hpp"

namespace tests {

using namespace std::chrono_literals;

inline core::RequestRate per_second(double rate) { return core::RequestRate::per_second(rate); }

inline models::traffic::RunClock run_of(core::Duration duration) {
  return {core::kStart + duration, core::Duration::zero(), 1};
}

// All arrivals before `until`, asked for in batches of `batch`. `Source` has ArrivalProcess's fill.
template <class Source>
std::vector<std::int64_t> arrivals_before(Source&& source, core::SimTime until,
                                          std::size_t batch = 1000) {
  std::vector<std::int64_t> arrivals;
  std::vector<std::int64_t> at(batch);
  while (true) {
    const std::size_t filled = source.fill(at, until);
    arrivals.insert(arrivals.end(), at.begin(), at.begin() + static_cast<std::ptrdiff_t>(filled));
    if (filled < batch) return arrivals;
  }
}

inline models::traffic::TrafficStream stream_of(
    models::traffic::TrafficShape shape,
    models::traffic::ArrivalPattern arrivals = models::traffic::ArrivalPattern::Poisson,
    core::Duration begins = {}) {
  return {"stream", begins, arrivals, std::move(shape)};
}

inline models::traffic::ArrivalProcess process_of(const models::traffic::TrafficStream& stream,
                                                  const models::traffic::RunClock& run,
                                                  std::uint64_t seed = 1,
                                                  const std::string& trace = {}) {
  return models::traffic::make_arrival_process(stream, run, core::RandomEngine(seed),
                                               std::make_unique<std::istringstream>(trace));
}

// Counts per minute in the column "n", times in "t".
inline models::traffic::TraceTraffic counts_per_minute(double scale = 1.0) {
  models::traffic::TraceTraffic trace;
  trace.time_column = "t";
  trace.value_column = "n";
  trace.per = 1min;
  trace.scale = scale;
  return trace;
}

// One row a request, times in "t".
inline models::traffic::TraceTraffic request_rows(double scale = 1.0) {
  models::traffic::TraceTraffic trace;
  trace.time_column = "t";
  trace.scale = scale;
  return trace;
}

}  // namespace tests
