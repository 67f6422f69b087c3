#include "sim/scenario/instance_benchmark.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <variant>

#include "sim/scenario/scenario_writer.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using models::endpoint::LogNormalSpan;
using testing::HasSubstr;

// Two independent workers of 10 ms, by users who think for 5 ms.
const std::string kMeasured =
    "invocations_per_minute,mean_latency_ms,p50_ms,p99_ms,cpu_percent\n"
    "4000,10,9.9,19.8,66.7\n8000,10,9.9,19.8,133.3\n10452,12.22,12,25,174.2\n"
    "11535,15.81,15,30,192.2\n11889,20.23,19,38,198.2\n";
const tests::Files kFiles{{"measured.csv", kMeasured}};

tests::Loaded load_with(const std::string& keys, const tests::Files& files = kFiles) {
  return tests::load(
      tests::with_endpoint("{instance_type: ml.c5.large, benchmark: measured.csv, " + keys + "}"),
      files);
}

TEST(InstanceBenchmark, GivesServiceTimeThroughputsAndCpu) {
  const auto loaded = load_with("overhead: 5ms");
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.messages, "");
  const auto& variant = loaded.scenario->variants.front().variant;
  EXPECT_EQ(variant.workers, 5);  // 11889 a minute x 20.23 ms is more than four at once
  ASSERT_EQ(variant.throughputs.size(), 5U);
  EXPECT_NEAR(variant.throughputs[0].per_second(), 100, 3);
  EXPECT_NEAR(variant.throughputs[1].per_second(), 200, 6);
  EXPECT_NEAR(variant.throughputs[4].per_second(), 200, 6);
  EXPECT_NEAR(variant.throughput.per_second(), 200, 6);
  ASSERT_EQ(variant.busy_cpu.size(), 6U);
  EXPECT_EQ(variant.busy_cpu[0].percent, 0);
  EXPECT_NEAR(variant.busy_cpu[1].percent, 100, 5);
  EXPECT_NEAR(variant.busy_cpu[5].percent, 200, 5);
}

TEST(InstanceBenchmark, SpreadComesFromThePercentilesOfTheLeastLoad) {
  const auto loaded = load_with("overhead: 5ms");
  const auto& span =
      std::get<LogNormalSpan>(loaded.scenario->variants.front().variant.service_time);
  EXPECT_NEAR(span.sigma, std::log(2) / 2.3263478740408408, 1e-12);
  EXPECT_FALSE(loaded.scenario->variants.front().benchmark.spread_is_assumed);
}

TEST(InstanceBenchmark, WithoutPercentilesASpreadIsAssumed) {
  const auto loaded = load_with(
      "overhead: 5ms", {{"measured.csv", "rate,mean_latency_ms\n66.7,10\n133.3,10\n174.2,12.2\n"}});
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_TRUE(loaded.scenario->variants.front().benchmark.spread_is_assumed);
  EXPECT_TRUE(loaded.scenario->variants.front().variant.busy_cpu.empty());
}

TEST(InstanceBenchmark, MoreWorkersServeAsTheLastThatWasMeasured) {
  const auto loaded = load_with("overhead: 5ms, workers: 12");
  const auto& throughputs = loaded.scenario->variants.front().variant.throughputs;
  ASSERT_EQ(throughputs.size(), 12U);
  EXPECT_EQ(throughputs[11].per_second(), throughputs[4].per_second());
}

TEST(InstanceBenchmark, ExpandedScenarioHasTheSameInstance) {
  const auto first = load_with("overhead: 5ms");
  const std::string expanded = expand_scenario(*first.scenario);
  EXPECT_THAT(expanded, HasSubstr("  benchmark: \"measured.csv\"\n"));
  const auto second = tests::load(expanded, kFiles);
  ASSERT_TRUE(second.scenario) << second.messages;
  EXPECT_EQ(expand_scenario(*second.scenario), expanded);
  const auto& a = first.scenario->variants.front().variant.throughputs;
  const auto& b = second.scenario->variants.front().variant.throughputs;
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].per_second(), b[i].per_second());
}

TEST(InstanceBenchmark, WhatIsWrongIsToldAtItsPlace) {
  EXPECT_THAT(load_with("overhead: 5ms", {}).messages, HasSubstr("found no such file"));
  EXPECT_THAT(load_with("latency: {exact: 9ms}").messages,
              HasSubstr("expected either 'benchmark' or 'latency', found both"));
  EXPECT_THAT(load_with("throughput: 9/s").messages, HasSubstr("'throughput', found both"));
  EXPECT_THAT(load_with("overhead: 5ms", {{"measured.csv", "rate,p50_ms\n1,2\n"}}).messages,
              HasSubstr("measured.csv: error: expected at least 3 rows"));
}

// Minutes of computing would look like a program that hangs.
TEST(InstanceBenchmark, RefusesATableThatWouldTakeTooLong) {
  std::string many = "rate,mean_latency_ms\n";
  for (int i = 1; i <= 1'000; ++i) many += std::to_string(i) + ",100\n";
  EXPECT_THAT(load_with("overhead: 5ms", {{"measured.csv", many}}).messages,
              HasSubstr("expected at most 10000 rows times users, found 1000 rows"));
  EXPECT_THAT(load_with("overhead: 1h").messages, HasSubstr("rows times users"));
}

TEST(InstanceBenchmark, WarnsOfRowsThatNoInstanceMeasures) {
  const auto loaded =
      load_with("overhead: 5ms",
                {{"measured.csv", "rate,mean_latency_ms\n60,10\n120,10\n60,40\n150,30\n150,60\n"}});
  EXPECT_THAT(loaded.messages, HasSubstr("no instance that is served alike at the same load"));
}

}  // namespace
}  // namespace sim
