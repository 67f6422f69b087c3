// Plays a case slowly and plainly: every request is a struct, and every step looks at all of them
// for what happens next. Written from the rules in request_plane.hpp, sharing nothing with the
// planes but the random draws and, for least outstanding requests, the router.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/sim_time.hpp"
#include "models/endpoint/request_ledger.hpp"
#include "tests/support/plane_case.hpp"

namespace tests {

struct ReferenceRequest {
  std::int64_t arrival = 0;
  std::int64_t service = 0;
  std::optional<std::uint32_t> user;
  models::endpoint::VariantIndex variant = 0;
  models::endpoint::InstanceSlot slot = 0;
  std::optional<std::int64_t> taken_on;     // by a worker
  std::optional<std::int64_t> worker_free;  // when that worker was done with it
  std::optional<std::int64_t> end;
  std::optional<models::endpoint::Outcome> outcome;  // none: unfinished
  long double left = 0;                              // service still to be done, in nanoseconds
  bool fails = false;                                // the model answers with an error
  std::optional<std::size_t> open_stream{};          // of a client that retries
  std::int32_t attempt = 1;
  bool gave_up = false;  // a client that retries, at the end of this request

  bool shares_instance_with(const ReferenceRequest& other) const;
  bool refused() const;
  bool waiting() const { return !taken_on && !outcome; }
  bool on_worker() const { return taken_on && !worker_free; }
};

// In the order of their arrivals, a request before its copies.
std::vector<ReferenceRequest> reference_requests(const PlaneCase& plane_case);

// What a plane should have booked for a variant in each stretch of the case.
Tallies reference_tallies(const PlaneCase& plane_case,
                          const std::vector<ReferenceRequest>& requests,
                          models::endpoint::VariantIndex variant = 0);

}  // namespace tests
