#include "sim/study/replication.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/report/mean_summary_json.hpp"
#include "sim/report/summary_json.hpp"
#include "sim/scenario/summary_keys.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

// Runs whose latency.p99 are these values and that have no other number.
std::vector<RunNumbers> runs_with_p99(const std::vector<std::optional<double>>& values) {
  std::vector<RunNumbers> runs;
  for (const std::optional<double>& value : values) {
    RunNumbers run;
    run.values.resize(summary_keys().size());
    run.values[summary_key_index("latency.p99")] = value;
    runs.push_back(run);
  }
  return runs;
}

TEST(Replication, MeanAndIntervalAreThoseComputedByHand) {
  const MeanSummary mean = mean_of(runs_with_p99({1, 2, 3, 4, 5}));
  const MeanOverRuns& p99 = mean_at(mean, "latency.p99");
  EXPECT_EQ(p99.run_count, 5U);
  EXPECT_DOUBLE_EQ(p99.mean.value(), 3);
  // Standard deviation sqrt(2.5), Student's t of four degrees of freedom at 97.5 %: 2.776445105.
  const double half_width = 2.776445105 * std::sqrt(2.5) / std::sqrt(5);
  EXPECT_NEAR(p99.interval.value().low, 3 - half_width, 1e-9);
  EXPECT_NEAR(p99.interval.value().high, 3 + half_width, 1e-9);
}

TEST(Replication, OfOneRunHasNoInterval) {
  const MeanSummary mean = mean_of(runs_with_p99({0.25}));
  EXPECT_EQ(mean_at(mean, "latency.p99").mean, 0.25);
  EXPECT_FALSE(mean_at(mean, "latency.p99").interval);
  EXPECT_TRUE(intervals_json(mean).is_null());
}

TEST(Replication, CountsTheRunsThatSupportANumber) {
  const MeanSummary mean = mean_of(runs_with_p99({1, std::nullopt, 3}));
  const MeanOverRuns& p99 = mean_at(mean, "latency.p99");
  EXPECT_EQ(p99.run_count, 2U);
  EXPECT_EQ(p99.mean, 2);
  EXPECT_TRUE(p99.interval);
  EXPECT_FALSE(mean_at(mean, "latency.p50").mean);
  EXPECT_EQ(mean_at(mean, "latency.p50").run_count, 0U);
  EXPECT_EQ(partial_support_json(mean).dump(), R"({"latency.p99":2})");
  const JsonTree intervals = intervals_json(mean);
  EXPECT_EQ(find_key_path(intervals, "latency.p99")->size(), 2U);
  EXPECT_TRUE(find_key_path(intervals, "latency.p50")->is_null());
}

TEST(Replication, NumberOfOneSupportingRunHasAMeanButNoInterval) {
  const MeanSummary mean = mean_of(runs_with_p99({std::nullopt, 3}));
  EXPECT_EQ(mean_at(mean, "latency.p99").mean, 3);
  EXPECT_FALSE(mean_at(mean, "latency.p99").interval);
}

TEST(Replication, CountsTheRunsThatMetEveryExpectation) {
  std::vector<RunNumbers> runs = runs_with_p99({1, 2, 3});
  runs[0].passed = 2;
  runs[1].passed = 1;
  runs[1].failed = 1;
  runs[2].passed = 2;
  const MeanSummary mean = mean_of(runs);
  EXPECT_EQ(mean.met_count, 2U);
  EXPECT_DOUBLE_EQ(mean.passed.mean.value(), 5.0 / 3);
  EXPECT_DOUBLE_EQ(mean.failed.mean.value(), 1.0 / 3);
}

const std::string kBusy =
    "version: 1\nrun: {duration: 2m, seed: 7}\ntraffic: {t: {rate: 150/s}}\n" + tests::kEndpoint +
    "expect: [errors.rate < 1%]\n";

