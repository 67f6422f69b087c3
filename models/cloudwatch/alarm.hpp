// Watches one metric as a CloudWatch metric alarm does: evaluates it on each call, keeps its state
// and the history of its changes, and says when its actions are due.
//
// The owner calls evaluate() every minute; nothing here knows what the actions are.
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
#include "models/cloudwatch/metric_store.hpp"

namespace models::cloudwatch {

// One period that an evaluation counted, named by its start.
struct EvaluatedDatapoint {
  SimTime start;
  double value = 0;
  bool breaching = false;
};

struct AlarmEvaluation {
  SimTime at;  // when it was evaluated
  AlarmState state = AlarmState::InsufficientData;
  AlarmState previous_state = AlarmState::InsufficientData;
  bool changed = false;
  // Scaling actions are invoked on the change to ALARM and again at every evaluation that finds
  // the alarm still there.
  bool action_due = false;
  std::int32_t breaching = 0;
  std::int32_t filled = 0;                     // missing periods taken for something
  std::vector<EvaluatedDatapoint> datapoints;  // real ones, newest first
};

struct AlarmStateChange {
  SimTime at;
  AlarmState from = AlarmState::InsufficientData;
  AlarmState to = AlarmState::InsufficientData;
  std::string reason;  // AWS's StateReason
};

class Alarm {
 public:
  // run_start_unix_s: the wall clock at time zero, for the timestamps in reasons.
  // REQUIRES: the metric is registered, if anything publishes it at all; 1 <= M <= N.
  Alarm(AlarmConfiguration configuration, const AlarmRules& rules, MetricStore& store,
        std::int64_t run_start_unix_s);

  // The result stays valid until the next call. REQUIRES: `store` is the one of the constructor.
  const AlarmEvaluation& evaluate(const MetricStore& store, SimTime now);

  // How often it is evaluated: every minute, every ten seconds for a period below one
  // every hour when it looks back over more than a day.
  Duration evaluation_interval() const;

  const AlarmConfiguration& configuration() const { return configuration_; }
  AlarmState state() const { return evaluation_.state; }
  const AlarmEvaluation& last_evaluation() const { return evaluation_; }
  const std::vector<AlarmStateChange>& history() const { return history_; }

 private:
  bool action_is_due(const AlarmEvaluation& evaluation) const;
  void read_range(const MetricStore& store, SimTime now);

  AlarmConfiguration configuration_;
  AlarmRules rules_;
  std::optional<MetricHandle> metric_;
  std::int64_t run_start_unix_s_;
  AlarmEvaluation evaluation_;
  SimTime acted_at_;  // when its actions were due last
  std::vector<AlarmStateChange> history_;
  std::vector<std::optional<Datapoint>> range_;  // newest first
  std::vector<PointState> points_;               // the same, classified
};

}  // namespace models::cloudwatch
