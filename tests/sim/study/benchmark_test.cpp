#include "sim/study/benchmark.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;

BenchmarkStep step(std::int32_t users, double invocations, double error_rate = 0,
                   double p95_s = 0.01) {
  BenchmarkStep made;
  made.users = users;
  made.invocations_per_minute = invocations;
  made.error_rate = error_rate;
  made.model_latency.p95 = p95_s;
  made.model_latency.p99 = 2 * p95_s;
  return made;
}

TEST(Benchmark, AddsUsersOneByOneThenAnEighthAtLeast) {
  std::vector<std::int32_t> ladder{1};
  while (ladder.back() < 30) ladder.push_back(users_after(ladder.back()));
  EXPECT_THAT(ladder,
              testing::ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 17, 20, 23, 26, 30));
}

TEST(Benchmark, ThePlateauBeginsWithinTwoPerCentOfTheMost) {
  EXPECT_EQ(plateau_start(std::vector{step(1, 4000), step(2, 7839), step(3, 8000)}), std::nullopt);
  EXPECT_EQ(plateau_start(std::vector{step(1, 4000), step(2, 7840), step(3, 8000)}), 1U);
  EXPECT_EQ(plateau_start(std::vector{step(1, 8000), step(2, 6000)}), 0U);
}

TEST(Benchmark, WhatFailsIsNoPlateau) {
  EXPECT_EQ(plateau_start(std::vector{step(1, 4000), step(2, 7000), step(3, 9000, 0.01)}), 1U);
  EXPECT_EQ(plateau_start(std::vector{step(1, 9000, 0.5), step(2, 9000, 0.5)}), std::nullopt);
}

TEST(Benchmark, StopsWhenOnePerCentFails) {
  const BenchmarkOptions options;
  EXPECT_EQ(stop_after(std::vector{step(1, 4000, 0.00999)}, options), std::nullopt);
  EXPECT_EQ(stop_after(std::vector{step(1, 4000, 0.01)}, options), BenchmarkStop::Errors);
}

TEST(Benchmark, StopsAtMaxInvocations) {
  BenchmarkOptions options;
  options.max_invocations = 5000;
  EXPECT_EQ(stop_after(std::vector{step(1, 4999.9)}, options), std::nullopt);
  EXPECT_EQ(stop_after(std::vector{step(1, 5000)}, options), BenchmarkStop::MaxInvocations);
}

TEST(Benchmark, StopsAboveTheLatencyThresholdOfItsPercentile) {
  BenchmarkOptions options;
  options.latency_threshold = {LatencyPercentile::P95, 100ms};
  EXPECT_EQ(stop_after(std::vector{step(1, 4000, 0, 0.1)}, options), std::nullopt);
  EXPECT_EQ(stop_after(std::vector{step(1, 4000, 0, 0.1001)}, options),
            BenchmarkStop::LatencyThreshold);
  options.latency_threshold = {LatencyPercentile::P99, 100ms};
  EXPECT_EQ(stop_after(std::vector{step(1, 4000, 0, 0.0501)}, options),
            BenchmarkStop::LatencyThreshold);
}

TEST(Benchmark, StopsAfterTwoStepsWithoutMoreInvocations) {
  BenchmarkOptions options;
  std::vector<BenchmarkStep> steps{step(1, 4000), step(2, 8000), step(3, 8160)};
  EXPECT_EQ(stop_after(steps, options), std::nullopt);
  steps.push_back(step(4, 8160));  // 2 % above the 8000 of two steps ago
  EXPECT_EQ(stop_after(steps, options), BenchmarkStop::FlatInvocations);
  steps.back() = step(4, 8161);
  EXPECT_EQ(stop_after(steps, options), std::nullopt);
  options.stops_when_flat = false;
  steps.back() = step(4, 8000);
  EXPECT_EQ(stop_after(steps, options), std::nullopt);
}

TEST(Benchmark, StopsAtTheMostUsers) {
  BenchmarkOptions options;
  options.max_users = 3;
  EXPECT_EQ(stop_after(std::vector{step(2, 4000)}, options), std::nullopt);
  EXPECT_EQ(stop_after(std::vector{step(3, 4000)}, options), BenchmarkStop::MaxUsers);
}

// Two workers of exactly 10 ms and users who do not think: 100/s each, at most 200/s, and a third
// user waits.
const char* const kTwoWorkers =
    "version: 1\n"
    "run: {duration: 2m}\n"
    "traffic: {t: {rate: 50/s}}\n"
    "endpoint: {instance_type: ml.c5.large, latency: {exact: 10ms}}\n"
    "scaling:\n"
    "  ScalableTargets: [{MinCapacity: 2, MaxCapacity: 4}]\n"
    "  ScalingPolicies:\n"
    "    - PolicyName: tt\n"
    "      PolicyType: TargetTrackingScaling\n"
    "      TargetTrackingScalingPolicyConfiguration:\n"
    "        TargetValue: 70\n"
    "        PredefinedMetricSpecification:\n"
    "          PredefinedMetricType: SageMakerVariantInvocationsPerInstance\n";

TEST(Benchmark, MeasuresOneInstanceThatNothingScales) {
  const auto loaded = tests::load(kTwoWorkers);
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const BenchmarkResult result = run_benchmark(*loaded.scenario, {});
  EXPECT_EQ(result.step_duration, 5min);
  ASSERT_EQ(result.steps.size(), 4U);
  EXPECT_EQ(result.stopped_by, BenchmarkStop::FlatInvocations);
  EXPECT_EQ(result.knee, 1U);
  EXPECT_NEAR(result.steps[0].invocations_per_minute, 6000, 1);
  EXPECT_NEAR(result.steps[1].invocations_per_minute, 12000, 1);
  EXPECT_NEAR(result.steps[3].invocations_per_minute, 12000, 1);
  EXPECT_NEAR(*result.steps[0].model_latency.mean, 0.010, 1e-4);
  EXPECT_NEAR(*result.steps[3].model_latency.mean, 0.020, 1e-4);  // two of four wait
  EXPECT_NEAR(*result.steps[0].cpu_percent, 100, 0.1);
  EXPECT_NEAR(*result.steps[3].cpu_percent, 200, 0.1);
  EXPECT_NEAR(result.steps[3].concurrency(), 4, 0.01);
  EXPECT_EQ(result.steps[3].error_rate, 0);
}

TEST(Benchmark, UsersThinkBetweenAnAnswerAndTheNextRequest) {
  const auto loaded = tests::load(kTwoWorkers);
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  BenchmarkOptions options;
  options.think_time = 10ms;
  options.step_duration = 1min;
  const BenchmarkResult result = run_benchmark(*loaded.scenario, options);
  EXPECT_EQ(result.step_duration, 1min);
  EXPECT_NEAR(result.steps[0].invocations_per_minute, 3000, 1);
  ASSERT_TRUE(result.knee);
  EXPECT_NEAR(result.steps[*result.knee].invocations_per_minute, 12000, 240);
}

TEST(Benchmark, AQueueThatIsFullEndsIt) {
  const auto loaded = tests::load(
      kTwoWorkers, {}, {"endpoint.queue={limit: 0}", "endpoint.latency={mean: 10ms, cv: 1}"});
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const BenchmarkResult result = run_benchmark(*loaded.scenario, {});
  EXPECT_EQ(result.stopped_by, BenchmarkStop::Errors);
  EXPECT_EQ(result.steps.back().users, 3);
  EXPECT_EQ(result.knee, 1U);
}

}  // namespace
}  // namespace sim
