#include "models/cloudwatch/alarm.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace models::cloudwatch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

SimTime at(std::int64_t minute) { return core::kStart + minutes{minute}; }

const MetricId kCpu{"/aws/sagemaker/Endpoints", "CPUUtilization", {{"EndpointName", "shop"}}};

AlarmConfiguration hot(std::int32_t m, std::int32_t n) {
  AlarmConfiguration alarm;
  alarm.name = "hot";
  alarm.metric = kCpu;
  alarm.evaluation_periods = n;
  alarm.datapoints_to_alarm = m;
  alarm.threshold = 50;
  return alarm;
}

class AlarmTest : public testing::Test {
 protected:
  Alarm make(const AlarmConfiguration& configuration) { return {configuration, {}, store, 0}; }
  // A minute passes with this value; the alarm is evaluated as it becomes visible.
  const AlarmEvaluation& next(Alarm& alarm, std::optional<double> value) {
    if (value) {
      Datapoint datapoint{at(minute), {}};
      datapoint.statistics.add(*value);
      store.put(metric, datapoint, at(minute + 1));
    }
    ++minute;
    return alarm.evaluate(store, at(minute));
  }

  MetricStore store{seconds{0}};
  MetricHandle metric = store.register_metric(kCpu, "Percent");
  std::int64_t minute = 0;
};

TEST_F(AlarmTest, StartsWithoutEnoughDataAndActsOnlyOnceThreeMinutesBreach) {
  Alarm alarm = make(hot(3, 3));
  EXPECT_EQ(alarm.state(), AlarmState::InsufficientData);
  EXPECT_FALSE(next(alarm, std::nullopt).changed);
  EXPECT_EQ(next(alarm, 60).state, AlarmState::Ok);
  EXPECT_EQ(next(alarm, 61).state, AlarmState::Ok);
  const AlarmEvaluation& third = next(alarm, 62);
  EXPECT_EQ(third.state, AlarmState::Alarm);
  EXPECT_EQ(third.previous_state, AlarmState::Ok);
  EXPECT_TRUE(third.changed);
  EXPECT_TRUE(third.action_due);
  ASSERT_EQ(third.datapoints.size(), 3U);
  EXPECT_EQ(third.datapoints[0].start, at(3));
  EXPECT_EQ(third.datapoints[0].value, 62);
  EXPECT_EQ(third.datapoints[2].value, 60);
}

TEST_F(AlarmTest, RepeatsItsActionEveryMinuteUntilItIsOk) {
  Alarm alarm = make(hot(1, 1));
  EXPECT_TRUE(next(alarm, 60).action_due);
  const AlarmEvaluation& again = next(alarm, 60);
  EXPECT_FALSE(again.changed);
  EXPECT_TRUE(again.action_due);
  EXPECT_FALSE(next(alarm, 40).action_due);
  ASSERT_EQ(alarm.history().size(), 2U);
  EXPECT_EQ(alarm.history()[0].at, at(1));
  EXPECT_EQ(alarm.history()[1].at, at(3));
  EXPECT_EQ(alarm.history()[1].from, AlarmState::Alarm);
  EXPECT_EQ(alarm.history()[1].to, AlarmState::Ok);
}

TEST_F(AlarmTest, DoesNotActWithItsActionsDisabled) {
  AlarmConfiguration configuration = hot(1, 1);
  configuration.actions_enabled = false;
  Alarm alarm = make(configuration);
  EXPECT_EQ(next(alarm, 60).state, AlarmState::Alarm);
  EXPECT_FALSE(alarm.last_evaluation().action_due);
}

TEST_F(AlarmTest, LosesItsStateWhenTheMetricStopsUnlessMissingDataIsIgnored) {
  AlarmConfiguration ignoring = hot(1, 1);
  ignoring.treat_missing_data = TreatMissingData::Ignore;
  Alarm missing = make(hot(1, 1));
  Alarm ignore = make(ignoring);
  next(missing, 60);
  ignore.evaluate(store, at(minute));
  // the range of N+2 still shows the old point for two more minutes.
  for (int k = 0; k < 2; ++k) {
    EXPECT_EQ(next(missing, std::nullopt).state, AlarmState::Alarm);
    EXPECT_EQ(ignore.evaluate(store, at(minute)).state, AlarmState::Alarm);
  }
  EXPECT_EQ(next(missing, std::nullopt).state, AlarmState::InsufficientData);
  EXPECT_EQ(missing.history().back().reason, "Insufficient Data: 1 datapoint was unknown.");
  EXPECT_EQ(ignore.evaluate(store, at(minute)).state, AlarmState::Alarm);
  EXPECT_TRUE(ignore.last_evaluation().action_due);
}

