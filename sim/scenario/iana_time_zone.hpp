// Finds time zones by their IANA names, such as Europe/Berlin. The only place that knows the time
// zone library.
#pragma once

#include <memory>
#include <string>

#include "models/autoscaling/time_zone.hpp"

namespace sim {

struct TimeZoneLookup {
  std::shared_ptr<const models::autoscaling::TimeZone> zone;  // null: not found
  bool has_database = true;                                   // of time zones, on this machine
  std::string closest_zone;                                   // to an unknown one; empty: none
};

// UTC needs no database.
TimeZoneLookup find_time_zone(const std::string& name);

}  // namespace sim
