// Holds everything that a run tells: the numbers of the whole, of its phases and of its minutes,
// and the record of alarms, activities and decisions.
//
// Plain data in SI base units; made by run_recorder.hpp, written out by sim/report. What no request
// or no price supports is absent, never a guess.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/sim_time.hpp"
#include "models/autoscaling/scaling_activity.hpp"
#include "models/cloudwatch/alarm.hpp"
#include "sim/observe/decision_log.hpp"
#include "sim/observe/explanation.hpp"
#include "sim/observe/summary.hpp"

namespace sim {

struct PhaseResult {
  std::string name;
  std::string stream;
  SimTime from;
  SimTime to;
  Summary summary;  // of all streams together, between from and to
};

// Failed requests by their cause.
struct ErrorCounts {
  std::int64_t timed_out = 0;
  std::int64_t rejected = 0;
  std::int64_t interrupted = 0;
  std::int64_t no_capacity = 0;
  std::int64_t model_error = 0;

  ErrorCounts& operator+=(const ErrorCounts& more);
};

// What a minute is billed, in USD, as CostSummary divides it.
struct MinuteCost {
  double busy = 0;
  double idle = 0;
  double starting = 0;

  MinuteCost& operator+=(const MinuteCost& more);
};

// One period of a minute, named by its start. Instance counts and bounds are those at its end.
struct MinuteRecord {
  SimTime start;
  SimTime end;  // a minute later, or where the run ends
  std::int64_t invocations = 0;
  double invocations_per_instance = 0;
  std::int64_t errors = 0;
  ErrorCounts errors_by_cause{};  // together `errors`
  std::optional<double> latency_p50;
  std::optional<double> latency_p95;
  std::optional<double> latency_p99;
  std::optional<double> cpu_percent;  // Average over instances
  std::int32_t in_service = 0;
  std::int32_t starting = 0;
  std::int32_t desired = 0;
  std::int32_t min_capacity = 0;
  std::int32_t max_capacity = 0;
  std::int32_t demand = 1;   // the fewest instances that would have served its invocations
  double offered_rate = 0;   // invocations a second
  double capacity_rate = 0;  // what the instances in service serve at most, a second
  std::int64_t concurrency_max = 0;
  std::optional<MinuteCost> cost{};  // absent when the price is unknown
};

// What an alarm made of its metric at one evaluation.
struct AlarmObservation {
  SimTime at;
  models::cloudwatch::AlarmState state = models::cloudwatch::AlarmState::InsufficientData;
  std::int32_t breaching = 0;      // of the datapoints that it looked at
  std::optional<double> newest{};  // the newest datapoint it saw; absent: it saw none
};

struct AlarmRecord {
  models::cloudwatch::AlarmConfiguration configuration;
  std::vector<models::cloudwatch::AlarmStateChange> history;
  std::vector<AlarmObservation> observations{};  // oldest first
};

// When the number of instances in service became what it is, and why.
struct CapacityChange {
  SimTime at;
  std::int32_t in_service = 0;
  std::string cause;  // of the activity that brought it about; "initial capacity" at the start
};

// One variant of several.
struct VariantResult {
  std::string name;
  bool is_shadow = false;
  Summary summary;
  std::vector<MinuteRecord> minutes;
  std::vector<models::autoscaling::ScalingActivity> activities;  // oldest first
  std::vector<CapacityChange> capacity_changes;
};

// Summary, phases, minutes and capacity changes are of the endpoint: of all production variants
// together. A shadow variant answers nobody, so it shows in the cost alone.
struct RunResult {
  std::string plane;  // which request plane played it
  Summary summary;
  std::vector<PhaseResult> phases;
  std::vector<PhaseResult> windows;  // of expectations: without a name, of no stream
  std::vector<MinuteRecord> minutes;
  std::vector<VariantResult> variants;  // empty when there is only one
  std::vector<AlarmRecord> alarms;
  std::vector<models::autoscaling::ScalingActivity> activities;  // of all variants, oldest first
  DecisionLog decisions;  // of every minute in which one of the alarms was in ALARM
  std::vector<CapacityChange> capacity_changes;
  std::vector<ReactionTime> reactions;     // of every scale out that was relieved, by its decision
  std::optional<Explanation> explanation;  // where one was asked for
};

}  // namespace sim
