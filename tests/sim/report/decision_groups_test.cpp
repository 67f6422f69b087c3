#include "sim/report/decision_groups.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace sim {
namespace {

using namespace std::chrono_literals;
using core::kStart;
using models::autoscaling::Blocker;
using models::autoscaling::ScalingDecision;

ScalingDecision decision_of(int from, int to, std::optional<Blocker> blocker) {
  ScalingDecision decision;
  decision.policy = "tracking";
  decision.alarm = "high";
  decision.from = {from};
  decision.to = {to};
  decision.blocked_by = blocker;
  return decision;
}

TEST(DecisionGroups, TellWhatRepeatsItselfOnce) {
  DecisionLog log;
  log.add(kStart + 1min, 0, decision_of(1, 1, Blocker::Cooldown));
  log.add(kStart + 2min, 0, decision_of(1, 1, Blocker::Cooldown));
  log.add(kStart + 3min, 0, decision_of(1, 1, Blocker::MaxCapacity));
  log.add(kStart + 4min, 0, decision_of(1, 1, Blocker::MaxCapacity));
  log.add(kStart + 5min, 0, decision_of(1, 1, Blocker::MaxCapacity));
  const auto groups = decision_groups(log);
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].count, 2U);
  EXPECT_EQ(groups[0].until, kStart + 2min);
  EXPECT_EQ(groups[1].first.at, kStart + 3min);
  EXPECT_EQ(groups[1].count, 3U);
}

TEST(DecisionGroups, KeepEveryChangeOfCapacityAndTheVariantsApart) {
  DecisionLog log;
  log.add(kStart + 1min, 0, decision_of(1, 2, std::nullopt));
  log.add(kStart + 2min, 0, decision_of(2, 3, std::nullopt));
  log.add(kStart + 3min, 0, decision_of(3, 3, Blocker::Cooldown));
  log.add(kStart + 3min, 1, decision_of(3, 3, Blocker::Cooldown));
  log.add(kStart + 4min, 0, decision_of(3, 3, Blocker::Cooldown));
  const auto groups = decision_groups(log);
  ASSERT_EQ(groups.size(), 4U);
  EXPECT_EQ(groups[0].count, 1U);
  EXPECT_EQ(groups[1].count, 1U);
  EXPECT_EQ(groups[2].count, 2U);
  EXPECT_EQ(groups[3].first.variant, 1U);
}

}  // namespace
}  // namespace sim
