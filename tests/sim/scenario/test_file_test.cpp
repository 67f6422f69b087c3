#include "sim/scenario/test_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using models::autoscaling::Blocker;
using models::autoscaling::DecisionKind;
using models::cloudwatch::AlarmState;
using testing::HasSubstr;
using testing::SizeIs;
using tests::Files;

const std::string kTarget =
    R"({"ResourceId": "endpoint/shop/variant/blue", "MinCapacity": 2, "MaxCapacity": 8})";
const std::string kInvocations =
    R"({"PolicyName": "invocations", "PolicyType": "TargetTrackingScaling",
        "TargetTrackingScalingPolicyConfiguration": {"TargetValue": 5000,
          "PredefinedMetricSpecification":
            {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"}}})";
const std::string kCpu =
    R"({"PolicyName": "cpu", "PolicyType": "TargetTrackingScaling",
        "TargetTrackingScalingPolicyConfiguration": {"TargetValue": 100,
          "CustomizedMetricSpecification": {"MetricName": "CPUUtilization",
            "Namespace": "/aws/sagemaker/Endpoints", "Statistic": "Average", "Unit": "Percent",
            "Dimensions": [{"Name": "EndpointName", "Value": "shop"},
                           {"Name": "VariantName", "Value": "blue"}]}}})";

const Files kFiles{{"one.json", "[" + kTarget + "," + kInvocations + "]"},
                   {"two.json", "[" + kTarget + "," + kInvocations + "," + kCpu + "]"},
                   {"policy.json", kInvocations},
                   {"target.json", kTarget},
                   {"shop.scenario.yaml",
                    tests::smallest_with("run: {duration: 3m}\nexpect: [errors.rate < 1%]\n")},
                   {"silent.scenario.yaml", tests::smallest_with("")},
                   {"broken.scenario.yaml", tests::smallest_with("trafic: {}\n")}};

struct LoadedTests {
  std::optional<TestFile> file;
  std::string messages;
};
LoadedTests load_text(const std::string& text, const std::string& name = "x.test.yaml") {
  Diagnostics diagnostics;
  LoadedTests loaded;
  loaded.file = load_tests(text, name, tests::opener_of(kFiles), diagnostics);
  loaded.messages = diagnostics.render_all();
  EXPECT_EQ(loaded.file.has_value(), !diagnostics.has_errors());
  return loaded;
}

std::string one_test(const std::string& lines) {
  return "version: 1\ntests:\n  - name: t\n" + lines;
}
ControlTest control_test(const std::string& lines) {
  const LoadedTests loaded = load_text(one_test(lines));
  EXPECT_EQ(loaded.messages, "");
  if (!loaded.file) return {};
  return std::get<ControlTest>(loaded.file->tests.at(0).test);
}
std::string messages_of(const std::string& lines) { return load_text(one_test(lines)).messages; }

const std::string kScaling = "    scaling: {from: one.json}\n";
const std::string kSeries = "    series: {InvocationsPerInstance: 100x5 _ 7400}\n";
const std::string kExpect = "    expect: [{at: 3m, capacity: 2}]\n";

TEST(TestFile, AControlTestHasItsDefaults) {
  const ControlTest test = control_test(kScaling + kSeries + kExpect);
  EXPECT_EQ(test.scenario.variants.front().variant.initial_instances, 2);  // MinCapacity
  EXPECT_EQ(test.startup, 0s);
  EXPECT_EQ(test.interval, 1min);
  EXPECT_EQ(test.scenario.assumptions.metric_delay, 0s);
  EXPECT_EQ(test.scenario.assumptions.alarm.evaluation_range_extra, 2);
  EXPECT_EQ(test.scenario.run.start_text, "2026-01-05 00:00");
  EXPECT_EQ(test.scenario.run.duration, 8min);  // of the series
  ASSERT_THAT(test.series, SizeIs(1));
  EXPECT_EQ(test.series[0].metric.metric_namespace, "AWS/SageMaker");
  EXPECT_EQ(test.series[0].metric.name, "InvocationsPerInstance");
  EXPECT_EQ(test.series[0].unit, "None");
  EXPECT_THAT(test.series[0].values, SizeIs(8));
  EXPECT_EQ(test.series[0].values[6], std::nullopt);
}

