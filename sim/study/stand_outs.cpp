#include "sim/study/stand_outs.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/study/replication.hpp"
#include "sim/study/trade_off.hpp"

namespace sim {
namespace {

constexpr std::string_view kErrors = "errors.rate";
constexpr std::string_view kLatency = "latency.p99";

std::optional<double> mean_of_key(const SweptPoint& point, std::string_view key) {
  return mean_at(point.mean, key).mean;
}

std::string_view cost_key_of(const std::vector<SweptPoint>& points) {
  const bool has_price = std::any_of(points.begin(), points.end(), [](const SweptPoint& point) {
    return mean_of_key(point, "cost.total").has_value();
  });
  return has_price ? "cost.total" : "instances.hours";
}

std::vector<std::optional<Measures>> measures_of(const SweepResult& result) {
  std::vector<std::optional<Measures>> measures;
  for (const SweptPoint& point : result.points) {
    const auto cost = mean_of_key(point, result.cost_key);
    const auto errors = mean_of_key(point, kErrors);
    const auto latency = mean_of_key(point, kLatency);
    const bool has_all = cost && errors && latency;
    measures.push_back(has_all ? std::optional<Measures>({*cost, *errors, *latency})
                               : std::nullopt);
  }
  return measures;
}

std::optional<std::size_t> knee_against_cost(const std::vector<std::optional<Measures>>& measures,
                                             std::size_t harm) {
  std::vector<std::optional<CostAndHarm>> candidates;
  for (const auto& of_point : measures) {
    candidates.push_back(of_point ? std::optional<CostAndHarm>({(*of_point)[0], (*of_point)[harm]})
                                  : std::nullopt);
  }
  return knee_of(candidates);
}

// Of points that cost the same the first.
std::optional<std::size_t> cheapest_that_is_met(const SweepResult& result) {
  std::optional<std::size_t> cheapest;
  double least = 0;
  for (std::size_t index = 0; index < result.points.size(); ++index) {
    const auto cost = mean_of_key(result.points[index], result.cost_key);
    if (!result.points[index].is_met() || !cost) continue;
    if (cheapest && *cost >= least) continue;
    cheapest = index;
    least = *cost;
  }
  return cheapest;
}

}  // namespace

void mark_stand_outs(SweepResult& result) {
  result.cost_key = cost_key_of(result.points);
  if (result.has_expectations) result.cheapest = cheapest_that_is_met(result);
  const auto measures = measures_of(result);
  result.pareto = pareto_front(measures);
  result.knee = knee_against_cost(measures, 1);
  if (result.knee) result.knee_key = kErrors;
  if (result.knee) return;
  result.knee = knee_against_cost(measures, 2);
  if (result.knee) result.knee_key = kLatency;
}

}  // namespace sim
