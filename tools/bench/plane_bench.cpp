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
using models::endpoint::VariantEngines;
using models::endpoint::VariantIndex;
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
  // Variants, each with such a fleet and as many requests, or copies of requests, as the others.
  int production = 1;
  int shadows = 0;
  core::Duration stretch = std::chrono::minutes{1};
  bool measured = false;  // throughput and CPU by the number of requests, of eight at most
};

EndpointVariant variant_of(const Case& situation) {
  EndpointVariant variant;
  variant.workers = situation.workers;
  variant.service_time = models::endpoint::ExponentialSpan{kServiceSeconds};
  variant.routing = situation.routing;
  variant.throughput =
      RequestRate::per_second(situation.workers / kServiceSeconds * situation.contention);
  if (situation.measured) {
    variant.busy_cpu.push_back({0});
    for (const double relative : {1.0, 1.5, 1.7, 1.75, 1.76, 1.76, 1.75, 1.74}) {
      variant.throughputs.push_back(RequestRate::per_second(relative / kServiceSeconds));
      variant.busy_cpu.push_back({100 * relative});
    }
    variant.throughput = RequestRate::per_second(1.76 / kServiceSeconds);
  }
  return variant;
}

// A Poisson stream at nine tenths of what the production fleets serve, or users without a pause.
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
  std::vector<VariantEngines> engines;
  for (int i = 0; i < situation.production + situation.shadows; ++i) {
    const std::string of_variant = "/" + std::to_string(i);
    engines.push_back({.service = streams.stream("service" + of_variant),
                       .retry_service = streams.stream("retry_service" + of_variant),
                       .routing = streams.stream("routing" + of_variant),
                       .copies = streams.stream("copies" + of_variant),
                       .retry_copies = streams.stream("retry_copies" + of_variant),
                       .warming = streams.stream("warming" + of_variant)});
  }
  return {.arrivals = traffic::OpenArrivals(std::move(open)),
          .users = std::move(users),
          .split = streams.stream("split"),
          .retry_split = streams.stream("retry_split"),
          .variants = std::move(engines),
          .stretches = {.every = situation.stretch, .cuts = {}}};
}

// A copy is a request, too.
double ns_per_request(const Case& situation, std::int64_t requests) {
  std::vector<EndpointVariant> variants(
      static_cast<std::size_t>(situation.production + situation.shadows), variant_of(situation));
  for (auto shadow = variants.begin() + situation.production; shadow != variants.end(); ++shadow) {
    shadow->shadow_share = 1.0 / situation.production;
  }
  const RequestRate rate =
      variants.front().throughput * (kUtilization * situation.instances * situation.production);
  const auto minutes =
      static_cast<std::int64_t>(static_cast<double>(requests) / rate.per_minute()) + 1;
  const core::SimTime end = core::kStart + std::chrono::minutes{minutes};
  const auto plane =
      models::endpoint::make_plane(situation.plane, variants, inputs_of(situation, rate, end));
  for (VariantIndex variant = 0; variant < variants.size(); ++variant) {
    for (int i = 0; i < situation.instances; ++i) {
      plane->enter_service(variant, static_cast<models::endpoint::InstanceSlot>(i), core::kStart);
    }
  }
  std::int64_t total = 0;
  const double start = bench::cpu_seconds();
  for (core::SimTime at = plane->stretch_end(); at <= end; at = plane->stretch_end()) {
    plane->advance(at);
    plane->close(at);
    for (VariantIndex variant = 0; variant < variants.size(); ++variant) {
      total += plane->closed(variant).invocations;
    }
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
      {"recursion, 8 x 1, 10 s stretches", PlaneKind::Recursion, 8, 1, kRandom, 1, 0, 1, 0,
       std::chrono::seconds{10}},
      {"recursion, two variants, 8 x 1", PlaneKind::Recursion, 8, 1, kRandom, 1, 0, 2},
      {"recursion, with a shadow, 8 x 1", PlaneKind::Recursion, 8, 1, kRandom, 1, 0, 1, 1},
      {"events, RANDOM, 64 x 1", PlaneKind::Events, 64, 1, kRandom, 1, 0},
      {"events, LEAST_OUTSTANDING, 8 x 2", PlaneKind::Events, 8, 2, kLeast, 1, 0},
      {"events, LEAST_OUTSTANDING, 64 x 2", PlaneKind::Events, 64, 2, kLeast, 1, 0},
      {"events, LEAST_OUTSTANDING, 512 x 2", PlaneKind::Events, 512, 2, kLeast, 1, 0},
      {"events, contention, 8 x 2", PlaneKind::Events, 8, 2, kRandom, 0.7, 0},
      {"events, measured curve, 8 x 8", PlaneKind::Events, 8, 8, kRandom, 1, 0, 1, 0,
       std::chrono::minutes{1}, true},
      {"events, measured curve, 64 x 8", PlaneKind::Events, 64, 8, kRandom, 1, 0, 1, 0,
       std::chrono::minutes{1}, true},
      {"events, closed loop, 8 x 2", PlaneKind::Events, 8, 2, kRandom, 1, 20},
      {"events, two variants, 64 x 1", PlaneKind::Events, 64, 1, kRandom, 1, 0, 2},
      {"events, with a shadow, 64 x 1", PlaneKind::Events, 64, 1, kRandom, 1, 0, 1, 1},
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
