#include "models/endpoint/worker_group.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <vector>

#include "core/random_streams.hpp"

namespace models::endpoint {
namespace {

const SaturationCurve kNone;

// When each request was done, all of them played to the end.
struct Arrival {
  std::int64_t at;
  std::int64_t service;
};
std::map<std::uint32_t, std::int64_t> play(const std::vector<Arrival>& arrivals,
                                           const SaturationCurve& curve) {
  WorkerGroup group;
  std::map<std::uint32_t, std::int64_t> done;
  const auto finish_until = [&](std::int64_t until) {
    while (group.busy() > 0 && group.next_departure(curve) <= until) {
      const std::int64_t now = group.next_departure(curve);
      done[group.finish(now, curve)] = now;
    }
  };
  for (std::uint32_t i = 0; i < arrivals.size(); ++i) {
    finish_until(arrivals[i].at);
    group.take_on(arrivals[i].at, arrivals[i].service, i, curve);
  }
  finish_until(core::WinnerTree::kIdle - 1);
  return done;
}

// The same with real numbers, one departure after another.
std::map<std::uint32_t, double> exact_departures(const std::vector<Arrival>& arrivals,
                                                 const SaturationCurve& curve) {
  std::map<std::uint32_t, double> left;
  std::map<std::uint32_t, double> done;
  double now = 0;
  const auto advance = [&](double until) {
    while (!left.empty()) {
      const auto next =
          std::min_element(left.begin(), left.end(),
                           [](const auto& a, const auto& b) { return a.second < b.second; });
      const double speed = curve.speed(static_cast<int>(left.size()));
      const double step = std::min(until - now, next->second / speed);
      const bool finishes = now + next->second / speed <= until;
      for (auto& [request, work] : left) work -= step * speed;
      now += step;
      if (!finishes) break;
      done[next->first] = now;
      left.erase(next);
    }
    now = until;
  };
  for (std::uint32_t i = 0; i < arrivals.size(); ++i) {
    advance(static_cast<double>(arrivals[i].at));
    left[i] = static_cast<double>(arrivals[i].service);
  }
  advance(1e18);
  return done;
}

TEST(WorkerGroup, WithoutContentionEachIsDoneItsServiceLater) {
  WorkerGroup group;
  EXPECT_EQ(group.next_departure(kNone), core::WinnerTree::kIdle);
  group.take_on(100, 50, 7, kNone);
  group.take_on(110, 20, 8, kNone);
  group.take_on(120, 500, 9, kNone);
  EXPECT_EQ(group.busy(), 3);
  EXPECT_EQ(group.next_departure(kNone), 130);
  EXPECT_EQ(group.finish(130, kNone), 8U);
  EXPECT_EQ(group.next_departure(kNone), 150);
  EXPECT_EQ(group.finish(150, kNone), 7U);
  EXPECT_EQ(group.finish(620, kNone), 9U);
  EXPECT_EQ(group.busy(), 0);
}

TEST(WorkerGroup, OfThoseDoneAtOnceTheOneTakenOnFirstIsFirst) {
  WorkerGroup group;
  group.take_on(0, 100, 5, kNone);
  group.take_on(50, 50, 3, kNone);
  group.take_on(90, 10, 4, kNone);
  EXPECT_EQ(group.finish(100, kNone), 5U);
  EXPECT_EQ(group.finish(100, kNone), 3U);
  EXPECT_EQ(group.finish(100, kNone), 4U);
}

TEST(WorkerGroup, ContendingRequestsShareTheSlowerSpeed) {
  const SaturationCurve half =
      SaturationCurve::with_contention(1, 8);  // two at half the speed each, three at a third
  // Alone until 60, then both at half the speed: the first has 40 left, the second 100.
  const auto done = play({{0, 100}, {60, 100}}, half);
  EXPECT_EQ(done.at(0), 60 + 80);
  EXPECT_EQ(done.at(1), 140 + 60);
}

TEST(WorkerGroup, DepartsAtTheExactMomentOrNanosecondsLater) {
  core::RandomEngine engine(11);
  for (int round = 0; round < 400; ++round) {
    const SaturationCurve curve = SaturationCurve::with_contention(
        engine.unit_interval() * (round % 3 == 0 ? 0.01 : 1.0), 30);
    std::vector<Arrival> arrivals;
    std::int64_t at = 0;
    for (int i = 0; i < 30; ++i) {
      at += engine.below(2'000'000);
      arrivals.push_back({at, 1 + engine.below(5'000'000)});
    }
    const auto done = play(arrivals, curve);
    const auto exact = exact_departures(arrivals, curve);
    ASSERT_EQ(done.size(), exact.size());
    for (const auto& [request, moment] : exact) {
      // A nanosecond lost by rounding up costs thirty when thirty are busy.
      EXPECT_GE(static_cast<double>(done.at(request)), moment - 0.5) << "round " << round;
      EXPECT_LE(static_cast<double>(done.at(request)), moment + 60) << "round " << round;
      EXPECT_GE(done.at(request), arrivals[request].at + arrivals[request].service);
    }
  }
}

TEST(WorkerGroup, NextDepartureIsNeverInThePast) {
  core::RandomEngine engine(5);
  for (int round = 0; round < 20'000; ++round) {
    // So little curve, and so close together, that rounding decides.
    const SaturationCurve curve =
        SaturationCurve::with_contention(engine.unit_interval() * 1e-3, 6);
    WorkerGroup group;
    for (std::uint32_t i = 0; i < 6; ++i) group.take_on(i, 100 - i + engine.below(2), i, curve);
    for (std::int64_t now = 6; group.busy() > 0;) {
      const std::int64_t next = group.next_departure(curve);
      ASSERT_GE(next, now) << "round " << round;
      now = next;
      group.finish(now, curve);
    }
  }
}

TEST(WorkerGroup, KnowsWhetherARequestIsDoneAtAMoment) {
  const SaturationCurve half = SaturationCurve::with_contention(1, 8);
  WorkerGroup group;
  group.take_on(0, 100, 1, half);
  group.take_on(0, 100, 2, half);
  group.take_on(0, 101, 3, half);
  EXPECT_FALSE(group.is_done(1, 299, half));
  EXPECT_TRUE(group.is_done(1, 300, half));
  EXPECT_TRUE(group.is_done(2, 300, half));
  EXPECT_FALSE(group.is_done(3, 300, half));
  group.finish(300, half);
  group.finish(300, half);
  EXPECT_FALSE(group.is_done(3, 300, half));
  EXPECT_TRUE(group.is_done(3, 301, half));
}

TEST(WorkerGroup, CountsForLongerThanAnyRun) {
  const SaturationCurve half = SaturationCurve::with_contention(1, 8);
  WorkerGroup group;
  constexpr std::int64_t kYear = std::int64_t{365} * 24 * 3600 * 1'000'000'000;
  group.take_on(0, kYear, 1, half);
  EXPECT_EQ(group.next_departure(half), kYear);
  for (std::int64_t year = 0; year < 50; ++year) {  // idle for a moment in between
    group.finish(year * (kYear + 1) + kYear, half);
    group.take_on((year + 1) * (kYear + 1), kYear, 1, half);
    ASSERT_EQ(group.next_departure(half), (year + 1) * (kYear + 1) + kYear);
  }
}

TEST(WorkerGroup, ClearedGroupIsIdle) {
  WorkerGroup group;
  group.take_on(0, 100, 1, kNone);
  group.clear();
  EXPECT_EQ(group.busy(), 0);
  EXPECT_EQ(group.next_departure(kNone), core::WinnerTree::kIdle);
}

}  // namespace
}  // namespace models::endpoint
