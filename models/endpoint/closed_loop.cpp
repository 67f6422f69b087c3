#include "models/endpoint/closed_loop.hpp"

#include <algorithm>

#include "core/sim_time.hpp"

namespace models::endpoint {
namespace {

constexpr std::int64_t kPauseAfterRefusal = 100'000'000;

}  // namespace

ClosedLoop::ClosedLoop(const std::vector<models::traffic::UserPopulation>& populations) {
  std::size_t total = 0;
  for (const auto& population : populations) {
    total += static_cast<std::size_t>(population.total_users());
  }
  users_.reserve(total);
  sends_.resize(total);
  for (const auto& population : populations) {
    for (std::int64_t user = 0; user < population.total_users(); ++user) {
      sends_.set(users_.size(), core::ticks(population.join_time(user)));
      users_.push_back({population.think_time().count(), core::ticks(population.end())});
    }
  }
}

void ClosedLoop::refused(User user, std::int64_t now, std::int64_t overhead) {
  if (user == kNobody) return;
  const std::int64_t pause = overhead + users_[user].think_time;
  continue_after(user, now, std::max(pause, kPauseAfterRefusal));
}

}  // namespace models::endpoint
