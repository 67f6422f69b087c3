// Plays CloudWatch's alarms and Application Auto Scaling for every scalable target of one endpoint:
// datapoints go in, capacities that the endpoint is to have come out. It knows no request.
//
// Whoever runs it calls, at one instant and in this order: fulfilled() and failed(), the store's
// datapoints, evaluate_alarms(), run_scheduled_actions(), decide().
//
// Invariants
// 1. Alarms are looked at on a grid from time zero plus the alarm phase (S-02): every minute, or
//    every ten seconds where a high-resolution alarm needs it.
// 2. Nothing depends on the order of the variants but the order of what is returned.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/autoscaling/scaling_controller.hpp"
#include "models/autoscaling/schedule.hpp"
#include "models/autoscaling/scheduled_action.hpp"
#include "models/cloudwatch/alarm.hpp"
#include "models/cloudwatch/metric_store.hpp"
#include "sim/observe/run_result.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

using core::SimTime;

// A variant, and what scales it.
struct ControlledVariant {
  std::optional<models::autoscaling::ScalableTargetConfiguration> target;  // none: nothing does
  std::vector<models::autoscaling::PolicyConfiguration> policies;
  std::vector<models::autoscaling::ScheduledActionConfiguration> scheduled_actions;
  models::autoscaling::InstanceCount capacity{1};  // at time zero
};

struct ControlPlaneSettings {
  std::vector<ControlledVariant> variants;
  std::vector<models::cloudwatch::AlarmConfiguration> alarms;  // those that users own
  models::cloudwatch::AlarmRules alarm_rules;
  models::autoscaling::ScalingRules scaling_rules;
  models::autoscaling::ScheduleRules schedule_rules;
  Duration alarm_phase{};
  std::int64_t start_unix_s = 0;  // of time zero
};
ControlPlaneSettings control_plane_settings(const Scenario& scenario);

// The endpoint is to have so many instances of a variant.
struct CapacityOrder {
  std::size_t variant = 0;
  models::autoscaling::InstanceCount desired;
};

// What a policy of a variant decided. accepted: it is what the endpoint was told.
struct VariantDecision {
  std::size_t variant = 0;
  models::autoscaling::ScalingDecision decision;
  bool accepted = false;
};

class ControlPlane {
 public:
  // REQUIRES: every metric that anything publishes is registered in the store.
  ControlPlane(ControlPlaneSettings settings, models::cloudwatch::MetricStore& store);

  // Brings a capacity outside the bounds of its target to the nearest one.
  std::vector<CapacityOrder> register_targets(SimTime now);

  // The first instant at or after `from` at which alarms are looked at, or at which a scheduled
  // action runs; none: never again.
  std::optional<SimTime> next_alarm_evaluation(SimTime from) const;
  std::optional<SimTime> next_scheduled_action(SimTime from) const;

  void evaluate_alarms(const models::cloudwatch::MetricStore& store, SimTime now);
  std::vector<CapacityOrder> run_scheduled_actions(SimTime now);
  std::vector<CapacityOrder> decide(SimTime now);

  // How many instances of a variant serve from now on (S-24).
  void set_in_service(std::size_t variant, models::autoscaling::InstanceCount capacity);
  // The endpoint has done, or could not do, what it was last told.
  void fulfilled(std::size_t variant, SimTime now);
  // After a failure the capacity is what it was, and what was decided last is not accepted.
  void failed(std::size_t variant, SimTime now, std::string_view reason);

  // Of the last decide(): one for each policy, variant by variant, no change included.
  std::span<const VariantDecision> decisions() const { return decisions_; }
  // Those that act on each variant, variant by variant, then those that act on none.
  std::span<const models::cloudwatch::Alarm> alarms() const { return alarms_; }
  // What one of alarms() made of its metric at each evaluation.
  const std::vector<AlarmObservation>& observations_of(std::size_t alarm) const {
    return observations_[alarm];
  }
  // Those that act on the variant: what its policies own, then the user's.
  std::span<const models::cloudwatch::Alarm> alarms_of(std::size_t variant) const;
  // Null: nothing scales the variant.
  const models::autoscaling::ScalingController* controller(std::size_t variant) const;

 private:
  struct Target {
    std::optional<models::autoscaling::ScalingController> controller;
    std::size_t first_alarm = 0;  // of those that act on it
    std::size_t alarm_count = 0;
    std::vector<models::autoscaling::ScheduledActionConfiguration> actions;
    std::vector<models::autoscaling::Schedule> schedules;  // of the actions
  };

  void add_target(ControlledVariant variant, models::cloudwatch::MetricStore& store);
  void add_alarm(models::cloudwatch::AlarmConfiguration configuration,
                 models::cloudwatch::MetricStore& store);
  std::optional<SimTime> next_run_of(const Target& target, std::size_t action, SimTime from) const;

  ControlPlaneSettings settings_;
  std::vector<Target> targets_;  // by variant
  std::vector<models::cloudwatch::Alarm> alarms_;
  std::vector<std::vector<AlarmObservation>> observations_;  // by alarm
  std::vector<VariantDecision> decisions_;
};

}  // namespace sim