TEST_F(AlarmTest, NeverHasDataWithAWrongUnitOrAnUnknownMetric) {
  AlarmConfiguration wrong_unit = hot(1, 1);
  wrong_unit.unit = "Count";
  AlarmConfiguration unknown = hot(1, 1);
  unknown.metric.name = "CpuUtilization";
  AlarmConfiguration right_unit = hot(1, 1);
  right_unit.unit = "Percent";
  Alarm first = make(wrong_unit);
  Alarm second = make(unknown);
  Alarm third = make(right_unit);
  next(third, 60);
  EXPECT_EQ(first.evaluate(store, at(minute)).state, AlarmState::InsufficientData);
  EXPECT_EQ(second.evaluate(store, at(minute)).state, AlarmState::InsufficientData);
  EXPECT_EQ(third.state(), AlarmState::Alarm);
}

TEST_F(AlarmTest, AggregatesLongPeriodsFromMinutesAndSlides) {
  AlarmConfiguration configuration = hot(1, 1);
  configuration.period = minutes{5};
  configuration.statistic = Statistic::Sum;
  configuration.threshold = 4;
  Alarm alarm = make(configuration);
  for (int k = 0; k < 4; ++k) EXPECT_NE(next(alarm, 1).state, AlarmState::Alarm);
  EXPECT_EQ(next(alarm, 1).state, AlarmState::Alarm);
  EXPECT_EQ(next(alarm, 0).state, AlarmState::Ok);
  EXPECT_EQ(next(alarm, 2).state, AlarmState::Alarm);
  EXPECT_EQ(alarm.last_evaluation().datapoints[0].start, at(2));
  EXPECT_EQ(alarm.last_evaluation().datapoints[0].value, 5);
}

