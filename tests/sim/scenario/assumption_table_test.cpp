// Holds the schema and the documentation to the table of assumptions, and the table to the fields.

#include "sim/scenario/assumption_table.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "sim/scenario/scenario_schema.hpp"
#include "sim/scenario/scenario_writer.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using nlohmann::ordered_json;
using testing::ElementsAreArray;
using testing::HasSubstr;

std::vector<std::string> names_of_keys() {
  std::vector<std::string> names;
  for (const AssumptionKey& key : assumption_keys()) names.emplace_back(key.name);
  return names;
}

tests::Loaded load_assuming(const std::string& name, const std::string& value) {
  return tests::load(tests::smallest_with(fmt::format("assumptions: {{{}: {}}}\n", name, value)));
}

std::vector<std::string> texts_of(const Assumptions& assumptions) {
  std::vector<std::string> texts;
  for (const AssumptionKey& key : assumption_keys()) {
    texts.push_back(assumption_text(key, assumptions));
  }
  return texts;
}

std::string default_of(const AssumptionKey& key) { return assumption_text(key, Assumptions{}); }

// Values that a key takes, the default first; of durations and ranges their bounds too.
std::vector<std::string> values_of(const AssumptionKey& key) {
  std::vector<std::string> values = {default_of(key)};
  if (const auto* choice = std::get_if<AssumedChoice>(&key.kind)) {
    values.assign(choice->names.begin(), choice->names.end());
  } else if (const auto* duration = std::get_if<AssumedDuration>(&key.kind)) {
    values.push_back(duration->zero == Zero::Allowed ? "0s" : "1ns");
    values.push_back(format_duration(duration->most));
  } else if (const auto* range = std::get_if<AssumedRange>(&key.kind)) {
    values.emplace_back("N");
    values.push_back(fmt::format("N+{}", range->most));
  } else {
    values.emplace_back(values.front() == "true" ? "false" : "true");
  }
  return values;
}

TEST(AssumptionTable, NamesEachKeyOnceAndSaysWhatItMeans) {
  const std::vector<std::string> names = names_of_keys();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  for (const AssumptionKey& key : assumption_keys()) {
    EXPECT_TRUE(key.meaning.ends_with('.')) << key.name;
  }
}

TEST(AssumptionTable, HasEveryOpenQuestion) {
  std::set<std::string> questions;
  for (const AssumptionKey& key : assumption_keys()) questions.emplace(key.choice);
  for (int number = 1; number <= 26; ++number) {
    EXPECT_EQ(questions.count(fmt::format("S-{:02}", number)), 1U) << number;
  }
}

TEST(AssumptionTable, PutsTheDefaultFirst) {
  for (const AssumptionKey& key : assumption_keys()) {
    EXPECT_EQ(values_of(key).front(), default_of(key)) << key.name;
  }
}

// A value reaches its own field, which no other key shares, and comes back when written.
TEST(AssumptionTable, EachValueChangesItsKeyAlone) {
  const std::vector<std::string> defaults = texts_of({});
  for (std::size_t index = 0; index < assumption_keys().size(); ++index) {
    const AssumptionKey& key = assumption_keys()[index];
    for (const std::string& value : values_of(key)) {
      const auto loaded = load_assuming(std::string(key.name), value);
      ASSERT_TRUE(loaded.scenario) << loaded.messages;
      std::vector<std::string> expected = defaults;
      expected[index] = value;
      EXPECT_THAT(texts_of(loaded.scenario->assumptions), ElementsAreArray(expected)) << key.name;
      const std::string expanded = expand_scenario(*loaded.scenario);
      EXPECT_THAT(expanded, HasSubstr(fmt::format("  {}: {}\n", key.name, value)));
      const auto again = tests::load(expanded);
      ASSERT_TRUE(again.scenario) << again.messages;
      EXPECT_EQ(expand_scenario(*again.scenario), expanded);
    }
  }
}

