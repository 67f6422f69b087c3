#include "sim/scenario/scenario_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using models::endpoint::GammaSpan;
using models::endpoint::LogNormalSpan;
using testing::HasSubstr;
using tests::load;

const tests::Files kFiles{
    {"t.csv", "at,n\n2026-01-01 00:00,5\n2026-01-01 00:03,7\n"},
    {"r.csv", "at\n2026-01-01 00:00:00.5\n2026-01-01 00:03:01\n"},
    {"s.csv", "ms\n9\n10\n"},
};

const std::string kDefaultAssumptions =
    "assumptions:\n"
    "  metric_delay: 1m\n"
    "  high_resolution_metric_delay: 10s\n"
    "  zero_traffic: emit_zero\n"
    "  zero_samples: one_per_minute\n"
    "  instances_counted: at_request\n"
    "  timeout_error: model_error\n"
    "  alarm_phase: 0s\n"
    "  evaluation_range: N+2\n"
    "  old_breaching_point: counts\n"
    "  young_breaching_point: retain\n"
    "  premature_alarm: table\n"
    "  high_resolution_action_interval: 1m\n"
    "  target_tracking_points: mean\n"
    "  flapping_prediction: same_formula\n"
    "  target_tracking_at_zero: no_change\n"
    "  concurrency_statistic: Maximum\n"
    "  step_at_threshold: alarm_operator\n"
    "  uncovered_value: no_change\n"
    "  percent_of_zero: zero\n"
    "  formula_capacity: desired\n"
    "  while_updating: not_scaled\n"
    "  cooldown_starts: fulfilled\n"
    "  cooldown_scope: policy\n"
    "  scale_out_delays_scale_in: false\n"
    "  first_rate_run: creation_plus_interval\n"
    "  daylight_saving_gap: skip\n"
    "  daylight_saving_fold: first\n"
    "  numeric_weekdays: sunday_first\n"
    "  simultaneous_scheduled_actions: creation_order\n"
    "  stopping_requests: lost\n"
    "  bill_startup: true\n"
    "  recommender_spawn: per_minute\n"
    "  recommender_stairs: per_step\n";

// Loads, expands, loads that, and expects the same text from expanding again.
Scenario expect_round_trip(const std::string& text) {
  const auto first = load(text, kFiles);
  EXPECT_TRUE(first.scenario) << first.messages;
  if (!first.scenario) return {};
  const std::string expanded = expand_scenario(*first.scenario);
  const auto second = load(expanded, kFiles);
  EXPECT_TRUE(second.scenario) << second.messages << expanded;
  if (!second.scenario) return {};
  EXPECT_EQ(expand_scenario(*second.scenario), expanded);
  return *second.scenario;
}

TEST(ExpandScenario, WritesEveryDefaultOut) {
  const auto loaded = load(tests::smallest_with(""));
  ASSERT_TRUE(loaded.scenario);
  EXPECT_EQ(expand_scenario(*loaded.scenario),
            "version: 1\n"
            "name: \"x\"\n"
            "run:\n"
            "  start: \"2026-01-05 00:00\"\n"
            "  timezone: \"UTC\"\n"
            "  duration: 1h\n"
            "  warm_up: 0s\n"
            "  seed: 1\n"
            "traffic:\n"
            "  \"t\":\n"
            "    begins: 0s\n"
            "    arrivals: poisson\n"
            "    rate: 50/s\n"
            "endpoint:\n"
            "  name: \"endpoint\"\n"
            "  instance_type: \"ml.c5.large\"\n"
            "  price: 0.102 USD/h\n"
            "  initial_instances: 1\n"
            "  routing: RANDOM\n"
            "  workers: 2\n"
            "  latency: {exponential: 10ms}\n"
            "  throughput: 200/s\n"
            "  utilization_lag: 0s\n"
            "  overhead: 0s\n"
            "  queue:\n"
            "    timeout: 1m\n"
            "  startup: {typical: 4m, slowest: 8m}\n"
            "  stopping: 30s\n" +
                kDefaultAssumptions);
}

