// Makes up small cases of requests on an endpoint, a different one for each seed, with what is
// likely to go wrong: overload, short deadlines, full queues, instances that come and go, and
// instants at which several things happen at once.
#pragma once

#include <cstdint>

#include "tests/support/plane_case.hpp"

namespace tests {

struct PlaneCaseLimits {
  core::Duration duration = std::chrono::seconds{2};
  double most_requests_per_second = 150;
  bool events_only = false;       // contention, least outstanding requests and users, too
  bool several_variants = false;  // two to four, shadow variants among them; short stretches, too
};

PlaneCase random_plane_case(std::uint64_t seed, const PlaneCaseLimits& limits);

}  // namespace tests
