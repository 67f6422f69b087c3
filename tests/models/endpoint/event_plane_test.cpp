#include "models/endpoint/event_plane.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/plane_case.hpp"

namespace models::endpoint {
namespace {

using tests::InstanceLife;
using tests::PlaneCase;
using tests::play;
using tests::requests_at;
using tests::total_of;
using tests::users_stream;
using tests::variant_of;
using namespace std::chrono_literals;

// One instance with three workers and services of 10 ms; users think for 6 ms, and the endpoint
// adds 4 ms to every answer.
PlaneCase users_case(std::int32_t users) {
  PlaneCase made;
  made.variant = variant_of(ExactSpan{10ms}, 3);
  made.variant.overhead = 4ms;
  made.lives = {InstanceLife{}};
  made.streams = {users_stream("users", users, 6ms, 50s)};
  return made;
}

TEST(EventPlane, UsersSendAtTheRateOfTheirOwnPaceUntilTheWorkersAreBusy) {
  // Each user goes round in 10 + 4 + 6 ms; the workers answer 300 a second at most.
  for (const std::int32_t users : {1, 2, 3}) {
    const auto tally = total_of(play(users_case(users), PlaneKind::Events));
    EXPECT_EQ(tally.invocations, users * 50 * 50);
    EXPECT_EQ(tally.wait.maximum(), 0ns);
  }
  for (const std::int32_t users : {6, 7, 20}) {
    const auto tally = total_of(play(users_case(users), PlaneKind::Events));
    EXPECT_NEAR(static_cast<double>(tally.count(Outcome::Succeeded)), 300 * 50, users);
    // The law of response time: users / rate - pause.
    EXPECT_NEAR(core::in_seconds(*tally.model_latency.mean()), users / 300.0 - 0.010, 3e-4);
  }
}

TEST(EventPlane, UsersSendNoMoreOnceTheirPhaseIsOver) {
  PlaneCase made = users_case(2);
  made.cuts = {core::kStart + 50s};
  const auto tallies = play(made, PlaneKind::Events);
  ASSERT_EQ(tallies.size(), 2U);
  EXPECT_EQ(tallies[0].invocations, 2 * 50 * 50);
  EXPECT_EQ(tallies[1].invocations, 0);
}

TEST(EventPlane, RefusedUserComesBackAfterAPause) {
  PlaneCase made = users_case(1);
  made.lives.clear();
  made.streams = {users_stream("users", 1, 0s, 50s)};
  const auto refused = total_of(play(made, PlaneKind::Events));
  EXPECT_EQ(refused.count(Outcome::NoCapacity), 50 * 10);
  made.streams = {users_stream("users", 1, 1s - 4ms, 50s)};
  EXPECT_EQ(total_of(play(made, PlaneKind::Events)).invocations, 50);
}

TEST(EventPlane, RejectedUserLeavesTheWorkerToTheOther) {
  PlaneCase made = users_case(2);
  made.variant = variant_of(ExactSpan{10ms}, 1);
  made.variant.queue_limit = 0;
  made.streams = {users_stream("users", 2, 0s, 10s)};
  const auto tally = total_of(play(made, PlaneKind::Events));
  EXPECT_GT(tally.count(Outcome::Rejected), 90);
  EXPECT_EQ(tally.count(Outcome::Succeeded), 1000);
  EXPECT_EQ(tally.wait.maximum(), 0ns);
}

TEST(EventPlane, UserWhoseRequestTimedOutSendsAgainWhileTheWorkerFinishesForNobody) {
  PlaneCase made = users_case(1);
  made.variant = variant_of(ExactSpan{10s}, 1);
  made.variant.queue_timeout = 4s;
  made.streams = {users_stream("users", 1, 0s, 20s)};
  // Sent at 0 (served, given up at 4), 4 and 8 (waiting; the one sent at 8 is taken on at 10), ...
  const auto tally = total_of(play(made, PlaneKind::Events));
  EXPECT_EQ(tally.invocations, 5);
  EXPECT_EQ(tally.count(Outcome::TimedOut), 5);
  EXPECT_EQ(tally.wait.maximum(), 4s);
  EXPECT_EQ(play(made, PlaneKind::Events).front().use.at(0).busy_ticks,
            core::Duration(20s).count());
}

TEST(EventPlane, MeasuredInstanceCountsCpuAndLoadByItsRequestsInService) {
  PlaneCase made;
  made.variant = variant_of(ExactSpan{10ms}, 2);
  tests::set_throughputs(made.variant, {1, 1.5});
  made.variant.busy_cpu = {{5}, {65}, {95}};
  // Two at once, at three quarters of the speed of one; later one alone.
  made.streams = requests_at({1'000'000'000, 1'000'000'000, 2'000'000'000});
  made.lives = {InstanceLife{}};
  const InstanceUse use = play(made, PlaneKind::Events).front().use.at(0);
  constexpr double kTogether = 10e6 / 0.75;
  constexpr double kAlone = 10e6;
  EXPECT_NEAR(static_cast<double>(use.busy_ticks), 2 * kTogether + kAlone, 4);
  EXPECT_NEAR(static_cast<double>(use.cpu_ticks), 1024 * (90 * kTogether + 60 * kAlone), 1e6);
  EXPECT_NEAR(static_cast<double>(use.load_ticks), 1024 * kTogether + 683 * kAlone, 1e4);
}

// In service at 1 s, warm three seconds later: to the nanosecond.
TEST(EventPlane, RequestThatArrivesAtAnInstanceThatIsNotWarmTakesLonger) {
  PlaneCase made;
  made.variant = variant_of(ExactSpan{10ms}, 4);
  made.variant.warming = {.duration = 3s, .slowdown = 5, .errors = 0};
  made.lives = {{.slot = 0, .in_service = core::kStart + 1s}};
  const std::int64_t warm = 4'000'000'000;
  made.streams = requests_at({1'000'000'001, warm - 1});
  EXPECT_EQ(*total_of(play(made, PlaneKind::Events)).model_latency.minimum(), 50ms);
  made.streams = requests_at({warm, warm + 1});
  EXPECT_EQ(*total_of(play(made, PlaneKind::Events)).model_latency.maximum(), 10ms);
}

TEST(EventPlane, InstancesOfTheStartAreWarm) {
  PlaneCase made;
  made.variant = variant_of(ExactSpan{10ms}, 1);
  made.variant.warming = {.duration = 30s, .slowdown = 5, .errors = 1};
  made.lives = {InstanceLife{}};
  made.streams = requests_at({1'000'000'000});
  const auto tally = total_of(play(made, PlaneKind::Events));
  EXPECT_EQ(tally.count(Outcome::Succeeded), 1);
  EXPECT_EQ(*tally.model_latency.maximum(), 10ms);
}

TEST(EventPlane, InstanceThatIsNotWarmFailsItsShareOfRequests) {
  PlaneCase made;
  made.variant = variant_of(ExactSpan{1ms}, 8);
  made.variant.warming = {.duration = 20s, .slowdown = 1, .errors = 0.25};
  made.lives = {{.slot = 0, .in_service = core::kStart + 1ns}};
  made.streams = {tests::poisson_stream("requests", 1000)};
  const auto tally = total_of(play(made, PlaneKind::Events));
  EXPECT_NEAR(static_cast<double>(tally.count(Outcome::ModelError)), 5000, 5 * 62);
  EXPECT_EQ(tally.failed(), tally.count(Outcome::ModelError) + tally.count(Outcome::NoCapacity));
  EXPECT_FALSE(recursion_applies(std::vector{made.variant}, false));
}

TEST(EventPlane, InterruptedUserSendsAgainToAnotherInstance) {
  PlaneCase made = users_case(1);
  made.variant = variant_of(ExactSpan{10s}, 1);
  made.variant.stopping = 1s;
  made.lives = {{.slot = 0, .stops = core::kStart + 2s},
                {.slot = 1, .in_service = core::kStart + 2s}};
  made.streams = {users_stream("users", 1, 0s, 12s)};
  const auto tallies = play(made, PlaneKind::Events);
  EXPECT_EQ(total_of(tallies).invocations, 2);
  EXPECT_EQ(total_of(tallies).interrupted_ticks, core::Duration(3s).count());
  EXPECT_EQ(tallies.front().use.at(1).served, 1);
}

TEST(EventPlane, ContendingWorkersShareTheThroughput) {
  PlaneCase made;
  made.variant = variant_of(ExactSpan{10ms}, 4);
  made.variant.throughput = core::RequestRate::per_second(160);  // alone a worker makes 100
  made.lives = {InstanceLife{}};
  for (const auto& [users, rate] : {std::pair{1, 100.0}, {4, 160.0}, {9, 160.0}}) {
    made.streams = {users_stream("users", users, 0s, 60s)};
    const auto tally = total_of(play(made, PlaneKind::Events));
    EXPECT_NEAR(static_cast<double>(tally.count(Outcome::Succeeded)), rate * 60, users + 1);
  }
}

TEST(EventPlane, LeastOutstandingRequestsKeepsTheInstancesLevel) {
  PlaneCase made;
  made.variant = variant_of(ExactSpan{1s}, 1);
  made.variant.routing = RoutingStrategy::LeastOutstandingRequests;
  for (InstanceSlot slot = 0; slot < 5; ++slot) made.lives.push_back({.slot = slot});
  std::vector<std::int64_t> instants;
  for (std::int64_t i = 1; i <= 20; ++i) instants.push_back(i * 1'000'000);
  made.streams = requests_at(instants);
  const auto tally = play(made, PlaneKind::Events).front();
  for (const InstanceUse& use : tally.use) EXPECT_EQ(use.served, 4);
}

TEST(EventPlane, InstanceStillAtWorkForNobodyCountsAsOutstanding) {
  PlaneCase made;
  made.variant = variant_of(ExactSpan{10s}, 1);
  made.variant.routing = RoutingStrategy::LeastOutstandingRequests;
  made.variant.queue_timeout = 1s;
  made.lives = {{.slot = 0}, {.slot = 1, .in_service = core::kStart + 1s}};
  made.streams = requests_at({1'000'000, 5'000'000'000});
  // The first has timed out at 1 s, but its worker is busy until 10 s.
  const auto tally = play(made, PlaneKind::Events).front();
  EXPECT_EQ(tally.use.at(1).served, 1);
}

}  // namespace
}  // namespace models::endpoint
