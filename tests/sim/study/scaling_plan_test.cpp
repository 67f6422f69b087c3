#include "sim/study/scaling_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "sim/study/plan_evaluation.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using testing::HasSubstr;

// One instance serves exactly 12,000 a minute; traffic of 40/s and 300/s.
const char* const kTwoRates =
    "version: 1\n"
    "traffic:\n"
    "  t: {arrivals: even, phases: [{rate: 40/s, duration: 10m}, {rate: 300/s, duration: 20m}]}\n"
    "endpoint: {instance_type: ml.c5.large, latency: {exact: 10ms}, startup: {exact: 2m}}\n";

PlanResult plan_of(const std::string& text, const PlanOptions& options,
                   std::vector<std::string> overrides = {}) {
  const auto loaded = tests::load(text, {}, std::move(overrides));
  EXPECT_TRUE(loaded.scenario) << loaded.messages;
  PlanOutcome outcome = make_scaling_plan(*loaded.scenario, options);
  EXPECT_TRUE(outcome.plan) << outcome.problem;
  return *outcome.plan;
}

TEST(ScalingPlan, TakesTheRatesOfTheTrafficUnlessTheyAreGiven) {
  const PlanResult plan = plan_of(kTwoRates, {});
  EXPECT_TRUE(plan.basis.min_is_from_traffic);
  EXPECT_NEAR(plan.basis.min_rate.per_second(), 40, 0.1);
  EXPECT_NEAR(plan.basis.max_rate.per_second(), 300, 0.1);
  EXPECT_EQ(plan.basis.objective, PlanObjective::Balanced);
  EXPECT_NEAR(plan.plan().target.invocations_per_instance, 6000, 1);
  EXPECT_EQ(plan.plan().target.min_capacity, 1);
  EXPECT_EQ(plan.plan().target.max_capacity, 4);  // 300 / 100 x 1.2 = 3.6
  PlanOptions given;
  given.settings.min_rate = core::RequestRate::per_second(150);
  given.settings.max_rate = core::RequestRate::per_second(250);
  given.settings.growth = 1;
  const PlanTarget target = plan_of(kTwoRates, given).plan().target;
  EXPECT_EQ(target.min_capacity, 2);
  EXPECT_EQ(target.max_capacity, 3);
}

TEST(ScalingPlan, MeasuresTheCpuAtTheTargetAndWarnsOfTargetsThatDisagree) {
  PlanOptions options;
  options.settings.utilization = 0.5;
  const PlanCase agrees = plan_of(kTwoRates, options).plan();
  EXPECT_NEAR(*agrees.target.cpu_percent_there, 100, 3);  // half of two busy workers
  EXPECT_THAT(agrees.warnings, testing::IsEmpty());
  options.settings.cpu = 0.9;
  const PlanCase apart = plan_of(kTwoRates, options).plan();
  ASSERT_FALSE(apart.warnings.empty());
  EXPECT_THAT(apart.warnings.front(), HasSubstr("the targets disagree"));
}

TEST(ScalingPlan, TheLoadTestEndsAtMaxInvocations) {
  const LoadTestResult test = *plan_of(kTwoRates, {}).plan().evaluation.load_test;
  EXPECT_EQ(test.stopped_by, LoadTestStop::MaxInvocations);
  EXPECT_GE(test.summary.invocations_per_minute_max, 18000);
  EXPECT_EQ(test.duration % std::chrono::minutes{1}, core::Duration{0});
  EXPECT_EQ(test.summary.requests.failed, 0);
}

TEST(ScalingPlan, ALatencyThatIsOverTheThresholdEndsTheLoadTestAndThePlan) {
  PlanOptions options;
  options.settings.latency_threshold = {LatencyPercentile::P95, std::chrono::milliseconds{5}};
  const PlanCase plan = plan_of(kTwoRates, options).plan();
  EXPECT_EQ(plan.evaluation.load_test->stopped_by, LoadTestStop::LatencyThreshold);
  ASSERT_FALSE(plan.shortcomings.empty());
  EXPECT_THAT(plan.shortcomings.front(), HasSubstr("the load test is over P95 5ms"));
}

TEST(ScalingPlan, ComparesUtilizationsInTheirOrderOnAnyNumberOfThreads) {
  PlanOptions options;
  options.utilizations = {0.7, 0.4, 0.7};
  options.threads = 2;
  const PlanResult plan = plan_of(kTwoRates, options);
  ASSERT_EQ(plan.cases.size(), 2U);
  EXPECT_EQ(plan.cases[0].target.utilization, 0.4);
  EXPECT_EQ(plan.cases[1].target.utilization, 0.7);
  EXPECT_GT(plan.cases[0].evaluation.traffic.cost->total,
            plan.cases[1].evaluation.traffic.cost->total);
  options.threads = 1;
  EXPECT_EQ(plan_of(kTwoRates, options).cases[1].evaluation.traffic.cost->total,
            plan.cases[1].evaluation.traffic.cost->total);
}

TEST(ScalingPlan, SaysWhichCandidateIsTheCheapestAndWhichTheSafest) {
  const std::string text = std::string(kTwoRates) +
                           "candidates:\n"
                           "  twice: {instance_type: ml.c5.xlarge, latency: {exact: 10ms}}\n"
                           "  dear: {price: 9 USD/h}\n";
  PlanOptions options;
  options.threads = 2;
  const PlanResult plan = plan_of(text, options);
  ASSERT_EQ(plan.candidates.size(), 3U);
  EXPECT_EQ(plan.candidates[0].name, "");
  EXPECT_EQ(plan.candidates[1].name, "twice");
  EXPECT_NEAR(plan.candidates[1].target.saturated_invocations, 24000, 1);
  EXPECT_EQ(plan.candidates[1].target.max_capacity, 2);  // 300 / 200 x 1.2 = 1.8
  ASSERT_TRUE(plan.cheapest);
  EXPECT_NE(*plan.cheapest, 2U);
  ASSERT_TRUE(plan.safest);
  // A single large instance serves 300/s of its 400/s while others still start.
  EXPECT_EQ(*plan.safest, 1U);
}

TEST(ScalingPlan, SaysWhyThereIsNone) {
  const auto problem = [](const std::string& text, const PlanOptions& options) {
    const auto loaded = tests::load(text);
    EXPECT_TRUE(loaded.scenario) << loaded.messages;
    return make_scaling_plan(*loaded.scenario, options).problem;
  };
  PlanOptions options;
  options.settings.max_rate = core::RequestRate::per_second(20);
  EXPECT_THAT(problem(kTwoRates, options), HasSubstr("give --min-rate too"));
  options.settings.max_rate = core::RequestRate::per_second(1e9);
  EXPECT_THAT(problem(kTwoRates, options), HasSubstr("the highest rate is out of reach"));
}

}  // namespace
}  // namespace sim
