// Words the StateReason of an alarm as CloudWatch does, and gives what its StateReasonData
// tells, so that a simulated history reads like a recorded one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/sim_time.hpp"
#include "models/cloudwatch/alarm_configuration.hpp"

namespace models::cloudwatch {

// One period that an evaluation counted, named by its start.
struct EvaluatedDatapoint {
  SimTime start;
  double value = 0;
  bool breaching = false;
  std::optional<std::int64_t> sample_count{};  // metric math has none
};

// The fields of AWS's JSON, in its order and, but for the words, under its names.
struct StateReasonData {
  struct Datapoint {
    SimTime timestamp;
    std::optional<std::int64_t> sample_count{};
    std::optional<double> value{};  // none: the period was missing
  };

  SimTime query_date;
  std::optional<SimTime> start_date;         // of the oldest recent datapoint
  std::optional<StatisticChoice> statistic;  // metric math has none
  Duration period{};
  std::vector<double> recent_datapoints;  // oldest first
  double threshold = 0;
  std::vector<Datapoint> evaluated_datapoints;  // newest first
};

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

// As in recorded histories, the evaluated datapoints are as many of those that decided as were
// needed, the newest of them; without any, the periods that were missing. `newest_period`: the
// start of the newest period of the evaluation range. REQUIRES: as above.
StateReasonData state_reason_data(const AlarmConfiguration& alarm, AlarmState state,
                                  std::span<const EvaluatedDatapoint> datapoints,
                                  std::int32_t filled, SimTime now, SimTime newest_period);

}  // namespace models::cloudwatch
