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

namespace sim {

using core::SimTime;

struct LatencySummary {
  std::optional<double> mean;
  std::optional<double> p50;
  std::optional<double> p90;
  std::optional<double> p95;
  std::optional<double> p99;
  std::optional<double> p99_9;
  std::optional<double> max;
};

struct RequestSummary {
  std::int64_t total = 0;  // total = succeeded + failed + unfinished
  std::int64_t succeeded = 0;
  std::int64_t failed = 0;
};

// Failed requests by cause; rate is failed / total.
struct ErrorSummary {
  std::optional<double> rate;
  std::int64_t timed_out = 0;
  std::int64_t rejected = 0;
  std::int64_t interrupted = 0;
  std::int64_t no_capacity = 0;
  std::int64_t model_error = 0;
};

// What clients that ask again made of it; every retry is a request, too.
struct RetrySummary {
  std::int64_t attempts = 0;   // requests that were not the first for their purpose
  std::int64_t recovered = 0;  // purposes that a retry served
  std::int64_t given_up = 0;   // purposes that no request served
};

struct InstanceSummary {
  std::int32_t min = 0;  // in service
  std::int32_t max = 0;
  double mean = 0;
  std::int32_t final = 0;
  double hours = 0;  // from launch until gone: what is paid for
};

// Instance-seconds x price, and nothing else.
struct CostSummary {
  double total = 0;
  double per_hour = 0;
  std::optional<double> per_million_succeeded;
  // In USD, and together the total.
  double busy = 0;      // for the share of in-service time in which workers worked
  double idle = 0;      // for the rest of it, and for the grace of stopping
  double starting = 0;  // from launch to in service
  // Two anchors, in USD, for the demand of each minute whatever the bounds of the capacity.
  double fixed_at_peak = 0;      // all the time as many instances as the busiest minute needs
  double perfect_hindsight = 0;  // in each minute as many as it needs
};

struct ScalingSummary {
  std::int64_t activities = 0;  // that changed the capacity
  std::int64_t scale_outs = 0;
  std::int64_t scale_ins = 0;
  std::int64_t reversals = 0;  // changes of direction
  std::int64_t not_scaled = 0;
};

// From the first counted datapoint's period to relief, step by step.
struct ReactionTime {
  SimTime decided_at;
  double metric_s = 0;      // that period's start to its datapoint being visible
  double datapoints_s = 0;  // until the last counted datapoint is visible
  double policy_s = 0;      // until the policy acts: alarm phase, cooldown, activity in progress
  double startup_s = 0;     // until the new instances are in service
  double drain_s = 0;       // until no request waits for lack of a worker
  double total_s() const { return metric_s + datapoints_s + policy_s + startup_s + drain_s; }
};

struct ReactionSummary {
  std::int64_t count = 0;  // scale-outs that were fulfilled and relieved
  std::optional<ReactionTime> worst;
};

// Herbst, Kounev and Reussner, "Elasticity in Cloud Computing" (ICAC 2013), and the SPEC Research
// Group's "Ready for Rain?" (2016), over minutes: demand is the fewest instances whose throughput
// covers the minute's invocations, supply those in service at its end.
struct ElasticitySummary {
  double under_provisioned_share = 0;  // of the time
  double over_provisioned_share = 0;
  double under_accuracy = 0;  // mean shortfall as a share of the demand
  double over_accuracy = 0;   // mean surplus as a share of the demand
  double instability = 0;     // share of minutes in which demand and supply moved differently
};

struct Summary {
  RequestSummary requests;
  ErrorSummary errors;
  std::optional<RetrySummary> retries;  // absent when no client of the scenario asks again
  LatencySummary latency;               // what the client sees: wait, service and overhead
  LatencySummary model_latency;         // wait and service: CloudWatch's ModelLatency
  LatencySummary wait;
  std::optional<std::int64_t> invocations_per_minute_max;
  std::optional<double> invocations_per_minute_mean;
  double concurrency_mean = 0;
  std::int64_t concurrency_max = 0;
  InstanceSummary instances;
  std::optional<double> cpu_percent_mean;  // over the minutes' averages
  std::optional<double> cpu_percent_max;
  std::optional<CostSummary> cost;  // absent when the price is unknown
  ScalingSummary scaling;
  ReactionSummary reaction;
  ElasticitySummary elasticity;
};

struct PhaseResult {
  std::string name;
  std::string stream;
  SimTime from;
  SimTime to;
  Summary summary;  // of all streams together, between from and to
};

// One period of a minute, named by its start. Instance counts and bounds are those at its end.
struct MinuteRecord {
  SimTime start;
  SimTime end;  // a minute later, or where the run ends
  std::int64_t invocations = 0;
  double invocations_per_instance = 0;
  std::int64_t errors = 0;
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
};

struct AlarmRecord {
  models::cloudwatch::AlarmConfiguration configuration;
  std::vector<models::cloudwatch::AlarmStateChange> history;
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
  std::vector<MinuteRecord> minutes;
  std::vector<VariantResult> variants;  // empty when there is only one
  std::vector<AlarmRecord> alarms;
  std::vector<models::autoscaling::ScalingActivity> activities;  // of all variants, oldest first
  DecisionLog decisions;  // of every minute in which one of the alarms was in ALARM
  std::vector<CapacityChange> capacity_changes;
  std::optional<Explanation> explanation;  // where one was asked for
};

}  // namespace sim
