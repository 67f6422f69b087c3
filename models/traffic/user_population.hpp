// Knows when the users of a closed loop join and leave; what they send, the request plane decides.
//
// Nothing is kept for a user: join times are worked out from the phases when asked for.
#pragma once

#include <cstdint>
#include <vector>

#include "core/sim_time.hpp"
#include "models/traffic/traffic_stream.hpp"

namespace models::traffic {

class UserPopulation {
 public:
  // More users than any load test of one endpoint has; bounds what a request plane keeps of them.
  static constexpr std::int64_t kMaxUsers = 1'000'000;

  // How many users the phases bring in all, the limit applied; kMaxUsers + 1 when they are more
  // than kMaxUsers. For a reader to refuse what would not fit.
  static std::int64_t users_of(const ClosedLoopTraffic& shape);

  // REQUIRES: users_of(shape) <= kMaxUsers; begins >= 0; nothing in the shape is negative.
  UserPopulation(const ClosedLoopTraffic& shape, Duration begins);

  std::int64_t total_users() const { return total_users_; }
  Duration think_time() const { return think_time_; }

  // When the user joins and sends its first request. Users are numbered from 0 in the order in
  // which they join; times never go back. REQUIRES: 0 <= user < total_users().
  core::SimTime join_time(std::int64_t user) const;

  // The end of the last phase: no request is sent at or after it.
  core::SimTime end() const { return end_; }

  // Users that have joined at or before `at`; 0 from end() on.
  std::int64_t user_count(core::SimTime at) const;

 private:
  struct Phase {
    core::SimTime begin{};
    double spawn_per_minute = 0;
    std::int64_t first_user = 0;  // number of users before this phase
    std::int64_t initial = 0;     // users that join at its begin
    std::int64_t spawned = 0;     // users that join later in it
  };

  std::vector<Phase> phases_;
  std::int64_t total_users_ = 0;
  Duration think_time_{};
  core::SimTime end_{};
};

}  // namespace models::traffic
