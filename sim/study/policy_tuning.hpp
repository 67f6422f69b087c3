// Finds the cheapest policy that meets what a scenario expects: searches, checks the winner on
// fresh runs, and says how much the verdict depends on what nobody sets.
//
// The search plays runs 0, 1, ... of every policy, the same for all. What wins there has been
// chosen for its luck in those very runs, so it is put to runs that no search has seen; only those
// support the claim. The claim is exact (Clopper and Pearson, Biometrika 26, 1934): n of n runs
// met say, with confidence 1 - a, that at least a^(1/n) of all days do. A policy that fails gives
// way to the next best, which has only half of the doubt left to spend, so that all checks together
// are wrong with probability a at most.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "sim/observe/tune_result.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/study/policy_space.hpp"

namespace sim {

// The first run that is not of a search: far beyond those of any. The scenario as written is played
// from here; each check has runs of its own.
inline constexpr std::uint64_t kFirstFreshRun = 1'000'000;

struct TuningOptions {
  std::size_t budget = 500;  // runs of the search
  std::size_t runs = 20;     // fresh ones of each check; at least 2
  double confidence = 0.95;  // above 0, below 1
  std::size_t threads = 1;
  // Told what is being done and how many runs have been played, on the calling thread.
  std::function<void(std::string_view stage, std::size_t runs)> progress{};
};

// REQUIRES: the space is of this scenario and not empty; the scenario expects something.
TuneResult tune_policy(const Scenario& scenario, const PolicySpace& space,
                       const TuningOptions& options);

// The most instances that any minute of the scenario's first run would take, twice: beyond it no
// bound is worth a try.
std::int32_t most_useful_instances(const Scenario& scenario);

// The least share of days that meet the expectations, when `runs` of `runs` did.
// REQUIRES: 0 < doubt < 1, runs > 0.
double share_met_at_least(std::size_t runs, double doubt);

}  // namespace sim
