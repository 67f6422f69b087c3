// Decides which scale-outs fail because AWS has no more instances of the type to give.
#pragma once

#include <vector>

#include "core/random_streams.hpp"
#include "core/sim_time.hpp"

namespace models::endpoint {

// Counted from time zero; `to` is no longer in it.
struct CapacityErrorWindow {
  core::Duration from{};
  core::Duration to{};
};

// A scale-out fails in one of the windows, and elsewhere with this probability, 0 to 1.
struct CapacityErrors {
  double probability = 0;
  std::vector<CapacityErrorWindow> windows;  // each ends before the next begins, or as it begins
  bool any() const { return probability > 0 || !windows.empty(); }
};

// The supply of instances of one variant's type.
class CapacitySupply {
 public:
  CapacitySupply(CapacityErrors errors, core::RandomEngine engine);

  // Whether a scale-out asked for at `now` fails. One draw each time when there is a probability,
  // in a window as well, so that windows leave the fate of the other scale-outs as it was.
  bool refuses(core::SimTime now);

 private:
  CapacityErrors errors_;
  core::RandomEngine engine_;
};

}  // namespace models::endpoint
