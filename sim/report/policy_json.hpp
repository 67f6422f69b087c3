// Writes what scales a scenario as the arguments of the AWS CLI's calls, ready to be deployed, and
// to be read again by `scaling: {from: ...}`.
#pragma once

#include <string>

#include "sim/report/json_writer.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// {"ScalableTargets": [...], "ScalingPolicies": [...], "ScheduledActions": [...],
// "MetricAlarms": [...]} with every default: each entry holds the arguments of one call.
JsonTree scaling_json(const Scenario& scenario);

// Each entry into a file of its own, named after its call: register_scalable_target.json,
// put_scaling_policy.NAME.json, put_metric_alarm.NAME.json, put_scheduled_action.NAME.json; and all
// of them into scaling.json. AlarmActions name policies, where the call wants the ARN that
// put-scaling-policy prints. Empty, or why one could not be written.
std::string write_policy_files(const Scenario& scenario, const std::string& folder);

}  // namespace sim
