#include "models/endpoint/traffic_split.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace models::endpoint {
namespace {

constexpr int kMany = 100'000;

struct Part {
  double weight = 1;
  std::optional<double> shadow_share = {};
};

TrafficSplit split_of(const std::vector<Part>& parts) {
  std::vector<EndpointVariant> variants;
  PlaneInputs inputs{.arrivals = traffic::OpenArrivals({}),
                     .users = {},
                     .split = core::RandomEngine(7),
                     .retry_split = core::RandomEngine(8),
                     .variants = {},
                     .stretches = {}};
  for (const Part& part : parts) {
    EndpointVariant& variant = variants.emplace_back();
    variant.weight = part.weight;
    variant.shadow_share = part.shadow_share;
    const core::RandomEngine engine(100 + variants.size());
    inputs.variants.push_back({.service = engine,
                               .retry_service = engine,
                               .routing = engine,
                               .copies = engine,
                               .retry_copies = engine,
                               .warming = engine});
  }
  return TrafficSplit(variants, inputs);
}

std::vector<VariantIndex> choices(TrafficSplit split) {
  std::vector<VariantIndex> chosen;
  for (int i = 0; i < kMany; ++i) chosen.push_back(split.choose());
  return chosen;
}

std::vector<bool> copies(TrafficSplit::Shadow shadow) {
  std::vector<bool> copied;
  for (int i = 0; i < kMany; ++i) copied.push_back(shadow.copies());
  return copied;
}

TEST(TrafficSplit, GivesEachProductionVariantItsPartByWeight) {
  const auto chosen = choices(split_of({{.weight = 4.5}, {.shadow_share = 0.5}, {.weight = 0.5}}));
  EXPECT_NEAR(static_cast<double>(std::count(chosen.begin(), chosen.end(), 0U)), 0.9 * kMany, 400);
  EXPECT_EQ(std::count(chosen.begin(), chosen.end(), 1U), 0);
  EXPECT_NEAR(static_cast<double>(std::count(chosen.begin(), chosen.end(), 2U)), 0.1 * kMany, 400);
}

TEST(TrafficSplit, VariantWithoutWeightGetsNothingWhereverItStands) {
  const Part nothing{.weight = 0};
  for (const VariantIndex chosen : choices(split_of({nothing, {}, nothing, {}, nothing}))) {
    EXPECT_TRUE(chosen == 1 || chosen == 3);
  }
}

TEST(TrafficSplit, HeavierVariantKeepsAllThatItHad) {
  const auto before = choices(split_of({{.weight = 1}, {.weight = 1}}));
  const auto after = choices(split_of({{.weight = 2}, {.weight = 1}}));
  int won = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_FALSE(before[i] == 0 && after[i] == 1);
    won += before[i] != after[i] ? 1 : 0;
  }
  EXPECT_NEAR(won, kMany / 6.0, 500);
}

TEST(TrafficSplit, ShadowGetsItsShareOfAllRequests) {
  for (const double share : {0.0, 0.25, 0.999, 1.0}) {
    TrafficSplit split = split_of({{.shadow_share = share}, {}});
    ASSERT_EQ(split.shadows().size(), 1U);
    EXPECT_EQ(split.shadows()[0].variant(), 0U);
    const auto copied = copies(split.shadows()[0]);
    EXPECT_NEAR(static_cast<double>(std::count(copied.begin(), copied.end(), true)), share * kMany,
                share == 0 || share == 1 ? 0 : 500);
  }
}

TEST(TrafficSplit, ShadowsDrawFromStreamsOfTheirOwn) {
  TrafficSplit one = split_of({{}, {.shadow_share = 0.5}});
  TrafficSplit two = split_of({{}, {.shadow_share = 0.5}, {.shadow_share = 0.5}, {}});
  EXPECT_EQ(copies(one.shadows()[0]), copies(two.shadows()[0]));
  EXPECT_NE(copies(two.shadows()[0]), copies(two.shadows()[1]));
  EXPECT_EQ(choices(split_of({{}, {}})), choices(split_of({{}, {}, {.shadow_share = 0.5}})));
}

TEST(TrafficSplit, KnowsWhenThereIsNothingToSplit) {
  EXPECT_TRUE(split_of({{}}).is_single());
  EXPECT_FALSE(split_of({{}, {}}).is_single());
  EXPECT_FALSE(split_of({{}, {.shadow_share = 1}}).is_single());
  for (const VariantIndex chosen : choices(split_of({{.shadow_share = 1}, {.weight = 0.1}}))) {
    EXPECT_EQ(chosen, 1U);
  }
}

TEST(TrafficSplitDeathTest, RefusesWeightsAndSharesThatMakeNoSense) {
  EXPECT_DEATH(split_of({{.weight = 0}, {.shadow_share = 1}}), "total > 0");
  EXPECT_DEATH(split_of({{.weight = 2}, {.weight = -1}}), "weight >= 0");
  EXPECT_DEATH(split_of({{}, {.shadow_share = 1.01}}), "share <= 1");
  EXPECT_DEATH(split_of({{}, {.shadow_share = -0.01}}), "share >= 0");
}

}  // namespace
}  // namespace models::endpoint
