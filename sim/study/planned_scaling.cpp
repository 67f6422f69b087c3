#include "sim/study/planned_scaling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>
#include <variant>

#include "core/check.hpp"

namespace sim {
namespace {

using models::autoscaling::AdjustmentType;
using models::autoscaling::CustomizedMetric;
using models::autoscaling::PredefinedMetric;
using models::autoscaling::ScheduledActionConfiguration;
using models::autoscaling::StepAdjustment;
using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;
using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::MetricId;
using models::cloudwatch::Statistic;
using models::endpoint::EndpointVariant;
using models::traffic::DailyTraffic;

constexpr std::int64_t kScaleInCooldown_s = 300;  // AWS's default
constexpr int kSpikeSteps = 3;                    // at one, two and three saturated instances' load
// 6 stays 6, although 500 / 83.33... x 1 is a little more.
constexpr double kRounding = 1e-9;

// Whole invocations, but of an instance that serves only a few of them.
double in_whole(double invocations) {
  return invocations >= 100 ? std::round(invocations) : std::round(invocations * 100) / 100;
}

MetricId variant_metric(const EndpointVariant& variant, std::string metric_namespace,
                        std::string name) {
  return {std::move(metric_namespace),
          std::move(name),
          {{"EndpointName", variant.endpoint_name}, {"VariantName", variant.variant_name}}};
}

TargetTrackingConfiguration invocations_policy(const PlanTarget& target, std::int64_t cooldown_s) {
  TargetTrackingConfiguration policy;
  policy.policy_name = kInvocationsPolicy;
  policy.target_value = target.invocations_per_instance;
  policy.metric = PredefinedMetric{};
  policy.scale_out_cooldown = std::chrono::seconds{cooldown_s};
  policy.scale_in_cooldown = std::chrono::seconds{kScaleInCooldown_s};
  return policy;
}

TargetTrackingConfiguration cpu_policy(const EndpointVariant& variant, const PlanTarget& target,
                                       std::int64_t cooldown_s) {
  TargetTrackingConfiguration policy = invocations_policy(target, cooldown_s);
  policy.policy_name = kCpuPolicy;
  policy.target_value = target.cpu_percent;
  CustomizedMetric metric;
  metric.metric = variant_metric(variant, "/aws/sagemaker/Endpoints", "CPUUtilization");
  metric.statistic = Statistic::Average;
  metric.unit = "Percent";
  policy.metric = metric;
  return policy;
}

// From k times the saturated invocations on: as many instances as bring these down to the target.
StepScalingConfiguration spike_policy(const PlanTarget& target, std::int64_t cooldown_s) {
  StepScalingConfiguration policy;
  policy.policy_name = kSpikePolicy;
  policy.adjustment_type = AdjustmentType::PercentChangeInCapacity;
  policy.min_adjustment_magnitude = 1;
  policy.cooldown = std::chrono::seconds{cooldown_s};
  for (int k = 1; k <= kSpikeSteps; ++k) {
    StepAdjustment step;
    step.metric_interval_lower_bound = (k - 1) * target.saturated_invocations;
    if (k < kSpikeSteps) step.metric_interval_upper_bound = k * target.saturated_invocations;
    const double times = k * target.saturated_invocations / target.invocations_per_instance;
    step.scaling_adjustment =
        std::max(1, static_cast<std::int32_t>(std::ceil((times - 1) * 100 - kRounding)));
    policy.step_adjustments.push_back(step);
  }
  return policy;
}

AlarmConfiguration spike_alarm(const EndpointVariant& variant, const PlanTarget& target) {
  AlarmConfiguration alarm;
  alarm.name = kSpikeAlarm;
  alarm.description = "one minute with as many invocations as saturate an instance";
  alarm.metric = variant_metric(variant, "AWS/SageMaker", "InvocationsPerInstance");
  alarm.statistic = Statistic::Sum;
  alarm.threshold = target.saturated_invocations;
  alarm.comparison = models::cloudwatch::ComparisonOperator::GreaterThanOrEqualToThreshold;
  alarm.treat_missing_data = models::cloudwatch::TreatMissingData::NotBreaching;
  alarm.alarm_actions = {kSpikePolicy};
  return alarm;
}

ScheduledActionConfiguration daily_action(const Scenario& scenario, std::string name,
                                          core::Duration time_of_day, bool weekdays_only,
                                          std::int32_t min_capacity, std::int32_t max_capacity) {
  constexpr core::Duration kDay = std::chrono::hours{24};
  const core::Duration time = ((time_of_day % kDay) + kDay) % kDay;
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time).count();
  ScheduledActionConfiguration action;
  action.name = std::move(name);
  action.resource_id = scenario.variants.front().scalable_target->resource_id;
  action.schedule = fmt::format("cron({} {} {} *)", minutes % 60, minutes / 60,
                                weekdays_only ? "? * MON-FRI" : "* * ?");
  action.timezone = scenario.run.timezone;
  action.expression = *models::autoscaling::parse_schedule_expression(action.schedule).expression;
  action.min_capacity = core::InstanceCount{min_capacity};
  action.max_capacity = core::InstanceCount{max_capacity};
  return action;
}

// A raised cosine is above its middle for the six hours before and after its peak. Before that, the
// slowest of startups earlier, MinCapacity is what the middle takes; afterwards the plan's again.
std::vector<ScheduledActionConfiguration> daily_schedule(const Scenario& scenario,
                                                         const PlanTarget& target,
                                                         const PlanBasis& basis) {
  constexpr core::Duration kQuarter = std::chrono::hours{6};
  const std::optional<TrafficDay> day = day_of(scenario);
  if (!day) return {};
  const std::int32_t raised = middle_capacity(target, basis);
  if (raised <= target.min_capacity) return {};
  return {daily_action(scenario, "plan-before-the-peak",
                       day->peak_at - kQuarter - schedule_lead(scenario), day->weekdays_only,
                       raised, target.max_capacity),
          daily_action(scenario, "plan-after-the-peak", day->peak_at + kQuarter, day->weekdays_only,
                       target.min_capacity, target.max_capacity)};
}

bool is_about_the_scaling(const Expectation& expectation) {
  return expectation.at || expectation.metric == "alarm" ||
         expectation.metric.starts_with("instances.") || expectation.metric.starts_with("scaling.");
}

}  // namespace

