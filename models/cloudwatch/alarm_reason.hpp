// Words the StateReason of an alarm as CloudWatch does, so that a simulated history reads
// like a recorded one.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/sim_time.hpp"
#include "models/cloudwatch/alarm_configuration.hpp"

namespace models::cloudwatch {

struct EvaluatedDatapoint;

// A number as CloudWatch prints it: the shortest digits that give the same double again, with at
// least one after the point ("31.0", "0.05"; from ten million "1.0E7").
std::string statistic_text(double value);

// "03/07/25 08:29:00", UTC.
std::string datapoint_time_text(std::int64_t unix_s);

// REQUIRES: datapoints are those that the evaluation counted, newest first; state is what it
// decided.
std::string state_reason(const AlarmConfiguration& alarm, AlarmState state,
                         std::span<const EvaluatedDatapoint> datapoints, std::int32_t filled,
                         std::int64_t run_start_unix_s);

}  // namespace models::cloudwatch
