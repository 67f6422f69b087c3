// Derives the targets, the bounds and the policies of a scaling plan: pure arithmetic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/observe/plan_result.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// 40, 50 and 70 %: what is left over absorbs what comes before new instances are in service.
double utilization_of(PlanObjective objective);

// rate / (target / 60) x growth, rounded up, at least 1: a real-time variant keeps an instance.
double instances_for(core::RequestRate rate, double invocations_per_instance, double growth);

// More are not planned: no scenario has more.
inline constexpr double kMostPlannedInstances = 10'000;

// The targets of an instance that saturates at so many invocations a minute. The
// capacities are those of the basis, min_capacity never above max_capacity.
PlanTarget plan_target(double saturated_invocations, double utilization, core::VcpuCount vcpus,
                       const PlanBasis& basis);

// The scenario with the plan's scalable target, policies, alarm and schedule instead of its own.
// What it expects stays, but for what it says about single instants, instances, alarms and
// scaling activities: that was said about another scaling.
Scenario planned_scenario(const Scenario& scenario, const PlanTarget& target,
                          const PlanBasis& basis);

// The stream of a daily shape with the highest peak.
struct TrafficDay {
  std::string stream;
  core::Duration peak_at{};  // since local midnight
  bool weekdays_only = false;
};
std::optional<TrafficDay> day_of(const Scenario& scenario);
// MinCapacity while such a day is above its middle.
std::int32_t middle_capacity(const PlanTarget& target, const PlanBasis& basis);
// A scheduled action is so much earlier than the load: two mean startups, in steps of 5 minutes.
core::Duration schedule_lead(const Scenario& scenario);

// Longest known time between a request and a datapoint that has it: a period and its delay. No
// sooner does a metric tell what an instance that has just come into service changes.
std::int64_t cooldown_s(const Assumptions& assumptions);

inline constexpr const char* kInvocationsPolicy = "plan-invocations";
inline constexpr const char* kCpuPolicy = "plan-cpu";
inline constexpr const char* kSpikePolicy = "plan-spike";
inline constexpr const char* kSpikeAlarm = "plan-spike";

}  // namespace sim
