#include "sim/report/plan_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <sstream>

#include "sim/report/plan_rows.hpp"
#include "tests/sim/report/approved_text.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;
using testing::HasSubstr;

Summary summary(double cost, std::int64_t failed, double p99_s) {
  Summary made;
  made.requests = {.total = 100'000, .succeeded = 100'000 - failed, .failed = failed};
  made.errors.rate = static_cast<double>(failed) / 100'000;
  made.latency.p95 = p99_s / 2;
  made.latency.p99 = p99_s;
  made.invocations_per_minute_max = 30'100;
  made.instances = {.min = 1, .max = 7, .mean = 4.25, .final = 1, .hours = 12, .shortest_life = {}};
  made.cost = CostSummary{.total = cost, .per_million_succeeded = cost * 10};
  return made;
}

Scenario planned() {
  Scenario scenario;
  scenario.name = "sample, planned";
  ScenarioVariant& variant = scenario.variants.front();
  variant.variant.instance_type = "ml.c5.large";
  variant.scalable_target = {
      .resource_id = "endpoint/shop/variant/AllTraffic", .min_capacity = {1}, .max_capacity = {8}};
  TargetTrackingConfiguration tracking;
  tracking.policy_name = "plan-invocations";
  tracking.target_value = 4950;
  StepScalingConfiguration step;
  step.policy_name = "plan-spike";
  step.step_adjustments = {{0, 9000, 82}, {9000, std::nullopt, 264}};
  variant.policies = {tracking, step};
  models::cloudwatch::AlarmConfiguration alarm;
  alarm.name = "plan-spike";
  alarm.metric.name = "InvocationsPerInstance";
  alarm.statistic = models::cloudwatch::Statistic::Sum;
  alarm.threshold = 9000;
  alarm.alarm_actions = {"plan-spike"};
  scenario.alarms = {alarm};
  return scenario;
}

PlanCase made_case(double utilization, double cost, std::int64_t failed, double p99_s) {
  PlanCase made;
  made.target = {.utilization = utilization,
                 .cpu_share = 0.5,
                 .saturated_invocations = 9000,
                 .invocations_per_instance = 9000 * utilization,
                 .cpu_percent = 100,
                 .min_capacity = 1,
                 .max_capacity = 8,
                 .cpu_percent_there = 80,
                 .latency_p99_there = 0.05};
  made.planned = planned();
  made.derivation = {"A first sentence.", "A second one, with its numbers: 70 / (4,950 / 60 s)."};
  made.warnings = {"the targets disagree"};
  made.evaluation.traffic = summary(cost, failed, p99_s);
  LoadTestResult test;
  test.max_invocations = 30'000;
  test.stopped_by = LoadTestStop::MaxInvocations;
  test.duration = 16min;
  test.users = 16;
  test.summary = summary(1, 0, 0.11);
  made.evaluation.load_test = test;
  if (failed > 1000) made.shortcomings = {"2 % of the requests of the expected traffic fail"};
  return made;
}

struct Sample {
  Scenario scenario;
  PlanResult result;

  PlanReport report() const { return {scenario, result}; }
};

Sample sample() {
  Sample made;
  made.scenario.name = "sample";
  made.scenario.file = "sample.scenario.yaml";
  made.scenario.variants.front().variant.instance_type = "ml.c5.large";
  made.result.basis.max_rate = core::RequestRate::per_second(500);
  BenchmarkStep step;
  step.users = 1;
  step.invocations_per_minute = 9000;
  made.result.benchmark.steps = {step};
  made.result.benchmark.knee = 0;
  made.result.cases = {made_case(0.4, 1.4, 0, 0.05), made_case(0.55, 1, 0, 0.2),
                       made_case(0.7, 0.8, 2000, 60)};
  made.result.chosen = 1;
  made.result.candidates = {made_case(0.55, 1, 0, 0.2), made_case(0.55, 1.2, 0, 0.1)};
  made.result.candidates[1].name = "big, \"new\"";
  made.result.cheapest = 0;
  made.result.safest = 1;
  return made;
}

TEST(PlanReport, TheTableIsTheApprovedOne) {
  std::ostringstream out;
  write_plan(out, sample().report(), Colour::Off);
  EXPECT_EQ(difference_from_approved(out.str(), "plan.txt"), "");
}

TEST(PlanReport, MarkdownJsonAndCsvAreTheApprovedOnes) {
  std::ostringstream markdown;
  write_plan_markdown(markdown, sample().report());
  EXPECT_EQ(difference_from_approved(markdown.str(), "plan.md"), "");
  std::ostringstream out;
  JsonWriter json(out, 2);
  write_plan_json(json, sample().report());
  EXPECT_EQ(difference_from_approved(out.str(), "plan.json"), "");
  std::ostringstream csv;
  write_plan_csv(csv, sample().report());
  EXPECT_EQ(difference_from_approved(csv.str(), "plan.csv"), "");
}

TEST(PlanReport, SaysWhyAPlanDoesNotHold) {
  Sample made = sample();
  made.result.chosen = 2;
  std::ostringstream out;
  write_plan(out, made.report(), Colour::Off);
  EXPECT_THAT(out.str(), HasSubstr("VERDICT    the plan does not hold: 2 % of the requests"));
}

TEST(PlanReport, ComparesNothingWhereThereIsOneOfAKind) {
  Sample made = sample();
  made.result.cases.resize(1);
  made.result.chosen = 0;
  made.result.candidates.clear();
  EXPECT_TRUE(trade_off_rows(made.result).empty());
  EXPECT_TRUE(candidate_rows(made.result).empty());
  std::ostringstream out;
  JsonWriter json(out, 2);
  write_plan_json(json, made.report());
  EXPECT_EQ(out.str().find("trade_off"), std::string::npos);
  EXPECT_EQ(out.str().find("candidates"), std::string::npos);
}

}  // namespace
}  // namespace sim
