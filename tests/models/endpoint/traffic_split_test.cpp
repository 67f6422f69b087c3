#include "models/endpoint/traffic_split.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace models::endpoint {
namespace {

constexpr int kMany = 100'000;

struct Part {
  double share = 1;
  bool is_shadow = false;
};

TrafficSplit split_of(const std::vector<Part>& parts) {
  std::vector<VariantInputs> variants;
  for (const Part& part : parts) {
    const core::RandomEngine engine(100 + variants.size());
    variants.push_back({.share = part.share,
                        .is_shadow = part.is_shadow,
                        .service = engine,
                        .routing = engine,
                        .copies = engine});
  }
  return TrafficSplit(variants, core::RandomEngine(7));
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

TEST(TrafficSplit, GivesEachProductionVariantItsShare) {
  const auto chosen = choices(split_of({{.share = 4.5}, {0.5, true}, {.share = 0.5}}));
  EXPECT_NEAR(static_cast<double>(std::count(chosen.begin(), chosen.end(), 0U)), 0.9 * kMany, 400);
  EXPECT_EQ(std::count(chosen.begin(), chosen.end(), 1U), 0);
  EXPECT_NEAR(static_cast<double>(std::count(chosen.begin(), chosen.end(), 2U)), 0.1 * kMany, 400);
}

TEST(TrafficSplit, VariantWithoutShareGetsNothingWhereverItStands) {
  const Part nothing{.share = 0};
  for (const VariantIndex chosen : choices(split_of({nothing, {}, nothing, {}, nothing}))) {
    EXPECT_TRUE(chosen == 1 || chosen == 3);
  }
}

TEST(TrafficSplit, VariantWithALargerShareKeepsAllThatItHad) {
  const auto before = choices(split_of({{.share = 1}, {.share = 1}}));
  const auto after = choices(split_of({{.share = 2}, {.share = 1}}));
  int won = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_FALSE(before[i] == 0 && after[i] == 1);
    won += before[i] != after[i] ? 1 : 0;
  }
  EXPECT_NEAR(won, kMany / 6.0, 500);
}

TEST(TrafficSplit, ShadowGetsItsShareOfAllRequests) {
  for (const double share : {0.0, 0.25, 0.999, 1.0}) {
    TrafficSplit split = split_of({{share, true}, {}});
    ASSERT_EQ(split.shadows().size(), 1U);
    EXPECT_EQ(split.shadows()[0].variant(), 0U);
    const auto copied = copies(split.shadows()[0]);
    EXPECT_NEAR(static_cast<double>(std::count(copied.begin(), copied.end(), true)), share * kMany,
                share == 0 || share == 1 ? 0 : 500);
  }
}

TEST(TrafficSplit, ShadowsDrawFromStreamsOfTheirOwn) {
  TrafficSplit one = split_of({{}, {0.5, true}});
  TrafficSplit two = split_of({{}, {0.5, true}, {0.5, true}, {}});
  EXPECT_EQ(copies(one.shadows()[0]), copies(two.shadows()[0]));
  EXPECT_NE(copies(two.shadows()[0]), copies(two.shadows()[1]));
  EXPECT_EQ(choices(split_of({{}, {}})), choices(split_of({{}, {}, {0.5, true}})));
}

TEST(TrafficSplit, KnowsWhenThereIsNothingToSplit) {
  EXPECT_TRUE(split_of({{}}).is_single());
  EXPECT_FALSE(split_of({{}, {}}).is_single());
  EXPECT_FALSE(split_of({{}, {1, true}}).is_single());
  for (const VariantIndex chosen : choices(split_of({{1, true}, {.share = 0.1}}))) {
    EXPECT_EQ(chosen, 1U);
  }
}

TEST(TrafficSplitDeathTest, RefusesSharesThatMakeNoSense) {
  EXPECT_DEATH(split_of({{.share = 0}, {1, true}}), "total > 0");
  EXPECT_DEATH(split_of({{.share = 2}, {.share = -1}}), "share >= 0");
  EXPECT_DEATH(split_of({{}, {1.01, true}}), "share <= 1");
  EXPECT_DEATH(split_of({{}, {-0.01, true}}), "share >= 0");
}

}  // namespace
}  // namespace models::endpoint
