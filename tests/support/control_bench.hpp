// Closes the control loop without an endpoint: the test gives the metric's values minute by minute
// and sees what the controller asks for.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "core/sim_time.hpp"
#include "models/autoscaling/scaling_controller.hpp"
#include "models/cloudwatch/alarm.hpp"
#include "models/cloudwatch/metric_store.hpp"

namespace tests {

constexpr std::int64_t kBenchStartUnixS = 1'741'000'000 / 60 * 60;
constexpr const char* kBenchResource = "endpoint/shop/variant/AllTraffic";

inline core::SimTime minute(std::int64_t k) { return core::kStart + std::chrono::minutes{k}; }

inline models::autoscaling::ScalableTargetConfiguration bounds(std::int32_t min, std::int32_t max) {
  models::autoscaling::ScalableTargetConfiguration target;
  target.resource_id = kBenchResource;
  target.min_capacity = {min};
  target.max_capacity = {max};
  return target;
}

inline models::autoscaling::TargetTrackingConfiguration invocations_policy(double target) {
  models::autoscaling::TargetTrackingConfiguration policy;
  policy.policy_name = "invocations";
  policy.target_value = target;
  policy.scale_out_cooldown = std::chrono::seconds{0};
  policy.scale_in_cooldown = std::chrono::seconds{0};
  return policy;
}

inline models::autoscaling::TargetTrackingConfiguration cpu_policy(double target) {
  models::autoscaling::TargetTrackingConfiguration policy = invocations_policy(target);
  policy.policy_name = "cpu";
  models::autoscaling::CustomizedMetric metric;
  metric.metric = {"/aws/sagemaker/Endpoints",
                   "CPUUtilization",
                   {{"EndpointName", "shop"}, {"VariantName", "AllTraffic"}}};
  metric.unit = "Percent";
  policy.metric = metric;
  return policy;
}

inline models::autoscaling::StepScalingConfiguration step_policy(
    const char* name, std::vector<models::autoscaling::StepAdjustment> steps,
    core::Duration cooldown = std::chrono::seconds{0}) {
  models::autoscaling::StepScalingConfiguration policy;
  policy.policy_name = name;
  policy.step_adjustments = std::move(steps);
  policy.cooldown = cooldown;
  return policy;
}

// A user's alarm on each minute's CPUUtilization, whose action is the policy.
inline models::cloudwatch::AlarmConfiguration cpu_alarm(
    const char* name, const char* policy, models::cloudwatch::ComparisonOperator comparison,
    double threshold) {
  models::cloudwatch::AlarmConfiguration alarm;
  alarm.name = name;
  alarm.metric = {"/aws/sagemaker/Endpoints",
                  "CPUUtilization",
                  {{"EndpointName", "shop"}, {"VariantName", "AllTraffic"}}};
  alarm.comparison = comparison;
  alarm.threshold = threshold;
  alarm.alarm_actions = {policy};
  return alarm;
}

class ControlBench {
 public:
  ControlBench(models::autoscaling::ScalableTargetConfiguration target,
               std::vector<models::autoscaling::PolicyConfiguration> policies,
               std::int32_t capacity, models::autoscaling::ScalingRules rules = {},
               std::vector<models::cloudwatch::AlarmConfiguration> user_alarms = {})
      : controller{
            std::move(target), std::move(policies), {capacity}, rules, std::move(user_alarms)} {
    invocations_ =
        store.register_metric({"AWS/SageMaker",
                               "InvocationsPerInstance",
                               {{"EndpointName", "shop"}, {"VariantName", "AllTraffic"}}},
                              "None");
    cpu_ = store.register_metric({"/aws/sagemaker/Endpoints",
                                  "CPUUtilization",
                                  {{"EndpointName", "shop"}, {"VariantName", "AllTraffic"}}},
                                 "Percent");
    for (const auto& alarm : controller.alarm_configurations()) {
      alarms.emplace_back(alarm, models::cloudwatch::AlarmRules{}, store, kBenchStartUnixS);
    }
  }

  // One more minute passes. Its values, where there are any, become visible at its end, where the
  // alarms are evaluated and the controller decides.
  models::autoscaling::ScalingOutcome next(std::optional<double> invocations,
                                           std::optional<double> cpu = std::nullopt) {
    put(invocations_, invocations);
    put(cpu_, cpu);
    ++minutes_;
    for (auto& alarm : alarms) alarm.evaluate(store, now());
    return controller.decide(now(), alarms);
  }

  // The same value for several minutes; the last outcome.
  models::autoscaling::ScalingOutcome next_minutes(int count, std::optional<double> invocations,
                                                   std::optional<double> cpu = std::nullopt) {
    models::autoscaling::ScalingOutcome outcome;
    for (int i = 0; i < count; ++i) outcome = next(invocations, cpu);
    return outcome;
  }

  core::SimTime now() const { return minute(minutes_); }

  models::cloudwatch::MetricStore store{std::chrono::seconds{0}};
  models::autoscaling::ScalingController controller;
  std::vector<models::cloudwatch::Alarm> alarms;

 private:
  void put(models::cloudwatch::MetricHandle metric, std::optional<double> value) {
    if (!value) return;
    models::cloudwatch::Datapoint datapoint{minute(minutes_), {}};
    datapoint.statistics.add(*value);
    store.put(metric, datapoint, minute(minutes_ + 1));
  }

  models::cloudwatch::MetricHandle invocations_;
  models::cloudwatch::MetricHandle cpu_;
  std::int64_t minutes_ = 0;
};

}  // namespace tests