TEST(AssumptionTable, RefusesWhatIsNoValue) {
  for (const AssumptionKey& key : assumption_keys()) {
    for (const std::string value : {"surely", "5", "[]", "{}"}) {
      const auto loaded = load_assuming(std::string(key.name), value);
      EXPECT_FALSE(loaded.scenario) << key.name << ": " << value;
      EXPECT_THAT(loaded.messages, HasSubstr("error: expected ")) << key.name;
    }
  }
}

TEST(AssumptionTable, RefusesDurationsBeyondTheirBounds) {
  for (const AssumptionKey& key : assumption_keys()) {
    const auto* duration = std::get_if<AssumedDuration>(&key.kind);
    if (duration == nullptr) continue;
    const std::string name(key.name);
    EXPECT_THAT(load_assuming(name, format_duration(duration->most + 1ns)).messages,
                HasSubstr("expected a duration of at most " + format_duration(duration->most)));
    EXPECT_EQ(load_assuming(name, "0s").scenario.has_value(), duration->zero == Zero::Allowed);
  }
}

TEST(AssumptionTable, TheSchemaSaysTheSame) {
  const ordered_json schema =
      ordered_json::parse(kScenarioSchema)["properties"]["assumptions"]["properties"];
  std::vector<std::string> names;
  for (const auto& [name, rule] : schema.items()) names.push_back(name);
  ASSERT_THAT(names, ElementsAreArray(names_of_keys()));
  for (const AssumptionKey& key : assumption_keys()) {
    const ordered_json& rule = schema.at(std::string(key.name));
    EXPECT_EQ(rule.at("description"), key.meaning);
    const ordered_json& default_value = rule.at("default");
    const std::string value =
        default_value.is_string() ? default_value.get<std::string>() : default_value.dump();
    const auto loaded = load_assuming(std::string(key.name), value);
    ASSERT_TRUE(loaded.scenario) << loaded.messages;
    EXPECT_EQ(assumption_text(key, loaded.scenario->assumptions), default_of(key)) << key.name;
    EXPECT_EQ(rule.contains("enum"), std::holds_alternative<AssumedChoice>(key.kind)) << key.name;
    if (rule.contains("enum")) {
      EXPECT_EQ(rule["enum"].get<std::vector<std::string>>(), values_of(key)) << key.name;
    }
    EXPECT_EQ(rule.value("type", "") == "boolean", std::holds_alternative<AssumedBoolean>(key.kind))
        << key.name;
  }
}

// The first three cells of a key's row: its name, its question, its values.
std::string documented(const AssumptionKey& key) {
  std::string values = fmt::format("`{}`", default_of(key));
  if (const auto* duration = std::get_if<AssumedDuration>(&key.kind)) {
    values += fmt::format("; {}at most `{}`", duration->zero == Zero::Refused ? "above `0s`, " : "",
                          format_duration(duration->most));
  } else if (const auto* range = std::get_if<AssumedRange>(&key.kind)) {
    values += fmt::format("; `N` to `N+{}`", range->most);
  } else {
    const std::vector<std::string> all = values_of(key);
    for (std::size_t index = 1; index < all.size(); ++index) {
      values += fmt::format(", `{}`", all[index]);
    }
  }
  return fmt::format("| `{}` | {} | {} | ", key.name, key.choice.empty() ? "–" : key.choice,
                     values);
}

TEST(AssumptionTable, ItsPageSaysTheSame) {
  std::ifstream page("docs/models/assumptions.md");
  ASSERT_TRUE(page);
  std::vector<std::string> rows;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("| `") && !line.starts_with("| `tests/")) rows.push_back(line);
  }
  ASSERT_EQ(rows.size(), assumption_keys().size());
  for (std::size_t index = 0; index < rows.size(); ++index) {
    const AssumptionKey& key = assumption_keys()[index];
    EXPECT_THAT(rows[index], testing::StartsWith(documented(key)));
    EXPECT_EQ(std::count(rows[index].begin(), rows[index].end(), '|'), 6) << key.name;
  }
}

