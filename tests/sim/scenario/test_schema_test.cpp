// Compares docs/test.schema.json with what the reader of tests takes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "sim/scenario/scenario_schema.hpp"
#include "sim/scenario/test_file.hpp"
#include "tests/sim/scenario/schema_check.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const tests::Files kFiles{
    {"shop.scenario.yaml", tests::smallest_with("expect: [errors.rate < 1%]\n")}};

const std::string kEverything = R"(
version: 1
tests:
  - name: everything
    scaling:
      ScalableTargets: [{MinCapacity: 2, MaxCapacity: 10}]
      ScalingPolicies:
        - PolicyName: tt
          PolicyType: TargetTrackingScaling
          TargetTrackingScalingPolicyConfiguration:
            TargetValue: 70
            PredefinedMetricSpecification:
              PredefinedMetricType: SageMakerVariantInvocationsPerInstance
    capacity: 2
    startup: 0s
    interval: 1m
    series: {InvocationsPerInstance: "100x5 7400x10 _x3"}
    assumptions: {metric_delay: 30s}
    start: "2026-03-02 08:00"
    timezone: Europe/Berlin
    duration: 1h
    expect:
      - {at: 8m, alarm: AlarmHigh, state: OK, because: it is early}
      - {at: 9m, capacity: 4}
      - {at: 9m, desired: 4}
      - {at: 9m, min_capacity: 2}
      - {at: 9m, max_capacity: 10}
      - {at: 9m, decision: tt, kind: scale_out, wanted: 4, to: 4, blocked_by: nothing}
  - name: one value
    scaling: {}
    expect: [{at: 0s, capacity: 1}]
  - name: with traffic
    scenario: shop.scenario.yaml
    set: {run.seed: 3, endpoint.startup: {exact: 8m}}
    expect: [latency.p99 < 2s, {that: instances.in_service == 1, at: 1m}]
)";

std::string messages_of(const std::string& text) {
  Diagnostics diagnostics;
  const auto loaded = load_tests(text, "x.test.yaml", tests::opener_of(kFiles), diagnostics);
  EXPECT_EQ(loaded.has_value(), !diagnostics.has_errors());
  return diagnostics.render_all();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

class TestSchemaTest : public testing::Test {
 protected:
  std::string complaint_about(const std::string& text) const {
    return check_.complaint_about(text);
  }
  const json& definition(const std::string& name) const {
    return check_.document()["definitions"][name];
  }

 private:
  tests::SchemaCheck check_{tests::text_of_file("docs/test.schema.json"),
                            {{"scenario.schema.json", std::string(kScenarioSchema)}}};
};

TEST_F(TestSchemaTest, AcceptsWhatTheReaderAccepts) {
  EXPECT_EQ(messages_of(kEverything), "");
  EXPECT_EQ(complaint_about(kEverything), "");
}

TEST_F(TestSchemaTest, AcceptsEveryTestOfTheRepository) {
  int accepted = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("scenarios")) {
    if (!entry.path().string().ends_with(".test.yaml")) continue;
    EXPECT_EQ(complaint_about(tests::text_of_file(entry.path())), "") << entry.path();
    ++accepted;
  }
  EXPECT_GE(accepted, 5);
}

TEST_F(TestSchemaTest, RefusesWhatTheReaderRefuses) {
  const std::pair<const char*, const char*> mistakes[] = {
      {"version: 1", "version: 2"},
      {"version: 1", "# none"},
      {"tests:", "test:"},
      {"name: everything", "nmae: everything"},
      {"capacity: 2\n", "capacity: 2.5\n"},
      {"capacity: 2\n", "capacity: 10001\n"},
      {"capacity: 2\n", "capcity: 2\n"},
      {"startup: 0s", "startup: 0"},
      {"interval: 1m", "interval: 1"},
      {"\"100x5 7400x10 _x3\"", "[100, 7400]"},
      {"metric_delay: 30s", "metric_dealy: 30s"},
      {"start: \"2026-03-02 08:00\"", "start: monday"},
      {"MinCapacity: 2", "min_capacity: 2"},
      {"state: OK, because", "state: ok, because"},
      {"state: OK, because", "because"},
      {"{at: 9m, capacity: 4}", "{at: 9m}"},
      {"{at: 9m, capacity: 4}", "{capacity: 4}"},
      {"{at: 9m, capacity: 4}", "{at: 9m, capacity: 4, desired: 4}"},
      {"{at: 9m, capacity: 4}", "{at: 9m, capacity: 4, state: OK}"},
      {"{at: 9m, capacity: 4}", "{at: 9m, decision: tt}"},
      {"{at: 9m, capacity: 4}", "capacity == 4"},
      {"kind: scale_out", "kind: scale out"},
      {"blocked_by: nothing", "blocked_by: something"},
      {"expect: [{at: 0s, capacity: 1}]", "expect: []"},
      {"expect: [{at: 0s, capacity: 1}]", "scenario: shop.scenario.yaml"},
      {"set: {run.seed: 3,", "capacity: 3\n    set: {"},
      {"set: {run.seed: 3, endpoint.startup: {exact: 8m}}", "set: [run.seed]"},
      {"latency.p99 < 2s", "latency.p99"},
  };
  for (const auto& [from, to] : mistakes) {
    const std::string text = replaced(kEverything, from, to);
    EXPECT_NE(complaint_about(text), "") << to;
    EXPECT_NE(messages_of(text), "") << to;
  }
}

// Every key and every value that the schema offers is known to the reader.
TEST_F(TestSchemaTest, OffersNothingThatTheReaderDoesNotKnow) {
  for (const auto& [key, rule] : definition("control_test").at("properties").items()) {
    EXPECT_THAT(messages_of("version: 1\ntests: [{" + key + ": {impossible: 1}}]\n"),
                Not(HasSubstr("a key of tests[0], found '" + key + "'")));
  }
  for (const auto& [key, rule] : definition("scenario_test").at("properties").items()) {
    EXPECT_THAT(messages_of("version: 1\ntests: [{scenario: x, " + key + ": {impossible: 1}}]\n"),
                Not(HasSubstr("a key of tests[0], found '" + key + "'")));
  }
  for (const auto& [key, rule] : definition("claim").at("properties").items()) {
    EXPECT_THAT(messages_of(replaced(kEverything, "{at: 9m, capacity: 4}",
                                     "{" + key + ": {impossible: 1}}")),
                Not(HasSubstr("found '" + key + "'")));
    if (!rule.contains("enum")) continue;
    for (const auto& value : rule.at("enum")) {
      const std::string subject = key == "state" ? "alarm: AlarmHigh" : "decision: tt";
      EXPECT_EQ(messages_of(replaced(
                    kEverything, "{at: 9m, capacity: 4}",
                    "{at: 9m, " + subject + ", " + key + ": " + value.get<std::string>() + "}")),
                "");
    }
  }
}

}  // namespace
}  // namespace sim