double utilization_of(PlanObjective objective) {
  switch (objective) {
    case PlanObjective::Availability:
      return 0.4;
    case PlanObjective::Balanced:
      return 0.5;
    case PlanObjective::Cost:
      return 0.7;
  }
  return 0.5;
}

std::optional<TrafficDay> day_of(const Scenario& scenario) {
  std::optional<TrafficDay> day;
  double highest = 0;
  for (const auto& stream : scenario.traffic) {
    const auto* daily = std::get_if<DailyTraffic>(&stream.shape);
    if (daily == nullptr || daily->high.per_second() <= highest) continue;
    highest = daily->high.per_second();
    day = TrafficDay{stream.name, daily->peak_at, daily->weekend < 1};
  }
  return day;
}

double instances_for(core::RequestRate rate, double invocations_per_instance, double growth) {
  CHECK(invocations_per_instance > 0);
  return std::max(1.0,
                  std::ceil(rate.per_minute() / invocations_per_instance * growth - kRounding));
}

std::int32_t middle_capacity(const PlanTarget& target, const PlanBasis& basis) {
  const auto middle = (basis.min_rate + basis.max_rate) * 0.5;
  const double instances = instances_for(middle, target.invocations_per_instance, 1);
  return std::min(target.max_capacity, static_cast<std::int32_t>(instances));
}

core::Duration schedule_lead(const Scenario& scenario) {
  constexpr double kStep_s = 300;
  const double startup_s = mean_seconds(scenario.variants.front().variant.startup);
  return std::chrono::seconds{
      static_cast<std::int64_t>(kStep_s * std::ceil(2 * startup_s / kStep_s))};
}

PlanTarget plan_target(double saturated_invocations, double utilization, core::VcpuCount vcpus,
                       const PlanBasis& basis) {
  PlanTarget target;
  target.utilization = utilization;
  target.cpu_share = basis.cpu.value_or(utilization);
  target.saturated_invocations = in_whole(saturated_invocations);
  target.invocations_per_instance = in_whole(target.saturated_invocations * utilization);
  target.cpu_percent = std::round(target.cpu_share * 100 * vcpus.value * 100) / 100;
  if (target.invocations_per_instance <= 0) return target;
  target.min_capacity = static_cast<std::int32_t>(std::min(
      kMostPlannedInstances, instances_for(basis.min_rate, target.invocations_per_instance, 1)));
  target.max_capacity = static_cast<std::int32_t>(
      std::min(kMostPlannedInstances,
               instances_for(basis.max_rate, target.invocations_per_instance, basis.growth)));
  return target;
}

std::int64_t cooldown_s(const Assumptions& assumptions) {
  constexpr std::int64_t kPeriod_s = 60;
  return kPeriod_s + std::chrono::ceil<std::chrono::seconds>(assumptions.metric_delay).count();
}

Scenario planned_scenario(const Scenario& scenario, const PlanTarget& target,
                          const PlanBasis& basis) {
  CHECK_EQ(scenario.variants.size(), std::size_t{1});
  Scenario planned = scenario;
  planned.name += ", planned";
  ScenarioVariant& of = planned.variants.front();
  of.variant.initial_instances = target.min_capacity;
  of.scalable_target = models::autoscaling::ScalableTargetConfiguration{
      .resource_id =
          fmt::format("endpoint/{}/variant/{}", of.variant.endpoint_name, of.variant.variant_name),
      .min_capacity = {target.min_capacity},
      .max_capacity = {target.max_capacity}};
  const std::int64_t cooldown = cooldown_s(scenario.assumptions);
  of.policies = {invocations_policy(target, cooldown), cpu_policy(of.variant, target, cooldown),
                 spike_policy(target, cooldown)};
  of.scheduled_actions = daily_schedule(planned, target, basis);
  planned.alarms = {spike_alarm(of.variant, target)};
  std::erase_if(planned.expectations, is_about_the_scaling);
  planned.candidates.clear();
  planned.plan = {.min_rate = basis.min_rate,
                  .max_rate = basis.max_rate,
                  .growth = basis.growth,
                  .utilization = target.utilization,
                  .cpu = target.cpu_share,
                  .latency_threshold = basis.latency_threshold,
                  .spawn_per_minute = basis.spawn_per_minute};
  return planned;
}

}  // namespace sim
