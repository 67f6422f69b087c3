// Writes a scaling in the shapes that the AWS CLI takes with --cli-input-json: register-scalable-
// target, put-scaling-policy, put-scheduled-action and
// put-metric-alarm.
#pragma once

#include <string>
#include <vector>

#include "models/cloudwatch/alarm_configuration.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// A call of the AWS CLI and its input.
struct ScalingCall {
  std::string service;    // application-autoscaling or cloudwatch
  std::string operation;  // put-scaling-policy
  std::string name;       // of the policy, the alarm, the action; empty: of the target
  JsonTree input;

  std::string file() const;  // put_scaling_policy.NAME.json
};

// What a variant's scaling takes, in the order in which the calls are to be made: the target, its
// policies, the schedule, and the alarms of the scenario, whose actions are PolicyNames. Metric
// math is not written. REQUIRES: the variant has a scalable target.
std::vector<ScalingCall> scaling_calls(const Scenario& scenario, const ScenarioVariant& variant);

}  // namespace sim
