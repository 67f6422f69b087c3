#include "sim/observe/elasticity.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace sim {
namespace {

int sign(std::int64_t value) { return (value > 0) - (value < 0); }

}  // namespace

std::int32_t instances_needed(core::RequestRate offered, core::RequestRate per_instance) {
  constexpr double kMost = std::numeric_limits<std::int32_t>::max();
  const double needed = std::ceil(offered.per_second() / per_instance.per_second());
  return static_cast<std::int32_t>(std::clamp(needed, 1.0, kMost));
}

ElasticitySummary elasticity(std::span<const MinuteRecord> minutes, SimTime from, SimTime to) {
  ElasticitySummary sums;
  std::int64_t count = 0;
  std::int64_t steps = 0;
  std::optional<std::int64_t> demand_before;
  std::int64_t supply_before = 0;
  core::Duration too_few{};
  core::Duration longest_too_few{};
  for (const MinuteRecord& minute : minutes) {
    if (minute.start < from || minute.start >= to) continue;
    const std::int64_t demand = minute.demand;
    const std::int64_t supply = minute.in_service;
    const double distance = static_cast<double>(supply - demand) / static_cast<double>(demand);
    ++count;
    sums.under_provisioned_share += supply < demand ? 1 : 0;
    sums.over_provisioned_share += supply > demand ? 1 : 0;
    too_few = supply < demand ? too_few + (minute.end - minute.start) : core::Duration{};
    longest_too_few = std::max(longest_too_few, too_few);
    sums.under_accuracy += std::max(-distance, 0.0);
    sums.over_accuracy += std::max(distance, 0.0);
    if (demand_before) {
      ++steps;
      sums.instability += sign(demand - *demand_before) != sign(supply - supply_before) ? 1 : 0;
    }
    demand_before = demand;
    supply_before = supply;
  }
  if (count == 0) return {};
  const auto all = static_cast<double>(count);
  return {.under_provisioned_share = sums.under_provisioned_share / all,
          .over_provisioned_share = sums.over_provisioned_share / all,
          .under_accuracy = sums.under_accuracy / all,
          .over_accuracy = sums.over_accuracy / all,
          .instability = steps == 0 ? 0 : sums.instability / static_cast<double>(steps),
          .longest_under_provisioned_s = core::in_seconds(longest_too_few)};
}

}  // namespace sim
