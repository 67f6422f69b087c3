// Holds the numbers that a run, or a part of it, comes to.
//
// Plain data in SI base units. What no request or no price supports is absent, never a guess.
#pragma once

#include <cstdint>
#include <optional>

#include "core/sim_time.hpp"

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
  // In seconds in service, of those that left it; those there at time zero count from then.
  std::optional<double> shortest_life;
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
  double activities_per_hour = 0;
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
  double longest_under_provisioned_s = 0;  // of the stretches of minutes with too few
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

}  // namespace sim
