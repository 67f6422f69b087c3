// Measures what one arrival costs, in nanoseconds, for each kind of stream.
//
// Quote the ratio to `Exponential`, the one draw that an arrival cannot do without, measured in the
// same run: absolute times on shared machines move by a factor of two.
//
//   taskset -c 1 build/release/bin/headroom_bench_traffic
#include <benchmark/benchmark.h>

#include <array>
#include <boost/random/exponential_distribution.hpp>
#include <cstdint>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "core/random_streams.hpp"
#include "models/traffic/open_arrivals.hpp"

namespace models::traffic {
namespace {

constexpr std::size_t kBatch = 256;
constexpr RunClock kRun{core::kStart + std::chrono::hours{24}, {}, 1};

TrafficStream stream_of(TrafficShape shape, ArrivalPattern arrivals) {
  return {"bench", {}, arrivals, std::move(shape)};
}

PhasedTraffic sawtooth() {
  PhasedTraffic shape;
  for (int k = 0; k < 24 * 6; ++k) {
    const double from = k % 2 == 0 ? 100 : 900;
    shape.phases.push_back({"", core::RequestRate::per_second(from),
                            core::RequestRate::per_second(1000 - from), std::chrono::minutes{10}});
  }
  return shape;
}

DailyTraffic day() {
  return {core::RequestRate::per_second(20), core::RequestRate::per_second(400),
          std::chrono::hours{13}, 0.4, std::nullopt};
}

// A day of counts per minute, about 30,000 each.
std::string counts_per_minute() {
  std::ostringstream text;
  text << "time,count\n";
  for (int minute = 0; minute < 1440; ++minute) {
    text << 1'700'000'000 + 60 * minute << ',' << 30'000 + minute * 7919 % 5000 << '\n';
  }
  return text.str();
}

std::string rows(int count) {
  std::ostringstream text;
  text << "TIMESTAMP,ContextTokens,GeneratedTokens\n";
  for (int row = 0; row < count; ++row) {
    text << "2023-11-16 " << 10 + row / 36000 % 10 << ":1" << row / 6000 % 6 << ":0"
         << row / 600 % 10 << '.' << 1'000'000 + row % 600 << ",4808,10\n";
  }
  return text.str();
}

TraceTraffic trace_of(bool counts) {
  TraceTraffic trace;
  trace.time_column = counts ? "time" : "TIMESTAMP";
  if (counts) trace.value_column = "count";
  trace.per = std::chrono::minutes{1};
  return trace;
}

OpenArrivals arrivals_of(const std::vector<TrafficStream>& streams, const std::string& trace) {
  std::vector<ArrivalProcess> processes;
  for (std::size_t k = 0; k < streams.size(); ++k) {
    processes.push_back(make_arrival_process(streams[k], kRun, core::RandomEngine(k + 1),
                                             std::make_unique<std::istringstream>(trace)));
  }
  return OpenArrivals(std::move(processes));
}

// Asks for batch after batch, beginning anew when the day is over.
void measure(benchmark::State& state, const std::vector<TrafficStream>& streams,
             const std::string& trace = {}) {
  std::array<std::int64_t, kBatch> at{};
  OpenArrivals arrivals = arrivals_of(streams, trace);
  std::int64_t total = 0;
  for (auto _ : state) {
    const std::size_t filled = arrivals.fill(at, {}, kRun.end);
    benchmark::DoNotOptimize(at.data());
    benchmark::ClobberMemory();
    total += static_cast<std::int64_t>(filled);
    if (filled < at.size()) arrivals = arrivals_of(streams, trace);
  }
  state.counters["ns_per_arrival"] = benchmark::Counter(
      static_cast<double>(total) * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void Exponential(benchmark::State& state) {
  core::RandomEngine engine(1);
  boost::random::exponential_distribution<double> exponential;
  double sum = 0;
  for (auto _ : state) {
    for (std::size_t k = 0; k < kBatch; ++k) sum += exponential(engine);
    benchmark::DoNotOptimize(sum);
  }
  state.counters["ns_per_arrival"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * kBatch * 1e-9,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(Exponential);

void ConstantPoisson(benchmark::State& state) {
  const SmoothTraffic shape{core::RequestRate::per_second(500), std::nullopt};
  measure(state, {stream_of(shape, ArrivalPattern::Poisson)});
}
BENCHMARK(ConstantPoisson);

void ConstantEven(benchmark::State& state) {
  const SmoothTraffic shape{core::RequestRate::per_second(500), std::nullopt};
  measure(state, {stream_of(shape, ArrivalPattern::Even)});
}
BENCHMARK(ConstantEven);

void RampPoisson(benchmark::State& state) {
  measure(state, {stream_of(sawtooth(), ArrivalPattern::Poisson)});
}
BENCHMARK(RampPoisson);

void DailyPoisson(benchmark::State& state) {
  measure(state, {stream_of(day(), ArrivalPattern::Poisson)});
}
BENCHMARK(DailyPoisson);

void TraceCountsPoisson(benchmark::State& state) {
  measure(state, {stream_of(trace_of(true), ArrivalPattern::Poisson)}, counts_per_minute());
}
BENCHMARK(TraceCountsPoisson);

void TraceCountsEven(benchmark::State& state) {
  measure(state, {stream_of(trace_of(true), ArrivalPattern::Even)}, counts_per_minute());
}
BENCHMARK(TraceCountsEven);

void TraceRows(benchmark::State& state) {
  measure(state, {stream_of(trace_of(false), ArrivalPattern::Poisson)}, rows(360'000));
}
BENCHMARK(TraceRows);

void MergedConstantPoisson(benchmark::State& state) {
  const SmoothTraffic shape{core::RequestRate::per_second(100), std::nullopt};
  const auto count = static_cast<std::size_t>(state.range(0));
  measure(state, std::vector<TrafficStream>(count, stream_of(shape, ArrivalPattern::Poisson)));
}
BENCHMARK(MergedConstantPoisson)->Arg(2)->Arg(4)->Arg(16);

}  // namespace
}  // namespace models::traffic
