#include "sim/study/sweep.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "sim/report/sweep_report.hpp"
#include "sim/report/sweep_rows.hpp"
#include "sim/study/replication.hpp"
#include "tests/support/scenario_loading.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class SweepTest : public ::testing::Test {
 protected:
  std::string write(const std::string& text) {
    const std::string path = folder_.file("x.scenario.yaml");
    std::ofstream(path) << text;
    return path;
  }

  std::unique_ptr<Sweep> prepared(const std::string& text, std::vector<std::string> parameters) {
    request_.file = write(text);
    request_.parameters = std::move(parameters);
    Diagnostics diagnostics;
    auto sweep = Sweep::prepare(request_, diagnostics);
    messages_ = diagnostics.render_all();
    return sweep;
  }

  SweepResult played(const std::string& text, std::vector<std::string> parameters) {
    const auto sweep = prepared(text, std::move(parameters));
    EXPECT_NE(sweep, nullptr) << messages_;
    for (std::size_t index = 0; index < sweep->run_total(); ++index) {
      sweep->add(sweep->play(index));
    }
    return sweep->result();
  }

  tests::TemporaryFolder folder_;
  SweepRequest request_;
  std::string messages_;
};

const std::string kShort =
    "version: 1\nrun: {duration: 1m, seed: 7}\ntraffic: {t: {rate: 20/s}}\n" + tests::kEndpoint;

TEST_F(SweepTest, PlaysEachPointAsAScenarioWithThatValue) {
  request_.run_count = 2;
  const SweepResult result = played(kShort, {"traffic.t.rate=10/s,20/s"});
  ASSERT_EQ(result.points.size(), 2U);
  const Scenario slow = tests::load(kShort, {}, {"traffic.t.rate=10/s"}).scenario.value();
  ReplicationOptions options;
  options.run_count = 2;
  const Replication alone = replicate(slow, options);
  for (const char* key : {"requests.total", "latency.p99", "cost.total"}) {
    EXPECT_EQ(mean_at(result.points[0].mean, key).mean, mean_at(alone.mean, key).mean) << key;
  }
  EXPECT_TRUE(mean_at(result.points[0].mean, "latency.p99").interval);
}

TEST_F(SweepTest, BaselineIsThePointThatReadsAsTheFile) {
  // Written otherwise, and for one of them not written at all.
  const SweepResult result =
      played(kShort, {"traffic.t.rate=600/min,1200/min", "endpoint.overhead=0s,5ms"});
  EXPECT_EQ(result.points.size(), 4U);
  EXPECT_EQ(result.baseline, 2U);
}

TEST_F(SweepTest, BaselineIsAPointOfItsOwnWhenNoOtherReadsAsTheFile) {
  const SweepResult result =
      played(kShort, {"traffic.t.rate=10/s,30/s", "endpoint.overhead=1ms,2ms"});
  ASSERT_EQ(result.points.size(), 5U);
  EXPECT_EQ(result.baseline, 4U);
  EXPECT_THAT(result.points[4].values, ElementsAre("20/s", std::nullopt));
}

TEST_F(SweepTest, HasNoBaselineWhenTheFileIsAScenarioWithTheParametersOnly) {
  const std::string without_latency =
      "version: 1\nrun: {duration: 1m}\ntraffic: {t: {rate: 20/s}}\n"
      "endpoint: {instance_type: ml.c5.large}\n";
  const SweepResult result = played(without_latency, {"endpoint.latency.exact=5ms,9ms"});
  EXPECT_EQ(result.points.size(), 2U);
  EXPECT_FALSE(result.baseline);
}

TEST_F(SweepTest, SeedOfTheCommandLineReplacesThatOfTheFile) {
  request_.seed = 8;
  const auto sweep = prepared(kShort, {"traffic.t.rate=20/s"});
  EXPECT_EQ(sweep->seed(), 8U);
  EXPECT_EQ(sweep->point_count(), 1U);
}

