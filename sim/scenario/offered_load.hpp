// Works out how many requests each minute of a run brings, as far as the traffic tells before
// anything runs.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sim {

struct OfferedLoad {
  // Requests expected in each whole minute of the run, before clients ask again. Never empty.
  std::vector<double> minutes;

  // The minutes with the most and with the fewest requests, the first of equals.
  std::size_t busiest() const;
  std::size_t quietest() const;
  double most() const { return minutes[busiest()]; }
  double least() const { return minutes[quietest()]; }
  // So many requests or more arrive in each of some `span` minutes in a row.
  double sustained(std::size_t span) const;
};

// None: it depends on the answers, as that of users who wait for them; it was recorded; or the run
// lasts less than a minute or more than a month.
std::optional<OfferedLoad> offered_load(const Scenario& scenario);

}  // namespace sim
