#include "models/endpoint/request_plane.hpp"

#include <gtest/gtest.h>

#include "tests/support/plane_case.hpp"
#include "tests/support/random_plane_case.hpp"
#include "tests/support/reference_endpoint.hpp"

namespace models::endpoint {
namespace {

using tests::PlaneCase;
using tests::play;
using tests::random_plane_case;
using tests::reference_requests;
using tests::reference_tallies;
using tests::same_accounts;
using tests::Tallies;
using namespace std::chrono_literals;

constexpr std::uint64_t kSwarm = 600;

TEST(RequestPlanes, GiveTheSameAccountOfEveryStretch) {
  for (std::uint64_t seed = 1; seed <= kSwarm; ++seed) {
    const PlaneCase both = random_plane_case(seed, {.duration = 150s});
    ASSERT_TRUE(same_accounts(play(both, PlaneKind::Recursion), play(both, PlaneKind::Events)))
        << "of random_plane_case(" << seed << ")";
  }
}

TEST(RequestPlanes, DoWithEveryRequestWhatTheRulesSay) {
  for (std::uint64_t seed = 1; seed <= kSwarm; ++seed) {
    const PlaneCase both = random_plane_case(seed, {});
    const Tallies expected = reference_tallies(both, reference_requests(both));
    ASSERT_TRUE(same_accounts(expected, play(both, PlaneKind::Recursion)))
        << "of random_plane_case(" << seed << ") on the recursion plane";
    ASSERT_TRUE(same_accounts(expected, play(both, PlaneKind::Events)))
        << "of random_plane_case(" << seed << ") on the event plane";
  }
}

TEST(RequestPlanes, EventsDoWithUsersContentionAndRoutingWhatTheRulesSay) {
  for (std::uint64_t seed = 1; seed <= kSwarm; ++seed) {
    const PlaneCase events = random_plane_case(seed, {.events_only = true});
    const Tallies expected = reference_tallies(events, reference_requests(events));
    ASSERT_TRUE(same_accounts(expected, play(events, PlaneKind::Events)))
        << "of random_plane_case(" << seed << ", events only)";
  }
}

}  // namespace
}  // namespace models::endpoint
