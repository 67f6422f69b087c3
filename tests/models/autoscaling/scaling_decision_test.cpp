#include "models/autoscaling/scaling_decision.hpp"

#include <gtest/gtest.h>

#include <set>

namespace models::autoscaling {
namespace {

TEST(ScalingDecision, HasACodeOfAwsExactlyWhereAwsRecordsOne) {
  const std::set<Blocker> recorded{Blocker::AlreadyAtDesiredCapacity, Blocker::AnticipatedFlapping,
                                   Blocker::MaxCapacity, Blocker::MinCapacity,
                                   Blocker::ActivityInProgress};
  std::set<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(Blocker::ActionNotDue); ++i) {
    const auto blocker = static_cast<Blocker>(i);
    EXPECT_EQ(not_scaled_code(blocker).has_value(), recorded.count(blocker) == 1);
    EXPECT_TRUE(words.insert(to_string(blocker)).second);
  }
  EXPECT_EQ(to_string(*not_scaled_code(Blocker::AnticipatedFlapping)),
            "AutoScalingAnticipatedFlapping");
  EXPECT_EQ(to_string(*not_scaled_code(Blocker::ActivityInProgress)),
            "TargetServicePutResourceAsUnscalable");
}

TEST(ScalingDecision, KeepsItsCapacityAndTellsWhyWhenBlocked) {
  ScalingDecision decision;
  decision.from = {2};
  decision.to = {4};
  decision.reason = "load is high";
  block(decision, Blocker::Suspended, "scale out is suspended");
  EXPECT_EQ(decision.to, InstanceCount{2});
  EXPECT_EQ(decision.blocked_by, Blocker::Suspended);
  EXPECT_EQ(decision.reason, "load is high; scale out is suspended");
}

}  // namespace
}  // namespace models::autoscaling
