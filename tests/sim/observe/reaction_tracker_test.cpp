#include "sim/observe/reaction_tracker.hpp"

#include <gtest/gtest.h>

namespace sim {
namespace {

using core::kStart;
using models::autoscaling::ScalingDecision;
using namespace std::chrono_literals;

// A decision on the datapoints of these minutes, newest first, all of them breaching.
ScalingDecision on_minutes(std::initializer_list<int> newest_first) {
  ScalingDecision decision;
  for (const int minute : newest_first) {
    decision.datapoints.push_back({kStart + minute * 1min, 9000, true});
  }
  return decision;
}

TEST(ReactionTracker, FollowsAScaleOutToItsRelief) {
  ReactionTracker tracker;
  tracker.scale_out(kStart + 14min + 10s, on_minutes({12, 11, 10}), {1min, 60s});
  tracker.fulfilled(kStart + 18min + 30s);
  tracker.minute(kStart + 18min, kStart + 19min, false);
  EXPECT_TRUE(tracker.reactions().empty());
  tracker.minute(kStart + 19min, kStart + 20min, true);
  ASSERT_EQ(tracker.reactions().size(), 1U);
  const ReactionTime& reaction = tracker.reactions().front();
  EXPECT_EQ(reaction.metric_s, 120);
  EXPECT_EQ(reaction.datapoints_s, 120);
  EXPECT_EQ(reaction.policy_s, 10);
  EXPECT_EQ(reaction.startup_s, 260);
  EXPECT_EQ(reaction.drain_s, 90);
  EXPECT_EQ(reaction.total_s(), 10 * 60);  // from 10:00 to 20:00
}

TEST(ReactionTracker, ReliefInTheMinuteOfFulfilmentIsAtOnce) {
  ReactionTracker tracker;
  tracker.scale_out(kStart + 14min, on_minutes({12, 11, 10}), {1min, 60s});
  tracker.fulfilled(kStart + 18min + 30s);
  tracker.minute(kStart + 18min, kStart + 19min, true);
  ASSERT_EQ(tracker.reactions().size(), 1U);
  EXPECT_EQ(tracker.reactions().front().drain_s, 0);
}

TEST(ReactionTracker, MinuteThatEndsAtTheFulfilmentTellsNothing) {
  ReactionTracker tracker;
  tracker.scale_out(kStart + 14min, on_minutes({12, 11, 10}), {1min, 60s});
  tracker.fulfilled(kStart + 18min);
  tracker.minute(kStart + 17min, kStart + 18min, true);
  EXPECT_TRUE(tracker.reactions().empty());
  tracker.minute(kStart + 18min, kStart + 19min, false);
  tracker.minute(kStart + 19min, kStart + 20min, true);
  EXPECT_EQ(tracker.reactions().front().drain_s, 120);
}

TEST(ReactionTracker, CountsFromTheFirstBreachingDatapoint) {
  ReactionTracker tracker;
  ScalingDecision decision = on_minutes({12, 11, 10});
  decision.datapoints[2].breaching = false;
  tracker.scale_out(kStart + 13min, decision, {1min, 0s});
  tracker.fulfilled(kStart + 13min);
  tracker.minute(kStart + 13min, kStart + 14min, true);
  EXPECT_EQ(tracker.reactions().front().metric_s, 60);
  EXPECT_EQ(tracker.reactions().front().datapoints_s, 60);
}

TEST(ReactionTracker, IgnoresWhatNoDatapointAskedForAndScaleIns) {
  ReactionTracker tracker;
  tracker.scale_out(kStart + 1min, {}, {1min, 60s});
  tracker.fulfilled(kStart + 2min);
  tracker.fulfilled(kStart + 3min);  // a scale in
  tracker.minute(kStart + 3min, kStart + 4min, true);
  EXPECT_TRUE(tracker.reactions().empty());
}

TEST(ReactionSummary, NamesTheSlowestOfItsWindow) {
  const auto decided = [](core::Duration at, double startup_s) {
    ReactionTime reaction;
    reaction.decided_at = kStart + at;
    reaction.startup_s = startup_s;
    return reaction;
  };
  const std::vector<ReactionTime> reactions = {decided(1min, 900), decided(5min, 200),
                                               decided(6min, 300), decided(9min, 999)};
  const ReactionSummary inner = reaction_summary(reactions, kStart + 5min, kStart + 9min);
  EXPECT_EQ(inner.count, 2);
  EXPECT_EQ(inner.worst->startup_s, 300);
  EXPECT_FALSE(reaction_summary({}, kStart, kStart + 1h).worst.has_value());
}

}  // namespace
}  // namespace sim
