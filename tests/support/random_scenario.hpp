// Makes up whole scenarios, a different one for each seed: traffic that rises and falls, fleets of
// all sizes, policies that are too eager or too slow, and assumptions of every kind.
#pragma once

#include <cstdint>

#include "sim/scenario/scenario.hpp"

namespace tests {

// open_loop: only what the recursion plane can play, too.
sim::Scenario random_scenario(std::uint64_t seed, bool open_loop);

// A short one in which anything may be there at once: users, clients that retry, several variants
// and copies, measured instances, cold ones, and launches that fail. Its open arrivals are Poisson.
sim::Scenario random_scenario_of_everything(std::uint64_t seed);

}  // namespace tests
