#include "sim/study/plan_evaluation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "models/traffic/user_population.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/run/simulation.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/plan_reader.hpp"
#include "sim/study/benchmark.hpp"
#include "sim/study/expectations.hpp"

namespace sim {
namespace {

using models::traffic::ClosedLoopTraffic;
using models::traffic::SmoothTraffic;

constexpr core::Duration kMinute = std::chrono::minutes{1};
constexpr core::Duration kLongestLoadTest = std::chrono::hours{2};
constexpr core::Duration kFirstLoadTest = std::chrono::minutes{30};
// Users who would ask for MaxInvocations if nothing slowed them down are there after so long.
constexpr double kMinutesToAllUsers = 30;

RunResult played(const Scenario& scenario) {
  SimulationOptions options;
  options.open_trace = open_trace_file;
  return simulate(scenario, options);
}

double default_spawn_rate(const BenchmarkResult& benchmark, double max_invocations) {
  const double of_one_user = benchmark.steps.front().invocations_per_minute;
  if (of_one_user <= 0) return 1;
  return std::max(1.0, std::ceil(max_invocations / of_one_user / kMinutesToAllUsers));
}

Scenario load_test_scenario(const Scenario& planned, double spawn_per_minute,
                            core::Duration duration) {
  Scenario test = planned;
  test.run.warm_up = core::Duration{0};
  test.run.duration = duration;
  ClosedLoopTraffic loop;
  loop.phases.push_back({.name = "load test",
                         .initial = 1,
                         .spawn_per_minute = spawn_per_minute,
                         .duration = duration});
  test.traffic = {{.name = "users", .shape = loop}};
  test.expectations.clear();
  // The load test knows no time of day.
  test.variants.front().scheduled_actions.clear();
  return test;
}

std::optional<double> latency_of(const MinuteRecord& minute, LatencyPercentile percentile) {
  return percentile == LatencyPercentile::P95 ? minute.latency_p95 : minute.latency_p99;
}

struct Stop {
  LoadTestStop why;
  core::Duration at{};
};

// The first minute that ends the test; none: it goes on.
std::optional<Stop> stop_of(const RunResult& run, double max_invocations,
                            const std::optional<LatencyThreshold>& threshold, double overhead_s) {
  for (const MinuteRecord& minute : run.minutes) {
    const core::Duration end = minute.end - core::kStart;
    if (static_cast<double>(minute.invocations) >= max_invocations) {
      return Stop{LoadTestStop::MaxInvocations, end};
    }
    if (!threshold) continue;
    const auto latency = latency_of(minute, threshold->percentile);
    if (latency && *latency - overhead_s > core::in_seconds(threshold->limit)) {
      return Stop{LoadTestStop::LatencyThreshold, end};
    }
  }
  return std::nullopt;
}

}  // namespace

RateRange rates_of_traffic(const Scenario& scenario) {
  Scenario without = scenario;
  without.expectations.clear();
  const RunResult run = played(without);
  double least = 0;
  double largest = 0;
  for (const MinuteRecord& minute : run.minutes) {
    if (minute.invocations == 0) continue;
    if (minute.end - minute.start < kMinute && run.minutes.size() > 1) continue;
    const double rate =
        static_cast<double>(minute.invocations) / core::in_seconds(minute.end - minute.start);
    least = least > 0 ? std::min(least, rate) : rate;
    largest = std::max(largest, rate);
  }
  return {core::RequestRate::per_second(least), core::RequestRate::per_second(largest)};
}

void measure_at_target(const Scenario& scenario, core::Duration step_duration, PlanTarget& target) {
  Scenario alone = one_instance_scenario(scenario);
  alone.run.warm_up = step_duration;
  alone.run.duration = 2 * step_duration;
  alone.traffic = {
      {.name = "target",
       .shape = SmoothTraffic{core::RequestRate::per_minute(target.invocations_per_instance), {}}}};
  const Summary summary = played(alone).summary;
  target.cpu_percent_there = summary.cpu_percent_mean;
  target.latency_p99_there = summary.latency.p99;
}

LoadTestResult run_load_test(const Scenario& planned, const PlanBasis& basis,
                             const BenchmarkResult& benchmark) {
  LoadTestResult result;
  result.max_invocations = std::round(basis.max_rate.per_minute());
  result.spawn_per_minute =
      basis.spawn_per_minute.value_or(default_spawn_rate(benchmark, result.max_invocations));
  const double overhead_s = core::in_seconds(planned.variants.front().variant.overhead);
  // A shorter test begins as a longer one does, so most need not be played for two hours.
  std::optional<Stop> stop;
  for (core::Duration length = kFirstLoadTest; !stop; length *= 2) {
    const Scenario test = load_test_scenario(planned, result.spawn_per_minute, length);
    stop = stop_of(played(test), result.max_invocations, basis.latency_threshold, overhead_s);
    if (!stop && length >= kLongestLoadTest) stop = Stop{LoadTestStop::TimeLimit, length};
  }
  const Scenario test = load_test_scenario(planned, result.spawn_per_minute, stop->at);
  result.stopped_by = stop->why;
  result.duration = stop->at;
  result.summary = played(test).summary;
  const auto& loop = std::get<ClosedLoopTraffic>(test.traffic.front().shape);
  result.users = static_cast<std::int32_t>(
      models::traffic::UserPopulation(loop, core::Duration{0}).total_users());
  return result;
}

PlanEvaluation evaluate_on_traffic(const Scenario& planned) {
  const RunResult run = played(planned);
  PlanEvaluation evaluation;
  evaluation.traffic = run.summary;
  evaluation.expectations = check_expectations(planned, run);
  return evaluation;
}

std::vector<std::string> shortcomings_of(const PlanEvaluation& evaluation, const PlanBasis& basis) {
  std::vector<std::string> reasons;
  const auto check_errors = [&reasons](const Summary& summary, std::string_view where) {
    const double rate = summary.errors.rate.value_or(0);
    if (rate < kMostBenchmarkErrors) return;
    reasons.push_back(fmt::format("{} of the requests of the {} fail, 1 % is too many",
                                  humane_share(rate), where));
  };
  if (const auto& test = evaluation.load_test) {
    if (test->stopped_by == LoadTestStop::TimeLimit) {
      reasons.push_back(fmt::format(
          "the load test does not reach {} invocations a minute within {}: at most {} with {} "
          "users",
          humane_count(std::llround(test->max_invocations)), humane_span(test->duration),
          humane_count(test->summary.invocations_per_minute_max.value_or(0)), test->users));
    } else if (test->stopped_by == LoadTestStop::LatencyThreshold) {
      reasons.push_back(
          fmt::format("the load test is over {} with {} users and at most {} invocations a minute",
                      format_latency_threshold(*basis.latency_threshold), test->users,
                      humane_count(test->summary.invocations_per_minute_max.value_or(0))));
    }
    check_errors(test->summary, "load test");
  }
  check_errors(evaluation.traffic, "expected traffic");
  for (const ExpectationResult& result : evaluation.expectations) {
    if (result.passed) continue;
    reasons.push_back(fmt::format("expected {}, found {}", one_line(result.expectation.that),
                                  one_line(result.actual_text)));
  }
  return reasons;
}

}  // namespace sim
