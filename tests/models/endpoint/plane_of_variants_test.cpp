#include "models/endpoint/plane_of_variants.hpp"

#include <gtest/gtest.h>

#include "tests/support/plane_case.hpp"
#include "tests/support/random_plane_case.hpp"
#include "tests/support/reference_endpoint.hpp"

namespace models::endpoint {
namespace {

using tests::PlaneCase;
using tests::play_all;
using tests::poisson_stream;
using tests::random_plane_case;
using tests::reference_requests;
using tests::reference_tallies;
using tests::same_accounts;
using tests::Tallies;
using tests::total_of;
using tests::variant_of;
using namespace std::chrono_literals;

constexpr std::uint64_t kSwarm = 400;

testing::AssertionResult same_accounts_of_all(const std::vector<Tallies>& a,
                                              const std::vector<Tallies>& b) {
  if (a.size() != b.size()) {
    return testing::AssertionFailure() << a.size() << " variants against " << b.size();
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (const auto same = same_accounts(a[i], b[i]); !same) {
      return testing::AssertionFailure() << "variant " << i << ' ' << same.message();
    }
  }
  return testing::AssertionSuccess();
}

std::vector<Tallies> reference_of_all(const PlaneCase& plane_case) {
  const auto requests = reference_requests(plane_case);
  std::vector<Tallies> tallies;
  for (VariantIndex i = 0; i <= plane_case.others.size(); ++i) {
    tallies.push_back(reference_tallies(plane_case, requests, i));
  }
  return tallies;
}

// A swarm proves nothing about what does not occur in it.
// Instances of the recursion are warm, so the model never fails there.
void expect_every_outcome(const RequestTally& total, bool has_cold_instances) {
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome) {
    if (!has_cold_instances && outcome == static_cast<std::size_t>(Outcome::ModelError)) continue;
    EXPECT_GT(total.ended[outcome], 100) << "outcome " << outcome;
  }
}

TEST(PlanesOfVariants, GiveTheSameAccountOfEveryVariant) {
  for (std::uint64_t seed = 1; seed <= kSwarm; ++seed) {
    const PlaneCase both = random_plane_case(seed, {.duration = 70s, .several_variants = true});
    ASSERT_TRUE(same_accounts_of_all(play_all(both, PlaneKind::Recursion),
                                     play_all(both, PlaneKind::Events)))
        << "of random_plane_case(" << seed << ", several variants)";
  }
}

TEST(PlanesOfVariants, DoWithEveryRequestAndItsCopiesWhatTheRulesSay) {
  RequestTally production;
  RequestTally shadow;
  for (std::uint64_t seed = 1; seed <= kSwarm; ++seed) {
    const PlaneCase both = random_plane_case(seed, {.several_variants = true});
    const auto expected = reference_of_all(both);
    for (VariantIndex i = 0; i < expected.size(); ++i) {
      (both.variant_at(i).is_shadow() ? shadow : production).merge(total_of(expected[i]));
    }
    ASSERT_TRUE(same_accounts_of_all(expected, play_all(both, PlaneKind::Recursion)))
        << "of random_plane_case(" << seed << ", several variants) on the recursion plane";
    ASSERT_TRUE(same_accounts_of_all(expected, play_all(both, PlaneKind::Events)))
        << "of random_plane_case(" << seed << ", several variants) on the event plane";
  }
  expect_every_outcome(production, false);
  expect_every_outcome(shadow, false);
}

TEST(PlanesOfVariants, EventsDoWithTheUsersOfSeveralVariantsWhatTheRulesSay) {
  RequestTally total;
  for (std::uint64_t seed = 1; seed <= kSwarm; ++seed) {
    const PlaneCase events =
        random_plane_case(seed, {.events_only = true, .several_variants = true});
    const auto expected = reference_of_all(events);
    for (const Tallies& tallies : expected) total.merge(total_of(tallies));
    ASSERT_TRUE(same_accounts_of_all(expected, play_all(events, PlaneKind::Events)))
        << "of random_plane_case(" << seed << ", events only, several variants)";
  }
  expect_every_outcome(total, true);
}

// Two production variants, 2 : 1, and a shadow variant that is too slow for its copies; 12,000
// requests, accounted for every half second.
class VariantsOfOneEndpoint : public testing::TestWithParam<PlaneKind> {
 protected:
  VariantsOfOneEndpoint() {
    case_.variant = variant_of(ExponentialSpan{0.01}, 2);
    case_.variant.weight = 2;
    case_.others = {variant_of(ExactSpan{12ms}), variant_of(ExponentialSpan{0.02})};
    case_.others[0].queue_limit = 2;
    case_.others[1].shadow_share = 1;
    case_.others[1].queue_timeout = 1s;
    case_.lives = {{.variant = 0}, {.variant = 1}, {.variant = 2}};
    case_.streams = {poisson_stream("requests", 200)};
    case_.stretch_every = 500ms;
  }

  std::vector<Tallies> run() const { return play_all(case_, GetParam()); }

