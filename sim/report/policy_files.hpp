// Writes what scales a scenario into files that the AWS CLI takes, a file for each call.
#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"

namespace sim {

// register_scalable_target.json, put_scaling_policy.NAME.json, put_metric_alarm.NAME.json,
// put_scheduled_action.NAME.json hold the arguments of one call each; scaling.json has all of them
// in AWS's lists. AlarmActions name policies, where the call wants the ARN that put-scaling-policy
// prints. Empty, or why one could not be written.
std::string write_policy_files(const Scenario& scenario, const std::string& folder);

}  // namespace sim
