#include "core/sim_time.hpp"

#include <gtest/gtest.h>

#include <concepts>

namespace core {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

template <class A, class B>
concept Addable = requires(A a, B b) {
  a + b;
};
template <class Clock>
concept HasNow = requires {
  Clock::now();
};

static_assert(!Addable<SimTime, SimTime>, "an instant plus an instant means nothing");
static_assert(Addable<SimTime, Duration>);
static_assert(!Addable<SimTime, std::int64_t>, "a span names its unit");
static_assert(std::same_as<decltype(SimTime{} - kStart), Duration>);
static_assert(!HasNow<SimClock>, "simulated time is passed in");
static_assert(!std::convertible_to<std::int64_t, Duration>);
static_assert(!std::convertible_to<double, Duration>);
static_assert(!std::convertible_to<std::chrono::duration<double>, Duration>,
              "floating time is rounded by name");
static_assert(!std::convertible_to<Duration, SimTime>);
static_assert(!std::convertible_to<std::chrono::system_clock::time_point, SimTime>,
              "the wall clock is another clock");

TEST(SimTime, TicksAreNanosecondsSinceTheStart) {
  EXPECT_EQ(ticks(kStart), 0);
  EXPECT_EQ(ticks(kStart + seconds(1)), 1'000'000'000);
  EXPECT_EQ(at_ticks(1'000'000'000), kStart + seconds(1));
  EXPECT_LT(kStart + hours(24 * 365 * 100), kNever);
}

TEST(InSeconds, KeepsWholeSecondsWholeUpToAYear) {
  for (std::int64_t second = 0; second <= 31'536'000; second = second * 101 / 100 + 1) {
    EXPECT_EQ(in_seconds(seconds(second)), static_cast<double>(second));
    EXPECT_EQ(in_seconds(kStart + seconds(second)), static_cast<double>(second));
  }
}

TEST(InSeconds, IsTheNearestDouble) {
  EXPECT_EQ(in_seconds(std::chrono::milliseconds(100)), 0.1);
  EXPECT_EQ(in_seconds(std::chrono::microseconds(9300)), 0.0093);
  EXPECT_EQ(in_seconds(Duration(1)), 1e-9);
  EXPECT_EQ(in_seconds(Duration(-1)), -1e-9);
}

TEST(RoundToDuration, RoundsToTheNearestNanosecond) {
  EXPECT_EQ(round_to_duration(0.0).count(), 0);
  EXPECT_EQ(round_to_duration(1.4e-9).count(), 1);
  EXPECT_EQ(round_to_duration(1.6e-9).count(), 2);
  EXPECT_EQ(round_to_duration(-1.6e-9).count(), -2);
  EXPECT_EQ(round_to_duration(0.0093).count(), 9'300'000);
}

TEST(RoundToDuration, SaturatesAtTheEnds) {
  EXPECT_EQ(round_to_duration(1e10), Duration::max());
  EXPECT_EQ(round_to_duration(std::numeric_limits<double>::infinity()), Duration::max());
  EXPECT_EQ(round_to_duration(-1e10), Duration::min());
  EXPECT_EQ(round_to_duration(9e9).count(), 9'000'000'000'000'000'000);
}

TEST(RoundToDuration, UndoesInSecondsBelowAHundredDays) {
  for (std::int64_t span = 1; span < 8'640'000'000'000'000; span = span * 3 + 1) {
    EXPECT_EQ(round_to_duration(in_seconds(Duration(span))).count(), span);
  }
}

}  // namespace
}  // namespace core
