#include "models/autoscaling/scalable_target.hpp"

#include <gtest/gtest.h>

#include "tests/support/control_bench.hpp"

namespace models::autoscaling {
namespace {

TEST(ScalableTarget, ClampsToItsBoundsAndSaysWhichOneBlocks) {
  ScalableTarget target{tests::bounds(2, 4), {4}};
  EXPECT_EQ(target.clamp({9}), InstanceCount{4});
  EXPECT_EQ(target.clamp({1}), InstanceCount{2});
  EXPECT_EQ(target.clamp({3}), InstanceCount{3});
  EXPECT_EQ(target.blocker(DecisionKind::ScaleOut), Blocker::MaxCapacity);
  EXPECT_EQ(target.blocker(DecisionKind::ScaleIn), std::nullopt);
  target.begin_change({2});
  EXPECT_EQ(target.blocker(DecisionKind::ScaleIn), Blocker::MinCapacity);
  EXPECT_EQ(target.blocker(DecisionKind::NoChange), std::nullopt);
}

TEST(ScalableTarget, GoesBackWhenAChangeFails) {
  ScalableTarget target{tests::bounds(1, 8), {2}};
  target.begin_change({5});
  EXPECT_EQ(target.desired_capacity(), InstanceCount{5});
  EXPECT_TRUE(target.change_in_progress());
  target.undo_change();
  EXPECT_EQ(target.desired_capacity(), InstanceCount{2});
  EXPECT_FALSE(target.change_in_progress());
}

TEST(ScalableTarget, RefusesASecondChangeAndOnesThatAreNone) {
  ScalableTarget target{tests::bounds(1, 8), {2}};
  EXPECT_EXIT(target.begin_change({9}), testing::ExitedWithCode(3), "clamp");
  EXPECT_EXIT(target.begin_change({2}), testing::ExitedWithCode(3), "desired_");
  target.begin_change({5});
  EXPECT_EXIT(target.begin_change({6}), testing::ExitedWithCode(3), "before_");
}

TEST(ScalableTarget, GoesBackToWhatWasLastReachedWhenAnOverridingChangeFails) {
  ScalableTarget target{tests::bounds(1, 8), {2}};
  EXPECT_EXIT(target.override_change({6}), testing::ExitedWithCode(3), "before_");
  target.begin_change({5});
  target.override_change({3});
  EXPECT_EQ(target.desired_capacity(), InstanceCount{3});
  target.undo_change();
  EXPECT_EQ(target.desired_capacity(), InstanceCount{2});
}

TEST(ScalableTarget, TakesNewBoundsAndSuspensions) {
  ScalableTarget target{tests::bounds(1, 8), {4}};
  target.set_bounds({5}, {6});
  EXPECT_EQ(target.clamp({4}), InstanceCount{5});
  EXPECT_EQ(target.desired_capacity(), InstanceCount{4});
  EXPECT_EQ(target.blocker(DecisionKind::ScaleIn), Blocker::MinCapacity);
  target.set_suspended_state({.dynamic_scaling_in_suspended = true});
  EXPECT_EQ(target.blocker(DecisionKind::ScaleIn), Blocker::Suspended);
  EXPECT_EQ(target.blocker(DecisionKind::ScaleOut), std::nullopt);
  EXPECT_EXIT(target.set_bounds({5}, {4}), testing::ExitedWithCode(3), "min_capacity");
}

}  // namespace
}  // namespace models::autoscaling
