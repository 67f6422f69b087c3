// Looks at each instant that decides what becomes of a request from both sides, a nanosecond apart,
// on both planes.
#include <gtest/gtest.h>

#include "models/endpoint/request_plane.hpp"
#include "tests/support/plane_case.hpp"

namespace models::endpoint {
namespace {

using tests::InstanceLife;
using tests::PlaneCase;
using tests::play;
using tests::requests_at;
using tests::Tallies;
using tests::total_of;
using tests::variant_of;
using namespace std::chrono_literals;

constexpr std::int64_t kMillisecond = 1'000'000;

class RequestBoundary : public testing::TestWithParam<PlaneKind> {
 protected:
  // One instance with one worker, and services of 10 ms.
  RequestBoundary() {
    case_.variant = variant_of(ExactSpan{10ms});
    case_.lives = {InstanceLife{}};
  }

  RequestTally run() const { return total_of(play(case_, GetParam())); }

  PlaneCase case_;
};

TEST_P(RequestBoundary, AnswerAtTheDeadlineIsInTime) {
  case_.streams = requests_at({kMillisecond});
  case_.variant.queue_timeout = 10ms;
  EXPECT_EQ(run().count(Outcome::Succeeded), 1);
  case_.variant.queue_timeout = 10ms - 1ns;
  const RequestTally late = run();
  EXPECT_EQ(late.count(Outcome::TimedOut), 1);
  EXPECT_EQ(late.model_latency.maximum(), 10ms - 1ns);
  EXPECT_EQ(late.wait.maximum(), 0ns);
}

TEST_P(RequestBoundary, WorkerFreeAtTheDeadlineIsTooLate) {
  case_.variant.queue_timeout = 5ms;
  case_.streams = requests_at({kMillisecond, 6 * kMillisecond});  // gives up when a worker is free
  const RequestTally late = run();
  EXPECT_EQ(late.wait.maximum(), 5ms);
  EXPECT_EQ(total_of(play(case_, GetParam())).count(Outcome::TimedOut), 2);
  EXPECT_EQ(play(case_, GetParam()).front().use.at(0).served, 1);
  case_.streams = requests_at({kMillisecond, 6 * kMillisecond + 1});
  EXPECT_EQ(run().wait.maximum(), 5ms - 1ns);
  EXPECT_EQ(play(case_, GetParam()).front().use.at(0).served, 2);
}

TEST_P(RequestBoundary, WorkerFreeAtTheArrivalServesAtOnce) {
  case_.streams = requests_at({kMillisecond, 11 * kMillisecond});
  EXPECT_EQ(run().wait.maximum(), 0ns);
  case_.streams = requests_at({kMillisecond, 11 * kMillisecond - 1});
  EXPECT_EQ(run().wait.maximum(), 1ns);
}

TEST_P(RequestBoundary, InstanceWithoutQueueRejectsUntilTheWorkerIsFree) {
  case_.variant.queue_limit = 0;
  case_.streams = requests_at({kMillisecond, 11 * kMillisecond});
  EXPECT_EQ(run().count(Outcome::Rejected), 0);
  case_.streams = requests_at({kMillisecond, 11 * kMillisecond - 1});
  EXPECT_EQ(run().count(Outcome::Rejected), 1);
}

TEST_P(RequestBoundary, PlaceInTheQueueIsFreeWhenItsRequestIsTakenOn) {
  case_.variant.queue_limit = 1;
  case_.streams = requests_at({kMillisecond, 2 * kMillisecond, 11 * kMillisecond});
  EXPECT_EQ(run().count(Outcome::Rejected), 0);
  case_.streams = requests_at({kMillisecond, 2 * kMillisecond, 11 * kMillisecond - 1});
  EXPECT_EQ(run().count(Outcome::Rejected), 1);
}

TEST_P(RequestBoundary, PlaceInTheQueueIsFreeWhenItsRequestGivesUp) {
  case_.variant.queue_limit = 1;
  case_.variant.queue_timeout = 4ms;
  case_.streams = requests_at({kMillisecond, 2 * kMillisecond, 6 * kMillisecond});
  EXPECT_EQ(run().count(Outcome::Rejected), 0);
  case_.streams = requests_at({kMillisecond, 2 * kMillisecond, 6 * kMillisecond - 1});
  EXPECT_EQ(run().count(Outcome::Rejected), 1);
}

TEST_P(RequestBoundary, AnswerAtTheEndOfTheGraceIsLost) {
  case_.streams = requests_at({kMillisecond});
  case_.lives = {{.stops = core::kStart + 2ms}};
  case_.variant.stopping = 9ms;
  const RequestTally lost = run();
  EXPECT_EQ(lost.count(Outcome::Interrupted), 1);
  EXPECT_EQ(lost.interrupted_ticks, 10 * kMillisecond);
  case_.variant.stopping = 9ms + 1ns;
  EXPECT_EQ(run().count(Outcome::Succeeded), 1);
}

TEST_P(RequestBoundary, WithoutGraceStoppingInterruptsAtOnce) {
  case_.streams = requests_at({kMillisecond});
  case_.variant.stopping = 0ns;
  case_.lives = {{.stops = core::kStart + 11ms}};
  EXPECT_EQ(run().count(Outcome::Interrupted), 1);
  case_.lives = {{.stops = core::kStart + 11ms + 1ns}};
  EXPECT_EQ(run().count(Outcome::Succeeded), 1);
}

TEST_P(RequestBoundary, StretchThatEndsWithTheAnswerDoesNotSaveItFromTheStop) {
  case_.streams = requests_at({kMillisecond});
  case_.variant.stopping = 0ns;
  case_.cuts = {core::kStart + 11ms};
  case_.lives = {{.stops = core::kStart + 11ms}};
  EXPECT_EQ(run().count(Outcome::Interrupted), 1);
}

TEST_P(RequestBoundary, InstanceTakesWhatArrivesAsItEntersService) {
  case_.streams = requests_at({kMillisecond});
  case_.lives = {{.in_service = core::kStart + 1ms}};
  EXPECT_EQ(run().count(Outcome::Succeeded), 1);
  case_.lives = {{.in_service = core::kStart + 1ms + 1ns}};
  EXPECT_EQ(run().count(Outcome::NoCapacity), 1);
}

TEST_P(RequestBoundary, InstanceTakesNothingFromTheMomentItStops) {
  case_.streams = requests_at({kMillisecond});
  case_.lives = {{.stops = core::kStart + 1ms}};
  EXPECT_EQ(run().count(Outcome::NoCapacity), 1);
  case_.lives = {{.stops = core::kStart + 1ms + 1ns}};
  EXPECT_EQ(run().count(Outcome::Succeeded), 1);
}

TEST_P(RequestBoundary, WhatHappensAtACutBelongsToTheNextStretch) {
  case_.streams = requests_at({10 * kMillisecond});
  case_.cuts = {core::kStart + 10ms, core::kStart + 20ms};
  const Tallies exactly = play(case_, GetParam());
  ASSERT_EQ(exactly.size(), 3U);
  EXPECT_EQ(exactly[0].invocations, 0);
  EXPECT_EQ(exactly[1].invocations, 1);
  EXPECT_EQ(exactly[1].count(Outcome::Succeeded), 0);
  EXPECT_EQ(exactly[1].use.at(0).busy_ticks, 10 * kMillisecond);
  EXPECT_EQ(exactly[2].count(Outcome::Succeeded), 1);
  EXPECT_EQ(exactly[2].use.at(0).served, 1);
  EXPECT_EQ(exactly[2].use.at(0).busy_ticks, 0);
  case_.cuts = {core::kStart + 10ms + 1ns, core::kStart + 20ms + 1ns};
  const Tallies a_moment_later = play(case_, GetParam());
  EXPECT_EQ(a_moment_later[0].invocations, 1);
  EXPECT_EQ(a_moment_later[0].use.at(0).busy_ticks, 1);
  EXPECT_EQ(a_moment_later[1].count(Outcome::Succeeded), 1);
}

TEST_P(RequestBoundary, WhatIsNotAnsweredWhenTheRunEndsIsUnfinished) {
  case_.streams = requests_at({kMillisecond});
  case_.end = core::kStart + 11ms;
  const RequestTally unfinished = run();
  EXPECT_EQ(unfinished.invocations, 1);
  EXPECT_EQ(unfinished.count(Outcome::Succeeded) + unfinished.failed(), 0);
  case_.end = core::kStart + 11ms + 1ns;
  EXPECT_EQ(run().count(Outcome::Succeeded), 1);
}

INSTANTIATE_TEST_SUITE_P(Planes, RequestBoundary,
                         testing::Values(PlaneKind::Recursion, PlaneKind::Events),
                         [](const auto& plane) {
                           return plane.param == PlaneKind::Recursion ? "Recursion" : "Events";
                         });

// With two workers at half the speed each, two requests that overlap all the time take 20 ms.
class ContentionBoundary : public testing::Test {
 protected:
  ContentionBoundary() {
    case_.variant = variant_of(ExactSpan{10ms}, 2);
    tests::set_contention(case_.variant, 1);
    case_.lives = {InstanceLife{}};
    case_.streams = requests_at({kMillisecond, kMillisecond});
  }
  RequestTally run() const { return total_of(play(case_, PlaneKind::Events)); }

  PlaneCase case_;
};

TEST_F(ContentionBoundary, AnswerAtTheDeadlineIsInTime) {
  case_.variant.queue_timeout = 20ms;
  EXPECT_EQ(run().count(Outcome::Succeeded), 2);
  case_.variant.queue_timeout = 20ms - 1ns;
  EXPECT_EQ(run().count(Outcome::TimedOut), 2);
}

TEST_F(ContentionBoundary, AnswerAtTheEndOfTheGraceIsLost) {
  case_.variant.stopping = 19ms;
  case_.lives = {{.stops = core::kStart + 2ms}};
  EXPECT_EQ(run().count(Outcome::Interrupted), 2);
  case_.variant.stopping = 19ms + 1ns;
  EXPECT_EQ(run().count(Outcome::Succeeded), 2);
}

}  // namespace
}  // namespace models::endpoint
