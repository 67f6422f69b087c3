// Keeps when each user of a closed loop sends its next request: when it has the answer to the one
// before, and has thought.
//
// Invariants
// 1. A user has at most one request under way, and sends none at or after the end of its phases.
#pragma once

#include <cstdint>
#include <vector>

#include "core/winner_tree.hpp"
#include "models/traffic/user_population.hpp"

namespace models::endpoint {

class ClosedLoop {
 public:
  using User = std::uint32_t;
  static constexpr User kNobody = UINT32_MAX;  // an open arrival, or a copy, has no user

  explicit ClosedLoop(const std::vector<models::traffic::UserPopulation>& populations);

  // The instant of the next request; kIdle of core::WinnerTree when there is none.
  std::int64_t next_send() const { return sends_.smallest(); }
  // Who sends it: the lowest of those at one instant. That user then waits for the answer.
  User take_next() {
    const auto user = static_cast<User>(sends_.winner());
    sends_.clear(user);
    return user;
  }

  // The user's request has ended at `now`; `overhead` later the user knows. Nobody does nothing.
  void answered(User user, std::int64_t now, std::int64_t overhead) {
    if (user != kNobody) continue_after(user, now, overhead + users_[user].think_time);
  }
  void refused(User user, std::int64_t now, std::int64_t overhead);

 private:
  struct Pace {
    std::int64_t think_time = 0;
    std::int64_t leaves = 0;
  };

  void continue_after(User user, std::int64_t now, std::int64_t pause) {
    if (now + pause < users_[user].leaves) sends_.set(user, now + pause);
  }

  std::vector<Pace> users_;
  core::WinnerTree sends_;  // by user
};

}  // namespace models::endpoint
