// Measures what a request costs on each request plane, beside the ruler: every round runs the ruler
// and all cases in turn, and the medians of the rounds are printed with their ratios.
//
//   taskset -c 1 build/release/bin/headroom_bench_planes
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "models/endpoint/request_plane.hpp"
#include "models/traffic/arrival_process.hpp"
#include "tools/bench/ruler.hpp"

namespace {

using core::RequestRate;
using models::endpoint::EndpointVariant;
using models::endpoint::PlaneInputs;
using models::endpoint::PlaneKind;
using models::endpoint::RoutingStrategy;
namespace traffic = models::traffic;

constexpr double kServiceSeconds = 0.01;
constexpr double kUtilization = 0.9;
constexpr int kRounds = 5;

struct Case {
  std::string name;
  PlaneKind plane;
  int instances;
  int workers;
  RoutingStrategy routing;
  double contention;  // throughput as a share of workers / service time
  int users;          // of a closed loop; 0: open
};

EndpointVariant variant_of(const Case& situation) {
  EndpointVariant variant;
  variant.workers = situation.workers;
  variant.service_time = models::endpoint::ExponentialSpan{kServiceSeconds};
  variant.routing = situation.routing;
  variant.throughput =
      RequestRate::per_second(situation.workers / kServiceSeconds * situation.contention);
  return variant;
}

// A Poisson stream at nine tenths of what the fleet serves, or users without a pause.
PlaneInputs inputs_of(const Case& situation, RequestRate rate, core::SimTime end) {
  const core::RandomStreams streams(1, 0);
  std::vector<traffic::ArrivalProcess> open;
  std::vector<traffic::UserPopulation> users;
  if (situation.users == 0) {
    traffic::TrafficStream stream;
    stream.name = "bench";
    stream.shape = traffic::SmoothTraffic{rate, {}};
    open.push_back(traffic::make_arrival_process(stream, {.end = end}, streams.stream("arrivals")));
  } else {
    traffic::ClosedLoopTraffic shape;
    shape.phases.push_back({.name = "1",
                            .initial = situation.users,
                            .spawn_per_minute = 0,
                            .duration = end.time_since_epoch()});
    users.emplace_back(shape, core::Duration{0});
  }
  return {.arrivals = traffic::OpenArrivals(std::move(open)),
          .users = std::move(users),
          .split = streams.stream("split"),
          .variants = {{.service = streams.stream("service"),
                        .routing = streams.stream("routing"),
                        .copies = streams.stream("copies")}},
          .stretches = {}};
}

double ns_per_request(const Case& situation, std::int64_t requests) {
  const EndpointVariant variant = variant_of(situation);
  const RequestRate rate = variant.throughput * (kUtilization * situation.instances);
  const auto minutes =
      static_cast<std::int64_t>(static_cast<double>(requests) / rate.per_minute()) + 1;
  const core::SimTime end = core::kStart + std::chrono::minutes{minutes};
  const auto plane = models::endpoint::make_plane(situation.plane, std::span(&variant, 1),
                                                  inputs_of(situation, rate, end));
  for (int i = 0; i < situation.instances; ++i) {
    plane->enter_service(0, static_cast<models::endpoint::InstanceSlot>(i));
  }
  std::int64_t total = 0;
  const double start = bench::cpu_seconds();
  for (std::int64_t minute = 1; minute <= minutes; ++minute) {
    const core::SimTime at = core::kStart + std::chrono::minutes{minute};
    plane->advance(at);
    plane->close(at);
    total += plane->closed(0).invocations;
  }
  return (bench::cpu_seconds() - start) * 1e9 / static_cast<double>(total);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main() {
  constexpr auto kRandom = RoutingStrategy::Random;
  constexpr auto kLeast = RoutingStrategy::LeastOutstandingRequests;
  const std::vector<Case> cases = {
      {"recursion, RANDOM, 1 x 1", PlaneKind::Recursion, 1, 1, kRandom, 1, 0},
      {"recursion, RANDOM, 8 x 1", PlaneKind::Recursion, 8, 1, kRandom, 1, 0},
      {"recursion, RANDOM, 8 x 2", PlaneKind::Recursion, 8, 2, kRandom, 1, 0},
      {"recursion, RANDOM, 64 x 1", PlaneKind::Recursion, 64, 1, kRandom, 1, 0},
      {"recursion, RANDOM, 600 x 1", PlaneKind::Recursion, 600, 1, kRandom, 1, 0},
      {"recursion, RANDOM, 8 x 8", PlaneKind::Recursion, 8, 8, kRandom, 1, 0},
      {"events, RANDOM, 64 x 1", PlaneKind::Events, 64, 1, kRandom, 1, 0},
      {"events, LEAST_OUTSTANDING, 8 x 2", PlaneKind::Events, 8, 2, kLeast, 1, 0},
      {"events, LEAST_OUTSTANDING, 64 x 2", PlaneKind::Events, 64, 2, kLeast, 1, 0},
      {"events, LEAST_OUTSTANDING, 512 x 2", PlaneKind::Events, 512, 2, kLeast, 1, 0},
      {"events, contention, 8 x 2", PlaneKind::Events, 8, 2, kRandom, 0.7, 0},
      {"events, closed loop, 8 x 2", PlaneKind::Events, 8, 2, kRandom, 1, 20},
  };
  constexpr std::int64_t kRequests = 3'000'000;
  std::vector<double> ruler;
  std::vector<std::vector<double>> times(cases.size());
  std::vector<std::vector<double>> ratios(cases.size());
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const double limit = bench::lindley_ns_per_request(kRequests);
      const double cost = ns_per_request(cases[i], kRequests);
      ruler.push_back(limit);
      times[i].push_back(cost);
      ratios[i].push_back(cost / limit);
    }
  }
  std::printf("| %-36s | ns/request | x lindley |\n|---|---|---|\n", "plane, instances x workers");
  std::printf("| %-36s | %10.1f | %9.2f |\n", "lindley (the ruler)", median(ruler), 1.0);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    std::printf("| %-36s | %10.1f | %9.2f |\n", cases[i].name.c_str(), median(times[i]),
                median(ratios[i]));
  }
}
