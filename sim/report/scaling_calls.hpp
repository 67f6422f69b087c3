// Splits a scaling into calls of the AWS CLI, in the shapes that it takes with --cli-input-json:
// register-scalable-target, put-scaling-policy, put-scheduled-action
// and put-metric-alarm.
#pragma once

#include <string>
#include <vector>

#include "sim/report/json_writer.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// A call of the AWS CLI and its input.
struct ScalingCall {
  std::string service;    // application-autoscaling or cloudwatch
  std::string operation;  // put-scaling-policy
  std::string name;       // of the policy, the alarm, the action; empty: of the target
  std::string file;       // put_scaling_policy.NAME.json: no other call has the same
  JsonTree input;
};

// What the scenario's scaling takes, in the order in which the calls are to be made: targets,
// policies, schedules, and alarms, whose actions are PolicyNames.
std::vector<ScalingCall> scaling_calls(const Scenario& scenario);

}  // namespace sim