TEST(TestFile, AControlTestSaysOtherwise) {
  const ControlTest test =
      control_test(kScaling +
                   "    capacity: 5\n    startup: 4m\n    interval: 10s\n"
                   "    start: '2026-03-02 08:00'\n    timezone: Europe/Berlin\n"
                   "    assumptions: {metric_delay: 30s, alarm_phase: 5s}\n"
                   "    duration: 1h\n" +
                   kSeries + kExpect);
  EXPECT_EQ(test.scenario.variants.front().variant.initial_instances, 5);
  EXPECT_EQ(test.startup, 4min);
  EXPECT_EQ(test.interval, 10s);
  EXPECT_EQ(test.scenario.run.timezone, "Europe/Berlin");
  EXPECT_EQ(test.scenario.run.utc_offset_minutes, 60);
  EXPECT_EQ(test.scenario.assumptions.metric_delay, 30s);
  EXPECT_EQ(test.scenario.assumptions.alarm_phase, 5s);
  EXPECT_EQ(test.scenario.run.duration, 1h);
}

TEST(TestFile, ADelayThatIsGivenIsThatOfEveryInterval) {
  const auto assumptions_of = [](const std::string& given) {
    return control_test(kScaling + "    assumptions: " + given + "\n" + kSeries + kExpect)
        .scenario.assumptions;
  };
  EXPECT_EQ(assumptions_of("{}").high_resolution_metric_delay, 0s);
  EXPECT_EQ(assumptions_of("{metric_delay: 30s}").high_resolution_metric_delay, 30s);
  EXPECT_EQ(assumptions_of("{high_resolution_metric_delay: 5s}").high_resolution_metric_delay, 5s);
  EXPECT_EQ(assumptions_of("{high_resolution_metric_delay: 5s}").metric_delay, 0s);
}

TEST(TestFile, LastsUntilTheLastClaimWhenThatIsLater) {
  EXPECT_EQ(control_test(kScaling + kSeries + "    expect: [{at: 20m, capacity: 2}]\n")
                .scenario.run.duration,
            20min);
}

TEST(TestFile, ReadsEveryKindOfClaim) {
  const ControlTest test = control_test(
      kScaling + kSeries +
      "    expect:\n"
      "      - {at: 1m, alarm: AlarmHigh, state: INSUFFICIENT_DATA, because: no data yet}\n"
      "      - {at: 2m, desired: 3}\n"
      "      - {at: 3m, min_capacity: 2}\n"
      "      - {at: 4m, max_capacity: 8}\n"
      "      - {at: 5m, decision: invocations, kind: scale_out, wanted: 9, to: 8}\n"
      "      - {at: 6m, decision: invocations, blocked_by: cooldown}\n"
      "      - {at: 7m, decision: invocations, blocked_by: nothing}\n");
  ASSERT_THAT(test.expectations, SizeIs(7));
  const auto& alarm = std::get<AlarmClaim>(test.expectations[0].claim);
  EXPECT_THAT(alarm.alarm, testing::StartsWith("TargetTracking-endpoint/shop/variant/blue-"));
  EXPECT_EQ(alarm.state, AlarmState::InsufficientData);
  EXPECT_EQ(test.expectations[0].that, "alarm \"AlarmHigh\" == INSUFFICIENT_DATA at 1m");
  EXPECT_EQ(test.expectations[0].expected, "INSUFFICIENT_DATA");
  EXPECT_EQ(test.expectations[0].because, "no data yet");
  EXPECT_EQ(test.expectations[0].place.line, 7);
  EXPECT_EQ(std::get<CountClaim>(test.expectations[1].claim).count, ControlCount::Desired);
  EXPECT_EQ(std::get<CountClaim>(test.expectations[2].claim).count, ControlCount::MinCapacity);
  EXPECT_EQ(std::get<CountClaim>(test.expectations[3].claim).count, ControlCount::MaxCapacity);
  EXPECT_EQ(std::get<CountClaim>(test.expectations[3].claim).value, 8);
  const auto& decision = std::get<DecisionClaim>(test.expectations[4].claim);
  EXPECT_EQ(decision.kind, DecisionKind::ScaleOut);
  EXPECT_EQ(decision.wanted, 9);
  EXPECT_EQ(decision.to, 8);
  EXPECT_FALSE(decision.blocked_by.has_value());
  EXPECT_EQ(test.expectations[4].that,
            "decision of \"invocations\" == scale_out, wanted 9, to 8 at 5m");
  EXPECT_EQ(*std::get<DecisionClaim>(test.expectations[5].claim).blocked_by, Blocker::Cooldown);
  EXPECT_EQ(*std::get<DecisionClaim>(test.expectations[6].claim).blocked_by, std::nullopt);
}

