#include "sim/study/trade_off.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "core/random_streams.hpp"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

bool beats_by_definition(const Measures& one, const Measures& other) {
  bool is_better_somewhere = false;
  for (std::size_t measure = 0; measure < one.size(); ++measure) {
    if (one[measure] > other[measure]) return false;
    is_better_somewhere = is_better_somewhere || one[measure] < other[measure];
  }
  return is_better_somewhere;
}

std::vector<std::size_t> front_by_brute_force(
    const std::vector<std::optional<Measures>>& candidates) {
  std::vector<std::size_t> front;
  for (std::size_t index = 0; index < candidates.size(); ++index) {
    if (!candidates[index]) continue;
    bool is_beaten = false;
    for (const auto& other : candidates) {
      is_beaten = is_beaten || (other && beats_by_definition(*other, *candidates[index]));
    }
    if (!is_beaten) front.push_back(index);
  }
  return front;
}

TEST(ParetoFront, IsThatOfBruteForce) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    core::RandomEngine random(seed);
    // Few different values, so that many candidates tie in some measure or in all.
    const std::uint32_t levels = 2 + random.below(40);
    std::vector<std::optional<Measures>> candidates(random.below(60));
    for (auto& candidate : candidates) {
      if (random.below(8) == 0) continue;
      candidate.emplace();
      for (double& measure : *candidate) measure = random.below(levels);
    }
    EXPECT_EQ(pareto_front(candidates), front_by_brute_force(candidates)) << "seed " << seed;
  }
}

TEST(ParetoFront, HasAllOfEquals) {
  EXPECT_THAT(pareto_front(std::vector<std::optional<Measures>>{
                  Measures{1, 2, 3}, std::nullopt, Measures{1, 2, 3}, Measures{1, 2, 4}}),
              ElementsAre(0, 2));
  EXPECT_THAT(pareto_front(std::vector<std::optional<Measures>>{}), IsEmpty());
  EXPECT_THAT(pareto_front(std::vector<std::optional<Measures>>{std::nullopt}), IsEmpty());
}

std::optional<std::size_t> knee(const std::vector<std::optional<CostAndHarm>>& candidates) {
  return knee_of(candidates);
}

TEST(Knee, IsFarthestBelowTheChord) {
  // Scaled: (0, 1), (0.25, 0.5), (0.5, 0.1), (1, 0): distances 0.25 and 0.4.
  EXPECT_EQ(
      knee({CostAndHarm{10, 100}, CostAndHarm{15, 50}, CostAndHarm{20, 10}, CostAndHarm{30, 0}}),
      2U);
}

TEST(Knee, OfOneOverCostIsAtTheSquareRootOfTheRange) {
  // 1/x over 1 .. 100: the tangent is parallel to the chord at x = 10.
  std::vector<std::optional<CostAndHarm>> candidates;
  for (int cost = 100; cost >= 1; --cost) candidates.push_back(CostAndHarm{cost * 1.0, 1.0 / cost});
  EXPECT_EQ(candidates[knee(candidates).value()]->cost, 10);
}

TEST(Knee, IsOnTheFrontWhateverLiesBehindIt) {
  // The second is cheaper than the third, which yet beats it in harm, and the fourth beats nobody.
  EXPECT_EQ(knee({CostAndHarm{0, 10}, std::nullopt, CostAndHarm{1, 1}, CostAndHarm{2, 9},
                  CostAndHarm{10, 0}}),
            2U);
}

TEST(Knee, IsAbsentOnAStraightLine) {
  EXPECT_FALSE(knee({CostAndHarm{0, 3}, CostAndHarm{1, 2}, CostAndHarm{2, 1}, CostAndHarm{3, 0}}));
  EXPECT_FALSE(knee({CostAndHarm{0.1, 0.3}, CostAndHarm{0.2, 0.2}, CostAndHarm{0.3, 0.1}}));
}

TEST(Knee, IsAbsentWhenTheFrontBulgesOutward) {
  EXPECT_FALSE(knee({CostAndHarm{0, 10}, CostAndHarm{9, 9}, CostAndHarm{10, 0}}));
}

TEST(Knee, IsAbsentOfFewerThanThreePoints) {
  EXPECT_FALSE(knee({}));
  EXPECT_FALSE(knee({std::nullopt, CostAndHarm{1, 1}}));
  EXPECT_FALSE(knee({CostAndHarm{1, 2}, CostAndHarm{2, 1}}));
  EXPECT_FALSE(knee({CostAndHarm{1, 1}, CostAndHarm{1, 1}, CostAndHarm{1, 1}}));
}

TEST(Knee, OfEqualsIsTheFirst) {
  EXPECT_EQ(knee({CostAndHarm{1, 1}, CostAndHarm{1, 1}, CostAndHarm{0, 10}, CostAndHarm{10, 0}}),
            0U);
}

}  // namespace
}  // namespace sim
