// Checks alarms against AWS's own examples, once as a pattern and once as measured minutes in a
// metric store.
#include <gtest/gtest.h>

#include <string>

#include "models/cloudwatch/alarm.hpp"
#include "tests/support/alarm_pattern.hpp"
#include "tests/support/shared_vectors.hpp"

namespace models::cloudwatch {
namespace {

constexpr const char* kFile = "alarm_vectors.csv";

struct Example {
  MissingDataRule rule;
  std::int32_t range = 0;
  std::vector<PointState> newest_first;
  std::string expected;
};

Example example_of(const tests::VectorRow& row) {
  Example example;
  example.rule.datapoints_to_alarm = std::stoi(row.at("M_datapoints_to_alarm"));
  example.rule.evaluation_periods = std::stoi(row.at("N_evaluation_periods"));
  example.rule.treat_missing_data = treat_missing_data_from(row.at("treat_missing_data")).value();
  example.range = std::stoi(row.at("evaluation_range"));
  example.newest_first = tests::newest_first(row.at("pattern_oldest_to_newest"));
  example.newest_first.resize(static_cast<std::size_t>(example.range));  // older ones are not seen
  example.expected = row.at("resulting_state");
  return example;
}

void expect_state(const std::optional<AlarmState>& state, const std::string& expected) {
  if (expected == "NOT_ALARM") {
    EXPECT_NE(state, AlarmState::Alarm);
  } else {
    EXPECT_EQ(state ? std::string{to_string(*state)} : "RETAIN", expected);
  }
}

TEST(AlarmVectors, EvaluateAsAwsTellsEveryPattern) {
  const auto rows = tests::read_vectors(kFile);
  HEADROOM_SKIP_WITHOUT(rows, kFile);
  ASSERT_FALSE(rows->empty());
  for (const tests::VectorRow& row : *rows) {
    SCOPED_TRACE(row.at("id") + ": " + row.at("pattern_oldest_to_newest"));
    const Example example = example_of(row);
    const RangeVerdict verdict = evaluate_range(example.newest_first, example.rule);
    expect_state(verdict.state, example.expected);
    const std::string& filled = row.at("points_filled");
    if (!filled.empty()) {
      EXPECT_EQ(verdict.filled, std::stoi(filled));
    }
  }
}

TEST(AlarmVectors, EvaluateAsAwsTellsWhenMeasured) {
  const auto rows = tests::read_vectors(kFile);
  HEADROOM_SKIP_WITHOUT(rows, kFile);
  for (const tests::VectorRow& row : *rows) {
    SCOPED_TRACE(row.at("id") + ": " + row.at("pattern_oldest_to_newest"));
    const Example example = example_of(row);
    if (example.expected == "RETAIN") continue;  // a measured alarm shows its state before
    MetricStore store{std::chrono::seconds{60}};
    AlarmConfiguration configuration;
    configuration.metric = {"AWS/SageMaker", "Invocations", {}};
    configuration.evaluation_periods = example.rule.evaluation_periods;
    configuration.datapoints_to_alarm = example.rule.datapoints_to_alarm;
    configuration.treat_missing_data = example.rule.treat_missing_data;
    configuration.threshold = 3;
    AlarmRules rules;
    rules.evaluation_range_extra = example.range - example.rule.evaluation_periods;
    const MetricHandle metric = store.register_metric(configuration.metric, "None");
    Alarm alarm{configuration, rules, store, 0};
    for (std::int32_t k = 0; k < example.range; ++k) {
      const PointState point =
          example.newest_first[static_cast<std::size_t>(example.range - 1 - k)];
      if (point == PointState::Missing) continue;
      Datapoint datapoint{core::kStart + std::chrono::minutes{k}, {}};
      datapoint.statistics.add(point == PointState::Breaching ? 4 : 3);
      store.put(metric, datapoint, store.usually_visible_at(metric, datapoint));
    }
    const SimTime now = core::kStart + std::chrono::minutes{example.range + 1};
    expect_state(alarm.evaluate(store, now).state, example.expected);
  }
}

}  // namespace
}  // namespace models::cloudwatch
