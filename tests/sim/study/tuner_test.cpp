#include "sim/study/tuner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "core/random_streams.hpp"

namespace sim {
namespace {

// Luck of a run: the same for all points, and a little of their own.
double luck(std::uint64_t run, double own) {
  core::RandomEngine engine = core::RandomStreams(11, run).stream("luck");
  return engine.unit_interval() - 0.5 + 0.02 * std::sin(own);
}

// Two numbers as a policy has them: more headroom costs more, too little of it fails; a third does
// nothing at all.
Outcome headroom_outcome(const GridPoint& point, std::uint64_t run) {
  const auto target = static_cast<double>(point[0]);
  const auto floor = static_cast<double>(point[1]);
  const double noise = luck(run, target + 7 * floor);
  Outcome outcome;
  outcome.cost = 10 + 60 / (5 + target) + 0.8 * floor + 0.1 * noise;
  const double lack = target - 14 - 3 * floor + 0.5 * noise;
  outcome.violation = std::max(0.0, lack);
  return outcome;
}

TunerTask task_of(std::vector<std::size_t> sizes, GridPoint start,
                  Outcome (*outcome)(const GridPoint&, std::uint64_t)) {
  TunerTask task;
  task.sizes = std::move(sizes);
  task.start = std::move(start);
  task.admit = [](GridPoint point) { return std::optional<GridPoint>(std::move(point)); };
  task.play = [outcome](const std::vector<RunRequest>& requests) {
    std::vector<Outcome> outcomes;
    for (const RunRequest& request : requests)
      outcomes.push_back(outcome(request.point, request.run));
    return outcomes;
  };
  return task;
}

// The least mean cost over the first runs of all points that never fail in them.
double best_of_all(const TunerTask& task, std::size_t runs) {
  double best = std::numeric_limits<double>::infinity();
  GridPoint point(task.sizes.size(), 0);
  while (true) {
    TriedPoint tried{point, {}};
    for (std::uint64_t run = 0; run < runs; ++run) {
      tried.outcomes.push_back(task.play({{point, run}}).front());
    }
    if (tried.violation() == 0) best = std::min(best, tried.cost());
    std::size_t i = 0;
    while (i < point.size() && ++point[i] == task.sizes[i]) point[i++] = 0;
    if (i == point.size()) return best;
  }
}

TEST(Tuner, FindsTheCheapestOfAllPointsWithinThreePercent) {
  const TunerTask task = task_of({60, 12, 5}, {2, 9, 2}, headroom_outcome);
  const double best = best_of_all(task, 9);
  const TunerResult result = Tuner(task, {.budget = 600}).search();
  ASSERT_FALSE(result.ranking.empty());
  EXPECT_EQ(result.ranking.front().violation(), 0);
  EXPECT_LE(result.ranking.front().cost(), 1.03 * best);
  EXPECT_GE(result.ranking.front().cost(), best - 1e-9);
  EXPECT_LT(result.points, std::size_t{60 * 12 * 5});
}

TEST(Tuner, TriesEveryPointOfASmallGridAndFindsTheVeryBest) {
  const TunerTask task = task_of({8, 4}, {0, 3}, headroom_outcome);
  const TunerResult result = Tuner(task, {.budget = 500}).search();
  EXPECT_EQ(result.points, std::size_t{32});
  EXPECT_DOUBLE_EQ(result.ranking.front().cost(), best_of_all(task, 9));
}

TEST(Tuner, LeavesNumbersAloneThatMakeNoDifference) {
  const TunerResult result =
      Tuner(task_of({60, 12, 5}, {2, 9, 3}, headroom_outcome), {.budget = 600}).search();
  EXPECT_EQ(result.ranking.front().point[2], std::size_t{3});
}

TEST(Tuner, RepeatsItself) {
  const TunerTask task = task_of({60, 12, 5}, {2, 9, 2}, headroom_outcome);
  const TunerResult first = Tuner(task, {.budget = 200, .seed = 5}).search();
  const TunerResult second = Tuner(task, {.budget = 200, .seed = 5}).search();
  ASSERT_EQ(first.ranking.size(), second.ranking.size());
  for (std::size_t i = 0; i < first.ranking.size(); ++i) {
    EXPECT_EQ(first.ranking[i].point, second.ranking[i].point);
  }
  EXPECT_EQ(first.runs, second.runs);
}

TEST(Tuner, StopsSoonAfterItsBudgetIsSpent) {
  for (const std::size_t budget : {std::size_t{1}, std::size_t{20}, std::size_t{100}}) {
    const TunerResult result =
        Tuner(task_of({60, 12, 5}, {2, 9, 2}, headroom_outcome), {.budget = budget}).search();
    EXPECT_FALSE(result.ranking.empty());
    EXPECT_LT(result.runs, budget + 150);
  }
}

TEST(Tuner, NeverTriesWhatIsNotAdmittedAndTriesWhatItIsTurnedInto) {
  TunerTask task = task_of({20, 20}, {3, 10}, headroom_outcome);
  task.admit = [](GridPoint point) -> std::optional<GridPoint> {
    if (point[0] == 7) return std::nullopt;
    point[1] = std::max(point[1], point[0] / 2);
    return point;
  };
  std::set<GridPoint> seen;
  const auto play = task.play;
  task.play = [&](const std::vector<RunRequest>& requests) {
    for (const RunRequest& request : requests) seen.insert(request.point);
    return play(requests);
  };
  Tuner(task, {.budget = 300}).search();
  for (const GridPoint& point : seen) {
    EXPECT_NE(point[0], std::size_t{7});
    EXPECT_GE(point[1], point[0] / 2);
  }
}

TEST(Tuner, PlaysEachRunOfAPointOnceAndInOrder) {
  TunerTask task = task_of({60, 12, 5}, {2, 9, 2}, headroom_outcome);
  std::map<GridPoint, std::uint64_t> next;
  const auto play = task.play;
  task.play = [&](const std::vector<RunRequest>& requests) {
    for (const RunRequest& request : requests) EXPECT_EQ(request.run, next[request.point]++);
    return play(requests);
  };
  Tuner(task, {.budget = 300}).search();
}

// Nothing meets it: what comes nearest is first.
Outcome hopeless_outcome(const GridPoint& point, std::uint64_t run) {
  const double away = std::abs(static_cast<double>(point[0]) - 17);
  return {1 + static_cast<double>(point[1]), 1 + away + 0.01 * luck(run, 0)};
}

TEST(Tuner, RanksWhatComesNearestFirstWhenNothingMeetsIt) {
  const TunerResult result =
      Tuner(task_of({40, 6}, {2, 5}, hopeless_outcome), {.budget = 400}).search();
  EXPECT_EQ(result.ranking.front().point[0], std::size_t{17});
  EXPECT_GT(result.ranking.front().violation(), 0);
}

}  // namespace
}  // namespace sim