TEST_F(SweepTest, SamplesTheCombinations) {
  request_.sample_count = 10;
  EXPECT_EQ(
      prepared(kShort, {"traffic.t.rate=20/s:119/s:1/s", "run.warm_up=0s:9s:1s"})->point_count(),
      11U);  // and the baseline
  request_.sample_count = 200;
  EXPECT_EQ(prepared(kShort, {"traffic.t.rate=20/s:119/s:1/s"})->point_count(), 100U);
}

TEST_F(SweepTest, ReportsWhatIsWrongAtEveryPointBeforeAnyIsPlayed) {
  EXPECT_EQ(prepared(kShort, {"endpoint.workers=0,1,-2", "traffic.t.rate=1/s,1"}), nullptr);
  EXPECT_THAT(messages_, HasSubstr("-p endpoint.workers=0: error: expected"));
  EXPECT_THAT(messages_, HasSubstr("-p endpoint.workers=-2: error: expected"));
  EXPECT_THAT(messages_, HasSubstr("-p traffic.t.rate=1: error: expected a rate"));
}

TEST_F(SweepTest, ReportsOnceWhatIsWrongAtEveryPoint) {
  EXPECT_EQ(prepared(kShort + "expct: []\n", {"endpoint.workrs=1:50:1"}), nullptr);
  std::size_t count = 0;
  for (std::size_t at = 0; (at = messages_.find("error:", at)) != std::string::npos; ++at) ++count;
  EXPECT_EQ(count, 2U) << messages_;
  EXPECT_THAT(messages_, HasSubstr("did you mean 'workers'?"));
  EXPECT_THAT(messages_, HasSubstr("did you mean 'expect'?"));
}

TEST_F(SweepTest, RefusesToAddAPartUnderAMisspeltName) {
  EXPECT_EQ(prepared(kShort, {"traffic.tt.rate=1/s,2/s"}), nullptr);
  EXPECT_THAT(messages_,
              StartsWith("-p traffic.tt.rate: error: expected t of traffic, found 'tt'"));
}

TEST_F(SweepTest, RefusesMorePointsThanItMayHave) {
  EXPECT_EQ(prepared(kShort, {"endpoint.workers=1:1000:1", "run.seed=1:1000:1"}), nullptr);
  EXPECT_THAT(messages_, HasSubstr("-p: error: expected at most 100000 points, found more"));
}

TEST_F(SweepTest, MarksTheCheapestPointThatMeetsEverything) {
  const SweepResult result =
      played(kShort + "expect: [latency.p99 < 60ms]\n",
             {"endpoint.initial_instances=1:3:1", "endpoint.latency.exponential=8ms,80ms"});
  ASSERT_TRUE(result.cheapest);
  EXPECT_THAT(result.points[*result.cheapest].values, ElementsAre("1", "8ms"));
  EXPECT_EQ(result.cost_key, "cost.total");
}

TEST_F(SweepTest, ComparesInstanceHoursWithoutAPrice) {
  const std::string unknown =
      "version: 1\nrun: {duration: 1m}\ntraffic: {t: {rate: 20/s}}\n"
      "endpoint: {instance_type: ml.unknown.large, workers: 2, latency: {exponential: 10ms}}\n";
  const SweepResult result = played(unknown, {"endpoint.initial_instances=1,2"});
  EXPECT_EQ(result.cost_key, "instances.hours");
  EXPECT_FALSE(result.pareto.empty());
}

TEST(SweepRows, CallParametersByTheEndOfTheirPaths) {
  EXPECT_THAT(
      short_names({"endpoint.startup.exact", "scaling.ScalingPolicies[0].TargetValue", "run.seed"}),
      ElementsAre("startup.exact", "TargetValue", "run.seed"));
  EXPECT_THAT(short_names({"a[0].TargetValue", "a[1].TargetValue"}),
              ElementsAre("a[0].TargetValue", "a[1].TargetValue"));
}

}  // namespace
}  // namespace sim
