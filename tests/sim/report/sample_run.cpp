#include "tests/sim/report/sample_run.hpp"

#include <chrono>
#include <utility>

namespace sim {
namespace {

using namespace std::chrono_literals;
using models::autoscaling::Blocker;
using models::autoscaling::DecisionKind;
using models::autoscaling::NotScaledCode;
using models::autoscaling::NotScaledReason;
using models::autoscaling::ScalingDecision;
using models::cloudwatch::AlarmState;

constexpr const char* kResource = "endpoint/shop/variant/AllTraffic";
constexpr const char* kHigh = "TargetTracking-endpoint/shop/variant/AllTraffic-AlarmHigh-1";
constexpr SimTime kDecidedAt = core::kStart + 2min;
constexpr SimTime kServingAt = core::kStart + 3min + 7s;

Summary whole_summary() {
  Summary summary;
  summary.requests = {.total = 12345, .succeeded = 12290, .failed = 50};
  summary.errors = {.rate = 50.0 / 12345, .timed_out = 48, .rejected = 2};
  summary.latency = {.mean = 0.0123456789,
                     .p50 = 0.0093,
                     .p90 = 0.02,
                     .p95 = 0.05,
                     .p99 = 0.412,
                     .p99_9 = 11.3,
                     .max = 60.0};
  summary.model_latency = summary.latency;
  summary.wait = {
      .mean = 0.003, .p50 = 0.0, .p90 = 0.01, .p95 = 0.04, .p99 = 0.4, .p99_9 = {}, .max = 59.9};
  summary.invocations_per_minute_max = 6000;
  summary.invocations_per_minute_mean = 3086.25;
  summary.concurrency_mean = 0.625;
  summary.concurrency_max = 17;
  summary.instances = {
      .min = 1, .max = 2, .mean = 1.22, .final = 2, .hours = 0.1, .shortest_life = 75};
  summary.cpu_percent_mean = 61.5;
  summary.cpu_percent_max = 173.0;
  summary.cost = CostSummary{.total = 0.0102,
                             .per_hour = 0.153,
                             .per_million_succeeded = 0.829943043,
                             .busy = 0.0051,
                             .idle = 0.00306,
                             .starting = 0.00204,
                             .fixed_at_peak = 0.0136,
                             .perfect_hindsight = 0.0119};
  summary.scaling = {.activities = 1, .scale_outs = 1, .not_scaled = 1, .activities_per_hour = 15};
  summary.reaction.count = 1;
  summary.reaction.worst = ReactionTime{.decided_at = kDecidedAt,
                                        .metric_s = 120,
                                        .datapoints_s = 0,
                                        .policy_s = 0,
                                        .startup_s = 67,
                                        .drain_s = 7.4};
  summary.elasticity = {.under_provisioned_share = 0.25,
                        .over_provisioned_share = 0.5,
                        .under_accuracy = 0.125,
                        .over_accuracy = 0.5,
                        .instability = 1.0 / 3.0,
                        .longest_under_provisioned_s = 60};
  return summary;
}

MinuteRecord minute(int index, std::int64_t invocations, std::int32_t in_service) {
  MinuteRecord record;
  record.start = core::kStart + index * 1min;
  record.end = record.start + 1min;
  record.invocations = invocations;
  record.invocations_per_instance = static_cast<double>(invocations) / in_service;
  record.in_service = in_service;
  record.desired = in_service;
  record.min_capacity = 1;
  record.max_capacity = 2;
  record.offered_rate = static_cast<double>(invocations) / 60.0;
  record.capacity_rate = 151.0 * in_service;
  return record;
}

std::vector<MinuteRecord> four_minutes() {
  std::vector<MinuteRecord> minutes = {minute(0, 0, 1), minute(1, 6000, 1), minute(2, 5000, 1),
                                       minute(3, 1345, 2)};
  minutes[1].errors = 50;
  minutes[1].latency_p50 = 0.0093;
  minutes[1].latency_p95 = 0.05;
  minutes[1].latency_p99 = 11.3;
  minutes[1].cpu_percent = 173;
  minutes[1].concurrency_max = 17;
  minutes[2].starting = 1;
  minutes[2].desired = 2;
  return minutes;
}

AlarmRecord high_alarm() {
  AlarmRecord alarm;
  alarm.configuration.name = kHigh;
  alarm.configuration.metric = {"AWS/SageMaker",
                                "InvocationsPerInstance",
                                {{"EndpointName", "shop"}, {"VariantName", "AllTraffic"}}};
  alarm.configuration.statistic = models::cloudwatch::Statistic::Sum;
  alarm.configuration.threshold = 5000;
  alarm.configuration.alarm_actions = {"invocations"};
  alarm.history = {{kDecidedAt, AlarmState::InsufficientData, AlarmState::Alarm,
                    "Threshold Crossed: 1 datapoint [6000.0 (02/03/26 07:01:00)] was greater "
                    "than the threshold (5000.0)."}};
  return alarm;
}

ScalingDecision scale_out_decision() {
  ScalingDecision decision;
  decision.policy = "invocations";
  decision.alarm = kHigh;
  decision.kind = DecisionKind::ScaleOut;
  decision.from = {1};
  decision.wanted = decision.to = {2};
  decision.reason =
      "InvocationsPerInstance averaged over 1 datapoint 6000, target 5000: 1 x 6000 / 5000 = 1.2, "
      "so a capacity of 2";
  decision.datapoints = {{core::kStart + 1min, 6000, true}};
  return decision;
}

ScalingDecision blocked_decision() {
  ScalingDecision decision = scale_out_decision();
  decision.from = decision.to = {2};
  decision.wanted = {3};
  decision.blocked_by = Blocker::MaxCapacity;
  return decision;
}

ExpectationResult outcome_of(std::string that, std::string metric, ExpectationOperator comparison,
                             double value, std::string unit) {
  ExpectationResult outcome;
  outcome.expectation.that = std::move(that);
  outcome.expectation.metric = std::move(metric);
  outcome.expectation.comparison = comparison;
  outcome.expectation.value = value;
  outcome.expectation.unit = std::move(unit);
  return outcome;
}

std::vector<ExpectationResult> expectation_results() {
  ExpectationResult late =
      outcome_of("latency.p99 < 400ms", "latency.p99", ExpectationOperator::Less, 0.4, "s");
  late.actual = 0.412;
  late.actual_text = "412 ms";
  late.from = core::kStart + 1min;
  late.to = core::kStart + 2min;
  ExpectationResult cheap =
      outcome_of("cost.total < 7 USD", "cost.total", ExpectationOperator::Less, 7, "USD");
  cheap.passed = true;
  cheap.actual = 0.0102;
  cheap.actual_text = "$0.01";
  ExpectationResult back = outcome_of("instances.in_service == 2", "instances.in_service",
                                      ExpectationOperator::Equal, 2, "");
  back.expectation.at = 3min + 30s;
  back.expectation.because = "the second one is there";
  back.passed = true;
  back.actual = 2;
  back.actual_text = "2";
  ExpectationResult silent =
      outcome_of("latency.p50 < 10ms", "latency.p50", ExpectationOperator::Less, 0.01, "s");
  silent.expectation.during = "before";
  silent.actual_text = "no request was answered";
  return {late, cheap, back, silent};
}

RunSettings settings() {
  RunSettings run;
  run.start_unix_s = 1772434800;  // 2026-03-02 07:00 UTC
  run.start_text = "2026-03-02 08:00";
  run.timezone = "Europe/Berlin";
  run.utc_offset_minutes = 60;
  run.duration = 4min;
  run.seed = 42;
  return run;
}

// Two workers that would serve 200/s and serve 150/s together.
void make_contending(models::endpoint::EndpointVariant& variant) {
  variant.workers = 2;
  variant.service_time = models::endpoint::ExactSpan{10ms};
  variant.throughput = core::RequestRate::per_second(150);
}

}  // namespace

SampleRun sample_run() {
  using models::autoscaling::begin_activity;
  using models::autoscaling::not_scaled_activity;
  SampleRun run;
  run.scenario.name = "shop morning";
  run.scenario.file = "shop.scenario.yaml";
  run.scenario.run = settings();
  run.scenario.variants.front().variant.instance_type = "ml.c5.large";
  run.scenario.variants.front().variant.vcpus = {2};
  make_contending(run.scenario.variants.front().variant);
  run.scenario.variants.front().variant.price = core::HourlyPrice::usd_per_hour(0.102);
  run.scenario.variants.front().price_table = "us-east-1 2026-11";
  run.scenario.variants.front().scalable_target = {kResource, {1}, {2}, {}};

  run.result.summary = whole_summary();
  run.result.minutes = four_minutes();
  run.result.alarms = {high_alarm()};
  const std::string cause = models::autoscaling::cause_of_alarm(kHigh, "invocations");
  run.result.activities = {begin_activity("uuid-1", kResource, kDecidedAt, {1}, {2}, cause),
                           not_scaled_activity("uuid-2", kResource, core::kStart + 3min + 30s, {2},
                                               {.code = NotScaledCode::AlreadyAtMaxCapacity,
                                                .current_capacity = {},
                                                .max_capacity = core::InstanceCount{2},
                                                .min_capacity = {}},
                                               cause)};
  mark_fulfilled(run.result.activities[0], kServingAt + 500ms);
  run.result.decisions.add(kDecidedAt, 0, scale_out_decision());
  run.result.decisions.add(core::kStart + 3min, 0, blocked_decision());
  run.result.capacity_changes = {{core::kStart, 1, "initial capacity"}, {kServingAt, 2, cause}};
  PhaseResult phase;
  phase.name = "opening";
  phase.stream = "shoppers";
  phase.to = core::kStart + 4min;
  phase.summary = whole_summary();
  run.result.phases = {phase};
  run.expectations = expectation_results();
  return run;
}

SampleRun idle_run() {
  SampleRun run;
  run.scenario.name = "nothing";
  run.scenario.file = "nothing.yaml";
  run.scenario.run = settings();
  run.scenario.run.warm_up = 1min;
  run.scenario.variants.front().variant.instance_type = "ml.unknown";
  make_contending(run.scenario.variants.front().variant);
  run.result.summary.instances = {
      .min = 1, .max = 1, .mean = 1, .final = 1, .hours = 0.0667, .shortest_life = {}};
  run.result.minutes = {minute(0, 0, 1)};
  run.result.capacity_changes = {{core::kStart, 1, "initial capacity"}};
  return run;
}

}  // namespace sim