TEST(Replication, PlaysIndependentRunsTheSameOnAnyNumberOfThreads) {
  const Scenario scenario = tests::load(kBusy).scenario.value();
  ReplicationOptions options;
  options.run_count = 4;
  const Replication one = replicate(scenario, options);
  options.threads = 3;
  const Replication three = replicate(scenario, options);
  ASSERT_EQ(one.runs.size(), 4U);
  for (std::size_t run = 0; run < 4; ++run) {
    EXPECT_EQ(one.runs[run].values, three.runs[run].values);
    SimulationOptions single;
    single.run = run;
    EXPECT_EQ(numbers_of(play_run(scenario, single)).values, one.runs[run].values);
  }
  EXPECT_NE(one.summaries[0].requests.total, one.summaries[1].requests.total);
  EXPECT_EQ(one.summaries[0].requests.total, one.first.result.summary.requests.total);
  EXPECT_EQ(one.mean.met_count, 4U);
}

TEST(Replication, WithAPrecisionStopsAtTheLookThatDecides) {
  const Scenario scenario = tests::load(kBusy).scenario.value();
  ReplicationOptions options;
  options.precision = PrecisionGoal{.relative_half_width = 0.02, .least_runs = 3, .most_runs = 9};
  std::size_t played = 0;
  options.on_run = [&played] { ++played; };
  const Replication decided = replicate(scenario, options);
  EXPECT_EQ(decided.runs.size(), 3U);  // nothing ever fails
  EXPECT_EQ(played, 3U);
  EXPECT_TRUE(decided.judged.at(0).passed);
  EXPECT_TRUE(decided.mean.precision.value().is_reached());
  EXPECT_EQ(decided.mean.precision->look_count, 1U);
}

// The p99 of two minutes moves by some percent from run to run.
TEST(Replication, ThatNeverGetsPreciseCannotTell) {
  Scenario scenario = tests::load(kBusy).scenario.value();
  scenario.expectations.front() = tests::load(tests::smallest_with("expect: [latency.p99 < 1h]\n"))
                                      .scenario.value()
                                      .expectations.front();
  ReplicationOptions options{.run_count = 9};
  const double mean = mean_at(replicate(scenario, options).mean, "latency.p99").mean.value();
  scenario.expectations.front().value = mean;
  options.precision = PrecisionGoal{.relative_half_width = 1e-9, .least_runs = 4, .most_runs = 9};
  const Replication one = replicate(scenario, options);
  EXPECT_EQ(one.runs.size(), 9U);
  EXPECT_TRUE(one.judged.at(0).cannot_tell());
  EXPECT_EQ(one.mean.precision.value().open, std::vector<std::string>{"latency.p99 < 1h"});
  EXPECT_EQ(one.mean.precision->look_count, 3U);
  // Its intervals pay for the looks.
  EXPECT_NEAR(one.mean.precision->confidence, 1 - 0.05 / 3, 1e-12);
  options.precision->relative_half_width = 0.9;
  EXPECT_EQ(replicate(scenario, options).runs.size(), 4U);
  options.precision->relative_half_width = 1e-9;
  options.threads = 3;
  const Replication three = replicate(scenario, options);
  EXPECT_EQ(three.judged.at(0).actual, one.judged.at(0).actual);
  EXPECT_EQ(mean_at(three.mean, "latency.p99").interval->low,
            mean_at(one.mean, "latency.p99").interval->low);
}

TEST(Replication, WithoutExpectationsMakesTheMainNumbersPrecise) {
  Scenario scenario = tests::load(kBusy).scenario.value();
  scenario.expectations.clear();
  ReplicationOptions options;
  options.precision = PrecisionGoal{.relative_half_width = 1e-9, .least_runs = 3, .most_runs = 4};
  const Replication runs = replicate(scenario, options);
  // No run fails and none costs more than another.
  EXPECT_EQ(runs.mean.precision.value().open, std::vector<std::string>{"latency.p99"});
  options.precision->relative_half_width = 0.5;
  EXPECT_TRUE(replicate(scenario, options).mean.precision.value().is_reached());
}

TEST(Replication, OfOneRunIsThatRunsSummary) {
  const Scenario scenario = tests::load(kBusy).scenario.value();
  const Replication one = replicate(scenario, {});
  JsonTree summary = summary_json(one.summaries.front(), scenario);
  summary["expectations"] = expectation_counts(one.first.expectations);
  std::ostringstream expected;
  JsonWriter(expected, 2).tree(summary);
  std::ostringstream actual;
  JsonWriter(actual, 2).tree(means_json(one.mean, price_source_of(scenario)));
  EXPECT_EQ(actual.str(), expected.str());
}

}  // namespace
}  // namespace sim
