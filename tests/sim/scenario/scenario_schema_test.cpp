#include "sim/scenario/scenario_schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "sim/scenario/scenario_writer.hpp"
#include "tests/sim/scenario/schema_check.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class ScenarioSchemaTest : public testing::Test {
 protected:
  // What is wrong with a scenario by the schema alone; empty when nothing is.
  std::string complaint_about(const std::string& text) const {
    return check_.complaint_about(text);
  }

 private:
  tests::SchemaCheck check_{std::string(kScenarioSchema)};

 protected:
  const json& document_ = check_.document();
};

const std::string kEverything = R"(
version: 1
name: checkout-ranker weekday morning
description: Does the raised floor keep the opening ramp inside the objective, and at what cost?
run: {start: "2026-03-02 08:00", timezone: Europe/Berlin, duration: 6h, warm_up: 0s, seed: 42}
traffic:
  shoppers:
    phases:
      - {name: early,   rate: 60/s,     duration: 30m}
      - {name: opening, ramp_to: 420/s, duration: 15m}
  push: {begins: 2h30m, phases: [{name: push, rate: 140/s, duration: 4m}]}
  a: {rate: 50/s, arrivals: even, duration: 1h30m}
  b: {spikes: {base: 20/s, peak: 250/s, every: 30m, width: 2m, jitter: 5m}}
  c: {daily: {low: 20/s, high: 400/s, peak_at: "13:00", weekend: 40%}}
  d: {users: {initial: 1, spawn: 2/min, limit: 60, think_time: 0s, duration: 1h}}
  e:
    recommender:
      TrafficType: PHASES
      Phases: [{InitialNumberOfUsers: 1, SpawnRate: 1, DurationInSeconds: 3600}]
  f: {trace: {file: t.csv, time: at, value: n, per: 1m, scale: 120%}}
  g: {trace: {file: r.csv, time: at}}
endpoint:
  name: checkout-ranker
  instance_type: ml.c5.large
  price: 0.102 USD/h
  initial_instances: 2
  routing: RANDOM
  workers: 2
  latency: {p50: 9ms, p99: 30ms}
  throughput: 150/s
  cpu: [{at: 0/s, percent: 2}, {at: 107/s, percent: 102}, {at: 150/s, percent: 173}]
  memory: [{at: 0/s, percent: 20}, {at: 150/s, percent: 55}]
  disk: [{at: 0/s, percent: 20}, {at: 150/s, percent: 20.5}]
  utilization_lag: 1m
  overhead: 4ms
  queue: {limit: 1000, timeout: 60s}
  startup: {typical: 4m, slowest: 8m, stagger: 20s}
  stopping: 30s
  capacity_errors: {probability: 5%, windows: [{from: 1h, to: 1h30m}]}
scaling:
  from: [targets.json]
  ScalableTargets: [{MinCapacity: 2, MaxCapacity: 10}]
  ScalingPolicies:
    - PolicyName: tt
      PolicyType: TargetTrackingScaling
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 70
        PredefinedMetricSpecification:
          PredefinedMetricType: SageMakerVariantInvocationsPerInstance
assumptions: {metric_delay: 60s, alarm_phase: 0s, evaluation_range: N+2, zero_traffic: emit_zero,
  cooldown_starts: fulfilled, bill_startup: true}
expect:
  - latency.p99 < 1s
  - errors.rate < 0.1%
  - cost.total < 7 USD
  - {that: latency.p99 < 300ms, during: early}
  - {that: instances.in_service == 2, at: 5h30m, because: back at the floor}
  - {that: 'alarm "AlarmHigh" == OK', at: 5h30m}
limits:
  - errors.rate > +0.1pp
  - {that: cost.total > +5%, because: the budget of the quarter}
plan: {min_rate: 70/s, max_rate: 500/s, growth: 1.2, utilization: 55%, cpu: 50%,
  latency_threshold: P95 100ms, spawn_rate: 1/min}
candidates:
  big: {instance_type: ml.c5.xlarge, price: 0.204 USD/h, latency: {exact: 9ms}, workers: 4}
)";
const tests::Files kFiles{
    {"t.csv", "at,n\n2026-01-01 00:00,5\n2026-01-01 07:00,7\n"},
    {"r.csv", "at\n2026-01-01 00:00:00\n2026-01-01 07:00:00\n"},
    {"targets.json", R"({"ScalableTargets": []})"},
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST_F(ScenarioSchemaTest, AcceptsWhatTheReaderAccepts) {
  const auto loaded = tests::load(kEverything, kFiles);
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(complaint_about(kEverything), "");
  EXPECT_EQ(complaint_about(expand_scenario(*loaded.scenario)), "");
  EXPECT_EQ(complaint_about(tests::smallest_with("")), "");
}

TEST_F(ScenarioSchemaTest, AcceptsEveryScenarioOfTheRepository) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator("scenarios")) {
    if (!entry.path().string().ends_with(".scenario.yaml")) continue;
    EXPECT_EQ(complaint_about(tests::text_of_file(entry.path())), "") << entry.path();
  }
}

