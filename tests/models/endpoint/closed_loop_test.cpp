#include "models/endpoint/closed_loop.hpp"

#include <gtest/gtest.h>

#include "core/sim_time.hpp"

namespace models::endpoint {
namespace {

using traffic::ClosedLoopTraffic;
using traffic::UserPopulation;
using namespace std::chrono_literals;

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kNever = core::WinnerTree::kIdle;

// Users who think for 6 ms, and leave after a second.
UserPopulation population(std::int32_t initial, core::Duration begins, double per_minute = 0) {
  ClosedLoopTraffic shape;
  shape.phases.push_back(
      {.name = "1", .initial = initial, .spawn_per_minute = per_minute, .duration = 1s});
  shape.think_time = 6ms;
  return UserPopulation(shape, begins);
}

TEST(ClosedLoop, UsersSendFirstWhenTheyJoinTheLowestFirst) {
  ClosedLoop loop({population(1, 5ms, 120), population(1, 5ms)});
  EXPECT_EQ(loop.next_send(), 5 * kMillisecond);
  EXPECT_EQ(loop.take_next(), 0U);
  EXPECT_EQ(loop.next_send(), 5 * kMillisecond);
  EXPECT_EQ(loop.take_next(), 2U);
  EXPECT_EQ(loop.next_send(), 505 * kMillisecond);
  EXPECT_EQ(loop.take_next(), 1U);
}

TEST(ClosedLoop, UserSendsAgainWhenOverheadAndTheTimeToThinkAreOver) {
  ClosedLoop loop({population(1, 0s)});
  EXPECT_EQ(loop.take_next(), 0U);
  EXPECT_EQ(loop.next_send(), kNever);  // waits for the answer
  loop.answered(0, 20 * kMillisecond, 4 * kMillisecond);
  EXPECT_EQ(loop.next_send(), 30 * kMillisecond);
}

TEST(ClosedLoop, RefusedUserPausesForATenthOfASecondAtLeast) {
  ClosedLoop loop({population(1, 0s)});
  loop.take_next();
  loop.refused(0, 20 * kMillisecond, 0);
  EXPECT_EQ(loop.next_send(), 120 * kMillisecond);
  loop.take_next();
  loop.refused(0, 120 * kMillisecond, 95 * kMillisecond);
  EXPECT_EQ(loop.next_send(), (120 + 95 + 6) * kMillisecond);
}

TEST(ClosedLoop, UserWhoWouldSendAtTheEndHasLeft) {
  ClosedLoop loop({population(2, 0s)});
  loop.take_next();
  loop.take_next();
  loop.answered(0, 994 * kMillisecond, 0);
  EXPECT_EQ(loop.next_send(), kNever);
  loop.answered(1, 994 * kMillisecond - 1, 0);
  EXPECT_EQ(loop.next_send(), 1000 * kMillisecond - 1);
}

TEST(ClosedLoop, NobodyNeverSends) {
  ClosedLoop loop({});
  loop.answered(ClosedLoop::kNobody, 1, 0);
  loop.refused(ClosedLoop::kNobody, 1, 0);
  EXPECT_EQ(loop.next_send(), kNever);
}

}  // namespace
}  // namespace models::endpoint
