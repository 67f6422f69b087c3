#include "tests/support/random_plane_case.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "core/random_streams.hpp"

namespace tests {
namespace {

using core::Duration;
using models::endpoint::EndpointVariant;
using models::endpoint::RoutingStrategy;
using models::endpoint::SpanDistribution;
using namespace std::chrono_literals;

class CaseMaker {
 public:
  CaseMaker(std::uint64_t seed, const PlaneCaseLimits& limits) : engine_(seed), limits_(limits) {}

  PlaneCase make() {
    PlaneCase made;
    made.seed = engine_();
    made.end = core::kStart + limits_.duration;
    made.variant = variant();
    choose_lives(made, 0);
    if (limits_.several_variants) choose_others(made);
    choose_streams(made);
    const std::uint32_t cuts = engine_.below(4);
    for (std::uint32_t i = 0; i < cuts; ++i) made.cuts.push_back(instant());
    return made;
  }

 private:
  template <class Value, std::size_t kCount>
  Value one_of(const std::array<Value, kCount>& values) {
    return values[engine_.below(kCount)];
  }
  bool one_in(std::uint32_t times) { return engine_.below(times) == 0; }

  // Half of the instants fall on a grid, on which arrivals and departures may lie, too.
  core::SimTime instant() {
    const double seconds = core::in_seconds(limits_.duration) * engine_.unit_interval();
    const Duration at = core::round_to_duration(seconds);
    return core::kStart + (one_in(2) ? at / 5ms * Duration{5ms} : at);
  }

  SpanDistribution service_time() {
    const double mean_s = one_of<double, 3>({0.005, 0.02, 0.08});
    switch (engine_.below(4)) {
      case 0:
        return models::endpoint::ExponentialSpan{mean_s};
      case 1:
        return models::endpoint::LogNormalSpan::from_mean_cv(mean_s, 1.5);
      case 2:
        return models::endpoint::SampledSpan{{mean_s / 2, mean_s, 3 * mean_s}, {}};
      default:
        return models::endpoint::ExactSpan{core::round_to_duration(mean_s)};
    }
  }

  EndpointVariant variant() {
    const SpanDistribution service = service_time();
    EndpointVariant made = variant_of(service, one_of<std::int32_t, 4>({1, 2, 3, 8}));
    made.queue_timeout = one_of<Duration, 4>({20ms, 40ms, 200ms, 60s});
    made.stopping = one_of<Duration, 5>({0ns, 5ms, 30ms, 500ms, 30s});
    const auto limit = one_of<std::int64_t, 5>({-1, -1, 0, 1, 5});
    if (limit >= 0) made.queue_limit = limit;
    if (!limits_.events_only) return made;
    if (one_in(2)) made.routing = RoutingStrategy::LeastOutstandingRequests;
    // With two workers at half the speed each, no time is rounded.
    if (made.workers == 2 && one_in(2)) set_contention(made, 1);
    if (one_in(3)) made.warming = {one_of<Duration, 3>({1ns, 300ms, 10s}), 2, 0.5};
    // Beyond a peak, at speeds that round nothing either.
    if (made.workers == 3 && one_in(2)) set_throughputs(made, {1, 1, 0.75});
    return made;
  }

  // Any of them may be the first, but one at least is given requests.
  void choose_others(PlaneCase& made) {
    const std::uint32_t others = 1 + engine_.below(3);
    for (std::uint32_t i = 1; i <= others; ++i) {
      EndpointVariant& other = made.others.emplace_back(variant());
      if (one_in(2)) {
        other.shadow_share = one_of<double, 4>({0, 0.25, 0.8, 1});
      } else {
        other.weight = one_of<double, 4>({0, 0.1, 1, 2.5});
      }
      choose_lives(made, i);
    }
    std::swap(made.variant, made.others[engine_.below(others)]);
    if (one_in(2)) made.stretch_every = one_of<Duration, 2>({500ms, 10s});
  }

  void choose_lives(PlaneCase& made, models::endpoint::VariantIndex variant) {
    const std::uint32_t slots = 1 + engine_.below(4);
    for (std::uint32_t slot = 0; slot < slots; ++slot) {
      InstanceLife life;
      life.slot = slot;
      life.variant = variant;
      if (!one_in(2)) life.in_service = instant();
      if (one_in(2)) life.stops = life.in_service + Duration{1} + (instant() - core::kStart) / 2;
      made.lives.push_back(life);
    }
  }

  void choose_streams(PlaneCase& made) {
    const double mean_s = mean_seconds(made.variant.service_time);
    const double load = one_of<double, 4>({0.3, 0.8, 1.0, 1.6});
    const double rate =
        std::min(limits_.most_requests_per_second, load * made.variant.workers * 2 / mean_s);
    made.streams.push_back(poisson_stream("busy", rate * 0.7));
    if (one_in(2)) {
      made.streams.push_back(poisson_stream("even", std::ceil(rate * 0.03) * 10));
      made.streams.back().arrivals = models::traffic::ArrivalPattern::Even;
    }
    if (!limits_.events_only) return;
    choose_users(made);
    for (models::traffic::TrafficStream& stream : made.streams) {
      if (one_in(2)) continue;
      stream.retries = {.attempts = 1 + static_cast<std::int32_t>(engine_.below(4)),
                        .backoff = one_of<Duration, 3>({0ms, 5ms, 90ms}),
                        .jitter = one_of<double, 3>({0, 0.5, 1})};
    }
  }

  void choose_users(PlaneCase& made) {
    if (one_in(2)) return;
    const auto think_time = one_of<Duration, 3>({0ns, 5ms, 100ms});
    made.streams.push_back(users_stream("users", 1 + static_cast<std::int32_t>(engine_.below(6)),
                                        think_time, limits_.duration * 3 / 4));
    if (one_in(2)) made.variant.overhead = 4ms;
    for (EndpointVariant& other : made.others) other.overhead = one_of<Duration, 2>({0ms, 7ms});
  }

  core::RandomEngine engine_;
  const PlaneCaseLimits limits_;
};

}  // namespace

PlaneCase random_plane_case(std::uint64_t seed, const PlaneCaseLimits& limits) {
  return CaseMaker(seed, limits).make();
}

}  // namespace tests
