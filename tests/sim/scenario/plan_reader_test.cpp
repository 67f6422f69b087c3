#include "sim/scenario/plan_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "sim/scenario/scenario_writer.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

std::string with_plan(const std::string& plan) {
  return tests::smallest_with("plan: " + plan + "\n");
}

TEST(PlanReader, ReadsEveryKeyAndWritesItAgain) {
  const auto loaded = tests::load(
      with_plan("{min_rate: 70/s, max_rate: 30000/min, growth: 1.2, utilization: 55%, cpu: 50%, "
                "latency_threshold: P95 100ms, spawn_rate: 2/min}"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const PlanSettings& plan = loaded.scenario->plan;
  EXPECT_EQ(plan.min_rate, core::RequestRate::per_second(70));
  EXPECT_EQ(plan.max_rate, core::RequestRate::per_second(500));
  EXPECT_EQ(plan.growth, 1.2);
  EXPECT_EQ(plan.optimize, std::nullopt);
  EXPECT_EQ(plan.utilization, 0.55);
  EXPECT_EQ(plan.cpu, 0.5);
  EXPECT_EQ(plan.latency_threshold->percentile, LatencyPercentile::P95);
  EXPECT_EQ(plan.latency_threshold->limit, 100ms);
  EXPECT_EQ(plan.spawn_per_minute, 2);
  const std::string expanded = expand_scenario(*loaded.scenario);
  EXPECT_THAT(expanded, HasSubstr("plan:\n"
                                  "  min_rate: 70/s\n"
                                  "  max_rate: 500/s\n"
                                  "  growth: 1.2\n"
                                  "  utilization: 55%\n"
                                  "  cpu: 50%\n"
                                  "  latency_threshold: P95 100ms\n"
                                  "  spawn_rate: 2/min\n"));
  const auto again = tests::load(expanded);
  ASSERT_TRUE(again.scenario) << again.messages;
  EXPECT_EQ(expand_scenario(*again.scenario), expanded);
}

TEST(PlanReader, LeavesOutWhatIsNotWritten) {
  const auto loaded = tests::load(tests::smallest_with(""));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.scenario->plan.min_rate, std::nullopt);
  EXPECT_EQ(expand_scenario(*loaded.scenario).find("plan:"), std::string::npos);
}

TEST(PlanReader, RefusesWhatNoPlanCanBeMadeFor) {
  const auto message = [](const std::string& plan) {
    return tests::load(with_plan(plan)).messages;
  };
  EXPECT_THAT(message("{min_rate: 0/s}"), HasSubstr("expected a rate above 0/s, found '0/s'"));
  EXPECT_THAT(message("{min_rate: 70}"), HasSubstr("expected a rate with its unit"));
  EXPECT_THAT(message("{growth: 0.9}"), HasSubstr("expected a factor from 1 to 100, such as 1.2"));
  EXPECT_THAT(message("{utilization: 101%}"), HasSubstr("expected a percentage from 1% to 100%"));
  EXPECT_THAT(message("{utilization: 55}"), HasSubstr("percentage"));
  EXPECT_THAT(message("{cpu: 0.5%}"), HasSubstr("expected a percentage from 1% to 100%"));
  EXPECT_THAT(message("{optimize: balance}"), HasSubstr("did you mean 'balanced'?"));
  EXPECT_THAT(message("{spawn_rate: 0/min}"), HasSubstr("expected users a minute such as 1/min"));
  EXPECT_THAT(message("{max_rate: 5/s, min_rate: 6/s}"),
              HasSubstr("expected a max_rate of at least the min_rate of 6/s, found '5/s'"));
  EXPECT_THAT(message("{optimize: cost, utilization: 70%}"),
              HasSubstr("expected either 'optimize' or 'utilization', found both"));
  EXPECT_THAT(message("{latency: P95 100ms}"), HasSubstr("expected a key of plan"));
}

TEST(PlanReader, ReadsALatencyThresholdOfTheRecommender) {
  EXPECT_EQ(read_latency_threshold("P99 1s").value->percentile, LatencyPercentile::P99);
  EXPECT_EQ(read_latency_threshold("P99  250us").value->limit, 250us);
  EXPECT_EQ(read_latency_threshold("P50 100ms").hint, "AWS knows the percentiles P95 and P99");
  for (const char* text :
       {"", "P95", "P95 ", "P95 100", "P95 0s", "P95 2h", "100ms P95", "p95 1s"}) {
    EXPECT_FALSE(read_latency_threshold(text).value) << text;
    EXPECT_THAT(read_latency_threshold(text).expected, HasSubstr("such as 'P95 100ms'")) << text;
  }
}

}  // namespace
}  // namespace sim
