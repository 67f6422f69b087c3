// Holds a scaling plan, every number it was derived from, and what its simulation came to.
//
// Plain data; made by sim/study/scaling_plan.hpp, told by sim/report/plan_report.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/sim_time.hpp"
#include "core/units.hpp"
#include "sim/observe/benchmark_result.hpp"
#include "sim/observe/expectation_result.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// What the plan is to do, with every default applied.
struct PlanBasis {
  core::RequestRate min_rate;
  core::RequestRate max_rate;
  bool min_is_from_traffic = false;
  bool max_is_from_traffic = false;
  bool has_users = false;  // traffic that asks for as much as the endpoint answers
  double growth = 1;
  bool growth_is_default = false;
  std::optional<PlanObjective> objective{};  // none: the utilization itself was given
  std::optional<double> cpu{};               // of all vCPUs; none: as the utilization
  std::optional<LatencyThreshold> latency_threshold{};
  std::optional<double> spawn_per_minute{};
};

struct PlanTarget {
  double utilization = 0;            // of the saturated invocations
  double cpu_share = 0;              // of 100 % a vCPU
  double saturated_invocations = 0;  // a minute, of one instance
  double invocations_per_instance = 0;
  double cpu_percent = 0;
  std::int32_t min_capacity = 1;
  std::int32_t max_capacity = 1;
  // Of one instance that gets just invocations_per_instance.
  std::optional<double> cpu_percent_there{};
  std::optional<double> latency_p99_there{};
};

// The users of the recommender's advanced job, one more after another, until
// something ends it.
enum class LoadTestStop { MaxInvocations, LatencyThreshold, TimeLimit };
struct LoadTestResult {
  double max_invocations = 0;  // asked for, a minute
  double spawn_per_minute = 1;
  LoadTestStop stopped_by = LoadTestStop::TimeLimit;
  core::Duration duration{};  // to the end of the minute that decided
  std::int32_t users = 0;     // at the end
  Summary summary;
};

// The plan on the scenario's own traffic, and under the load test.
struct PlanEvaluation {
  Summary traffic;
  std::vector<ExpectationResult> expectations;
  std::optional<LoadTestResult> load_test;  // none: of a candidate, which is only compared
};

// One endpoint with one utilization.
struct PlanCase {
  std::string name;  // of a candidate; empty: the endpoint as written
  PlanTarget target;
  Scenario planned;                     // the scenario with the plan's scaling instead of its own
  std::vector<std::string> derivation;  // a sentence for each number
  std::vector<std::string> warnings;
  PlanEvaluation evaluation;
  std::vector<std::string> shortcomings;  // why the evaluation was not passed; empty: it was
};

struct PlanResult {
  PlanBasis basis;
  BenchmarkResult benchmark;    // of the endpoint as written
  std::vector<PlanCase> cases;  // by rising utilization; never empty
  std::size_t chosen = 0;       // index of `cases`
  // The endpoint as written, then each candidate, at the chosen utilization; empty: no candidates.
  std::vector<PlanCase> candidates;
  std::optional<std::size_t> cheapest;  // indices of `candidates`
  std::optional<std::size_t> safest;

  const PlanCase& plan() const { return cases[chosen]; }
};

}  // namespace sim