TEST_F(ScenarioSchemaTest, RefusesWhatTheReaderRefuses) {
  const std::pair<const char*, const char*> mistakes[] = {
      {"version: 1", "version: 2"},
      {"version: 1", "# none"},
      {"name: checkout", "nmae: checkout"},
      {"seed: 42", "seed: -1"},
      {"duration: 6h", "duration: 6"},
      {"rate: 60/s", "rate: 60"},
      {"rate: 60/s", "rate: .nan"},
      {"rate: 60/s", "rate: -1/s"},
      {"rate: 60/s", "rate: 060/s"},
      {"duration: 30m}", "duration: 30 m}"},
      {"name: opening, ramp_to: 420/s,", "name: opening,"},
      {"rate: 50/s, arrivals: even,", "rate: 50/s, users: {initial: 1},"},
      {"{rate: 50/s, arrivals: even, duration: 1h30m}", "{arrivals: even}"},
      {"initial: 1, spawn", "intial: 1, spawn"},
      {"peak_at: \"13:00\"", "peak_at: 13"},
      {"value: n, per: 1m", "value: n"},
      {"TrafficType: PHASES", "TrafficType: STAIRS"},
      {"instance_type: ml.c5.large", "# none"},
      {"price: 0.102 USD/h", "price: 0.102"},
      {"routing: RANDOM", "routing: random"},
      {"workers: 2", "workers: 2.5"},
      {"at: 150/s, percent: 55", "at: 150/s, percent: 101"},
      {"at: 150/s, percent: 55", "at: 150/s, percent: -1"},
      {"at: 0/s, percent: 20}, {at: 150/s, percent: 20.5", "at: 0/s, percent: 20"},
      {"utilization_lag: 1m", "utilization_lag: 1"},
      {"utilization_lag: 1m", "gpus: 0.5"},
      {"latency: {p50: 9ms, p99: 30ms}", "latency: {p50: 9ms}"},
      {"latency: {p50: 9ms, p99: 30ms}", "latency: 9ms"},
      {"stopping: 30s", "variants: {}"},
      {"stagger: 20s", "stagger: 20"},
      {"typical: 4m, slowest: 8m, stagger", "stagger"},
      {"typical: 4m, slowest: 8m, stagger", "activities: \"\", stagger"},
      {"{probability: 5%, windows: [{from: 1h, to: 1h30m}]}", "{}"},
      {"probability: 5%", "probability: 0.05"},
      {"to: 1h30m}]", "until: 1h30m}]"},
      {"MinCapacity: 2", "min_capacity: 2"},
      {"MinCapacity: 2", "MinCapacity: \"2\""},
      {"TargetValue: 70", "TargetValue: 0"},
      {"PolicyType: TargetTrackingScaling", "PolicyType: StepScaling"},
      {"evaluation_range: N+2", "evaluation_range: 5"},
      {"zero_traffic: emit_zero", "zero_traffic: zero"},
      {"bill_startup: true", "bill_startup: yes"},
      {"- latency.p99 < 1s", "- latency.p99"},
      {"at: 5h30m, because", "on: 5h30m, because"},
  };
  for (const auto& [from, to] : mistakes) {
    const std::string text = replaced(kEverything, from, to);
    EXPECT_NE(complaint_about(text), "") << to;
    EXPECT_FALSE(tests::load(text, kFiles).scenario) << to;
  }
}

// Every key of the schema is known to the reader, wherever objects are closed.
TEST_F(ScenarioSchemaTest, NamesNoKeyThatTheReaderDoesNotKnow) {
  const auto expect_known = [](const json& object, const std::string& section) {
    for (const auto& [key, rule] : object.at("properties").items()) {
      const std::string path = section.empty() ? key : section + "." + key;
      const std::string messages =
          tests::load(kEverything, kFiles, {path + "={impossible: 1}"}).messages;
      EXPECT_THAT(messages, Not(HasSubstr("found '" + key + "'"))) << path;
    }
  };
  expect_known(document_, "");
  expect_known(document_["properties"]["run"], "run");
  expect_known(document_["properties"]["scaling"], "scaling");
  expect_known(document_["properties"]["assumptions"], "assumptions");
  expect_known(document_["definitions"]["endpoint"], "endpoint");
  expect_known(document_["definitions"]["endpoint"]["properties"]["queue"], "endpoint.queue");
  expect_known(document_["definitions"]["capacity_errors"], "endpoint.capacity_errors");
  for (const json& form : document_["definitions"]["startup"]["oneOf"]) {
    if (form.contains("properties")) expect_known(form, "endpoint.startup");
  }
  expect_known(document_["definitions"]["ScalableTarget"], "scaling.ScalableTargets[0]");
  expect_known(document_["definitions"]["ScalingPolicy"], "scaling.ScalingPolicies[0]");
}

// The defaults that the schema tells editors are those of the reader.
TEST_F(ScenarioSchemaTest, HasTheDefaultsOfTheReader) {
  const auto plain = tests::load(tests::smallest_with(""));
  ASSERT_TRUE(plain.scenario);
  const std::string expanded = expand_scenario(*plain.scenario);
  int compared = 0;
  const auto compare = [&](const json& object, const std::string& section) {
    for (const auto& [key, rule] : object.at("properties").items()) {
      if (!rule.is_object() || !rule.contains("default")) continue;
      const std::string change = section + "." + key + "=" + rule["default"].dump();
      const auto changed = tests::load(tests::smallest_with(""), {}, {change});
      ASSERT_TRUE(changed.scenario) << changed.messages;
      EXPECT_EQ(expand_scenario(*changed.scenario), expanded) << change;
      ++compared;
    }
  };
  compare(document_["properties"]["run"], "run");
  compare(document_["properties"]["assumptions"], "assumptions");
  compare(document_["definitions"]["endpoint"], "endpoint");
  compare(document_["definitions"]["endpoint"]["properties"]["queue"], "endpoint.queue");
  EXPECT_GE(compared, 41);
}

}  // namespace
}  // namespace sim
