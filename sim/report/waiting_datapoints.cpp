#include "sim/report/waiting_datapoints.hpp"

#include <algorithm>

namespace sim {
namespace {

using models::cloudwatch::AlarmState;

// Alarms are looked at every minute, those of less than a minute every ten seconds.
core::SimTime next_evaluation(core::SimTime from, core::Duration period,
                              const Assumptions& assumptions) {
  const core::Duration step = period < std::chrono::minutes{1}
                                  ? core::Duration{std::chrono::seconds{10}}
                                  : core::Duration{std::chrono::minutes{1}};
  const core::Duration since = from - core::kStart - assumptions.alarm_phase;
  const auto steps = (since + step - core::Duration{1}) / step;
  return core::kStart + assumptions.alarm_phase + step * steps;
}

// How many more must breach. Where all of N must, only the newest in a row help.
std::int32_t still_needed(const ExplainedAlarm& alarm) {
  const auto& configuration = alarm.configuration;
  const auto& datapoints = alarm.evaluation.datapoints;  // newest first
  std::int32_t breaching = alarm.evaluation.breaching;
  if (configuration.datapoints_to_alarm == configuration.evaluation_periods) {
    const auto quiet = std::find_if(datapoints.begin(), datapoints.end(),
                                    [](const auto& datapoint) { return !datapoint.breaching; });
    breaching = static_cast<std::int32_t>(quiet - datapoints.begin());
  }
  return breaching == 0 ? 0 : std::max(configuration.datapoints_to_alarm - breaching, 1);
}

}  // namespace

std::optional<WaitingDatapoints> waiting_datapoints(const ExplainedAlarm& alarm,
                                                    const Assumptions& assumptions) {
  const auto& datapoints = alarm.evaluation.datapoints;
  if (alarm.evaluation.state == AlarmState::Alarm || datapoints.empty()) return std::nullopt;
  WaitingDatapoints waiting;
  waiting.count = still_needed(alarm);
  if (waiting.count == 0) return std::nullopt;
  const core::Duration period = alarm.configuration.period;
  const core::Duration delay = period < std::chrono::minutes{1}
                                   ? assumptions.high_resolution_metric_delay
                                   : assumptions.metric_delay;
  waiting.first_start = datapoints.front().start + period;
  waiting.last_end = waiting.first_start + period * waiting.count;
  waiting.earliest = next_evaluation(waiting.last_end + delay, period, assumptions);
  return waiting;
}

}  // namespace sim