TEST(TestFile, EveryBlockerCanBeClaimed) {
  for (int value = 0; value <= static_cast<int>(Blocker::ActionNotDue); ++value) {
    const auto blocker = static_cast<Blocker>(value);
    const ControlTest test = control_test(
        kScaling + kSeries + "    expect: [{at: 1m, decision: invocations, blocked_by: " +
        std::string(to_string(blocker)) + "}]\n");
    EXPECT_EQ(*std::get<DecisionClaim>(test.expectations.at(0).claim).blocked_by, blocker);
  }
}

TEST(TestFile, AlarmsOfSeveralPoliciesAreNamedWithTheirPolicy) {
  const std::string head =
      "    scaling: {from: two.json}\n"
      "    series: {InvocationsPerInstance: 1, CPUUtilization: 2}\n";
  const ControlTest test =
      control_test(head + "    expect: [{at: 1m, alarm: cpu/AlarmLow, state: OK}]\n");
  EXPECT_THAT(test.series, SizeIs(2));
  EXPECT_EQ(test.series[1].unit, "Percent");
  EXPECT_THAT(messages_of(head + "    expect: [{at: 1m, alarm: AlarmLow, state: OK}]\n"),
              HasSubstr("expected the name of an alarm, found 'AlarmLow'"));
  EXPECT_THAT(messages_of(head + "    expect: [{at: 1m, alarm: cpu/AlarmLo, state: OK}]\n"),
              HasSubstr("did you mean 'cpu/AlarmLow'?"));
}

TEST(TestFile, ASeriesMayBeNamedWithItsNamespace) {
  const ControlTest test =
      control_test(kScaling + "    series: {AWS/SageMaker/InvocationsPerInstance: 1}\n" + kExpect);
  EXPECT_EQ(test.series.at(0).metric.name, "InvocationsPerInstance");
  EXPECT_THAT(messages_of(kScaling +
                          "    series:\n      AWS/SageMaker/InvocationsPerInstance: 1\n"
                          "      InvocationsPerInstance: 1\n" +
                          kExpect),
              HasSubstr("x.test.yaml:7:7: error: expected one series a metric, found a second of "
                        "'AWS/SageMaker/InvocationsPerInstance'"));
}

TEST(TestFile, AMetricThatNoAlarmReadsIsRefused) {
  EXPECT_EQ(messages_of(kScaling + "    series: {InvocationPerInstance: 1}\n" + kExpect),
            "x.test.yaml:5:14: error: expected a metric that an alarm reads, found "
            "'InvocationPerInstance'\n"
            "  5 |     series: {InvocationPerInstance: 1}\n"
            "    |              ^\n"
            "  hint: did you mean 'InvocationsPerInstance'?\n");
  EXPECT_THAT(messages_of(kScaling + "    series: {Happiness: 1}\n" + kExpect),
              HasSubstr("hint: the alarms read InvocationsPerInstance"));
  EXPECT_THAT(
      messages_of("    scaling: {from: target.json}\n    series: {Happiness: 1}\n" + kExpect),
      HasSubstr("hint: the scaling has no alarm"));
}

TEST(TestFile, AnAlarmWithoutSeriesIsWarnedOf) {
  EXPECT_EQ(messages_of(kScaling + kExpect),
            "x.test.yaml:3:5: warning: InvocationsPerInstance has no series: no data for "
            "invocations/AlarmHigh, invocations/AlarmLow\n"
            "  3 |   - name: t\n"
            "    |     ^\n"
            "  hint: InvocationsPerInstance: _ says that this is meant\n");
  EXPECT_EQ(messages_of(kScaling + "    series: {InvocationsPerInstance: _}\n" + kExpect), "");
}

