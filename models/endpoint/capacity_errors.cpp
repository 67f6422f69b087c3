#include "models/endpoint/capacity_errors.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"

namespace models::endpoint {

CapacitySupply::CapacitySupply(CapacityErrors errors, core::RandomEngine engine)
    : errors_(std::move(errors)), engine_(engine) {
  CHECK_LE(0.0, errors_.probability);
  CHECK_LE(errors_.probability, 1.0);
}

bool CapacitySupply::refuses(core::SimTime now) {
  // A draw is in (0, 1]: probability 1 always fails.
  const bool by_chance = errors_.probability > 0 && engine_.unit_interval() <= errors_.probability;
  const core::Duration since_start = now - core::kStart;
  const bool by_window = std::any_of(
      errors_.windows.begin(), errors_.windows.end(),
      [&](const auto& window) { return window.from <= since_start && since_start < window.to; });
  return by_chance || by_window;
}

}  // namespace models::endpoint
