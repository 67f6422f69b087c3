// Plays a scenario: builds its models, runs its events in order, and returns what happened.
//
// This is where the loop closes. The endpoint does not know that it is watched, CloudWatch has
// never heard of an instance, and Auto Scaling has never heard of a request: each hands over here.
#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <string>

#include "models/endpoint/request_plane.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct SimulationOptions {
  std::optional<models::endpoint::PlaneKind> plane{};  // none: recursion where it applies
  std::uint64_t run = 0;                               // which independent repetition
  std::optional<core::SimTime> explain_at{};           // keep the state of the control plane then
  // Opens a trace, unpacked; returns null when it cannot.
  std::function<std::unique_ptr<std::istream>(const std::string& path)> open_trace{};
};

// REQUIRES: the scenario came from load_scenario() without errors; the plane asked for applies.
RunResult simulate(const Scenario& scenario, const SimulationOptions& options);

}  // namespace sim
