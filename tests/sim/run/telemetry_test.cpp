#include "sim/run/telemetry.hpp"

#include <gtest/gtest.h>

#include "tests/support/scenario_builder.hpp"

namespace sim {
namespace {

using models::cloudwatch::Datapoint;
using models::cloudwatch::MetricId;
using models::cloudwatch::MetricStore;
using models::cloudwatch::StatisticSet;
using models::endpoint::Outcome;
using models::endpoint::RequestTally;
using namespace std::chrono_literals;

constexpr const char* kRequestNamespace = "AWS/SageMaker";
constexpr const char* kHostNamespace = "/aws/sagemaker/Endpoints";

// Publishes one minute of an endpoint with 4 ms of overhead and gives back what CloudWatch sees.
class TelemetryTest : public testing::Test {
 protected:
  void publish(double per_instance = 0, std::vector<double> cpu_percents = {50}) {
    Scenario scenario = tests::a_scenario().with_assumptions(assumptions_).build();
    scenario.variants.front().variant.overhead = 4ms;
    const Telemetry telemetry(scenario, store_);
    utilization_.front() = std::move(cpu_percents);
    const auto instances = static_cast<std::int32_t>(utilization_.front().size());
    const MinuteSamples minute{core::kStart, requests_, per_instance,
                               instances,    instances, utilization_};
    telemetry.publish(std::span(&minute, 1), store_);
  }

  std::optional<StatisticSet> published(const std::string& name, const std::string& unit = "None",
                                        const char* name_space = kRequestNamespace,
                                        SimTime now = core::kStart + 2min) const {
    const auto metric = store_.find(
        {name_space, name, {{"EndpointName", "shop"}, {"VariantName", "AllTraffic"}}}, unit);
    if (!metric) return std::nullopt;
    std::vector<std::optional<Datapoint>> newest;
    store_.read_window(*metric, 1min, 1, now, newest);
    if (!newest.front()) return std::nullopt;
    EXPECT_EQ(newest.front()->start, core::kStart);
    return newest.front()->statistics;
  }

  void end(Outcome outcome, std::int64_t count = 1) {
    requests_.ended[static_cast<std::size_t>(outcome)] += count;
  }

