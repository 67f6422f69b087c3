#include "models/endpoint/clients.hpp"

#include <gtest/gtest.h>

#include "core/sim_time.hpp"

namespace models::endpoint {
namespace {

using Standing = Clients::Standing;
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

Clients users(const std::vector<UserPopulation>& populations) {
  return Clients(populations, {}, {});
}

StreamRetries retries(std::int32_t attempts, core::Duration backoff, double jitter = 0) {
  return {{.attempts = attempts, .backoff = backoff, .jitter = jitter}, core::RandomEngine(1)};
}

TEST(Clients, UsersSendFirstWhenTheyJoinTheLowestFirst) {
  Clients clients = users({population(1, 5ms, 120), population(1, 5ms)});
  EXPECT_EQ(clients.next_send(), 5 * kMillisecond);
  EXPECT_EQ(clients.take_next().client, 0U);
  EXPECT_EQ(clients.next_send(), 5 * kMillisecond);
  EXPECT_EQ(clients.take_next().client, 2U);
  EXPECT_EQ(clients.next_send(), 505 * kMillisecond);
  EXPECT_EQ(clients.take_next().client, 1U);
}

TEST(Clients, UserSendsAgainWhenOverheadAndTheTimeToThinkAreOver) {
  Clients clients = users({population(1, 0s)});
  EXPECT_EQ(clients.take_next().client, 0U);
  EXPECT_EQ(clients.next_send(), kNever);  // waits for the answer
  clients.answered(0, Outcome::Succeeded, 20 * kMillisecond, 4 * kMillisecond);
  EXPECT_EQ(clients.next_send(), 30 * kMillisecond);
}

TEST(Clients, RefusedUserPausesForATenthOfASecondAtLeast) {
  Clients clients = users({population(1, 0s)});
  clients.take_next();
  clients.answered(0, Outcome::Rejected, 20 * kMillisecond, 0);
  EXPECT_EQ(clients.next_send(), 120 * kMillisecond);
  clients.take_next();
  clients.answered(0, Outcome::NoCapacity, 120 * kMillisecond, 95 * kMillisecond);
  EXPECT_EQ(clients.next_send(), (120 + 95 + 6) * kMillisecond);
}

TEST(Clients, UserWhoWouldSendAtTheEndHasLeft) {
  Clients clients = users({population(2, 0s)});
  clients.take_next();
  clients.take_next();
  clients.answered(0, Outcome::Succeeded, 994 * kMillisecond, 0);
  EXPECT_EQ(clients.next_send(), kNever);
  clients.answered(1, Outcome::Succeeded, 994 * kMillisecond - 1, 0);
  EXPECT_EQ(clients.next_send(), 1000 * kMillisecond - 1);
}

TEST(Clients, WaitTwiceAsLongBeforeEachRetryAndAtMostTwentySeconds) {
  Clients clients({}, {}, {retries(5, 6s)});
  ASSERT_TRUE(clients.distinguish_streams());
  const auto client = clients.of_arrival(0);
  std::int64_t now = 0;
  for (const std::int64_t seconds : {6, 12, 20, 20}) {
    EXPECT_EQ(clients.answered(client, Outcome::TimedOut, now, kMillisecond), Standing::Plain);
    now += kMillisecond + seconds * 1000 * kMillisecond;
    EXPECT_EQ(clients.next_send(), now);
    const Clients::Send send = clients.take_next();
    EXPECT_EQ(send.client, client);
    EXPECT_TRUE(send.is_retry);
    EXPECT_EQ(clients.next_send(), kNever);
  }
  EXPECT_EQ(clients.answered(client, Outcome::TimedOut, now, 0), Standing::GivenUp);
  EXPECT_EQ(clients.next_send(), kNever);
}

TEST(Clients, TellWhoWasServedByARetry) {
  Clients clients({}, {}, {retries(3, 1s)});
  const auto at_once = clients.of_arrival(0);
  const auto later = clients.of_arrival(0);
  EXPECT_NE(at_once, later);
  EXPECT_EQ(clients.answered(at_once, Outcome::Succeeded, 0, 0), Standing::Plain);
  clients.answered(later, Outcome::ModelError, 0, 0);
  clients.take_next();
  EXPECT_EQ(clients.answered(later, Outcome::Succeeded, 1, 0), Standing::Recovered);
  // Both are forgotten, and their places are taken anew.
  EXPECT_EQ(clients.of_arrival(0), later);
  EXPECT_EQ(clients.of_arrival(0), at_once);
}

TEST(Clients, SendAtOneInstantInTheOrderOfTheirFailuresAndBeforeUsers) {
  Clients clients({population(1, 0s)}, {retries(1, 0s)}, {retries(2, 0s), retries(2, 0s)});
  const auto first = clients.of_arrival(1);
  const auto second = clients.of_arrival(0);
  clients.answered(first, Outcome::Rejected, 0, 0);
  clients.answered(second, Outcome::Rejected, 0, 0);
  EXPECT_EQ(clients.take_next().client, first);
  EXPECT_EQ(clients.take_next().client, second);
  const Clients::Send user = clients.take_next();
  EXPECT_EQ(user.client, 0U);
  EXPECT_FALSE(user.is_retry);
}

TEST(Clients, OfAStreamWithoutRetriesAreNobody) {
  Clients clients({}, {}, {retries(1, 1s), retries(2, 1s)});
  EXPECT_EQ(clients.of_arrival(0), Clients::kNobody);
  EXPECT_NE(clients.of_arrival(1), Clients::kNobody);
}

TEST(Clients, UserWhoGivesUpGoesOnAsAfterAnyAnswer) {
  Clients clients({population(1, 0s)}, {retries(2, 50ms)}, {});
  EXPECT_FALSE(clients.take_next().is_retry);
  EXPECT_EQ(clients.answered(0, Outcome::Rejected, 0, 0), Standing::Plain);
  EXPECT_EQ(clients.next_send(), 50 * kMillisecond);
  EXPECT_TRUE(clients.take_next().is_retry);
  EXPECT_EQ(clients.answered(0, Outcome::Rejected, 50 * kMillisecond, 0), Standing::GivenUp);
  EXPECT_EQ(clients.next_send(), 150 * kMillisecond);
  EXPECT_FALSE(clients.take_next().is_retry);
}

TEST(Clients, UserWhoWouldRetryAtTheEndGivesUp) {
  Clients clients({population(2, 0s)}, {retries(2, 50ms)}, {});
  clients.take_next();
  clients.take_next();
  EXPECT_EQ(clients.answered(0, Outcome::TimedOut, 950 * kMillisecond - 1, 0), Standing::Plain);
  EXPECT_EQ(clients.answered(1, Outcome::TimedOut, 950 * kMillisecond, 0), Standing::GivenUp);
}

TEST(Clients, JitterLeavesOutAPartOfTheWait) {
  for (const double jitter : {0.5, 1.0}) {
    Clients clients({}, {}, {retries(2, 10s, jitter)});
    std::int64_t shortest = kNever;
    std::int64_t longest = 0;
    for (int i = 0; i < 1000; ++i) {
      clients.answered(clients.of_arrival(0), Outcome::TimedOut, 0, 0);
      const std::int64_t wait = clients.next_send();
      shortest = std::min(shortest, wait);
      longest = std::max(longest, wait);
      clients.answered(clients.take_next().client, Outcome::Succeeded, 0, 0);
    }
    EXPECT_NEAR(static_cast<double>(longest), 10e9, 0.1e9);
    EXPECT_NEAR(static_cast<double>(shortest), 10e9 * (1 - jitter), 0.1e9);
  }
}

}  // namespace
}  // namespace models::endpoint
