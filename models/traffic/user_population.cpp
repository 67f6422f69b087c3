#include "models/traffic/user_population.hpp"

#include <algorithm>
#include <limits>

#include "core/check.hpp"

namespace models::traffic {
namespace {

// When the k-th user (k = 1, 2, ...) that a phase spawns joins it.
Duration spawn_offset(double spawn_per_minute, std::int64_t k) {
  return core::round_to_duration(60.0 * static_cast<double>(k) / spawn_per_minute);
}

// How many users a phase spawns before it ends, at most `limit`.
std::int64_t spawned_within(const UserPhase& phase, Duration elapsed, std::int64_t limit) {
  if (phase.spawn_per_minute <= 0) return 0;
  const double about = core::in_seconds(elapsed) * phase.spawn_per_minute / 60.0;
  auto count = static_cast<std::int64_t>(std::min(about, static_cast<double>(limit)));
  // The estimate is at most one off: let the join times themselves decide.
  if (count < limit && spawn_offset(phase.spawn_per_minute, count + 1) < elapsed) ++count;
  if (count > 0 && spawn_offset(phase.spawn_per_minute, count) >= elapsed) --count;
  return count;
}

std::int64_t limit_of(const ClosedLoopTraffic& shape) {
  constexpr std::int64_t kBeyond = UserPopulation::kMaxUsers + 1;
  return std::min<std::int64_t>(shape.limit.value_or(std::numeric_limits<std::int32_t>::max()),
                                kBeyond);
}

}  // namespace

std::int64_t UserPopulation::users_of(const ClosedLoopTraffic& shape) {
  const std::int64_t limit = limit_of(shape);
  std::int64_t users = 0;
  for (const UserPhase& phase : shape.phases) {
    users = std::min(limit, users + phase.initial);
    users += spawned_within(phase, phase.duration, limit - users);
  }
  return users;
}

UserPopulation::UserPopulation(const ClosedLoopTraffic& shape, Duration begins)
    : think_time_(shape.think_time) {
  CHECK_GE(begins.count(), 0);
  CHECK_LE(users_of(shape), kMaxUsers);
  const std::int64_t limit = limit_of(shape);
  core::SimTime begin = core::kStart + begins;
  phases_.reserve(shape.phases.size());
  for (const UserPhase& from : shape.phases) {
    Phase phase;
    phase.begin = begin;
    phase.spawn_per_minute = from.spawn_per_minute;
    phase.first_user = total_users_;
    phase.initial = std::min<std::int64_t>(from.initial, limit - total_users_);
    phase.spawned = spawned_within(from, from.duration, limit - total_users_ - phase.initial);
    total_users_ += phase.initial + phase.spawned;
    phases_.push_back(phase);
    begin += std::min(from.duration, core::SimTime::max() - begin);
  }
  end_ = begin;
}

core::SimTime UserPopulation::join_time(std::int64_t user) const {
  CHECK(0 <= user && user < total_users_);
  const auto after = std::upper_bound(
      phases_.begin(), phases_.end(), user,
      [](std::int64_t wanted, const Phase& phase) { return wanted < phase.first_user; });
  const Phase& phase = *std::prev(after);
  const std::int64_t spawned = user - phase.first_user - phase.initial + 1;
  if (spawned <= 0) return phase.begin;
  return phase.begin + spawn_offset(phase.spawn_per_minute, spawned);
}

std::int64_t UserPopulation::user_count(core::SimTime at) const {
  if (at >= end_) return 0;
  // The number of users who have joined, by bisection of their join times.
  std::int64_t joined = 0;
  std::int64_t beyond = total_users_;
  while (joined < beyond) {
    const std::int64_t middle = joined + (beyond - joined) / 2;
    if (join_time(middle) <= at) {
      joined = middle + 1;
    } else {
      beyond = middle;
    }
  }
  return joined;
}

}  // namespace models::traffic
