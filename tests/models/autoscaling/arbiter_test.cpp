#include "models/autoscaling/arbiter.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace models::autoscaling {
namespace {

constexpr std::int32_t kCapacity = 10;

ScalingDecision wish(const char* policy, std::int32_t to, bool votes = true) {
  ScalingDecision decision;
  decision.policy = policy;
  decision.from = {kCapacity};
  decision.wanted = decision.to = {to};
  decision.kind = to > kCapacity   ? DecisionKind::ScaleOut
                  : to < kCapacity ? DecisionKind::ScaleIn
                                   : DecisionKind::NoChange;
  decision.action_due = true;
  decision.votes_on_scale_in = votes;
  return decision;
}

TEST(Arbiter, ScalesOutIfAnyPolicyAsks) {
  std::vector<ScalingDecision> decisions{wish("a", 10), wish("b", 6), wish("c", 12)};
  EXPECT_EQ(arbitrate(decisions), 2U);
  EXPECT_EQ(decisions[1].blocked_by, Blocker::LargerCapacity);
  EXPECT_EQ(decisions[1].to, InstanceCount{kCapacity});
  EXPECT_EQ(decisions[1].reason, "; c asked for the largest capacity, 12");
  EXPECT_EQ(decisions[0].blocked_by, std::nullopt);
}

TEST(Arbiter, LetsTheLargestCapacityWinInBothDirections) {
  std::vector<ScalingDecision> out{wish("a", 13), wish("b", 30), wish("c", 30)};
  EXPECT_EQ(arbitrate(out), 1U);
  EXPECT_EQ(out[2].blocked_by, Blocker::LargerCapacity);
  std::vector<ScalingDecision> in{wish("a", 4), wish("b", 7)};
  EXPECT_EQ(arbitrate(in), 1U);
  EXPECT_EQ(in[1].to, InstanceCount{7});
}

TEST(Arbiter, ScalesInOnlyIfEveryVoterIsReady) {
  std::vector<ScalingDecision> decisions{wish("a", 4), wish("b", 10)};
  EXPECT_EQ(arbitrate(decisions), std::nullopt);
  EXPECT_EQ(decisions[0].blocked_by, Blocker::OtherPolicies);
  EXPECT_EQ(decisions[0].reason, "; b is not ready to scale in");
  std::vector<ScalingDecision> with_scale_in_off{wish("a", 4), wish("b", 10, false)};
  EXPECT_EQ(arbitrate(with_scale_in_off), 0U);
}

TEST(Arbiter, TakesAPolicyInItsCooldownForNotReady) {
  std::vector<ScalingDecision> decisions{wish("a", 4), wish("b", 6)};
  block(decisions[1], Blocker::Cooldown, "cooldown");
  EXPECT_EQ(arbitrate(decisions), std::nullopt);
  EXPECT_EQ(decisions[0].blocked_by, Blocker::OtherPolicies);
  EXPECT_EQ(decisions[1].blocked_by, Blocker::Cooldown);
}

TEST(Arbiter, HoldsCapacityForAPolicyThatWantsOutButMayNot) {
  std::vector<ScalingDecision> decisions{wish("a", 4), wish("b", 12, false)};
  block(decisions[1], Blocker::Cooldown, "cooldown");
  EXPECT_EQ(arbitrate(decisions), std::nullopt);
  EXPECT_EQ(decisions[0].blocked_by, Blocker::OtherPolicies);
}

TEST(Arbiter, DoesNotAskTargetTrackingBeforeAStepPolicyScalesIn) {
  std::vector<ScalingDecision> decisions{wish("tracking", 10), wish("step", 8, false)};
  EXPECT_EQ(arbitrate(decisions), 1U);
}

TEST(Arbiter, HasNothingToDoWithoutWishes) {
  std::vector<ScalingDecision> decisions{wish("a", 10), wish("b", 10)};
  EXPECT_EQ(arbitrate(decisions), std::nullopt);
  EXPECT_EQ(arbitrate({}), std::nullopt);
}

}  // namespace
}  // namespace models::autoscaling
