#include "tests/support/random_scenario.hpp"

#include <algorithm>
#include <array>

#include "core/random_streams.hpp"
#include "tests/support/scenario_builder.hpp"

namespace tests {
namespace {

using core::Duration;
using core::RequestRate;
using models::endpoint::SpanDistribution;
using models::traffic::ArrivalPattern;
using namespace std::chrono_literals;

class ScenarioMaker {
 public:
  ScenarioMaker(std::uint64_t seed, bool open_loop) : engine_(seed), open_loop_(open_loop) {}

  sim::Scenario make_everything() {
    most_rate_ = 12;
    builder_.with_seed(engine_()).with_price(0.102);
    builder_.with_duration(12min + below(20) * Duration{1min} + below(3) * Duration{7s});
    choose_endpoint();
    choose_mishaps();
    choose_traffic();
    for (models::traffic::TrafficStream& stream : builder_.scenario().traffic) {
      stream.arrivals = ArrivalPattern::Poisson;
      if (one_in(2)) continue;
      stream.retries = {.attempts = 1 + static_cast<std::int32_t>(below(5)),
                        .backoff = one_of<Duration, 4>({0s, 50ms, 1s, 15s}),
                        .jitter = one_of<double, 3>({0, 0.5, 1})};
    }
    choose_scaling();
    choose_assumptions();
    if (one_in(2)) choose_schedule();
    if (one_in(2)) choose_variants();
    return builder_.build();
  }

  sim::Scenario make() {
    const std::uint64_t seed = engine_();
    const Duration minutes = below(35) * Duration{1min};
    const Duration rest = below(3) * Duration{7s};
    builder_.with_seed(seed).with_price(0.102).with_duration(25min + minutes + rest);
    if (one_in(3)) builder_.with_warm_up(below(10) * Duration{37s});
    choose_endpoint();
    choose_traffic();
    choose_scaling();
    choose_assumptions();
    return builder_.build();
  }

 private:
  std::int64_t below(std::uint32_t bound) { return engine_.below(bound); }
  bool one_in(std::uint32_t times) { return engine_.below(times) == 0; }
  template <class Value, std::size_t kCount>
  Value one_of(const std::array<Value, kCount>& values) {
    return values[engine_.below(kCount)];
  }

  void choose_endpoint() {
    auto& endpoint = builder_.scenario().variants.front().variant;
    mean_s_ = one_of<double, 4>({0.02, 0.2, 4.0, 12.0});
    const auto workers = one_of<std::int32_t, 4>({1, 2, 3, 8});
    builder_.with_service(service_time(), workers);
    builder_.with_startup(startup());
    builder_.with_stopping(one_of<Duration, 4>({0s, 1s, 10s, 90s}));
    builder_.with_instances(1 + static_cast<std::int32_t>(below(8)));
    endpoint.overhead = one_of<Duration, 2>({0ms, 4ms});
    endpoint.queue_timeout = one_of<Duration, 4>({500ms, 5s, 60s, 60s});
    if (one_in(3)) endpoint.queue_limit = one_of<std::int64_t, 3>({0, 3, 50});
    endpoint.vcpus = {one_of<std::int32_t, 2>({1, 4})};
    if (one_in(3)) {
      endpoint.cpu = {{RequestRate::per_second(0), 2},
                      {endpoint.throughput, 90.0 * endpoint.vcpus.value}};
    }
    if (open_loop_) return;
    if (one_in(2)) {
      endpoint.routing = models::endpoint::RoutingStrategy::LeastOutstandingRequests;
    }
    if (endpoint.workers > 1 && one_in(2)) endpoint.throughput = endpoint.throughput * 0.7;
  }

  void choose_mishaps() {
    auto& endpoint = builder_.scenario().variants.front().variant;
    if (one_in(3)) {
      endpoint.warming = {one_of<Duration, 3>({20s, 3min, 1h}), one_of<double, 3>({1, 2.5, 20}),
                          one_of<double, 3>({0, 0.05, 0.6})};
    }
    if (one_in(3)) endpoint.capacity_errors.probability = one_of<double, 3>({0.1, 0.5, 1});
    endpoint.stagger = one_of<Duration, 3>({0s, 0s, 40s});
    if (one_in(3)) measure(endpoint);
  }

