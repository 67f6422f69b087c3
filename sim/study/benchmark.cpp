#include "sim/study/benchmark.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/check.hpp"
#include "sim/run/simulation.hpp"

namespace sim {
namespace {

using models::traffic::ClosedLoopTraffic;

constexpr std::int32_t kFirstUsersOneByOne = 8;
constexpr std::int32_t kShareOfUsers = 8;  // a step adds one eighth
constexpr double kAnswersOfOneUser = 10'000;
constexpr double kFewestMinutes = 5;
constexpr double kMostMinutes = 1440;
constexpr core::Duration kMinute = std::chrono::minutes{1};
// Flat steps in a row that make a plateau: a single one may be the luck of a step.
constexpr std::size_t kFlatSteps = 2;

core::Duration default_step_duration(const Scenario& scenario, core::Duration think_time) {
  const auto& variant = scenario.variants.front().variant;
  const double cycle_s = mean_seconds(variant.service_time) + core::in_seconds(variant.overhead) +
                         core::in_seconds(think_time);
  const double minutes = std::ceil(kAnswersOfOneUser * cycle_s / 60);
  return kMinute * static_cast<std::int64_t>(std::clamp(minutes, kFewestMinutes, kMostMinutes));
}

bool has_failed(const BenchmarkStep& step) { return step.error_rate >= kMostBenchmarkErrors; }

double most_invocations(std::span<const BenchmarkStep> steps) {
  double most = 0;
  for (const BenchmarkStep& step : steps) {
    if (!has_failed(step)) most = std::max(most, step.invocations_per_minute);
  }
  return most;
}

bool is_flat(std::span<const BenchmarkStep> steps) {
  if (steps.size() <= kFlatSteps) return false;
  const auto before = steps.first(steps.size() - kFlatSteps);
  return most_invocations(steps) <= most_invocations(before) * (1 + kFlatInvocations);
}

BenchmarkStep measure(const Scenario& scenario, std::int32_t users) {
  const Summary summary = simulate(scenario, {}).summary;
  BenchmarkStep step;
  step.users = users;
  step.invocations_per_minute = summary.invocations_per_minute_mean.value_or(0);
  step.latency = summary.latency;
  step.model_latency = summary.model_latency;
  step.cpu_percent = summary.cpu_percent_mean;
  step.error_rate = summary.errors.rate.value_or(0);
  return step;
}

}  // namespace

std::optional<double> at_percentile(const LatencySummary& latency, LatencyPercentile percentile) {
  return percentile == LatencyPercentile::P95 ? latency.p95 : latency.p99;
}

std::int32_t users_after(std::int32_t users) {
  if (users < kFirstUsersOneByOne) return users + 1;
  return users + (users + kShareOfUsers - 1) / kShareOfUsers;
}

std::optional<std::size_t> plateau_start(std::span<const BenchmarkStep> steps) {
  const double enough = most_invocations(steps) * (1 - kFlatInvocations);
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    if (!has_failed(steps[i]) && steps[i].invocations_per_minute >= enough) return i;
  }
  return std::nullopt;
}

std::optional<BenchmarkStop> stop_after(std::span<const BenchmarkStep> steps,
                                        const BenchmarkOptions& options) {
  const BenchmarkStep& last = steps.back();
  if (has_failed(last)) return BenchmarkStop::Errors;
  if (options.max_invocations && last.invocations_per_minute >= *options.max_invocations) {
    return BenchmarkStop::MaxInvocations;
  }
  if (options.latency_threshold) {
    const auto latency = at_percentile(last.model_latency, options.latency_threshold->percentile);
    if (latency.value_or(0) > core::in_seconds(options.latency_threshold->limit)) {
      return BenchmarkStop::LatencyThreshold;
    }
  }
  if (options.stops_when_flat && is_flat(steps)) return BenchmarkStop::FlatInvocations;
  if (last.users >= options.max_users) return BenchmarkStop::MaxUsers;
  return std::nullopt;
}

Scenario one_instance_scenario(const Scenario& scenario) {
  Scenario alone = scenario;
  alone.variants.resize(1);
  ScenarioVariant& variant = alone.variants.front();
  variant.variant.weight = 1;
  variant.variant.initial_instances = 1;
  variant.variant.capacity_errors = {};
  variant.scalable_target.reset();
  variant.policies.clear();
  variant.scheduled_actions.clear();
  alone.alarms.clear();
  alone.metrics.clear();
  alone.expectations.clear();
  return alone;
}

Scenario one_instance_scenario(const Scenario& scenario, std::int32_t users,
                               core::Duration think_time, core::Duration step_duration) {
  Scenario alone = one_instance_scenario(scenario);
  alone.run.warm_up = step_duration;
  alone.run.duration = 2 * step_duration;
  ClosedLoopTraffic loop;
  loop.think_time = think_time;
  loop.phases.push_back({.name = "users", .initial = users, .duration = alone.run.duration});
  alone.traffic = {{.name = "users", .shape = loop}};
  return alone;
}

BenchmarkResult run_benchmark(const Scenario& scenario, const BenchmarkOptions& options) {
  CHECK(options.max_users >= 1);
  BenchmarkResult result;
  result.think_time = options.think_time;
  result.step_duration =
      options.step_duration.value_or(default_step_duration(scenario, options.think_time));
  std::int32_t users = 1;
  for (;;) {
    const Scenario step =
        one_instance_scenario(scenario, users, options.think_time, result.step_duration);
    result.steps.push_back(measure(step, users));
    if (const auto stop = stop_after(result.steps, options)) {
      result.stopped_by = *stop;
      result.knee = plateau_start(result.steps);
      return result;
    }
    users = std::min(users_after(users), options.max_users);
  }
}

}  // namespace sim
