// Searches points of a grid for the cheapest that meets every expectation, where a point only tells
// by being played and every run is subject to chance.
//
// Successive halving (Jamieson and Talwalkar, AISTATS 2016) over points spread evenly finds where
// to look: all are played once, the better third three times, the best of those nine times. From
// there a pattern search (Hooke and Jeeves, J. ACM 8, 1961) walks with ever smaller strides, and
// races every neighbour in the same way. Run k of all points shares its random numbers, so that
// points are compared under the same luck; a point is only judged against others by runs that
// both have had.
//
// The search knows nothing of policies or simulations; policy_tuning.hpp tells it about them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace sim {

// For each dimension of the grid an index, counting from 0.
using GridPoint = std::vector<std::size_t>;

// What one run of a point gave. No violation: every expectation was met.
struct Outcome {
  double cost = 0;
  double violation = 0;  // how far from meeting them; at least 0
};

struct RunRequest {
  GridPoint point;
  std::uint64_t run = 0;
};

struct TunerTask {
  std::vector<std::size_t> sizes;  // of each dimension, at least 1
  GridPoint start;                 // what there is now
  std::vector<GridPoint> first;    // to be tried before others, for what is known of them
  // The point that means the same and is the one to try, or nothing if the point is not allowed.
  std::function<std::optional<GridPoint>(GridPoint)> admit;
  // In the order of the requests; the same for the same request.
  std::function<std::vector<Outcome>(const std::vector<RunRequest>&)> play;
};

struct TunerOptions {
  std::size_t budget = 500;          // runs; exceeded by less than one batch
  std::size_t runs_of_the_best = 9;  // at least 1
  std::uint64_t seed = 1;
};

struct TriedPoint {
  GridPoint point;
  std::vector<Outcome> outcomes;  // of runs 0, 1, ...

  double cost() const { return cost(outcomes.size()); }
  double violation() const { return violation(outcomes.size()); }
  // Means over the first ones. REQUIRES: 0 < count <= outcomes.size().
  double cost(std::size_t count) const;
  double violation(std::size_t count) const;
};

struct TunerResult {
  // Those with all runs_of_the_best, the best first; points that cost the same are ordered by
  // how little they change. Empty only when the budget ended before.
  std::vector<TriedPoint> ranking;
  std::size_t points = 0;  // tried at all
  std::size_t runs = 0;
};

class Tuner {
 public:
  // REQUIRES: the start is allowed, and a point of the grid.
  Tuner(TunerTask task, TunerOptions options);

  TunerResult search();

 private:
  using Points = std::vector<GridPoint>;

  Points first_points() const;
  Points every_point() const;
  // Tries each until it has so many runs; false when the budget is spent.
  bool try_all(const Points& points, std::size_t runs);
  // The best after rounds of 1, 3, 9, ... runs, each for a third of those before.
  Points halve(Points points);
  void walk_from(const GridPoint& start);
  // The best neighbour that is better than the point.
  std::optional<GridPoint> better_neighbour(const GridPoint& from,
                                            const std::vector<std::size_t>& strides);
  std::optional<GridPoint> best_of_race(const GridPoint& from, Points neighbours);
  Points neighbours_of(const GridPoint& from, const std::vector<std::size_t>& strides) const;
  Points diagonals_of(const GridPoint& from, const std::vector<std::size_t>& strides) const;
  // Without changes that save next to nothing.
  void simplify(const GridPoint& best);

  bool is_spent() const { return spent_ >= options_.budget; }
  const TriedPoint& tried(const GridPoint& point) const { return tried_.at(point); }
  bool precedes(const GridPoint& a, const GridPoint& b, std::size_t runs) const;
  void sort(Points& points, std::size_t runs) const;
  std::size_t changes_of(const GridPoint& point) const;
  Points finished() const;

  TunerTask task_;
  TunerOptions options_;
  std::map<GridPoint, TriedPoint> tried_;
  std::size_t spent_ = 0;
};

}  // namespace sim