  // A measured instance whose throughput rises to a peak and falls beyond it.
  void measure(models::endpoint::EndpointVariant& endpoint) {
    const double alone = 1 / models::endpoint::mean_seconds(endpoint.service_time);
    double most = 0;
    for (std::int32_t busy = 1; busy <= endpoint.workers; ++busy) {
      const double rate = alone * busy / (1 + 0.1 * (busy - 1) + 0.02 * busy * (busy - 1));
      endpoint.throughputs.push_back(RequestRate::per_second(rate));
      most = std::max(most, rate);
    }
    endpoint.throughput = RequestRate::per_second(most);
    for (std::int32_t busy = 0; busy <= endpoint.workers; ++busy) {
      endpoint.busy_cpu.push_back({90.0 * endpoint.vcpus.value * busy / endpoint.workers});
    }
  }

  // Takes instances away, whatever the load, and gives them back.
  void choose_schedule() {
    auto& variant = builder_.scenario().variants.front();
    if (!variant.scalable_target) return;
    builder_.with_stopping(one_of<Duration, 3>({0s, 0s, 1s}));
    for (const auto& [minute, most] :
         {std::pair{7, variant.scalable_target->min_capacity.value}, std::pair{9, 9}}) {
      models::autoscaling::ScheduledActionConfiguration action;
      action.name = "at minute " + std::to_string(minute);
      action.expression = models::autoscaling::AtExpression{minute * 60};
      action.max_capacity = models::autoscaling::InstanceCount{most};
      variant.scheduled_actions.push_back(action);
    }
  }

  // The others are like the first but for their part of the requests, and some do not scale.
  void choose_variants() {
    auto& variants = builder_.scenario().variants;
    const std::int64_t others = 1 + below(2);
    for (std::int64_t i = 0; i < others; ++i) {
      sim::ScenarioVariant other = variants.front();
      other.variant.variant_name = "variant " + std::to_string(i);
      other.variant.weight = one_of<double, 3>({0.1, 1, 3});
      other.variant.initial_instances = 1 + static_cast<std::int32_t>(below(4));
      if (other.scalable_target && !one_in(3)) {
        other.variant.initial_instances = other.scalable_target->min_capacity.value;
      } else {
        other.scalable_target.reset();
        other.policies.clear();
        other.scheduled_actions.clear();
      }
      // Shadows stand last.
      if (i + 1 == others && one_in(2)) {
        other.variant.shadow_share = one_of<double, 3>({0, 0.3, 1});
      }
      variants.push_back(std::move(other));
    }
  }

  SpanDistribution service_time() {
    switch (engine_.below(4)) {
      case 0:
        return models::endpoint::ExactSpan{core::round_to_duration(mean_s_)};
      case 1:
        return models::endpoint::LogNormalSpan::from_mean_cv(mean_s_, 1.2);
      case 2:
        return models::endpoint::GammaSpan::from_mean_cv(mean_s_, 0.5);
      default:
        return models::endpoint::ExponentialSpan{mean_s_};
    }
  }

  SpanDistribution startup() {
    if (one_in(2)) return models::endpoint::LogNormalSpan::from_p50_p99(150, 420);
    return models::endpoint::ExactSpan{one_of<Duration, 4>({0s, 60s, 4min, 12min})};
  }

  RequestRate rate() {
    const auto& endpoint = builder_.scenario().variants.front().variant;
    const double most = std::min(most_rate_, 3 * endpoint.throughput.per_second());
    return RequestRate::per_second(most * engine_.unit_interval());
  }

  models::traffic::TrafficShape open_shape() {
    if (one_in(3)) {
      const RequestRate base = rate();
      const RequestRate peak = base + rate();
      return models::traffic::SpikyTraffic{base * 0.2, peak, 8min, 90s, 2min, {}};
    }
    models::traffic::PhasedTraffic phased;
    RequestRate before;
    for (int i = 0; i < 4; ++i) {
      const RequestRate after = one_in(5) ? RequestRate{} : rate();
      phased.phases.push_back(
          {std::to_string(i), one_in(2) ? before : after, after, 45s + below(9) * Duration{1min}});
      before = after;
    }
    return phased;
  }

