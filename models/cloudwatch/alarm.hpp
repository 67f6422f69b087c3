// Watches a metric, or the result of metric math, as a CloudWatch metric alarm does: evaluates it
// on each call, keeps its state and the history of its changes, and says when its actions are due.
//
// The owner calls evaluate() whenever is_due(): every ten seconds, every minute or every hour
// . Calling it more often shows nothing new. Nothing here knows what the actions
// are.
//
// Invariants
// 1. A new alarm is in InsufficientData.
// 2. The history holds changes of state only: each entry's `from` is the `to` of the one before.
// 3. Without a metric to watch (unknown name or wrong unit) an alarm never has data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/sim_time.hpp"
#include "models/cloudwatch/alarm_configuration.hpp"
#include "models/cloudwatch/alarm_evaluation.hpp"
#include "models/cloudwatch/alarm_reason.hpp"
#include "models/cloudwatch/metric_store.hpp"
#include "models/cloudwatch/watched_series.hpp"

namespace models::cloudwatch {

struct AlarmEvaluation {
  SimTime at;  // when it was evaluated
  AlarmState state = AlarmState::InsufficientData;
  AlarmState previous_state = AlarmState::InsufficientData;
  bool changed = false;
  // Scaling actions are invoked on the change to ALARM and again, at every evaluation or as often
  // as S-05 says, while the alarm is still there.
  bool action_due = false;
  bool in_warm_up = false;   // not evaluated yet
  bool low_samples = false;  // kept its state for want of samples
  std::int32_t breaching = 0;
  std::int32_t filled = 0;                     // missing periods taken for something
  std::vector<EvaluatedDatapoint> datapoints;  // real ones, newest first
};

struct AlarmStateChange {
  SimTime at;
  AlarmState from = AlarmState::InsufficientData;
  AlarmState to = AlarmState::InsufficientData;
  std::string reason;             // AWS's StateReason
  StateReasonData reason_data{};
};

class Alarm {
 public:
  // run_start_unix_s: the wall clock at time zero, for the timestamps in reasons and for windows
  // that follow the clock. REQUIRES: the metrics are registered, if anything publishes them at all;
  // validate(configuration) finds nothing but names and texts.
  Alarm(AlarmConfiguration configuration, const AlarmRules& rules, MetricStore& store,
        std::int64_t run_start_unix_s);

  // The result stays valid until the next call. REQUIRES: `store` is the one of the constructor.
  const AlarmEvaluation& evaluate(const MetricStore& store, SimTime now);

  // How often it is evaluated: 10 s for periods below a minute, 1 h for ranges beyond a day
  // else every minute.
  Duration evaluation_interval() const;
  // Whether that time has passed since the last evaluation; for an hourly one, whether a full hour
  // has become visible since.
  bool is_due(const MetricStore& store, SimTime now) const;

  const AlarmConfiguration& configuration() const { return configuration_; }
  AlarmState state() const { return evaluation_.state; }
  const AlarmEvaluation& last_evaluation() const { return evaluation_; }
  const std::vector<AlarmStateChange>& history() const { return history_; }

 private:
  SimTime range_end(SimTime newest) const;
  bool is_in_warm_up(SimTime now);
  bool has_low_samples() const;
  bool is_action_due(SimTime now);
  std::int32_t real_points() const;
  void decide();
  void record_change();

  AlarmConfiguration configuration_;
  AlarmRules rules_;
  std::int64_t run_start_unix_s_;
  WatchedSeries watched_;
  AlarmEvaluation evaluation_;
  std::vector<AlarmStateChange> history_;
  std::vector<WatchedPoint> range_;  // newest first
  std::vector<PointState> points_;   // the same, classified
  std::optional<SimTime> first_evaluation_;
  std::optional<SimTime> last_action_;
  SimTime last_full_hour_;  // of those visible at the last evaluation
  bool warmed_up_ = false;
};

}  // namespace models::cloudwatch
