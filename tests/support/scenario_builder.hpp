// Builds scenarios in code, as tests of the simulation need them: a_scenario() with what matters to
// the test named, and everything else plain and without chance.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/run/simulation.hpp"
#include "sim/scenario/scenario.hpp"

namespace tests {

class ScenarioBuilder {
 public:
  // One hour; no traffic; one instance with one worker and services of exactly 10 ms, so at most
  // 100 requests a second; startup 4 minutes, grace 30 seconds; no scaling, no price.
  ScenarioBuilder();

  // Evenly spaced requests, so that the count of a whole number of periods is known. A rate given
  // with `until` stops there.
  ScenarioBuilder& with_rate(double per_second, std::optional<core::Duration> until = {});
  // Evenly spaced, a rate for each phase; the phases are named "1", "2", ...
  ScenarioBuilder& with_phases(const std::vector<std::pair<double, core::Duration>>& phases);
  ScenarioBuilder& with_stream(models::traffic::TrafficStream stream);
  ScenarioBuilder& with_duration(core::Duration duration);
  ScenarioBuilder& with_warm_up(core::Duration warm_up);
  ScenarioBuilder& with_seed(std::uint64_t seed);

  ScenarioBuilder& with_instances(std::int32_t initial);
  // Also sets the throughput that independent workers reach.
  ScenarioBuilder& with_service(models::endpoint::SpanDistribution service,
                                std::int32_t workers = 1);
  ScenarioBuilder& with_startup(models::endpoint::SpanDistribution startup);
  ScenarioBuilder& with_stopping(core::Duration grace);
  ScenarioBuilder& with_price(double usd_per_hour);

  // Registers the scalable target.
  ScenarioBuilder& with_bounds(std::int32_t min, std::int32_t max);
  // Target tracking; both cooldowns 0. InvocationsPerInstance is per minute.
  ScenarioBuilder& with_invocations_target(double invocations_per_instance);
  ScenarioBuilder& with_cpu_target(double percent);
  ScenarioBuilder& with_cooldowns(core::Duration out, core::Duration in);  // of the last policy
  ScenarioBuilder& with_assumptions(const sim::Assumptions& assumptions);

  // For whatever else a test needs.
  sim::Scenario& scenario() { return scenario_; }
  sim::Scenario build() const { return scenario_; }
  sim::RunResult run(const sim::SimulationOptions& options = {}) const {
    return simulate(scenario_, options);
  }

 private:
  sim::Scenario scenario_;
};

inline ScenarioBuilder a_scenario() { return {}; }

// The whole result as its JSON report.
std::string json_of(const sim::Scenario& scenario, const sim::RunResult& result);

// Why the first result differs from the second, compared in full precision; empty when it does not.
// The name of the plane is left out: planes may differ in nothing else.
std::string difference(const sim::RunResult& a, const sim::RunResult& b);

}  // namespace tests
