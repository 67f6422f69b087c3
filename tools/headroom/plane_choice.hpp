// Decides which request plane plays a scenario, or why the one that was asked for cannot.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/endpoint/request_plane.hpp"
#include "sim/scenario/scenario.hpp"

namespace headroom {

struct PlaneChoice {
  std::optional<models::endpoint::PlaneKind> plane;  // none: whichever is faster
  std::string problem;                               // empty: it can be played
};

// REQUIRES: `name` is auto, recursion or events.
PlaneChoice choose_plane(std::string_view name, const sim::Scenario& scenario);

}  // namespace headroom
