#include "sim/study/policy_tuning.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <sstream>

#include "sim/report/tune_report.hpp"
#include "sim/scenario/scaling_json.hpp"
#include "sim/study/policy_run.hpp"
#include "sim/study/remedies.hpp"
#include "sim/study/space_selection.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using testing::HasSubstr;

// A ramp that takes four instances of 100 requests a second, small enough for a debug build.
const std::string kRamp = R"(version: 1
run: {duration: 40m, seed: 5}
traffic:
  t:
    phases: [{rate: 4/s, duration: 5m}, {ramp_to: 30/s, duration: 15m}, {rate: 30/s, duration: 20m}]
endpoint:
  instance_type: ml.c5.large
  workers: 1
  latency: {exponential: 100ms}
  startup: {typical: 1m, slowest: 2m}
scaling:
  ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]
  ScalingPolicies:
    - PolicyName: invocations
      PolicyType: TargetTrackingScaling
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 200
        PredefinedMetricSpecification:
          PredefinedMetricType: SageMakerVariantInvocationsPerInstance
        ScaleOutCooldown: 0
        ScaleInCooldown: 60
expect: [latency.p90 < 2s]
)";

Scenario scenario_of(const std::string& text) {
  const tests::Loaded loaded = tests::load(text);
  EXPECT_TRUE(loaded.scenario.has_value()) << loaded.messages;
  return *loaded.scenario;
}

PolicySpace space_of(const Scenario& scenario, const std::string& over) {
  PolicySpace space(scenario, most_useful_instances(scenario));
  EXPECT_EQ(select_numbers(over, space), "");
  return space;
}

std::string json_of(const TuneResult& result) {
  std::ostringstream out;
  write_tune_json(out, result);
  return out.str();
}

// The least mean cost of the first runs, over every point of the space that meets them all.
double best_of_grid(const PolicySpace& space, std::size_t count) {
  double best = std::numeric_limits<double>::infinity();
  PolicySpace::Point point(space.numbers().size(), 0);
  while (true) {
    const auto scenario = space.scenario_at(point);
    if (scenario) {
      const auto runs = play_runs(*scenario, 0, count, 2, true);
      if (all_met(runs)) best = std::min(best, priced(*scenario, runs).cost);
    }
    std::size_t i = 0;
    while (i < point.size() && ++point[i] == space.numbers()[i].values.size()) point[i++] = 0;
    if (i == point.size()) return best;
  }
}

TEST(PolicyTuning, IsAtMostThreePercentDearerThanTheBestOfTheGrid) {
  const Scenario scenario = scenario_of(kRamp);
  const PolicySpace space = space_of(scenario, "TargetValue=150:550:20,MinCapacity=1:4:1");
  TuningOptions options;
  options.budget = 120;
  options.runs = 6;
  options.threads = 2;
  const TuneResult result = tune_policy(scenario, space, options);
  ASSERT_TRUE(result.feasible);
  // In the runs of the grid: fresh ones have other luck.
  const auto runs = play_runs(result.best.scenario, 0, options.runs, 2, false);
  EXPECT_TRUE(all_met(runs));
  EXPECT_LE(priced(result.best.scenario, runs).cost, 1.03 * best_of_grid(space, options.runs));
  EXPECT_LT(result.best.cost, result.written.cost);
}

TEST(PolicyTuning, SaysTheSameOnAnyNumberOfThreads) {
  const Scenario scenario = scenario_of(kRamp);
  const PolicySpace space = space_of(scenario, "target,MinCapacity");
  TuningOptions options;
  options.budget = 40;
  options.runs = 3;
  const std::string alone = json_of(tune_policy(scenario, space, options));
  options.threads = 4;
  EXPECT_EQ(json_of(tune_policy(scenario, space, options)), alone);
}

TEST(PolicyTuning, ClaimsWhatFreshRunsSupport) {
  EXPECT_NEAR(share_met_at_least(20, 0.05), 0.861, 5e-4);  // Clopper and Pearson for 20 of 20
  EXPECT_NEAR(share_met_at_least(59, 0.05), 0.95, 1e-3);
  const Scenario scenario = scenario_of(kRamp);
  TuningOptions options;
  options.budget = 30;
  options.runs = 4;
  const TuneResult result = tune_policy(scenario, space_of(scenario, "MinCapacity"), options);
  ASSERT_TRUE(result.feasible);
  EXPECT_EQ(result.best.runs(), options.runs);
  EXPECT_TRUE(result.best.is_met());
  double doubt = 0.05;
  for (std::size_t i = 0; i < result.attempts; ++i) doubt /= 2;
  EXPECT_DOUBLE_EQ(result.share_met_at_least, share_met_at_least(options.runs, doubt));
  EXPECT_EQ(result.sensitivity.size(), std::size_t{6});
}

