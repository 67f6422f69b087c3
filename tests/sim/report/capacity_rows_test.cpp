#include "sim/report/capacity_rows.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "tests/sim/report/sample_run.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;

TEST(CapacityRows, TellTheDecisionBehindAChange) {
  const std::vector<CapacityRow> rows = capacity_rows(sample_run().result);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].why, "initial capacity");
  EXPECT_FALSE(rows[0].decided_at);
  EXPECT_EQ(rows[1].in_service, 2);
  EXPECT_EQ(rows[1].at, core::kStart + 3min + 7s);
  EXPECT_EQ(rows[1].decided_at, core::kStart + 2min);
  EXPECT_EQ(rows[1].why,
            "AlarmHigh of policy invocations: InvocationsPerInstance averaged over 1 datapoint "
            "6000, target 5000: 1 x 6000 / 5000 = 1.2, so a capacity of 2 (datapoint 6,000)");
}

std::string why_with_values(const std::vector<double>& newest_first) {
  SampleRun run = sample_run();
  DecisionRecord record = run.result.decisions[0];
  record.decision.datapoints.clear();
  for (const double value : newest_first) {
    record.decision.datapoints.push_back({core::kStart, value, true});
  }
  run.result.decisions = {};
  run.result.decisions.add(record.at, 0, record.decision);
  return capacity_rows(run.result)[1].why;
}

TEST(CapacityRows, SumUpManyDatapoints) {
  EXPECT_TRUE(why_with_values({0, 100, 1400, 7, 8, 9}).ends_with("(6 datapoints, 0 to 1,400)"));
  EXPECT_TRUE(why_with_values({5, 5, 5, 5, 5, 5}).ends_with("(6 datapoints, all 5)"));
  EXPECT_TRUE(why_with_values({0, 100, 200}).ends_with("(datapoints 200, 100, 0)"));
}

TEST(CapacityRows, SayOnceWhatSeveralInstancesHaveInCommon) {
  SampleRun run = sample_run();
  CapacityChange third = run.result.capacity_changes[1];
  third.at += 20s;
  third.in_service = 3;
  run.result.capacity_changes.push_back(third);
  const std::vector<CapacityRow> rows = capacity_rows(run.result);
  EXPECT_EQ(rows[2].why, "the same decision");
  EXPECT_EQ(rows[2].decided_at, rows[1].decided_at);
}

TEST(CapacityRows, OfAChangeOfBoundsTellItsCause) {
  SampleRun run = sample_run();
  run.result.decisions = {};
  run.result.activities[0].cause = "minimum capacity was set to 2";
  run.result.capacity_changes[1].cause = "minimum capacity was set to 2";
  EXPECT_EQ(capacity_rows(run.result)[1].why, "minimum capacity was set to 2");
}

TEST(ShortAlarmName, IsTheSideOfAnAlarmThatTargetTrackingOwns) {
  EXPECT_EQ(short_alarm_name("TargetTracking-endpoint/x/variant/y-AlarmLow-1-2"), "AlarmLow");
  EXPECT_EQ(short_alarm_name("my AlarmLow"), "my AlarmLow");
}

}  // namespace
}  // namespace sim