TEST(TestFile, WhatIsWrongWithASeriesIsShownInItsText) {
  EXPECT_EQ(
      messages_of(kScaling + "    series: {InvocationsPerInstance: '1 7400y10 2'}\n" + kExpect),
      "x.test.yaml:5:45: error: expected a step, 'x' and repetitions, or a space after "
      "'7400', found 'y10'\n"
      "  5 |     series: {InvocationsPerInstance: '1 7400y10 2'}\n"
      "    |                                             ^\n");
  // Over several lines no byte of the text stands where it reads.
  EXPECT_THAT(
      messages_of(kScaling +
                  "    series:\n      InvocationsPerInstance: |\n        1\n        y\n" + kExpect),
      HasSubstr(
          "x.test.yaml:6:31: error: expected a number, or '_' for a missing value, found 'y'"));
  EXPECT_THAT(messages_of(kScaling + "    series: {InvocationsPerInstance: [1, 2]}\n" + kExpect),
              HasSubstr("expected a series of values such as 100x5 7400x10 _x3, found a list"));
  EXPECT_THAT(messages_of(kScaling + "    series: [1]\n" + kExpect),
              HasSubstr("expected tests[0].series as a mapping"));
  EXPECT_THAT(messages_of(kScaling + "    series: {InvocationsPerInstance: 1x44640}\n" + kExpect),
              HasSubstr("expected at most 44640 values of 1m, which are the longest run of 744h, "
                        "found 44641"));
}

TEST(TestFile, AnIntervalIsOneOfCloudWatchAndDividesThePeriod) {
  for (const char* interval : {"10s", "20s", "30s", "1m"}) {
    EXPECT_EQ(messages_of(kScaling + "    interval: " + interval + "\n" + kSeries + kExpect), "");
  }
  EXPECT_THAT(messages_of(kScaling + "    interval: 15s\n" + kSeries + kExpect),
              HasSubstr("expected 10s, 20s, 30s or whole minutes, found '15s'"));
  EXPECT_THAT(messages_of(kScaling + "    interval: 5m\n" + kSeries + kExpect),
              HasSubstr("x.test.yaml:5:15: error: expected an interval that divides 1m, the Period "
                        "of alarm 'invocations/AlarmHigh', found '5m'"));
}

std::string scaling_on(const std::string& name_space, const std::string& name) {
  return "    scaling:\n"
         "      ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]\n"
         "      ScalingPolicies:\n"
         "        - PolicyName: tt\n"
         "          PolicyType: TargetTrackingScaling\n"
         "          TargetTrackingScalingPolicyConfiguration:\n"
         "            TargetValue: 70\n"
         "            CustomizedMetricSpecification: {MetricName: " +
         name + ", Namespace: " + name_space + ", Statistic: Average}\n";
}

// Somebody gives its values, so nobody has to publish it.
TEST(TestFile, AnyMetricMayBeGiven) {
  const ControlTest own = control_test(scaling_on("Shop", "TokensPerInstance") +
                                       "    series: {Shop/TokensPerInstance: 350}\n" + kExpect);
  EXPECT_EQ(own.series.at(0).metric.name, "TokensPerInstance");
  EXPECT_EQ(own.series.at(0).unit, "None");
  EXPECT_EQ(control_test(scaling_on("/aws/sagemaker/Endpoints", "GPUUtilization") +
                         "    series: {GPUUtilization: 350}\n" + kExpect)
                .series.size(),
            1U);
  // What an endpoint publishes has dimensions all the same.
  EXPECT_THAT(messages_of(scaling_on("/aws/sagemaker/Endpoints", "CPUUtilization") +
                          "    series: {CPUUtilization: 350}\n" + kExpect),
              HasSubstr("expected the Dimensions EndpointName="));
}