TEST(ExpandScenario, EveryShapeLoadsAgainAsItWas) {
  const Scenario scenario = expect_round_trip(
      "version: 1\n" + tests::kEndpoint +
      "traffic:\n"
      "  a: {rate: 100/min, duration: 5m, arrivals: even}\n"
      "  b: {phases: [{name: early, rate: 0/s, ramp_to: 7/s, duration: 1m}, {ramp_to: 9/s, "
      "duration: 90s}, {rate: 3/h, duration: 1m}]}\n"
      "  c: {spikes: {base: 20/s, peak: 250/s, every: 30m, width: 2m, jitter: 5m}, duration: 2h}\n"
      "  d: {daily: {low: 20/s, high: 400/s, peak_at: \"13:05\", weekend: 40%}}\n"
      "  \"e \\\"é\\\\\": {users: {initial: 1, spawn: 7/h, limit: 60, think_time: 2s}}\n"
      "  f: {recommender: {TrafficType: STAIRS, Stairs: {DurationInSeconds: 120, NumberOfSteps: 3, "
      "UsersPerStep: 2}}}\n"
      "  g: {trace: {file: t.csv, time: at, value: n, per: 1m, scale: 33.3%}, begins: 5s}\n"
      "  h: {trace: {file: r.csv, time: at}}\n");
  ASSERT_EQ(scenario.traffic.size(), 8U);
  const auto& phased = std::get<models::traffic::PhasedTraffic>(scenario.traffic[1].shape);
  EXPECT_EQ(phased.phases[1].rate_begin.per_second(), 7);
  EXPECT_EQ(phased.phases[2].rate_begin, phased.phases[2].rate_end);
  EXPECT_EQ(scenario.traffic[4].name, "e \"é\\");
}

TEST(ExpandScenario, DistributionsKeepEveryBit) {
  const auto latency_of = [](const std::string& latency) {
    return expect_round_trip(tests::with_endpoint("{instance_type: ml.c5.large, latency: " +
                                                  latency + ", startup: {exact: 3m}}"))
        .variants.front()
        .variant.service_time;
  };
  const auto quantiles = std::get<LogNormalSpan>(latency_of("{p50: 9.3ms, p99: 31.7ms}"));
  EXPECT_EQ(quantiles.mu, LogNormalSpan::from_p50_p99(0.0093, 0.0317).mu);
  EXPECT_EQ(quantiles.sigma, LogNormalSpan::from_p50_p99(0.0093, 0.0317).sigma);
  const auto moments = std::get<LogNormalSpan>(latency_of("{mean: 9.3ms, cv: 0.37}"));
  EXPECT_EQ(moments.mu, LogNormalSpan::from_mean_cv(0.0093, 0.37).mu);
  EXPECT_EQ(moments.sigma, LogNormalSpan::from_mean_cv(0.0093, 0.37).sigma);
  const auto gamma = std::get<GammaSpan>(latency_of("{gamma: {mean: 9.3ms, cv: 0.37}}"));
  EXPECT_EQ(gamma.shape, GammaSpan::from_mean_cv(0.0093, 0.37).shape);
  EXPECT_EQ(gamma.scale_s, GammaSpan::from_mean_cv(0.0093, 0.37).scale_s);
  static_cast<void>(latency_of("{exact: 123456789ns}"));
  static_cast<void>(latency_of("{exponential: 1.000001s}"));
  static_cast<void>(latency_of("{samples: s.csv}"));
  static_cast<void>(latency_of("{p50: 9ms, p99: 9ms}"));
}