  Assumptions assumptions_;
  MetricStore store_{60s};
  RequestTally requests_;
  UtilizationSamples utilization_;
  const MetricId cpu_{
      kHostNamespace, "CPUUtilization", {{"EndpointName", "shop"}, {"VariantName", "AllTraffic"}}};
  std::vector<std::optional<Datapoint>> newest_;
};

void expect_set(const std::optional<StatisticSet>& set, std::int64_t count, double sum,
                double minimum, double maximum) {
  ASSERT_TRUE(set.has_value());
  EXPECT_EQ(set->sample_count, count);
  EXPECT_DOUBLE_EQ(set->sum, sum);
  EXPECT_DOUBLE_EQ(set->minimum, minimum);
  EXPECT_DOUBLE_EQ(set->maximum, maximum);
}

TEST_F(TelemetryTest, InvocationsAreOnesAndThoseOfAnInstanceTheirShares) {
  requests_.invocations = 600;
  publish(200);
  expect_set(published("Invocations"), 600, 600, 1, 1);
  const auto shares = published("InvocationsPerInstance");
  EXPECT_EQ(shares->sample_count, 600);
  EXPECT_DOUBLE_EQ(shares->sum, 200);
}

TEST_F(TelemetryTest, DatapointIsVisibleAfterTheMinuteAndTheDelay) {
  requests_.invocations = 1;
  publish();
  EXPECT_FALSE(published("Invocations", "None", kRequestNamespace, core::kStart + 2min - 1ns));
  EXPECT_TRUE(published("Invocations", "None", kRequestNamespace, core::kStart + 2min));
}

// S-18, S-19.
TEST_F(TelemetryTest, ErrorsAreOnesAmongZeros) {
  requests_.invocations = 10;
  end(Outcome::Succeeded, 5);
  end(Outcome::Rejected);
  end(Outcome::Interrupted);
  end(Outcome::NoCapacity);
  end(Outcome::TimedOut, 2);
  publish();
  expect_set(published("Invocation4XXErrors"), 10, 0, 0, 0);
  expect_set(published("Invocation5XXErrors"), 10, 3, 0, 1);
  expect_set(published("InvocationModelErrors"), 10, 2, 0, 1);
}

TEST_F(TelemetryTest, MinuteOfErrorsAloneHasNoZeros) {
  requests_.invocations = 3;
  end(Outcome::Rejected, 3);
  publish();
  expect_set(published("Invocation5XXErrors"), 3, 3, 1, 1);
}

//
TEST_F(TelemetryTest, LatenciesAreInMicroseconds) {
  requests_.invocations = 2;
  requests_.model_latency.record(10ms);
  requests_.model_latency.record(30ms);
  end(Outcome::Succeeded, 2);
  publish();
  expect_set(published("ModelLatency", "Microseconds"), 2, 40'000, 10'000, 30'000);
  expect_set(published("OverheadLatency", "Microseconds"), 2, 8'000, 4'000, 4'000);
}

// what a percentile alarm reads, where there is one.
TEST_F(TelemetryTest, LatenciesKeepTheirDistributionForPercentiles) {
  const MetricId id{
      "AWS/SageMaker", "ModelLatency", {{"EndpointName", "shop"}, {"VariantName", "AllTraffic"}}};
  const auto metric = store_.register_metric(id, "Microseconds");
  store_.retain_distributions(metric);
  requests_.invocations = 100;
  for (int i = 0; i < 98; ++i) requests_.model_latency.record(10ms);
  requests_.model_latency.record(500ms);
  requests_.model_latency.record(500ms);
  end(Outcome::Succeeded, 100);
  publish();
  store_.read_window(metric, 1min, 1, core::kStart + 2min, newest_);
  ASSERT_TRUE(newest_.front());
  EXPECT_NEAR(*newest_.front()->value_of(models::cloudwatch::Percentile{50}), 10'000, 80);
  EXPECT_NEAR(*newest_.front()->value_of(models::cloudwatch::Percentile{99}), 500'000, 4'000);
}

TEST_F(TelemetryTest, MinuteWithoutAnswersHasNoLatency) {
  requests_.invocations = 2;
  publish();
  EXPECT_FALSE(published("ModelLatency", "Microseconds"));
  EXPECT_FALSE(published("OverheadLatency", "Microseconds"));
}

//
TEST_F(TelemetryTest, EachInstanceReportsItsOwnCpu) {
  publish(0, {20, 70, 60});
  expect_set(published("CPUUtilization", "Percent", kHostNamespace), 3, 150, 20, 70);
}

//
TEST_F(TelemetryTest, OtherUtilizationsArePublishedWhereTheyAreMeasured) {
  utilization_[1] = {30, 40};
  utilization_[2] = {150};
  publish();
  expect_set(published("MemoryUtilization", "Percent", kHostNamespace), 2, 70, 30, 40);
  expect_set(published("GPUUtilization", "Percent", kHostNamespace), 1, 150, 150, 150);
  EXPECT_FALSE(published("GPUMemoryUtilization", "Percent", kHostNamespace));
  EXPECT_FALSE(published("DiskUtilization", "Percent", kHostNamespace));
}

// three instances are three samples, and their median is one of them.
TEST_F(TelemetryTest, CpuKeepsItsValuesForPercentiles) {
  const auto metric = store_.register_metric(cpu_, "Percent");
  store_.retain_distributions(metric);
  publish(0, {20, 70, 60});
  store_.read_window(metric, 1min, 1, core::kStart + 2min, newest_);
  EXPECT_EQ(newest_.front()->value_of(models::cloudwatch::Percentile{50}), 60);
}

TEST_F(TelemetryTest, ValuesThatNobodyReadsAreNotKept) {
  const auto metric = store_.register_metric(cpu_, "Percent");
  publish(0, {20, 70, 60});
  store_.read_window(metric, 1min, 1, core::kStart + 2min, newest_);
  EXPECT_EQ(newest_.front()->distribution, nullptr);
}

//
TEST_F(TelemetryTest, ConcurrencyIsSampledSixTimesAMinute) {
  requests_.invocations = 1;
  for (const std::int64_t in_system : {2, 4, 9}) requests_.concurrency.add(in_system);
  publish();
  expect_set(published("ConcurrentRequestsPerModel"), 6, 30, 2, 9);
}

// R-008, S-22.
TEST_F(TelemetryTest, SilentMinuteHasOneZeroOfEachCount) {
  publish();
  for (const char* name : {"Invocations", "InvocationsPerInstance", "Invocation4XXErrors",
                           "Invocation5XXErrors", "InvocationModelErrors"}) {
    expect_set(published(name), 1, 0, 0, 0);
  }
}

TEST_F(TelemetryTest, SilentMinuteWithoutAnInstanceHasNothing) {
  publish(0, {});
  EXPECT_FALSE(published("Invocations"));
  EXPECT_FALSE(published("ConcurrentRequestsPerModel"));
  EXPECT_FALSE(published("CPUUtilization", "Percent", kHostNamespace));
}

TEST_F(TelemetryTest, SparseSilentMinuteHasHostMetricsAlone) {
  assumptions_.zero_traffic = ZeroTraffic::Sparse;
  publish();
  EXPECT_FALSE(published("Invocations"));
  EXPECT_FALSE(published("InvocationsPerInstance"));
  EXPECT_FALSE(published("Invocation5XXErrors"));
  EXPECT_FALSE(published("ConcurrentRequestsPerModel"));
  EXPECT_TRUE(published("CPUUtilization", "Percent", kHostNamespace));
}

TEST_F(TelemetryTest, SparseMinuteInWhichAnOlderRequestFailsHasErrorsButNoInvocations) {
  assumptions_.zero_traffic = ZeroTraffic::Sparse;
  end(Outcome::Interrupted);
  publish();
  EXPECT_FALSE(published("Invocations"));
  expect_set(published("Invocation5XXErrors"), 1, 1, 1, 1);
}

}  // namespace
}  // namespace sim