TEST(TestFile, MetricMathReadsASeriesForEachMetric) {
  const std::string lines =
      "    scaling:\n"
      "      ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]\n"
      "      ScalingPolicies:\n"
      "        - PolicyName: tt\n"
      "          PolicyType: TargetTrackingScaling\n"
      "          TargetTrackingScalingPolicyConfiguration:\n"
      "            TargetValue: 70\n"
      "            CustomizedMetricSpecification:\n"
      "              Metrics:\n"
      "                - {Id: a, MetricStat: {Metric: {Namespace: Shop, MetricName: Waiting}, "
      "Stat: Sum}, ReturnData: false}\n"
      "                - {Id: b, MetricStat: {Metric: {Namespace: Shop, MetricName: Serving}, "
      "Stat: Sum}, ReturnData: false}\n"
      "                - {Id: c, Expression: a + b}\n"
      "    series: {Waiting: 1x5, Serving: 2x5}\n" +
      kExpect;
  const ControlTest test = control_test(lines);
  ASSERT_THAT(test.series, SizeIs(2));
  EXPECT_EQ(test.series[1].metric.name, "Serving");
}

TEST(TestFile, AHighResolutionPolicyTakesShortIntervals) {
  const std::string scaling =
      "    scaling:\n"
      "      ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]\n"
      "      ScalingPolicies:\n"
      "        - PolicyName: tt\n"
      "          PolicyType: TargetTrackingScaling\n"
      "          TargetTrackingScalingPolicyConfiguration:\n"
      "            TargetValue: 5\n"
      "            PredefinedMetricSpecification: {PredefinedMetricType: "
      "SageMakerVariantConcurrentRequestsPerModelHighResolution}\n"
      "    series: {ConcurrentRequestsPerModel: 7x20}\n";
  EXPECT_EQ(control_test(scaling + "    interval: 10s\n" + kExpect).series.size(), 1U);
  EXPECT_THAT(
      messages_of(scaling + kExpect),
      HasSubstr("expected an interval that divides 10s, the Period of alarm 'tt/AlarmHigh', "
                "found '1m'"));
}

