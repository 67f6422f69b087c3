#include "sim/scenario/expectation_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/scenario/summary_keys.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using tests::load;
using tests::smallest_with;

const std::string kScaling =
    "scaling:\n"
    "  ScalableTargets: [{MinCapacity: 1, MaxCapacity: 8}]\n"
    "  ScalingPolicies:\n"
    "    - PolicyName: tt\n"
    "      PolicyType: TargetTrackingScaling\n"
    "      TargetTrackingScalingPolicyConfiguration:\n"
    "        TargetValue: 70\n"
    "        PredefinedMetricSpecification:\n"
    "          PredefinedMetricType: SageMakerVariantInvocationsPerInstance\n";

Expectation expectation_of(const std::string& entry) {
  const auto loaded = load(smallest_with(kScaling + "expect:\n  - " + entry + "\n"));
  EXPECT_TRUE(loaded.scenario) << loaded.messages;
  return loaded.scenario ? loaded.scenario->expectations.at(0) : Expectation{};
}
std::string messages_of(const std::string& entry) {
  return load(smallest_with(kScaling + "expect:\n  - " + entry + "\n")).messages;
}

TEST(Expectation, IsAMetricAnOperatorAndAValueInBaseUnits) {
  const Expectation expectation = expectation_of("latency.p99 < 300ms");
  EXPECT_EQ(expectation.that, "latency.p99 < 300ms");
  EXPECT_EQ(expectation.metric, "latency.p99");
  EXPECT_EQ(expectation.comparison, ExpectationOperator::Less);
  EXPECT_DOUBLE_EQ(expectation.value, 0.3);
  EXPECT_EQ(expectation.unit, "s");
  EXPECT_EQ(expectation.place.line, 14);
}

TEST(Expectation, ReadsEachDimensionInItsUnits) {
  EXPECT_DOUBLE_EQ(expectation_of("errors.rate <= 0.1%").value, 0.001);
  EXPECT_DOUBLE_EQ(expectation_of("errors.rate <= 0.001").value, 0.001);
  EXPECT_DOUBLE_EQ(expectation_of("cost.total<7 USD").value, 7);
  EXPECT_DOUBLE_EQ(expectation_of("cost.per_hour < 0.5 USD/h").value, 0.5);
  EXPECT_DOUBLE_EQ(expectation_of("invocations_per_minute.max >= 30000").value, 30000);
  EXPECT_DOUBLE_EQ(expectation_of("invocations_per_minute.max >= 500/s").value, 30000);
  EXPECT_DOUBLE_EQ(expectation_of("cpu_percent.max < 180%").value, 180);
  EXPECT_DOUBLE_EQ(expectation_of("scaling.reversals != 2").value, 2);
  EXPECT_DOUBLE_EQ(expectation_of("reaction.worst.total_s < 8m").value, 480);
  EXPECT_DOUBLE_EQ(expectation_of("elasticity.over_accuracy < 1.5").value, 1.5);
}

TEST(Expectation, EveryMetricOfTheSummaryCanBeNamed) {
  for (const SummaryKey& key : summary_keys()) {
    EXPECT_EQ(find_summary_key(key.path), &key);
  }
  EXPECT_EQ(find_summary_key("latency"), nullptr);
}

TEST(Expectation, MayHoldInAPhaseOrAtATime) {
  const Expectation at =
      expectation_of("{that: instances.in_service == 2, at: 30m, because: back at the floor}");
  EXPECT_EQ(at.at, Duration{30min});
  EXPECT_EQ(at.because, "back at the floor");
  EXPECT_FALSE(at.fails);
  EXPECT_TRUE(expectation_of("{that: latency.p99 < 1s, fails: true}").fails);
  EXPECT_THAT(messages_of("{that: latency.p99 < 1s, fails: maybe}"),
              HasSubstr("expected true or false"));
  EXPECT_THAT(messages_of("{that: latency.p99 < 1s, at: 30m}"),
              HasSubstr("expected 'at' with instances.in_service"));
  EXPECT_THAT(messages_of("instances.in_service == 2"),
              HasSubstr("expected a time for instances.in_service"));
  EXPECT_THAT(messages_of("{that: instances.desired == 2, at: 2h}"),
              HasSubstr("expected a time within the run of 1h, found '2h'"));
  EXPECT_THAT(messages_of("{that: latency.p99 < 1s, during: early}"),
              HasSubstr("expected the name of a phase, found 'early'"));
}

