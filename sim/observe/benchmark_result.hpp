// Holds what a load test of one instance measured: a row for each number of users, and where more
// users brought no more answers.
//
// Plain data in SI base units but for the invocations, which AWS counts by the minute.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/sim_time.hpp"
#include "sim/observe/run_result.hpp"

namespace sim {

struct BenchmarkStep {
  std::int32_t users = 0;
  double invocations_per_minute = 0;
  LatencySummary latency;        // what the user sees
  LatencySummary model_latency;  // without the overhead
  std::optional<double> cpu_percent;
  double error_rate = 0;

  // Requests at the instance, by Little's law.
  double concurrency() const {
    return invocations_per_minute / 60 * model_latency.mean.value_or(0);
  }
};

// The first condition that is met ends a load test.
enum class BenchmarkStop { Errors, MaxInvocations, LatencyThreshold, FlatInvocations, MaxUsers };

struct BenchmarkResult {
  core::Duration step_duration{};  // of what was measured; a warm-up of the same length goes before
  core::Duration think_time{};     // of the users
  std::vector<BenchmarkStep> steps;  // by rising users; never empty
  // The start of the plateau, an index of `steps`. None: it was not reached.
  std::optional<std::size_t> knee;
  BenchmarkStop stopped_by = BenchmarkStop::MaxUsers;
};

}  // namespace sim