TEST(TestFile, APolicyMayBeTestedWithoutATarget) {
  const LoadedTests loaded = load_text(
      one_test("    scaling: {from: policy.json}\n    capacity: 3\n" + kSeries + kExpect));
  EXPECT_THAT(loaded.messages, HasSubstr("warning: no scalable target is given: MinCapacity 1 and "
                                         "MaxCapacity 10000 are assumed"));
  ASSERT_TRUE(loaded.file);
  const auto& test = std::get<ControlTest>(loaded.file->tests.at(0).test);
  EXPECT_EQ(test.scenario.variants.front().scalable_target->max_capacity.value, 10'000);
  EXPECT_EQ(test.scenario.variants.front().variant.initial_instances, 3);
}

TEST(TestFile, ClaimsAreReadStrictly) {
  const auto claim = [](const std::string& entry) {
    return messages_of(kScaling + kSeries + "    expect: [" + entry + "]\n");
  };
  EXPECT_THAT(claim("{at: 9m}"),
              HasSubstr("expected one of alarm, capacity, desired, min_capacity, max_capacity or "
                        "decision, found none"));
  EXPECT_THAT(claim("{at: 9m, capacity: 2, desired: 2}"),
              HasSubstr("in an entry, found capacity and desired"));
  EXPECT_THAT(claim("{capacity: 2}"), HasSubstr("expected the key 'at' in tests[0].expect[0]"));
  EXPECT_THAT(claim("{at: 9m, alarm: AlarmHigh}"), HasSubstr("expected the key 'state'"));
  EXPECT_THAT(claim("{at: 9m, capacity: 2, state: OK}"),
              HasSubstr("expected 'state' with 'alarm', found it with 'capacity'"));
  EXPECT_THAT(claim("{at: 9m, capacity: two}"), HasSubstr("found 'two'"));
  EXPECT_THAT(claim("{at: 9m, capacity: -1}"), HasSubstr("found '-1'"));
  EXPECT_THAT(claim("{at: 9m, alarm: AlarmHigh, state: ok}"), HasSubstr("did you mean 'OK'?"));
  EXPECT_THAT(claim("{at: 9m, decision: invocations}"),
              HasSubstr("expected one or more of kind, wanted, to and blocked_by"));
  EXPECT_THAT(claim("{at: 9m, decision: invocation, to: 2}"),
              HasSubstr("did you mean 'invocations'?"));
  EXPECT_THAT(claim("{at: 9m, decision: invocations, blocked_by: cooldwn}"),
              HasSubstr("did you mean 'cooldown'?"));
  EXPECT_THAT(claim("capacity == 2"), HasSubstr("expected tests[0].expect[0] as a mapping"));
  EXPECT_THAT(claim(""), HasSubstr("a test that expects nothing cannot fail"));
  EXPECT_THAT(messages_of(kScaling + kSeries), HasSubstr("expected the key 'expect' in tests[0]"));
  EXPECT_THAT(
      messages_of(kScaling + kSeries + "    duration: 5m\n    expect: [{at: 6m, capacity: 2}]\n"),
      HasSubstr("expected a time within the test of 5m, found '6m'"));
}

TEST(TestFile, NamesAreNotDoubtedWhereTheScalingIsBroken) {
  const std::string messages = messages_of("    scaling: {from: gone.json}\n" + kSeries +
                                           "    expect: [{at: 9m, alarm: AlarmHigh, state: OK}]\n");
  EXPECT_THAT(messages, HasSubstr("expected a file at 'gone.json', found no such file"));
  EXPECT_THAT(messages, testing::Not(HasSubstr("AlarmHigh, state: OK}]\n    |")));
}

TEST(TestFile, AScenarioTestChangesItsScenario) {
  const LoadedTests loaded = load_text(
      one_test("    scenario: shop.scenario.yaml\n"
               "    set: {run.seed: 7, endpoint.startup: {exact: 8m}, traffic.t.rate: 5/s}\n"
               "    expect: [latency.p99 < 2s, {that: instances.in_service == 1, at: 1m}]\n"));
  EXPECT_EQ(loaded.messages, "");
  ASSERT_TRUE(loaded.file);
  const Scenario& scenario = std::get<ScenarioTest>(loaded.file->tests.at(0).test).scenario;
  EXPECT_EQ(scenario.run.seed, 7U);
  EXPECT_EQ(scenario.file, "shop.scenario.yaml");
  ASSERT_THAT(scenario.expectations, SizeIs(2));  // in place of the scenario's own
  EXPECT_EQ(scenario.expectations[0].metric, "latency.p99");
  EXPECT_EQ(scenario.expectations[0].place.file, "x.test.yaml");
  EXPECT_EQ(scenario.expectations[0].place.line, 6);
}

TEST(TestFile, AScenarioTestWithoutExpectationsTakesThoseOfItsScenario) {
  const LoadedTests loaded =
      load_text(one_test("    scenario: shop.scenario.yaml\n    set: {run.seed: 7}\n"));
  ASSERT_TRUE(loaded.file) << loaded.messages;
  const Scenario& scenario = std::get<ScenarioTest>(loaded.file->tests.at(0).test).scenario;
  ASSERT_THAT(scenario.expectations, SizeIs(1));
  EXPECT_EQ(scenario.expectations[0].place.file, "shop.scenario.yaml");
  EXPECT_THAT(messages_of("    scenario: silent.scenario.yaml\n"),
              HasSubstr("expected something in expect, found nothing here or in the scenario"));
}

TEST(TestFile, WhatIsWrongWithAChangeIsToldWhereItStands) {
  EXPECT_EQ(messages_of("    scenario: shop.scenario.yaml\n"
                        "    set: {traffic.t.rate: 1500, endpoint..x: 1, run.seeed: 3}\n"
                        "    expect: [latncy.p99 < 1s]\n"),
            "x.test.yaml:5:27: error: expected a rate with its unit, found '1500'\n"
            "  5 |     set: {traffic.t.rate: 1500, endpoint..x: 1, run.seeed: 3}\n"
            "    |                           ^\n"
            "  hint: 1500/s or 1500/min (25/s)?\n"
            "x.test.yaml:5:33: error: expected a path such as endpoint.queue.limit, found "
            "'endpoint..x'\n"
            "  5 |     set: {traffic.t.rate: 1500, endpoint..x: 1, run.seeed: 3}\n"
            "    |                                 ^\n"
            "x.test.yaml:5:49: error: expected a key of run, found 'seeed'\n"
            "  5 |     set: {traffic.t.rate: 1500, endpoint..x: 1, run.seeed: 3}\n"
            "    |                                                 ^\n"
            "  hint: did you mean 'seed'?\n"
            "x.test.yaml:6:14: error: expected a metric of the summary, found 'latncy.p99'\n"
            "  6 |     expect: [latncy.p99 < 1s]\n"
            "    |              ^\n"
            "  hint: did you mean 'latency.p99'?\n");
}

TEST(TestFile, AScenarioTestIsReadStrictly) {
  EXPECT_THAT(
      messages_of("    scenario: gone.yaml\n"),
      HasSubstr("x.test.yaml:4:15: error: expected a file at 'gone.yaml', found no such file"));
  EXPECT_THAT(messages_of("    scenario: broken.scenario.yaml\n"),
              HasSubstr("broken.scenario.yaml:4:1: error: expected a key of the scenario"));
  EXPECT_THAT(messages_of("    scenario: shop.scenario.yaml\n    capacity: 2\n"),
              HasSubstr("its keys are name, scenario, set, matrix or expect"));
  EXPECT_THAT(messages_of("    scenario: shop.scenario.yaml\n    set: [1]\n"),
              HasSubstr("expected set as a mapping"));
}

TEST(TestFile, TestsHaveNamesOfTheirOwn) {
  const std::string body = "    scenario: shop.scenario.yaml\n";
  const auto named = [&](const std::string& name) {
    return load_text("version: 1\ntests:\n  - name: " + name + "\n" + body + "  - name: b\n" + body)
        .messages;
  };
  EXPECT_EQ(named("a"), "");
  EXPECT_THAT(named("b"), HasSubstr("expected a name of its own for each test, found 'b' again"));
  EXPECT_EQ(named(std::string(200, 'a')), "");
  EXPECT_THAT(named(std::string(201, 'a')), HasSubstr("expected a name of at most 200 characters"));
  EXPECT_THAT(load_text("version: 1\ntests:\n  - scenario: shop.scenario.yaml\n").messages,
              HasSubstr("expected the key 'name' in tests[0], found none"));
}

TEST(TestFile, IsReadStrictly) {
  EXPECT_THAT(load_text("").messages, HasSubstr("expected tests, found an empty file"));
  EXPECT_THAT(load_text("version: 2\ntests: []\n").messages, HasSubstr("expected version 1"));
  EXPECT_THAT(load_text("version: 1\ntests: []\n").messages,
              HasSubstr("expected at least one test in tests, found an empty list"));
  EXPECT_THAT(load_text("version: 1\ntests: {}\n").messages, HasSubstr("expected tests as a list"));
  EXPECT_THAT(load_text("version: 1\n").messages, HasSubstr("expected the key 'tests'"));
  EXPECT_THAT(load_text("version: 1\ntests: [t]\n").messages,
              HasSubstr("expected tests[0] as a mapping"));
  EXPECT_THAT(load_text("[1]").messages, HasSubstr("expected the test file as a mapping"));
  EXPECT_THAT(load_text("version: 1\ntestz: []\n").messages, HasSubstr("did you mean 'tests'?"));
}

TEST(TestFile, AnyFileWithTestsInItIsOne) {
  const std::string text = one_test("    scenario: shop.scenario.yaml\n");
  EXPECT_TRUE(load_text(text, "tests.yaml").file);
  EXPECT_TRUE(load_text(text, "x.test.yml").file);
}

TEST(TestFile, AScenarioIsATestOfWhatItExpects) {
  const LoadedTests loaded = load_text(
      tests::smallest_with("name: shop\nexpect: [errors.rate < 1%]\n"), "shop.scenario.yaml");
  ASSERT_TRUE(loaded.file);
  ASSERT_THAT(loaded.file->tests, SizeIs(1));
  EXPECT_EQ(loaded.file->tests[0].name, "shop");
  EXPECT_EQ(loaded.file->tests[0].place.line, 5);
  const LoadedTests silent = load_text(tests::smallest_with(""), "shop.scenario.yaml");
  ASSERT_TRUE(silent.file);
  ASSERT_THAT(silent.file->tests, SizeIs(1));
  EXPECT_TRUE(silent.file->tests[0].expects_nothing());
  EXPECT_FALSE(loaded.file->tests[0].expects_nothing());
  EXPECT_THAT(load_text(tests::smallest_with("trafic: {}\n"), "shop.scenario.yaml").messages,
              HasSubstr("did you mean 'traffic'?"));
}

}  // namespace
}  // namespace sim
