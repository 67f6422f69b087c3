#include "sim/scenario/scenario.hpp"

namespace sim {

double share_of(const Scenario& scenario, const ScenarioVariant& variant) {
  if (variant.variant.is_shadow()) return *variant.variant.shadow_share;
  double all = 0;
  for (const ScenarioVariant& each : scenario.variants) {
    if (!each.variant.is_shadow()) all += each.variant.weight;
  }
  return variant.variant.weight / all;
}

}  // namespace sim
