#include "sim/observe/elasticity.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace sim {
namespace {

using namespace std::chrono_literals;

constexpr auto kEach = core::RequestRate::per_second(100);  // of one instance

// Minutes with a rate of requests and a number of instances each.
std::vector<MinuteRecord> minutes_of(const std::vector<std::pair<double, int>>& minutes) {
  std::vector<MinuteRecord> records;
  for (const auto& [rate, in_service] : minutes) {
    MinuteRecord record;
    record.start = core::kStart + static_cast<std::int64_t>(records.size()) * 1min;
    record.end = record.start + 1min;
    record.demand = instances_needed(core::RequestRate::per_second(rate), kEach);
    record.in_service = in_service;
    records.push_back(record);
  }
  return records;
}

ElasticitySummary of(const std::vector<std::pair<double, int>>& minutes) {
  return elasticity(minutes_of(minutes), core::kStart, core::kStart + 1h);
}

TEST(Elasticity, SupplyThatIsTheDemandIsPerfect) {
  const ElasticitySummary perfect = of({{100, 1}, {100.5, 2}, {200, 2}, {350, 4}, {0, 1}});
  EXPECT_EQ(perfect.under_provisioned_share, 0);
  EXPECT_EQ(perfect.over_provisioned_share, 0);
  EXPECT_EQ(perfect.under_accuracy, 0);
  EXPECT_EQ(perfect.over_accuracy, 0);
  EXPECT_EQ(perfect.instability, 0);
}

TEST(Elasticity, CountsMinutesAndMeasuresDistances) {
  // Demand 1, 4, 4, 2; supply 1, 1, 3, 3.
  const ElasticitySummary late = of({{50, 1}, {400, 1}, {400, 3}, {150, 3}});
  EXPECT_DOUBLE_EQ(late.under_provisioned_share, 2.0 / 4);
  EXPECT_DOUBLE_EQ(late.over_provisioned_share, 1.0 / 4);
  EXPECT_DOUBLE_EQ(late.under_accuracy, (3.0 / 4 + 1.0 / 4) / 4);
  EXPECT_DOUBLE_EQ(late.over_accuracy, (1.0 / 2) / 4);
  EXPECT_DOUBLE_EQ(late.instability, 1);  // never moved together
}

TEST(Elasticity, MovesInTheSameDirectionAreStableWhateverTheirSize) {
  // Demand 1, 4, 5, 5, 2; supply 3, 4, 9, 9, 9.
  EXPECT_DOUBLE_EQ(of({{50, 3}, {400, 4}, {500, 9}, {450, 9}, {150, 9}}).instability, 1.0 / 4);
}

TEST(Elasticity, FindsTheLongestStretchOfTooFew) {
  // Too few in minutes 0, 2, 3 and 5: two in a row at most.
  const auto minutes = minutes_of({{150, 1}, {50, 1}, {350, 1}, {350, 3}, {300, 3}, {350, 1}});
  const auto longest = [&](core::Duration from, core::Duration to) {
    return elasticity(minutes, core::kStart + from, core::kStart + to).longest_under_provisioned_s;
  };
  EXPECT_EQ(longest(0min, 6min), 120);
  EXPECT_EQ(longest(0min, 2min), 60);
  EXPECT_EQ(longest(3min, 6min), 60);
  EXPECT_EQ(longest(1min, 2min), 0);
}

TEST(Elasticity, LooksOnlyAtItsWindow) {
  const auto minutes = minutes_of({{50, 9}, {100, 1}, {200, 1}, {50, 9}});
  const ElasticitySummary inner = elasticity(minutes, core::kStart + 1min, core::kStart + 3min);
  EXPECT_DOUBLE_EQ(inner.under_provisioned_share, 1.0 / 2);
  EXPECT_EQ(inner.over_provisioned_share, 0);
  EXPECT_DOUBLE_EQ(inner.instability, 1);
}

TEST(Elasticity, WindowWithoutMinutesIsZero) {
  const ElasticitySummary none = elasticity({}, core::kStart, core::kStart + 1h);
  EXPECT_EQ(none.under_provisioned_share, 0);
  EXPECT_EQ(none.instability, 0);
}

}  // namespace
}  // namespace sim