// Which field a key is, and which enumerator a spelling: the second value of each.
TEST(AssumptionTable, SpellingsMeanWhatTheySay) {
  std::string lines = "assumptions:\n";
  for (const AssumptionKey& key : assumption_keys()) {
    if (std::holds_alternative<AssumedChoice>(key.kind)) {
      lines += fmt::format("  {}: {}\n", key.name, values_of(key)[1]);
    }
  }
  lines +=
      "  high_resolution_metric_delay: 20s\n  high_resolution_action_interval: 10s\n"
      "  scale_out_delays_scale_in: true\n";
  const auto loaded = tests::load(tests::smallest_with(lines));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const Assumptions& a = loaded.scenario->assumptions;
  EXPECT_EQ(a.high_resolution_metric_delay, Duration{20s});
  EXPECT_EQ(a.zero_traffic, ZeroTraffic::Sparse);
  EXPECT_EQ(a.zero_samples, ZeroSamples::OnePerInstance);
  EXPECT_EQ(a.instances_counted, InstancesCounted::AtPeriodEnd);
  EXPECT_EQ(a.timeout_error, TimeoutError::ServerError);
  EXPECT_EQ(a.stopping_requests, StoppingRequests::Finished);
  EXPECT_EQ(a.recommender_spawn, RecommenderSpawn::PerSecond);
  EXPECT_EQ(a.recommender_stairs, RecommenderStairs::Total);
  using namespace models::cloudwatch;
  EXPECT_EQ(a.alarm.old_breaching_point, OldBreachingPoint::Ignored);
  EXPECT_EQ(a.alarm.young_breaching_point, YoungBreachingPoint::Ok);
  EXPECT_EQ(a.alarm.premature_alarm, PrematureAlarm::Text);
  EXPECT_EQ(a.alarm.high_resolution_action_interval, Duration{10s});
  using namespace models::autoscaling;
  EXPECT_EQ(a.scaling.target_tracking_points, TargetTrackingPoints::Newest);
  EXPECT_EQ(a.scaling.flapping_prediction, FlappingPrediction::Off);
  EXPECT_EQ(a.scaling.target_tracking_at_zero, TargetTrackingAtZero::One);
  EXPECT_EQ(a.scaling.concurrency_statistic, ConcurrencyStatistic::Average);
  EXPECT_EQ(a.scaling.step_at_threshold, StepAtThreshold::Above);
  EXPECT_EQ(a.scaling.uncovered_value, UncoveredValue::NearestStep);
  EXPECT_EQ(a.scaling.percent_of_zero, PercentOfZero::One);
  EXPECT_EQ(a.scaling.formula_capacity, FormulaCapacity::InService);
  EXPECT_EQ(a.scaling.while_updating, WhileUpdating::Override);
  EXPECT_EQ(a.scaling.cooldown_start, CooldownStart::Accepted);
  EXPECT_EQ(a.scaling.cooldown_scope, CooldownScope::Target);
  EXPECT_EQ(a.scaling.scale_out_delays_scale_in, ScaleOutDelaysScaleIn::Yes);
  EXPECT_EQ(a.scaling.simultaneous_scheduled_actions, SimultaneousScheduledActions::NameOrder);
  EXPECT_EQ(a.schedule.first_rate_run, FirstRateRun::Creation);
  EXPECT_EQ(a.schedule.gap, LocalTimeGap::ShiftForward);
  EXPECT_EQ(a.schedule.fold, LocalTimeFold::Last);
  EXPECT_EQ(a.schedule.numeric_day_of_week, NumericDayOfWeek::MondayFirst);
}

TEST(AssumptionTable, ThirdSpellingsMeanWhatTheySay) {
  const auto loaded = tests::load(tests::smallest_with(
      "assumptions: {concurrency_statistic: Minimum, step_at_threshold: below, "
      "daylight_saving_fold: both}\n"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const Assumptions& a = loaded.scenario->assumptions;
  using namespace models::autoscaling;
  EXPECT_EQ(a.scaling.concurrency_statistic, ConcurrencyStatistic::Minimum);
  EXPECT_EQ(a.scaling.step_at_threshold, StepAtThreshold::Below);
  EXPECT_EQ(a.schedule.fold, LocalTimeFold::Both);
}

}  // namespace
}  // namespace sim
