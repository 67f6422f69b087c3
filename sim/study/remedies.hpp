// Prices what helps where no policy of the search does: a higher floor all the time, or a schedule
// that raises it before the load comes and lowers it afterwards.
//
// Both leave the policies as they are written, and set the fewest instances that meet what is
// expected.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/observe/tune_result.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct StudyOfLimits {
  const Scenario* written = nullptr;      // the scenario as it is
  const PricedPolicy* nearest = nullptr;  // what came nearest to meeting the expectations
  std::int32_t most_instances = 1;        // beyond them none is of use
  std::size_t runs = 20;                  // in which a remedy has to meet every expectation
  std::size_t threads = 1;
  std::function<void(std::size_t runs)> played{};
};

// Those that meet every expectation in each run, the cheapest first. None for an endpoint of
// several variants that scale: nobody knows which of them to raise.
std::vector<Remedy> find_remedies(const StudyOfLimits& study);

// Of minutes, those that want more instances than MinCapacity as it is written, from the first run.
struct Push {
  core::SimTime begin;
  core::SimTime end;
  std::int32_t instances = 0;  // wanted at most
};
std::vector<Push> pushes_of(const Scenario& scenario);

}  // namespace sim
