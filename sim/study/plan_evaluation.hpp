// Simulates a scaling plan: on the traffic that is expected, and under the load test of SageMaker's
// Inference Recommender in its advanced job.
#pragma once

#include <string>
#include <vector>

#include "sim/observe/plan_result.hpp"

namespace sim {

// As traffic says: of the whole minutes in which there were requests, the least and the largest.
struct RateRange {
  core::RequestRate least;
  core::RequestRate largest;
};
RateRange rates_of_traffic(const Scenario& scenario);

// One instance of the scenario's endpoint, asked for just as much as the target says.
void measure_at_target(const Scenario& scenario, core::Duration step_duration, PlanTarget& target);

// users are spawned until MaxInvocations is reached, the latency is over the threshold, or
// R-195's two hours are over.
LoadTestResult run_load_test(const Scenario& planned, const PlanBasis& basis,
                             const BenchmarkResult& benchmark);

// The scenario's traffic, and what it expects.
PlanEvaluation evaluate_on_traffic(const Scenario& planned);

// Why the plan does not do what it was made for: a sentence for each reason.
std::vector<std::string> shortcomings_of(const PlanEvaluation& evaluation, const PlanBasis& basis);

}  // namespace sim