  PlaneCase case_;
};

TEST_P(VariantsOfOneEndpoint, EveryRequestIsGivenToOneProductionVariantAndCopiedToTheShadow) {
  PlaneCase alone = case_;
  alone.others.clear();
  alone.lives = {{.variant = 0}};
  const Tallies requests = tests::play(alone, GetParam());
  const auto variants = run();
  for (std::size_t i = 0; i < requests.size(); ++i) {
    EXPECT_EQ(variants[0][i].invocations + variants[1][i].invocations, requests[i].invocations);
    EXPECT_EQ(variants[2][i].invocations, requests[i].invocations);
  }
  const double total = static_cast<double>(total_of(requests).invocations);
  EXPECT_GT(total, 11'000);
  EXPECT_NEAR(static_cast<double>(total_of(variants[0]).invocations) / total, 2.0 / 3, 0.02);
  EXPECT_GT(total_of(variants[1]).count(Outcome::Rejected), 100);
  EXPECT_GT(total_of(variants[2]).count(Outcome::TimedOut), 1000);
}

TEST_P(VariantsOfOneEndpoint, ShadowGetsItsShareOfTheRequests) {
  const auto all = total_of(run()[2]).invocations;
  case_.others[1].shadow_share = 0.3;
  EXPECT_NEAR(static_cast<double>(total_of(run()[2]).invocations) / static_cast<double>(all), 0.3,
              0.02);
  case_.others[1].shadow_share = 0;
  EXPECT_EQ(total_of(run()[2]).invocations, 0);
}

TEST_P(VariantsOfOneEndpoint, ShadowTakenAwayLeavesProductionAsItWas) {
  for (const double share : {0.3, 1.0}) {
    case_.others[1].shadow_share = share;
    auto with = run();
    PlaneCase without = case_;
    without.others.pop_back();
    without.lives.pop_back();
    with.pop_back();
    EXPECT_TRUE(same_accounts_of_all(with, play_all(without, GetParam())));
  }
}

// What the shadow variant meets tells every arrival: it gets a copy of all of them.
TEST_P(VariantsOfOneEndpoint, WeightLeavesTheArrivalsAsTheyWere) {
  const auto before = run();
  case_.variant.weight = 0.1;
  const auto after = run();
  EXPECT_TRUE(same_accounts(before[2], after[2]));
  EXPECT_LT(total_of(after[0]).invocations, total_of(before[0]).invocations / 5);
}

TEST_P(VariantsOfOneEndpoint, ShadowHasNoPartInTheChoiceWhereverItStands) {
  const auto before = run();
  std::swap(case_.variant, case_.others[1]);
  const auto after = run();
  EXPECT_EQ(total_of(after[0]).invocations, total_of(before[2]).invocations);
  // Weights 1 : 2 now: the first production variant is the one that was the second.
  EXPECT_NEAR(static_cast<double>(total_of(after[1]).invocations),
              static_cast<double>(total_of(before[1]).invocations), 400);
}

INSTANTIATE_TEST_SUITE_P(Planes, VariantsOfOneEndpoint,
                         testing::Values(PlaneKind::Recursion, PlaneKind::Events),
                         [](const auto& plane) {
                           return plane.param == PlaneKind::Recursion ? "Recursion" : "Events";
                         });

TEST(EventPlaneOfVariants, UserGoesOnWhenTheProductionVariantHasAnswered) {
  PlaneCase made;
  made.variant = variant_of(ExactSpan{10ms});
  made.variant.overhead = 5ms;
  made.others = {variant_of(ExactSpan{3s})};
  made.others[0].shadow_share = 1;
  made.others[0].overhead = 1s;
  made.lives = {{.variant = 0}, {.variant = 1}};
  made.streams = {tests::users_stream("users", 1, 5ms, 60s)};
  const auto variants = play_all(made, PlaneKind::Events);
  EXPECT_EQ(total_of(variants[0]).count(Outcome::Succeeded), 60 * 50);
  EXPECT_EQ(total_of(variants[1]).invocations, 60 * 50);
  EXPECT_EQ(total_of(variants[1]).count(Outcome::Succeeded), 19);  // one is being served at the end
}

TEST(EventPlaneOfVariants, OverheadIsThatOfTheVariantThatAnswers) {
  PlaneCase made;
  made.variant = variant_of(ExactSpan{10ms});
  made.variant.weight = 0;
  made.others = {variant_of(ExactSpan{10ms})};
  made.others[0].overhead = 10ms;
  made.lives = {{.variant = 0}, {.variant = 1}};
  made.streams = {tests::users_stream("users", 1, 0ms, 60s)};
  EXPECT_EQ(total_of(play_all(made, PlaneKind::Events)[1]).invocations, 60 * 50);
  made.variant.weight = 1;
  made.others[0].weight = 0;
  EXPECT_EQ(total_of(play_all(made, PlaneKind::Events)[0]).invocations, 60 * 100);
}

}  // namespace
}  // namespace models::endpoint
