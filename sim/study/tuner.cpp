#include "sim/study/tuner.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "core/check.hpp"
#include "core/random_streams.hpp"

namespace sim {
namespace {

// Of those that stay in the race, and how much longer they run: eta of successive halving.
constexpr std::size_t kThird = 3;
// Costs closer than this are the same.
constexpr double kSameCost = 1e-9;
// A change that saves less than this share of the cost is not worth its line.
constexpr double kNotWorthIt = 1e-3;
// How much dearer a neighbour may look after few runs and still be given more.
constexpr double kBenefitOfDoubt = 1.02;
constexpr std::size_t kMostDiagonalDimensions = 5;
constexpr std::size_t kWalks = 2;

bool is_cheaper(double a, double b) { return a < b - kSameCost * std::abs(b); }

double radical_inverse(std::size_t index, std::size_t base) {
  double inverse = 0;
  double digit = 1;
  for (; index > 0; index /= base) {
    digit /= static_cast<double>(base);
    inverse += digit * static_cast<double>(index % base);
  }
  return inverse;
}

std::size_t prime(std::size_t index) {
  std::size_t candidate = 1;
  for (std::size_t found = 0; found <= index;) {
    ++candidate;
    bool is_prime = true;
    for (std::size_t divisor = 2; divisor * divisor <= candidate; ++divisor) {
      is_prime = is_prime && candidate % divisor != 0;
    }
    if (is_prime) ++found;
  }
  return candidate;
}

}  // namespace

double TriedPoint::cost(std::size_t count) const {
  CHECK(count > 0 && count <= outcomes.size());
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += outcomes[i].cost;
  return sum / static_cast<double>(count);
}

double TriedPoint::violation(std::size_t count) const {
  CHECK(count > 0 && count <= outcomes.size());
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += outcomes[i].violation;
  return sum / static_cast<double>(count);
}

Tuner::Tuner(TunerTask task, TunerOptions options) : task_(std::move(task)), options_(options) {
  CHECK_EQ(task_.sizes.size(), task_.start.size());
  CHECK_GE(options_.runs_of_the_best, std::size_t{1});
}

TunerResult Tuner::search() {
  Points best = halve(first_points());
  for (std::size_t i = 0; i < std::min(kWalks, best.size()); ++i) walk_from(best[i]);
  Points points = finished();
  if (!points.empty()) simplify(points.front());

  TunerResult result;
  for (const GridPoint& point : finished()) result.ranking.push_back(tried(point));
  result.points = tried_.size();
  result.runs = spent_;
  return result;
}

// Every point of a small grid; of a large one the start, the ends of each dimension and a Halton
// sequence, moved by a random amount (Cranley and Patterson, SIAM J. Numer. Anal. 13, 1976).
Tuner::Points Tuner::first_points() const {
  double size = 1;
  for (const std::size_t length : task_.sizes) size *= static_cast<double>(length);
  const std::size_t most = std::max<std::size_t>(8, options_.budget / 6);
  if (size <= static_cast<double>(most)) return every_point();

  std::set<GridPoint> seen;
  Points points;
  const auto add = [&](GridPoint point) {
    const std::optional<GridPoint> admitted = task_.admit(std::move(point));
    if (admitted && seen.insert(*admitted).second) points.push_back(*admitted);
  };
  add(task_.start);
  for (const GridPoint& point : task_.first) add(point);
  for (std::size_t i = 0; i < task_.sizes.size(); ++i) {
    GridPoint end = task_.start;
    end[i] = 0;
    add(end);
    end[i] = task_.sizes[i] - 1;
    add(end);
  }
  core::RandomEngine engine = core::RandomStreams(options_.seed, 0).stream("tuner");
  std::vector<double> shifts;
  for (std::size_t i = 0; i < task_.sizes.size(); ++i) shifts.push_back(engine.unit_interval());
  for (std::size_t index = 1; points.size() < most && index < 8 * most; ++index) {
    GridPoint point;
    for (std::size_t i = 0; i < task_.sizes.size(); ++i) {
      const double place = radical_inverse(index, prime(i)) + shifts[i];
      const double share = place - std::floor(place);
      const auto cell = static_cast<std::size_t>(share * static_cast<double>(task_.sizes[i]));
      point.push_back(std::min(cell, task_.sizes[i] - 1));
    }
    add(std::move(point));
  }
  return points;
}

Tuner::Points Tuner::every_point() const {
  std::set<GridPoint> seen;
  Points points;
  GridPoint point(task_.sizes.size(), 0);
  while (true) {
    const std::optional<GridPoint> admitted = task_.admit(point);
    if (admitted && seen.insert(*admitted).second) points.push_back(*admitted);
    std::size_t i = 0;
    while (i < point.size() && ++point[i] == task_.sizes[i]) point[i++] = 0;
    if (i == point.size()) return points;
  }
}

bool Tuner::try_all(const Points& points, std::size_t runs) {
  std::vector<RunRequest> requests;
  for (const GridPoint& point : points) {
    TriedPoint& known = tried_.try_emplace(point, TriedPoint{point, {}}).first->second;
    for (std::size_t run = known.outcomes.size(); run < runs; ++run) {
      requests.push_back({point, run});
    }
  }
  const std::vector<Outcome> played = task_.play(requests);
  CHECK_EQ(played.size(), requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    tried_.at(requests[i].point).outcomes.push_back(played[i]);
  }
  spent_ += requests.size();
  return !is_spent();
}

Tuner::Points Tuner::halve(Points points) {
  std::size_t runs = 1;
  while (try_all(points, runs)) {
    sort(points, runs);
    if (runs == options_.runs_of_the_best) return points;
    points.resize(std::min(points.size(), std::max(kWalks, points.size() / kThird)));
    runs = std::min(runs * kThird, options_.runs_of_the_best);
  }
  sort(points, runs);
  points.resize(std::min(points.size(), kWalks));
  try_all(points, options_.runs_of_the_best);  // a result there must be
  sort(points, options_.runs_of_the_best);
  return points;
}

void Tuner::walk_from(const GridPoint& start) {
  GridPoint at = start;
  std::vector<std::size_t> strides;
  for (const std::size_t size : task_.sizes) strides.push_back(std::max<std::size_t>(1, size / 4));
  while (!is_spent()) {
    if (const std::optional<GridPoint> better = better_neighbour(at, strides)) {
      at = *better;
      continue;
    }
    if (std::all_of(strides.begin(), strides.end(), [](std::size_t s) { return s == 1; })) return;
    for (std::size_t& stride : strides) stride = std::max<std::size_t>(1, stride / 2);
  }
}

std::optional<GridPoint> Tuner::better_neighbour(const GridPoint& from,
                                                 const std::vector<std::size_t>& strides) {
  if (auto better = best_of_race(from, neighbours_of(from, strides))) return better;
  // Along the edge of what meets the expectations, one number has to give way for another.
  if (task_.sizes.size() > kMostDiagonalDimensions) return std::nullopt;
  return best_of_race(from, diagonals_of(from, strides));
}

std::optional<GridPoint> Tuner::best_of_race(const GridPoint& from, Points neighbours) {
  std::size_t runs = 1;
  while (!neighbours.empty() && !is_spent()) {
    try_all(neighbours, runs);
    std::erase_if(neighbours, [&](const GridPoint& neighbour) {
      const double violation = tried(neighbour).violation(runs);
      const double own = tried(from).violation(runs);
      if (violation > own) return true;
      return violation == own &&
             tried(neighbour).cost(runs) > kBenefitOfDoubt * tried(from).cost(runs);
    });
    sort(neighbours, runs);
    if (runs == options_.runs_of_the_best) break;
    neighbours.resize(std::min(neighbours.size(), std::max<std::size_t>(2, neighbours.size() / 3)));
    runs = std::min(runs * kThird, options_.runs_of_the_best);
  }
  if (neighbours.empty()) return std::nullopt;
  // Where the budget ended first, not even the first of them was played.
  const auto found = tried_.find(neighbours.front());
  if (found == tried_.end() || found->second.outcomes.size() < options_.runs_of_the_best) {
    return std::nullopt;
  }
  const TriedPoint& best = found->second;
  const TriedPoint& own = tried(from);
  if (best.violation() < own.violation()) return best.point;
  if (best.violation() > own.violation() || !is_cheaper(best.cost(), own.cost())) return {};
  return best.point;
}

Tuner::Points Tuner::neighbours_of(const GridPoint& from,
                                   const std::vector<std::size_t>& strides) const {
  Points neighbours;
  const auto add = [&](const GridPoint& point) {
    const std::optional<GridPoint> admitted = task_.admit(point);
    if (admitted && *admitted != from) neighbours.push_back(*admitted);
  };
  for (std::size_t i = 0; i < from.size(); ++i) {
    GridPoint less = from;
    less[i] -= std::min(less[i], strides[i]);
    add(less);
    GridPoint more = from;
    more[i] = std::min(more[i] + strides[i], task_.sizes[i] - 1);
    add(more);
  }
  std::sort(neighbours.begin(), neighbours.end());
  neighbours.erase(std::unique(neighbours.begin(), neighbours.end()), neighbours.end());
  return neighbours;
}

Tuner::Points Tuner::diagonals_of(const GridPoint& from,
                                  const std::vector<std::size_t>& strides) const {
  std::set<GridPoint> diagonals;
  for (std::size_t i = 0; i < from.size(); ++i) {
    for (std::size_t j = 0; j < from.size(); ++j) {
      if (i == j) continue;
      GridPoint moved = from;
      if (moved[i] < strides[i] || moved[j] + strides[j] >= task_.sizes[j]) continue;
      moved[i] -= strides[i];
      moved[j] += strides[j];
      const std::optional<GridPoint> admitted = task_.admit(moved);
      if (admitted && *admitted != from) diagonals.insert(*admitted);
    }
  }
  return {diagonals.begin(), diagonals.end()};
}

void Tuner::simplify(const GridPoint& best) {
  GridPoint simple = best;
  for (std::size_t i = 0; i < simple.size(); ++i) {
    if (simple[i] == task_.start[i]) continue;
    GridPoint without = simple;
    without[i] = task_.start[i];
    const std::optional<GridPoint> admitted = task_.admit(without);
    if (!admitted || *admitted != without) continue;
    // A few runs beyond the budget: what is printed is to be no more than what matters.
    try_all({without}, 1);
    if (tried(without).violation(1) > 0) continue;
    try_all({without}, options_.runs_of_the_best);
    const bool is_as_good = tried(without).violation() <= tried(best).violation() &&
                            tried(without).cost() <= (1 + kNotWorthIt) * tried(best).cost();
    if (is_as_good) simple = without;
  }
}

bool Tuner::precedes(const GridPoint& a, const GridPoint& b, std::size_t runs) const {
  const double violation_a = tried(a).violation(runs);
  const double violation_b = tried(b).violation(runs);
  if (violation_a != violation_b) return violation_a < violation_b;
  const double cost_a = tried(a).cost(runs);
  const double cost_b = tried(b).cost(runs);
  if (cost_a != cost_b) return cost_a < cost_b;
  const std::size_t changes_a = changes_of(a);
  const std::size_t changes_b = changes_of(b);
  return changes_a != changes_b ? changes_a < changes_b : a < b;
}

void Tuner::sort(Points& points, std::size_t runs) const {
  std::sort(points.begin(), points.end(),
            [&](const GridPoint& a, const GridPoint& b) { return precedes(a, b, runs); });
}

std::size_t Tuner::changes_of(const GridPoint& point) const {
  std::size_t changes = 0;
  for (std::size_t i = 0; i < point.size(); ++i)
    if (point[i] != task_.start[i]) ++changes;
  return changes;
}

// Those with all their runs, the best first; one that changes less goes before those that are
// cheaper by next to nothing.
Tuner::Points Tuner::finished() const {
  Points points;
  for (const auto& [point, known] : tried_) {
    if (known.outcomes.size() >= options_.runs_of_the_best) points.push_back(point);
  }
  sort(points, options_.runs_of_the_best);
  if (points.empty()) return points;
  const TriedPoint& best = tried(points.front());
  std::size_t simplest = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (tried(points[i]).violation() > best.violation()) break;
    if (tried(points[i]).cost() > (1 + kNotWorthIt) * best.cost()) break;
    if (changes_of(points[i]) < changes_of(points[simplest])) simplest = i;
  }
  const auto first = points.begin() + static_cast<std::ptrdiff_t>(simplest);
  std::rotate(points.begin(), first, first + 1);
  return points;
}

}  // namespace sim
