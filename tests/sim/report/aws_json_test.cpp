#include "sim/report/aws_json.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/sim/report/approved_text.hpp"
#include "tests/sim/report/sample_run.hpp"

namespace sim {
namespace {

constexpr std::int64_t kMonday = 1772434800;  // 2026-03-02 07:00 UTC

TEST(AwsJson, ListsActivitiesNewestFirst) {
  std::ostringstream out;
  JsonWriter json(out, 2);
  write_activities_document(json, sample_run().result.activities, kMonday);
  EXPECT_EQ(difference_from_approved(out.str(), "activities.json"), "");
}

TEST(AwsJson, LeavesTheEndOfAnActivityInProgressOut) {
  SampleRun run = sample_run();
  run.result.activities.resize(1);
  run.result.activities[0].end_time.reset();
  run.result.activities[0].status = models::autoscaling::ActivityStatus::InProgress;
  std::ostringstream out;
  JsonWriter json(out, 2);
  write_activities_document(json, run.result.activities, kMonday);
  const JsonTree activity = JsonTree::parse(out.str())["ScalingActivities"][0];
  EXPECT_EQ(activity["StatusCode"], "InProgress");
  EXPECT_FALSE(activity.contains("EndTime"));
}

TEST(AwsJson, DescribesAlarmsAndTheirHistory) {
  std::ostringstream out;
  JsonWriter json(out, 2);
  write_alarms_document(json, sample_run().result.alarms, kMonday);
  EXPECT_EQ(difference_from_approved(out.str(), "alarms.json"), "");
}

TEST(AwsJson, PutsTheHistoryOfAllAlarmsIntoOneOrder) {
  using models::cloudwatch::AlarmState;
  SampleRun run = sample_run();
  AlarmRecord low = run.result.alarms[0];
  low.configuration.name = "low";
  low.history = {{core::kStart, AlarmState::InsufficientData, AlarmState::Ok, ""},
                 {core::kStart + std::chrono::hours{1}, AlarmState::Ok, AlarmState::Alarm, ""}};
  run.result.alarms.push_back(low);
  std::ostringstream out;
  JsonWriter json(out, 2);
  write_alarms_document(json, run.result.alarms, kMonday);
  const JsonTree items = JsonTree::parse(out.str())["AlarmHistoryItems"];
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0]["Timestamp"], "2026-03-02T08:00:00+00:00");
  EXPECT_EQ(items[1]["AlarmName"], run.result.alarms[0].configuration.name);
  EXPECT_EQ(items[2]["HistorySummary"], "Alarm updated from INSUFFICIENT_DATA to OK");
  EXPECT_EQ(JsonTree::parse(items[0]["HistoryData"].get<std::string>())["newState"]["stateValue"],
            "ALARM");
}

}  // namespace
}  // namespace sim