TEST(ExpandScenario, StaggerAndCapacityErrorsLoadAgainAsTheyWere) {
  const Scenario scenario = expect_round_trip(tests::with_endpoint(
      "{instance_type: ml.c5.large, latency: {exact: 9ms}, startup: {samples: s.csv, stagger: "
      "90s}, "
      "capacity_errors: {probability: 2.5%, windows: [{from: 0s, to: 5m}, {from: 1h, to: 90m}]}}"));
  const auto& variant = scenario.variants.front().variant;
  EXPECT_EQ(variant.stagger, Duration{std::chrono::seconds{90}});
  EXPECT_EQ(variant.capacity_errors.probability, 0.025);
  EXPECT_EQ(variant.capacity_errors.windows.size(), 2U);
}

TEST(ExpandScenario, ScalingAndExpectationsLoadAgainAsTheyWere) {
  const Scenario scenario = expect_round_trip(
      "version: 1\nname: |\n  two\n  lines\ndescription: 'a: \"b\" # c'\n" + tests::kTraffic +
      "endpoint:\n"
      "  instance_type: ml.z9.large\n"
      "  price: 0.1 USD/h\n"
      "  workers: 4\n"
      "  routing: LEAST_OUTSTANDING_REQUESTS\n"
      "  latency: {p50: 9ms, p99: 30ms}\n"
      "  cpu: [{at: 0/s, percent: 2}, {at: 100/min, percent: 102.5}]\n"
      "  memory: [{at: 0/s, percent: 20}, {at: 9/s, percent: 55.5}]\n"
      "  gpu: [{at: 0/s, percent: 1}, {at: 9/s, percent: 155.5}]\n"
      "  gpu_memory: [{at: 0/s, percent: 1}, {at: 9/s, percent: 200}]\n"
      "  disk: [{at: 0/s, percent: 20}, {at: 9/s, percent: 20}]\n"
      "  gpus: 2\n"
      "  utilization_lag: 2m\n"
      "  queue: {limit: 0, timeout: 7s}\n"
      "scaling:\n"
      "  ScalableTargets: [{ResourceId: endpoint/shop/variant/Blue, MinCapacity: 2, MaxCapacity: "
      "9, "
      "SuspendedState: {DynamicScalingInSuspended: true}}]\n"
      "  ScalingPolicies:\n"
      "    - PolicyName: 'cpu \"x\"'\n"
      "      PolicyType: TargetTrackingScaling\n"
      "      TargetTrackingScalingPolicyConfiguration:\n"
      "        TargetValue: 100.25\n"
      "        DisableScaleIn: true\n"
      "        CustomizedMetricSpecification:\n"
      "          MetricName: CPUUtilization\n"
      "          Namespace: /aws/sagemaker/Endpoints\n"
      "          Dimensions: [{Name: EndpointName, Value: shop}, {Name: VariantName, Value: "
      "Blue}]\n"
      "          Statistic: Average\n"
      "          Unit: Percent\n"
      "    - PolicyName: inv\n"
      "      PolicyType: TargetTrackingScaling\n"
      "      TargetTrackingScalingPolicyConfiguration:\n"
      "        TargetValue: 5000\n"
      "        PredefinedMetricSpecification: {PredefinedMetricType: "
      "SageMakerVariantInvocationsPerInstance}\n"
      "expect:\n"
      "  - {that: latency.p99 < 1s, fails: true}\n"
      "  - {that: instances.in_service == 2, at: 30m, because: 'it: is'}\n"
      "  - {that: 'alarm \"inv/AlarmLow\" == OK', at: 5m}\n"
      "run: {start: \"2026-03-02 08:00\", timezone: Europe/Berlin, warm_up: 1ms}\n");
  EXPECT_EQ(scenario.variants.front().variant.variant_name, "Blue");
  EXPECT_EQ(scenario.variants.front().variant.vcpus.value, 4);
  EXPECT_EQ(scenario.variants.front().variant.gpus, 2);
  EXPECT_EQ(scenario.name, "two\nlines\n");
  EXPECT_EQ(scenario.expectations.size(), 3U);
}

}  // namespace
}  // namespace sim
