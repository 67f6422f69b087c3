#include "sim/study/trade_off.hpp"

#include <algorithm>
#include <utility>

namespace sim {
namespace {

bool beats(const Measures& one, const Measures& other) {
  if (one == other) return false;
  for (std::size_t measure = 0; measure < one.size(); ++measure) {
    if (one[measure] > other[measure]) return false;
  }
  return true;
}

}  // namespace

std::vector<std::size_t> pareto_front(std::span<const std::optional<Measures>> candidates) {
  std::vector<std::size_t> order;
  for (std::size_t index = 0; index < candidates.size(); ++index) {
    if (candidates[index]) order.push_back(index);
  }
  // Who beats a candidate comes before it in this order, and is on the front or beaten by one that
  // is: each needs to be compared with the front so far only.
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return *candidates[a] < *candidates[b]; });
  std::vector<std::size_t> front;
  for (const std::size_t index : order) {
    const bool is_beaten = std::any_of(front.begin(), front.end(), [&](std::size_t member) {
      return beats(*candidates[member], *candidates[index]);
    });
    if (!is_beaten) front.push_back(index);
  }
  std::sort(front.begin(), front.end());
  return front;
}

std::optional<std::size_t> knee_of(std::span<const std::optional<CostAndHarm>> candidates) {
  std::vector<std::optional<Measures>> measures;
  for (const auto& candidate : candidates) {
    measures.push_back(candidate ? std::optional<Measures>({candidate->cost, candidate->harm, 0})
                                 : std::nullopt);
  }
  std::vector<std::size_t> front = pareto_front(measures);
  if (front.empty()) return std::nullopt;
  // On the front the cheaper one does more harm.
  std::stable_sort(front.begin(), front.end(), [&](std::size_t a, std::size_t b) {
    return candidates[a]->cost < candidates[b]->cost;
  });
  const CostAndHarm cheapest = *candidates[front.front()];
  const CostAndHarm best = *candidates[front.back()];
  // What rounding alone may make of a point on the chord.
  constexpr double kLeastDistance = 1e-9;
  std::optional<std::size_t> knee;
  double farthest = kLeastDistance;
  for (const std::size_t index : front) {
    const CostAndHarm& point = *candidates[index];
    if (point.cost == cheapest.cost || point.cost == best.cost) continue;
    const double cost = (point.cost - cheapest.cost) / (best.cost - cheapest.cost);
    const double harm = (point.harm - best.harm) / (cheapest.harm - best.harm);
    const double distance = 1 - cost - harm;
    if (distance > farthest) {
      farthest = distance;
      knee = index;
    }
  }
  return knee;
}

}  // namespace sim
