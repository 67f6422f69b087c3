#include "models/endpoint/request_plane.hpp"

#include <gtest/gtest.h>

#include <algorithm>

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
using tests::total_of;
using namespace std::chrono_literals;

constexpr std::uint64_t kSwarm = 600;

// A swarm proves nothing about what does not occur in it.
// Instances of the recursion are warm, so the model never fails there.
void expect_every_outcome(const RequestTally& total, bool has_cold_instances) {
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome) {
    if (!has_cold_instances && outcome == static_cast<std::size_t>(Outcome::ModelError)) continue;
    EXPECT_GT(total.ended[outcome], 100) << "outcome " << outcome;
  }
  EXPECT_LT(total.count(Outcome::Succeeded) + total.failed(), total.invocations);
}

TEST(RequestPlanes, GiveTheSameAccountOfEveryStretch) {
  for (std::uint64_t seed = 1; seed <= kSwarm; ++seed) {
    const PlaneCase both = random_plane_case(seed, {.duration = 150s});
    ASSERT_TRUE(same_accounts(play(both, PlaneKind::Recursion), play(both, PlaneKind::Events)))
        << "of random_plane_case(" << seed << ")";
  }
}

TEST(RequestPlanes, DoWithEveryRequestWhatTheRulesSay) {
  RequestTally total;
  for (std::uint64_t seed = 1; seed <= kSwarm; ++seed) {
    const PlaneCase both = random_plane_case(seed, {});
    const Tallies expected = reference_tallies(both, reference_requests(both));
    total.merge(total_of(expected));
    ASSERT_TRUE(same_accounts(expected, play(both, PlaneKind::Recursion)))
        << "of random_plane_case(" << seed << ") on the recursion plane";
    ASSERT_TRUE(same_accounts(expected, play(both, PlaneKind::Events)))
        << "of random_plane_case(" << seed << ") on the event plane";
  }
  expect_every_outcome(total, false);
}

TEST(RequestPlanes, EventsDoWithUsersRetriesContentionAndRoutingWhatTheRulesSay) {
  RequestTally total;
  for (std::uint64_t seed = 1; seed <= kSwarm; ++seed) {
    const PlaneCase events = random_plane_case(seed, {.events_only = true});
    const Tallies expected = reference_tallies(events, reference_requests(events));
    total.merge(total_of(expected));
    ASSERT_TRUE(same_accounts(expected, play(events, PlaneKind::Events)))
        << "of random_plane_case(" << seed << ", events only)";
  }
  expect_every_outcome(total, true);
  EXPECT_GT(total.retries, 1000);
  EXPECT_GT(total.recovered, 100);
  EXPECT_GT(total.given_up, 100);
}

// The stretches that lie within each of `wholes` as one.
Tallies merged_into(const Tallies& wholes, const Tallies& stretches) {
  Tallies merged;
  for (const RequestTally& stretch : stretches) {
    if (merged.empty() || merged.back().to == wholes[merged.size() - 1].to) {
      merged.push_back(stretch);
      continue;
    }
    RequestTally& whole = merged.back();
    whole.merge(stretch);
    whole.to = stretch.to;
    whole.use.resize(std::max(whole.use.size(), stretch.use.size()));
    for (std::size_t slot = 0; slot < stretch.use.size(); ++slot) {
      whole.use[slot].served += stretch.use[slot].served;
      whole.use[slot].busy_ticks += stretch.use[slot].busy_ticks;
    }
  }
  return merged;
}

TEST(RequestPlanes, ShortStretchesAddUpToTheMinutesThatTheyAreOf) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    PlaneCase made = random_plane_case(seed, {.duration = 150s});
    const Tallies minutes = play(made, PlaneKind::Events);
    made.stretch_every = 10s;
    for (const PlaneKind plane : {PlaneKind::Recursion, PlaneKind::Events}) {
      const Tallies stretches = play(made, plane);
      ASSERT_EQ(stretches.size(),
                minutes.size() + 12);  // five cuts more a whole minute, two in half
      ASSERT_TRUE(same_accounts(merged_into(minutes, stretches), minutes))
          << "of random_plane_case(" << seed << ")";
    }
  }
}

}  // namespace
}  // namespace models::endpoint