TEST_F(AlarmTest, WritesTimestampsOfTheWallClockIntoItsHistory) {
  Alarm alarm{hot(1, 1), {}, store, 1'751'531'220};
  next(alarm, 60);
  EXPECT_EQ(alarm.history().back().reason,
            "Threshold Crossed: 1 out of the last 1 datapoints [60.0 (03/07/25 08:27:00)] was "
            "greater than the threshold (50.0) (minimum 1 datapoint for OK -> ALARM transition).");
}

TEST_F(AlarmTest, GivesTheDataOfItsReasons) {
  AlarmConfiguration configuration = hot(2, 3);
  configuration.treat_missing_data = TreatMissingData::Missing;
  Alarm alarm = make(configuration);
  next(alarm, 60);
  next(alarm, 40);
  next(alarm, 70);
  const StateReasonData& alarmed = alarm.history().back().reason_data;
  EXPECT_EQ(alarmed.query_date, at(3));
  EXPECT_EQ(alarmed.start_date, at(0));
  EXPECT_EQ(alarmed.statistic, Statistic::Average);
  EXPECT_EQ(alarmed.period, minutes{1});
  EXPECT_EQ(alarmed.threshold, 50);
  EXPECT_EQ(alarmed.recent_datapoints, (std::vector<double>{60, 40, 70}));
  // The two that breach, the newest first.
  ASSERT_EQ(alarmed.evaluated_datapoints.size(), 2U);
  EXPECT_EQ(alarmed.evaluated_datapoints[0].timestamp, at(2));
  EXPECT_EQ(alarmed.evaluated_datapoints[0].value, 70);
  EXPECT_EQ(alarmed.evaluated_datapoints[0].sample_count, 1);
  EXPECT_EQ(alarmed.evaluated_datapoints[1].timestamp, at(0));
  // Two that do not breach end it.
  next(alarm, 30);
  const StateReasonData& ended = alarm.history().back().reason_data;
  ASSERT_EQ(ended.evaluated_datapoints.size(), 2U);
  EXPECT_EQ(ended.evaluated_datapoints[0].value, 30);
  EXPECT_EQ(ended.evaluated_datapoints[1].value, 40);
  for (int k = 0; k < 5; ++k) next(alarm, std::nullopt);
  const StateReasonData& unknown = alarm.history().back().reason_data;
  EXPECT_EQ(alarm.state(), AlarmState::InsufficientData);
  EXPECT_EQ(unknown.start_date, std::nullopt);
  EXPECT_TRUE(unknown.recent_datapoints.empty());
  ASSERT_EQ(unknown.evaluated_datapoints.size(), 3U);
  EXPECT_EQ(unknown.evaluated_datapoints[0].timestamp, at(8));
  EXPECT_EQ(unknown.evaluated_datapoints[2].timestamp, at(6));
  EXPECT_EQ(unknown.evaluated_datapoints[0].value, std::nullopt);
}

TEST_F(AlarmTest, IsEvaluatedEveryMinute) {
  Alarm alarm = make(hot(1, 1));
  EXPECT_EQ(alarm.evaluation_interval(), minutes{1});
  EXPECT_TRUE(alarm.is_due(store, at(0)));
  alarm.evaluate(store, at(0) + seconds{10});
  EXPECT_EQ(alarm.last_evaluation().at, at(0) + seconds{10});
  EXPECT_FALSE(alarm.is_due(store, at(1) + seconds{10} - Duration{1}));
  EXPECT_TRUE(alarm.is_due(store, at(1) + seconds{10}));
}

//
TEST_F(AlarmTest, WarmsUpUntilItsPeriodsAreFilled) {
  AlarmConfiguration configuration = hot(1, 2);
  configuration.warm_up = WarmUpConfiguration{minutes{30}, false};
  Alarm alarm = make(configuration);
  EXPECT_TRUE(next(alarm, 60).in_warm_up);
  EXPECT_EQ(alarm.state(), AlarmState::InsufficientData);
  EXPECT_FALSE(alarm.last_evaluation().action_due);
  EXPECT_FALSE(next(alarm, 60).in_warm_up);
  EXPECT_EQ(alarm.state(), AlarmState::Alarm);
  // It does not come back.
  for (int k = 0; k < 6; ++k) EXPECT_FALSE(next(alarm, std::nullopt).in_warm_up);
}

TEST_F(AlarmTest, WarmsUpForItsWholeTimeWhenTold) {
  AlarmConfiguration configuration = hot(1, 1);
  configuration.treat_missing_data = TreatMissingData::Breaching;
  configuration.warm_up = WarmUpConfiguration{minutes{3}, true};
  Alarm alarm = make(configuration);
  for (int k = 0; k < 3; ++k) EXPECT_EQ(next(alarm, 60).state, AlarmState::InsufficientData);
  EXPECT_EQ(next(alarm, std::nullopt).state, AlarmState::Alarm);
  EXPECT_EQ(alarm.history().front().at, at(4));
}

// R-050c.
TEST_F(AlarmTest, LooksAtWholePeriodsOfTheClockWhenTold) {
  AlarmConfiguration configuration = hot(1, 1);
  configuration.period = minutes{5};
  configuration.statistic = Statistic::Sum;
  configuration.evaluation_window = EvaluationWindow::WallClockWindow;
  Alarm alarm{configuration, {}, store, 120};  // the run starts at 00:02
  // Minutes 3 to 7 of the run are 00:05 to 00:10.
  for (int k = 0; k < 7; ++k) next(alarm, 11);
  EXPECT_EQ(alarm.last_evaluation().datapoints.size(), 1U);
  EXPECT_EQ(alarm.last_evaluation().datapoints[0].start, at(-2));
  EXPECT_EQ(alarm.last_evaluation().datapoints[0].value, 33);
  EXPECT_EQ(next(alarm, 11).datapoints[0].start, at(3));
  EXPECT_EQ(alarm.state(), AlarmState::Alarm);
  // Nothing older than the one period is looked at.
  for (int k = 0; k < 4; ++k) EXPECT_EQ(next(alarm, std::nullopt).state, AlarmState::Alarm);
  EXPECT_EQ(next(alarm, std::nullopt).state, AlarmState::InsufficientData);
}

TEST(FloorOnClock, FollowsTheWallClockAndItsOffset) {
  using std::chrono::days;
  using std::chrono::hours;
  constexpr std::int64_t kStart = 1'772'441'880;  // Monday, 2 March 2026, 08:58 UTC
  EXPECT_EQ(floor_on_clock(at(3), hours{1}, kStart), at(2));
  EXPECT_EQ(floor_on_clock(at(2), hours{1}, kStart), at(2));
  EXPECT_EQ(floor_on_clock(at(2) - Duration{1}, hours{1}, kStart), at(-58));
  EXPECT_EQ(floor_on_clock(at(0), hours{24}, kStart), at(-8 * 60 - 58));
  EXPECT_EQ(floor_on_clock(at(0), days{7}, kStart), at(-8 * 60 - 58));
  EXPECT_EQ(floor_on_clock(at(-9 * 60), days{7}, kStart), at(-8 * 60 - 58 - 7 * 1440));
  // Half past five hours east, hours begin at half past.
  EXPECT_EQ(floor_on_clock(at(0), hours{1}, kStart, minutes{330}), at(-28));
  EXPECT_EQ(floor_on_clock(at(0), hours{24}, kStart, hours{-9}), at(-8 * 60 - 58 - 15 * 60));
}

}  // namespace
}  // namespace models::cloudwatch
