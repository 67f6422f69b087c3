#include "sim/scenario/alarm_list.hpp"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "models/autoscaling/target_tracking_policy.hpp"

namespace sim {

using models::autoscaling::TargetTrackingConfiguration;
using models::autoscaling::TargetTrackingPolicy;

std::vector<ListedAlarm> alarms_of(const Scenario& scenario) {
  std::vector<ListedAlarm> alarms;
  for (const ScenarioVariant& variant : scenario.variants) {
    if (!variant.scalable_target) continue;
    for (const auto& configuration : variant.policies) {
      const auto* tracking = std::get_if<TargetTrackingConfiguration>(&configuration);
      if (tracking == nullptr) continue;
      const TargetTrackingPolicy policy(*tracking, variant.scalable_target->resource_id,
                                        scenario.assumptions.scaling);
      std::string_view side = "AlarmHigh";
      for (const auto& alarm : policy.alarms()) {
        alarms.push_back({alarm, fmt::format("{}/{}", tracking->policy_name, side), true});
        side = "AlarmLow";
      }
    }
  }
  for (const auto& alarm : scenario.alarms) alarms.push_back({alarm, alarm.name, false});
  return alarms;
}

const ListedAlarm* find_alarm(std::span<const ListedAlarm> alarms, std::string_view name) {
  const ListedAlarm* of_only_policy = nullptr;
  std::size_t policies = 0;
  for (const ListedAlarm& alarm : alarms) {
    if (alarm.name == name || alarm.configuration.name == name) return &alarm;
    if (!alarm.is_owned || !alarm.name.ends_with(fmt::format("/{}", name))) continue;
    of_only_policy = &alarm;
    ++policies;
  }
  return policies == 1 ? of_only_policy : nullptr;
}

}  // namespace sim
