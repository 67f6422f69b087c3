// Load-tests one instance of a scenario's endpoint as SageMaker's Inference Recommender does in its
// default job: users who ask again as soon as they are answered, more and more of
// them, until more bring no more answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/sim_time.hpp"
#include "sim/observe/benchmark_result.hpp"
#include "sim/scenario/plan_settings.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// Fewer more invocations than this, of an eighth more users at least, are none: the plateau of
// R-204 and R-201's FlatInvocations.
inline constexpr double kFlatInvocations = 0.02;
// A step in which a larger share fails tells how the instance breaks, not what it serves.
inline constexpr double kMostBenchmarkErrors = 0.01;

std::optional<double> at_percentile(const LatencySummary& latency, LatencyPercentile percentile);

// StoppingConditions, and how each number of users is measured.
struct BenchmarkOptions {
  std::optional<double> max_invocations{};  // a minute
  std::optional<LatencyThreshold> latency_threshold{};
  bool stops_when_flat = true;  // FlatInvocations: Stop
  std::int32_t max_users = 1000;
  core::Duration think_time{};
  // Whole minutes. None: as many as one user needs for ten thousand answers, at least five.
  std::optional<core::Duration> step_duration{};
};

BenchmarkResult run_benchmark(const Scenario& scenario, const BenchmarkOptions& options);

// Every number up to eight, then an eighth more each time, so that a flat step is a flat instance
// and not a small step.
std::int32_t users_after(std::int32_t users);

// The first step within kFlatInvocations of the most that any step served without failing; none
// when nothing after it shows that more users bring no more.
std::optional<std::size_t> plateau_start(std::span<const BenchmarkStep> steps);

// The condition that the last step meets; none: more users come.
std::optional<BenchmarkStop> stop_after(std::span<const BenchmarkStep> steps,
                                        const BenchmarkOptions& options);

// One instance of the first production variant, that nothing scales, and so many users.
Scenario one_instance_scenario(const Scenario& scenario);
Scenario one_instance_scenario(const Scenario& scenario, std::int32_t users,
                               core::Duration think_time, core::Duration step_duration);

}  // namespace sim
