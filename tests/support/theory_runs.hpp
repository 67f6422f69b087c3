// Independent runs of a request plane, and whether a theory lies within their 99 % interval.
//
// Seeds are fixed, so a test gives the same verdict every time.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "core/confidence.hpp"
#include "tests/support/plane_case.hpp"

namespace tests {

using models::endpoint::Outcome;
using models::endpoint::PlaneKind;
using models::endpoint::RequestTally;
using models::endpoint::SpanDistribution;
using namespace std::chrono_literals;

inline constexpr std::uint64_t kRuns = 20;
inline constexpr double kMeanService = 0.01;
inline constexpr double kMu = 1 / kMeanService;
// From an empty start a queue at 80 % forgets within a second: 100 mean services.
inline constexpr core::Duration kWarmUp = 20s;
inline constexpr core::Duration kMeasured = 500s;
inline constexpr double kHistogramError = 0.008;

inline RequestTally after_warm_up(const Tallies& tallies) {
  RequestTally measured;
  for (const RequestTally& tally : tallies) {
    if (tally.from < core::kStart + kWarmUp) continue;
    measured.merge(tally);
    measured.use.resize(std::max(measured.use.size(), tally.use.size()));
    for (std::size_t slot = 0; slot < tally.use.size(); ++slot) {
      measured.use[slot].served += tally.use[slot].served;
      measured.use[slot].busy_ticks += tally.use[slot].busy_ticks;
    }
  }
  return measured;
}

// What each variant did in each run after its warm-up.
inline std::vector<std::vector<RequestTally>> runs_of_all(PlaneCase plane_case, PlaneKind plane) {
  plane_case.cuts = {core::kStart + kWarmUp};
  plane_case.end = core::kStart + kWarmUp + kMeasured;
  if (plane_case.lives.empty()) plane_case.lives.emplace_back();
  std::vector<std::vector<RequestTally>> runs(1 + plane_case.others.size());
  for (std::uint64_t run = 1; run <= kRuns; ++run) {
    plane_case.seed = run;
    const auto tallies = play_all(plane_case, plane);
    for (std::size_t i = 0; i < runs.size(); ++i) runs[i].push_back(after_warm_up(tallies[i]));
  }
  return runs;
}
inline std::vector<RequestTally> runs_of(const PlaneCase& plane_case, PlaneKind plane) {
  return runs_of_all(plane_case, plane).front();
}

inline PlaneCase case_of(SpanDistribution service, std::int32_t workers, double lambda) {
  PlaneCase made;
  made.variant = variant_of(std::move(service), workers);
  made.streams = {poisson_stream("requests", lambda)};
  return made;
}

using Figure = std::function<double(const RequestTally&)>;

// error: what the figure itself may be off by, as a share.
inline void expect_theory(double theory, const std::vector<RequestTally>& runs,
                          const Figure& figure, double error = 0) {
  std::vector<double> values;
  for (const RequestTally& run : runs) values.push_back(figure(run));
  const core::Interval interval = core::mean_interval(values, 0.99);
  EXPECT_LE(interval.low * (1 - error), theory);
  EXPECT_GE(interval.high * (1 + error), theory);
  // An interval that contains everything would prove nothing.
  EXPECT_LT(interval.high - interval.low, 0.15 * std::max(theory, 1e-3));
}

inline double mean_of(const core::LatencyHistogram& histogram) {
  return histogram.sum_seconds() / static_cast<double>(histogram.count());
}
inline double mean_wait(const RequestTally& run) { return mean_of(run.wait); }
inline double mean_response(const RequestTally& run) { return mean_of(run.model_latency); }
inline double rate_of(const RequestTally& run) {
  return static_cast<double>(run.invocations) / core::in_seconds(kMeasured);
}
inline double wait_p99(const RequestTally& run) {
  return core::in_seconds(*run.wait.quantile(0.99));
}
inline double response_p99(const RequestTally& run) {
  return core::in_seconds(*run.model_latency.quantile(0.99));
}
inline Figure share_of(Outcome outcome) {
  return [outcome](const RequestTally& run) {
    return static_cast<double>(run.count(outcome)) / static_cast<double>(run.invocations);
  };
}

}  // namespace tests
