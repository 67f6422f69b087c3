// Holds a whole scenario as it will be run: every default applied, every name resolved.
//
// scenario_yaml.hpp makes one from a file, or reports why it cannot; sim/run plays it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/sim_time.hpp"
#include "models/autoscaling/policy_configuration.hpp"
#include "models/autoscaling/scaling_choices.hpp"
#include "models/autoscaling/schedule_expression.hpp"
#include "models/autoscaling/scheduled_action.hpp"
#include "models/cloudwatch/alarm_configuration.hpp"
#include "models/cloudwatch/alarm_evaluation.hpp"
#include "models/endpoint/endpoint_variant.hpp"
#include "models/traffic/traffic_stream.hpp"
#include "sim/scenario/plan_settings.hpp"
#include "sim/scenario/regression_limit.hpp"
#include "sim/scenario/source_place.hpp"

namespace sim {

using core::Duration;

// When the run begins on the wall clock, and how long it lasts.
struct RunSettings {
  std::int64_t start_unix_s = 0;  // of time zero
  std::string start_text;         // as written: "2026-01-05 00:00"
  std::string timezone = "UTC";
  int utc_offset_minutes = 0;    // of the time zone at time zero
  int weekday = 1;               // of time zero, local: 0 = Sunday
  Duration local_time_of_day{};  // of time zero
  Duration duration{};
  Duration warm_up{};
  std::uint64_t seed = 1;
};

// What AWS does but does not let anyone set, and where its documentation leaves a choice
// (aws-rules, section S). Every report prints all of these.
enum class ZeroTraffic { EmitZero, Sparse };
// S-22: with no traffic, one zero a minute, or one from each instance.
enum class ZeroSamples { OnePerMinute, OnePerInstance };
// S-18: what is still on an instance when its grace is over is lost, or the instance stays for it.
enum class StoppingRequests { Lost, Finished };
// S-19: a request that is not answered in time counts in InvocationModelErrors, or in
// Invocation5XXErrors.
enum class TimeoutError { ModelError, ServerError };
// S-21: the number of instances by which InvocationsPerInstance divides a request.
enum class InstancesCounted { AtRequest, AtPeriodEnd };
enum class RecommenderSpawn { PerMinute, PerSecond };
enum class RecommenderStairs { PerStep, Total };
struct Assumptions {
  Duration metric_delay = std::chrono::seconds{60};  // S-02
  // The same of metrics that are published every ten seconds.
  Duration high_resolution_metric_delay = std::chrono::seconds{10};
  Duration alarm_phase{};                                             // S-02
  models::cloudwatch::AlarmRules alarm;                               // S-01, S-03 to S-05, S-26
  models::autoscaling::ScalingRules scaling;                          // S-06 to S-13 and others
  models::autoscaling::ScheduleRules schedule;                        // S-14 to S-16
  StoppingRequests stopping_requests = StoppingRequests::Lost;        // S-18
  TimeoutError timeout_error = TimeoutError::ModelError;              // S-19
  InstancesCounted instances_counted = InstancesCounted::AtRequest;   // S-21
  ZeroTraffic zero_traffic = ZeroTraffic::EmitZero;                   // S-22
  ZeroSamples zero_samples = ZeroSamples::OnePerMinute;               // S-22
  RecommenderSpawn recommender_spawn = RecommenderSpawn::PerMinute;   // S-25
  RecommenderStairs recommender_stairs = RecommenderStairs::PerStep;  // S-25
  bool bill_startup = true;
};

// A stretch of a run, from its start.
struct RunWindow {
  Duration from{};
  Duration to{};
  bool operator==(const RunWindow&) const = default;
};

// One line of `expect:`.
enum class ExpectationOperator { Less, LessOrEqual, Greater, GreaterOrEqual, Equal, NotEqual };
struct Expectation {
  std::string that;    // as written
  std::string metric;  // a key path of the summary, or instances.in_service and the like with at
  ExpectationOperator comparison = ExpectationOperator::Less;
  double value = 0;                   // in SI base units: seconds, 1/s, fractions, USD, counts
  std::string unit;                   // of the value as written: "s", "%", "USD", "/s", ""
  std::string alarm_name;             // metric == "alarm": the alarm whose state is asserted
  std::string alarm_state;            // OK | ALARM | INSUFFICIENT_DATA
  std::optional<std::string> during;  // a phase
  std::optional<RunWindow> within;
  std::optional<Duration> at;
  // Not met, and that is what the scenario shows: when it is met the test of it fails.
  bool fails = false;
  std::optional<std::string> because;
  SourcePlace place;
};

// Where an instance was measured.
struct InstanceBenchmark {
  std::string file;                // empty: it was not
  bool spread_is_assumed = false;  // of single service times: the file has no percentiles
};

// One variant of the endpoint, and what scales it.
struct ScenarioVariant {
  models::endpoint::EndpointVariant variant;
  std::string price_table;  // name and date of the table the price came from; empty: given or none
  InstanceBenchmark benchmark;
  std::optional<models::autoscaling::ScalableTargetConfiguration> scalable_target;
  std::vector<models::autoscaling::PolicyConfiguration> policies;
  std::vector<models::autoscaling::ScheduledActionConfiguration> scheduled_actions;
};

// The endpoint's only variant on other instances, to compare with it; nothing scales it.
struct Candidate {
  std::string name;
  ScenarioVariant variant;
};

// A metric of the user's own, made of what the simulated endpoint does. Its Unit is None.
struct CustomMetric {
  models::cloudwatch::MetricId metric;
  // Every request adds a sample of this when it arrives ...
  std::optional<double> per_request;
  // ... or a gauge shows so much for each request in the system. Exactly one of the two.
  std::optional<double> per_concurrent_request;
  // Divided by the number of instances in service at that moment, as R-012 does.
  bool per_instance = false;
  std::optional<std::size_t> variant;  // index into Scenario::variants; none: the whole endpoint
};

struct Scenario {
  std::string name;
  std::string description;
  std::string file;
  RunSettings run;
  std::vector<models::traffic::TrafficStream> traffic;  // sorted by name
  // In the order of the file, shadows last; never empty, and the first is a production variant.
  std::vector<ScenarioVariant> variants = std::vector<ScenarioVariant>(1);
  // Those that users own. Target tracking makes its own, which are not among them.
  std::vector<models::cloudwatch::AlarmConfiguration> alarms;
  std::vector<CustomMetric> metrics;  // sorted by namespace, name and dimensions
  Assumptions assumptions;
  std::vector<Expectation> expectations;
  std::vector<RegressionLimit> limits;  // of what may change from another scenario to this one
  PlanSettings plan;
  std::vector<Candidate> candidates;  // in the order of the file
};

// The part of the requests that the variant serves, 0 to 1; of which a shadow variant gets a copy.
double share_of(const Scenario& scenario, const ScenarioVariant& variant);

// The windows that expectations name, in their order, each once.
std::vector<RunWindow> expectation_windows(const Scenario& scenario);

// Takes every expectation as an objective to be met, for searches of a policy that meets it.
void take_as_objectives(std::vector<Expectation>& expectations);

// Whether clients of any stream ask again after a failure.
bool has_retries(const Scenario& scenario);
// Whether any stream is a closed loop: its users wait for their answers.
bool has_users(const Scenario& scenario);

}  // namespace sim