TEST(Expectation, MayHoldWithinAWindow) {
  EXPECT_EQ(expectation_of("{that: latency.p99 < 1s, within: [0s, 1h]}").within,
            (RunWindow{0min, 60min}));
  const auto messages = [](const std::string& rest) {
    return messages_of("{that: latency.p99 < 1s, " + rest + "}");
  };
  EXPECT_THAT(messages("within: 30m"), HasSubstr("expected two times such as [1h, 1h30m]"));
  EXPECT_THAT(messages("within: [30m]"), HasSubstr("expected two times such as [1h, 1h30m]"));
  EXPECT_THAT(messages("within: [10m, 20]"), HasSubstr("20"));
  EXPECT_THAT(messages("within: [30m, 30m]"),
              HasSubstr("expected a time after '30m', found '30m'"));
  EXPECT_THAT(messages("within: [30m, 61m]"),
              HasSubstr("expected a time within the run of 1h, found '1h1m'"));
  EXPECT_THAT(
      messages("within: [10m, 20m], during: early"),
      HasSubstr("expected one of 'at', 'during' and 'within', found 'during' and 'within'"));
  EXPECT_THAT(messages_of("{that: instances.desired == 2, within: [10m, 20m]}"),
              HasSubstr("expected a time for instances.desired"));
}

TEST(Expectation, HoldsWithinAtMostAThousandDifferentWindows) {
  const auto messages_with = [](int windows) {
    std::string lines;
    for (int i = 0; i < windows; ++i) {
      lines += "  - {that: requests.total > 0, within: [" + std::to_string(i) + "s, 1h]}\n";
    }
    // The same window once more is no more work.
    lines += "  - {that: requests.total > 0, within: [0s, 1h]}\n";
    return load(smallest_with("expect:\n" + lines)).messages;
  };
  EXPECT_EQ(messages_with(1000), "");
  EXPECT_THAT(messages_with(1001), HasSubstr("expected at most 1000 different windows"));
}

TEST(Expectation, NamesOneOfThePhases) {
  const std::string traffic =
      "traffic:\n  a: {phases: [{name: early, rate: 1/s, duration: 1h}, {rate: 1/s, duration: "
      "1h}]}\n"
      "  b: {phases: [{name: late, rate: 1/s, duration: 1h}, {rate: 1/s, duration: 1h}]}\n";
  const std::string head = "version: 1\n" + tests::kEndpoint + traffic + "expect: ";
  EXPECT_TRUE(load(head + "[{that: latency.p99 < 1s, during: early}]\n").scenario);
  EXPECT_THAT(load(head + "[{that: latency.p99 < 1s, during: erly}]\n").messages,
              HasSubstr("did you mean 'early'?"));
  EXPECT_THAT(load(head + "[{that: latency.p99 < 1s, during: '2'}]\n").messages,
              HasSubstr("expected the name of one phase, found '2', which 2 phases have"));
}

TEST(Expectation, NamesAlarmsOfPolicies) {
  const Expectation alarm = expectation_of("{that: 'alarm \"AlarmHigh\" == OK', at: 8m}");
  EXPECT_EQ(alarm.metric, "alarm");
  EXPECT_EQ(alarm.alarm_name, "tt/AlarmHigh");
  EXPECT_EQ(alarm.alarm_state, "OK");
  EXPECT_EQ(expectation_of("{that: 'alarm \"tt/AlarmLow\" != ALARM', at: 8m}").alarm_name,
            "tt/AlarmLow");
  EXPECT_THAT(messages_of("{that: 'alarm \"mine\" == OK', at: 8m}"),
              HasSubstr("the alarms are tt/AlarmHigh or tt/AlarmLow"));
  EXPECT_THAT(messages_of("{that: 'alarm \"AlarmHigh\" == Ok', at: 8m}"),
              HasSubstr("did you mean 'OK'?"));
  EXPECT_THAT(messages_of("{that: 'alarm \"AlarmHigh\" < OK', at: 8m}"),
              HasSubstr("expected 'alarm \"NAME\" == OK'"));
}

TEST(Expectation, AnUnknownMetricIsNeverASilentPass) {
  EXPECT_THAT(messages_of("latncy.p99 < 1s"), HasSubstr("did you mean 'latency.p99'?"));
  EXPECT_THAT(messages_of("latency.p42 < 1s"), HasSubstr("did you mean 'latency.p"));
  EXPECT_THAT(messages_of("happiness > 3"), HasSubstr("expected a metric of the summary"));
}

TEST(Expectation, UnitsMustFitTheMetric) {
  EXPECT_THAT(messages_of("latency.p99 < 1"),
              HasSubstr("expected a duration with its unit for latency.p99, found '1'"));
  EXPECT_THAT(messages_of("errors.rate < 5"), HasSubstr("expected a percentage such as 0.1%"));
  EXPECT_THAT(messages_of("cost.total < 7"), HasSubstr("7 USD?"));
  EXPECT_THAT(messages_of("instances.max < 1s"), HasSubstr("expected a number for instances.max"));
}

TEST(Expectation, HasALeftARightAndAnOperator) {
  for (const char* entry : {"latency.p99", "'< 1s'", "latency.p99 <", "latency.p99 = 1s", "[]"}) {
    EXPECT_THAT(messages_of(entry), HasSubstr("expected an expectation such as")) << entry;
  }
}

}  // namespace
}  // namespace sim
