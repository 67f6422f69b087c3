#include "sim/scenario/scenario_yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using tests::load;
using tests::smallest_with;

TEST(LoadScenario, TheSmallestFileHasAllDefaults) {
  const auto loaded = load(smallest_with(""));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const Scenario& scenario = *loaded.scenario;
  EXPECT_EQ(loaded.messages, "");
  EXPECT_EQ(scenario.name, "x");
  EXPECT_EQ(scenario.run.duration, Duration{1h});
  EXPECT_EQ(scenario.run.seed, 1U);
  EXPECT_EQ(scenario.run.start_text, "2026-01-05 00:00");
  EXPECT_EQ(scenario.run.start_unix_s, 1'767'571'200);
  EXPECT_EQ(scenario.run.weekday, 1);
  EXPECT_EQ(scenario.variants.front().variant.endpoint_name, "endpoint");
  EXPECT_EQ(scenario.variants.front().variant.variant_name, "AllTraffic");
  EXPECT_FALSE(scenario.variants.front().scalable_target);
  EXPECT_EQ(scenario.assumptions.metric_delay, Duration{60s});
  EXPECT_NE(scenario.variants.front().price_table, "");
}

TEST(LoadScenario, ReadsRunAndAssumptions) {
  const auto loaded = load(smallest_with(
      "name: morning\n"
      "run: {start: \"2026-03-02 08:00\", timezone: Europe/Berlin, duration: 6h, warm_up: 10m, "
      "seed: 42}\n"
      "assumptions: {metric_delay: 2m, alarm_phase: 7s, evaluation_range: N+1, "
      "old_breaching_point: ignored, target_tracking_points: newest, cooldown_starts: accepted, "
      "zero_traffic: sparse, bill_startup: false}\n"));
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  const RunSettings& run = loaded.scenario->run;
  EXPECT_EQ(loaded.scenario->name, "morning");
  EXPECT_EQ(run.start_unix_s, 1'772'434'800);
  EXPECT_EQ(run.utc_offset_minutes, 60);
  EXPECT_EQ(run.duration, Duration{6h});
  EXPECT_EQ(run.warm_up, Duration{10min});
  EXPECT_EQ(run.seed, 42U);
  const Assumptions& assumptions = loaded.scenario->assumptions;
  EXPECT_EQ(assumptions.metric_delay, Duration{2min});
  EXPECT_EQ(assumptions.alarm_phase, Duration{7s});
  EXPECT_EQ(assumptions.alarm.evaluation_range_extra, 1);
  EXPECT_EQ(assumptions.alarm.old_breaching_point, models::cloudwatch::OldBreachingPoint::Ignored);
  EXPECT_EQ(assumptions.scaling.target_tracking_points,
            models::autoscaling::TargetTrackingPoints::Newest);
  EXPECT_EQ(assumptions.scaling.cooldown_start, models::autoscaling::CooldownStart::Accepted);
  EXPECT_EQ(assumptions.zero_traffic, ZeroTraffic::Sparse);
  EXPECT_FALSE(assumptions.bill_startup);
}

TEST(LoadScenario, RefusesAWrongRun) {
  const auto message_of = [](const std::string& run) {
    return load(smallest_with("run: " + run + "\n")).messages;
  };
  EXPECT_THAT(message_of("{duration: 32d}"), HasSubstr("expected a duration of at most 744h"));
  EXPECT_THAT(message_of("{warm_up: 1h}"), HasSubstr("expected a warm_up shorter than the run"));
  EXPECT_THAT(message_of("{seed: -1}"), HasSubstr("expected a whole number of at least 0"));
  EXPECT_THAT(message_of("{start: yesterday}"), HasSubstr("expected a date and time such as"));
  EXPECT_THAT(message_of("{start: \"2026-03-29 02:30\", timezone: Europe/Berlin}"),
              HasSubstr("found '2026-03-29 02:30', which they skip"));
  EXPECT_THAT(message_of("{start: \"2026-10-25 02:30\", timezone: Europe/Berlin}"),
              HasSubstr("warning: the clocks of Europe/Berlin show 2026-10-25 02:30 twice"));
  EXPECT_THAT(message_of("5"), HasSubstr("expected run as a mapping"));
  EXPECT_THAT(message_of(""), HasSubstr("expected run as a mapping"));
}

TEST(LoadScenario, RefusesWrongAssumptions) {
  const auto message_of = [](const std::string& assumptions) {
    return load(smallest_with("assumptions: " + assumptions + "\n")).messages;
  };
  EXPECT_THAT(message_of("{alarm_phase: 60s}"), HasSubstr("expected a duration of at most 59s"));
  EXPECT_THAT(message_of("{evaluation_range: 5}"), HasSubstr("expected N, or N+1 to N+100"));
  EXPECT_THAT(message_of("{evaluation_range: N+101}"), HasSubstr("expected N, or N+1 to N+100"));
  EXPECT_THAT(message_of("{zero_traffic: sparce}"), HasSubstr("did you mean 'sparse'?"));
  EXPECT_THAT(message_of("{bill_startup: yes}"), HasSubstr("expected true or false, found 'yes'"));
}

TEST(LoadScenario, TheVersionIsOne) {
  const std::string rest = tests::kTraffic + tests::kEndpoint;
  EXPECT_THAT(load("version: 2\n" + rest).messages, HasSubstr("found '2'"));
  EXPECT_THAT(load("version: \"1\"\n" + rest).messages, HasSubstr("expected version 1"));
  EXPECT_THAT(load(rest).messages, HasSubstr("expected the key 'version' in the scenario"));
}

TEST(LoadScenario, TellsAllThatIsMissingAtOnce) {
  const std::string messages = load("name: x\n").messages;
  EXPECT_THAT(messages, HasSubstr("the key 'version'"));
  EXPECT_THAT(messages, HasSubstr("the key 'traffic'"));
  EXPECT_THAT(messages, HasSubstr("the key 'endpoint'"));
}

TEST(LoadScenario, AnEmptyFileShowsTheSmallest) {
  EXPECT_THAT(load("").messages,
              HasSubstr("found an empty file\n  hint: the smallest is {version"));
  EXPECT_THAT(load("[]").messages, HasSubstr("expected the scenario as a mapping"));
}

TEST(LoadScenario, AnchorsSaveWords) {
  const auto loaded =
      load("version: 1\n" + tests::kEndpoint +
           "traffic:\n  a: &a {rate: 5/s, duration: 10m}\n  b: {<<: *a, begins: 5m}\n");
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.scenario->run.duration, Duration{15min});
}

TEST(LoadScenario, AWrongAnchorIsToldOnce) {
  const std::string messages =
      load("version: 1\n" + tests::kEndpoint + "traffic:\n  a: &a {rate: 5}\n  b: *a\n").messages;
  EXPECT_EQ(messages.find("error:"), messages.rfind("error:")) << messages;
}

TEST(LoadScenario, AFileThatIsNotThereIsAnError) {
  Diagnostics diagnostics;
  EXPECT_FALSE(load_scenario_file("absent.yaml", LoadOptions{}, diagnostics));
  EXPECT_EQ(diagnostics.render_all(), "absent.yaml: error: expected a file, found no such file\n");
}

TEST(LoadScenario, EmptyListsOfScalingAreNone) {
  EXPECT_EQ(load(smallest_with("scaling: {ScheduledActions: [], MetricAlarms: []}\n")).messages,
            "");
}

}  // namespace
}  // namespace sim