  void choose_traffic() {
    const std::int64_t streams = 1 + below(3);
    for (std::int64_t i = 0; i < streams; ++i) {
      const auto pattern = one_in(3) ? ArrivalPattern::Even : ArrivalPattern::Poisson;
      builder_.with_stream(
          {"stream " + std::to_string(i), below(4) * Duration{100s}, pattern, open_shape()});
    }
    if (open_loop_ || one_in(2)) return;
    models::traffic::ClosedLoopTraffic users;
    users.phases = {{.name = "first", .initial = 1, .spawn_per_minute = 2.5, .duration = 6min},
                    {.name = "then", .initial = 4, .duration = 9min}};
    users.limit = 12;
    users.think_time = one_of<Duration, 3>({0ms, 100ms, 2s});
    builder_.with_stream({"users", below(3) * Duration{50s}, ArrivalPattern::Poisson, users});
  }

  void choose_scaling() {
    if (one_in(6)) return;
    const auto min = static_cast<std::int32_t>(1 + below(3));
    builder_.with_bounds(min, min + static_cast<std::int32_t>(below(9)));
    auto& target = *builder_.scenario().variants.front().scalable_target;
    target.suspended_state.dynamic_scaling_in_suspended = one_in(12);
    target.suspended_state.dynamic_scaling_out_suspended = one_in(12);
    const double most = builder_.scenario().variants.front().variant.throughput.per_minute();
    if (!one_in(4)) {
      builder_.with_invocations_target(most * one_of<double, 3>({0.1, 0.4, 0.8}));
      choose_cooldowns();
    }
    if (one_in(2)) {
      const double all = 100.0 * builder_.scenario().variants.front().variant.vcpus.value;
      builder_.with_cpu_target(all * one_of<double, 3>({0.15, 0.4, 0.7}));
      choose_cooldowns();
    }
  }

  void choose_cooldowns() {
    const auto out = one_of<Duration, 3>({0s, 10s, 300s});
    const auto in = one_of<Duration, 3>({0s, 100s, 300s});
    builder_.with_cooldowns(out, in);
    auto& policy = builder_.scenario().variants.front().policies.back();
    std::get<models::autoscaling::TargetTrackingConfiguration>(policy).disable_scale_in = one_in(6);
  }

  void choose_assumptions() {
    sim::Assumptions assumptions;
    assumptions.metric_delay = one_of<Duration, 4>({0s, 45s, 60s, 150s});
    assumptions.alarm_phase = one_of<Duration, 3>({0s, 10s, 59s});
    assumptions.alarm.evaluation_range_extra = static_cast<std::int32_t>(below(4));
    if (one_in(3)) assumptions.zero_traffic = sim::ZeroTraffic::Sparse;
    auto& scaling = assumptions.scaling;
    if (one_in(3)) scaling.cooldown_start = models::autoscaling::CooldownStart::Accepted;
    if (one_in(3)) {
      scaling.target_tracking_points = models::autoscaling::TargetTrackingPoints::Newest;
    }
    if (one_in(3)) {
      assumptions.alarm.old_breaching_point = models::cloudwatch::OldBreachingPoint::Ignored;
    }
    assumptions.bill_startup = !one_in(3);
    builder_.with_assumptions(assumptions);
  }

  core::RandomEngine engine_;
  const bool open_loop_;
  ScenarioBuilder builder_;
  double mean_s_ = 0;
  double most_rate_ = 40;
};

}  // namespace

sim::Scenario random_scenario(std::uint64_t seed, bool open_loop) {
  return ScenarioMaker(seed, open_loop).make();
}

sim::Scenario random_scenario_of_everything(std::uint64_t seed) {
  return ScenarioMaker(seed, false).make_everything();
}

}  // namespace tests
