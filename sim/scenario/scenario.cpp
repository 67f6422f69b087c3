#include "sim/scenario/scenario.hpp"

#include <algorithm>
#include <variant>

namespace sim {

using models::traffic::TrafficStream;

double share_of(const Scenario& scenario, const ScenarioVariant& variant) {
  if (variant.variant.is_shadow()) return *variant.variant.shadow_share;
  double all = 0;
  for (const ScenarioVariant& each : scenario.variants) {
    if (!each.variant.is_shadow()) all += each.variant.weight;
  }
  return variant.variant.weight / all;
}

std::vector<RunWindow> expectation_windows(const Scenario& scenario) {
  std::vector<RunWindow> windows;
  for (const Expectation& expectation : scenario.expectations) {
    const auto& within = expectation.within;
    if (!within || std::find(windows.begin(), windows.end(), *within) != windows.end()) continue;
    windows.push_back(*within);
  }
  return windows;
}

void take_as_objectives(std::vector<Expectation>& expectations) {
  for (Expectation& expectation : expectations) expectation.fails = false;
}

bool has_retries(const Scenario& scenario) {
  return std::any_of(scenario.traffic.begin(), scenario.traffic.end(),
                     [](const TrafficStream& stream) { return stream.retries.attempts > 1; });
}

bool has_users(const Scenario& scenario) {
  return std::any_of(
      scenario.traffic.begin(), scenario.traffic.end(), [](const TrafficStream& stream) {
        return std::holds_alternative<models::traffic::ClosedLoopTraffic>(stream.shape);
      });
}

}  // namespace sim