// Four minutes of three times the load, and five minutes until help can serve.
std::string spike(const std::string& expect) {
  std::string text = kRamp;
  const auto replace = [&text](const std::string& a, const std::string& b) {
    text.replace(text.find(a), a.size(), b);
  };
  replace("{rate: 4/s, duration: 5m}, {ramp_to: 30/s, duration: 15m}, {rate: 30/s, duration: 20m}",
          "{rate: 4/s, duration: 15m}, {rate: 30/s, duration: 4m}, {rate: 4/s, duration: 21m}");
  replace("{typical: 1m, slowest: 2m}", "{exact: 5m}");
  replace("latency.p90 < 2s", expect);
  return text;
}

// Targets below the load of the quiet hours would be headroom by another name.
const std::string kReactive = "TargetValue=200:600:100,cooldowns";

TuneResult tuned_spike(const std::string& expect, const std::string& over) {
  const Scenario scenario = scenario_of(spike(expect));
  TuningOptions options;
  options.budget = 40;
  options.runs = 3;
  options.threads = 2;
  return tune_policy(scenario, space_of(scenario, over), options);
}

TEST(PolicyTuning, NamesTheReactionWhereAPushIsShorterAndPricesWhatHelps) {
  const TuneResult result = tuned_spike("latency.p99 < 3s", kReactive);
  ASSERT_FALSE(result.feasible);
  ASSERT_TRUE(result.binding.has_value());
  EXPECT_EQ(result.binding->kind, BindingKind::Reaction);
  EXPECT_EQ(result.binding->expectation, "latency.p99 < 3s");
  EXPECT_EQ(result.binding->push_s, 240);
  EXPECT_EQ(result.binding->startup_s, 300);
  EXPECT_THAT(result.binding->reason, HasSubstr("Only headroom or a schedule can help"));

  ASSERT_EQ(result.remedies.size(), std::size_t{2});
  EXPECT_EQ(result.remedies[0].kind, "schedule");
  EXPECT_EQ(result.remedies[1].kind, "floor");
  for (const Remedy& remedy : result.remedies) EXPECT_TRUE(remedy.policy.is_met()) << remedy.kind;
  EXPECT_LT(result.remedies[0].policy.cost, result.remedies[1].policy.cost);
  const auto& actions = result.remedies[0].policy.scenario.variants[0].scheduled_actions;
  ASSERT_EQ(actions.size(), std::size_t{2});
  EXPECT_EQ(actions[0].schedule, "cron(9 0 * * ? *)");  // 15 minutes less startup and one
  EXPECT_EQ(actions[1].schedule, "cron(19 0 * * ? *)");
}

TEST(PolicyTuning, SetsTheFewestInstancesThatHelp) {
  const TuneResult result = tuned_spike("latency.p99 < 3s", kReactive);
  ASSERT_EQ(result.remedies.size(), std::size_t{2});
  Scenario less = result.remedies[1].policy.scenario;
  --less.variants[0].scalable_target->min_capacity.value;
  --less.variants[0].variant.initial_instances;
  EXPECT_FALSE(all_met(play_runs(less, 2'000'000, 3, 1, false)));
}

TEST(PolicyTuning, TellsAnInstanceThatIsTooSlowFromScalingThatIs) {
  const TuneResult result = tuned_spike("latency.p50 < 10ms", "policies");
  ASSERT_FALSE(result.feasible);
  EXPECT_EQ(result.binding->kind, BindingKind::Service);
  EXPECT_TRUE(result.remedies.empty());
}

TEST(PolicyTuning, TellsWhatItWouldCostWhereMoneyIsTheLimit) {
  const TuneResult result = tuned_spike("cost.total < 0.01 USD", "policies");
  ASSERT_FALSE(result.feasible);
  EXPECT_EQ(result.binding->kind, BindingKind::Cost);
}

TEST(PolicyTuning, FindsTheFloorItselfWhenItMay) {
  const TuneResult result = tuned_spike("latency.p99 < 3s", "bounds");
  EXPECT_TRUE(result.feasible);
  EXPECT_FALSE(result.binding.has_value());
}

TEST(ScalingJson, IsReadAgainAsTheSameScaling) {
  const Scenario scenario = scenario_of(kRamp);
  const std::string json = scaling_json(scenario).dump();
  std::string text = kRamp.substr(0, kRamp.find("scaling:")) +
                     "scaling: {from: scaling.json}\nexpect: [latency.p90 < 2s]\n";
  const tests::Loaded loaded = tests::load(text, {{"scaling.json", json}});
  ASSERT_TRUE(loaded.scenario.has_value()) << loaded.messages;
  EXPECT_EQ(scaling_json(*loaded.scenario).dump(), json);
  EXPECT_THAT(json, HasSubstr("\"TargetValue\":200"));
}

}  // namespace
}  // namespace sim
