#include "models/cloudwatch/alarm_reason.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "models/cloudwatch/alarm.hpp"

namespace models::cloudwatch {
namespace {

constexpr std::int64_t kStartUnixS = 1'751'531'220;  // 2025-07-03 08:27:00 UTC

EvaluatedDatapoint point(std::int64_t minute, double value, bool breaching) {
  return {core::kStart + std::chrono::minutes{minute}, value, breaching};
}

AlarmConfiguration three_of_three() {
  AlarmConfiguration alarm;
  alarm.evaluation_periods = 3;
  alarm.datapoints_to_alarm = 3;
  alarm.threshold = 31;
  return alarm;
}

TEST(AlarmReason, TellsAnAlarmAsARecordedOneIsTold) {
  const std::vector<EvaluatedDatapoint> points{point(2, 32.6, true), point(1, 32.1, true),
                                               point(0, 31.9, true)};
  EXPECT_EQ(state_reason(three_of_three(), AlarmState::Alarm, points, 0, kStartUnixS),
            "Threshold Crossed: 3 out of the last 3 datapoints [32.6 (03/07/25 08:29:00), 32.1 "
            "(03/07/25 08:28:00), 31.9 (03/07/25 08:27:00)] were greater than the threshold (31.0) "
            "(minimum 3 datapoints for OK -> ALARM transition).");
}

TEST(AlarmReason, NamesThePointsThatEndAnAlarm) {
  const std::vector<EvaluatedDatapoint> points{point(2, 48, false), point(1, 52, true),
                                               point(0, 53, true)};
  EXPECT_EQ(state_reason(three_of_three(), AlarmState::Ok, points, 0, kStartUnixS),
            "Threshold Crossed: 1 out of the last 3 datapoints [48.0 (03/07/25 08:29:00)] was not "
            "greater than the threshold (31.0) (minimum 1 datapoint for ALARM -> OK transition).");
}

TEST(AlarmReason, SaysWhatMissingDatapointsWereTakenFor) {
  AlarmConfiguration alarm = three_of_three();
  alarm.datapoints_to_alarm = 1;
  alarm.treat_missing_data = TreatMissingData::NotBreaching;
  alarm.comparison = ComparisonOperator::GreaterThanOrEqualToThreshold;
  const std::vector<EvaluatedDatapoint> points{point(0, 613, true)};
  EXPECT_EQ(state_reason(alarm, AlarmState::Alarm, points, 2, kStartUnixS),
            "Threshold Crossed: 1 out of the last 3 datapoints [613.0 (03/07/25 08:27:00)] was "
            "greater than or equal to the threshold (31.0) and 2 missing datapoints were treated "
            "as [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition).");
  EXPECT_EQ(state_reason(alarm, AlarmState::Ok, {}, 1, kStartUnixS),
            "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint "
            "was treated as [NonBreaching].");
  alarm.treat_missing_data = TreatMissingData::Breaching;
  EXPECT_EQ(state_reason(alarm, AlarmState::Alarm, {}, 3, kStartUnixS),
            "Threshold Crossed: no datapoints were received for 3 periods and 3 missing "
            "datapoints were treated as [Breaching].");
}

TEST(AlarmReason, TellsThatTooFewPointsBreach) {
  const std::vector<EvaluatedDatapoint> points{point(0, 40, true)};
  EXPECT_EQ(state_reason(three_of_three(), AlarmState::Ok, points, 2, kStartUnixS),
            "Threshold Crossed: only 1 out of the last 3 datapoints [40.0 (03/07/25 08:27:00)] was "
            "greater than the threshold (31.0) (minimum 3 datapoints for OK -> ALARM "
            "transition).");
}

TEST(AlarmReason, CountsUnknownDatapoints) {
  EXPECT_EQ(state_reason(three_of_three(), AlarmState::InsufficientData, {}, 3, kStartUnixS),
            "Insufficient Data: 3 datapoints were unknown.");
  EXPECT_EQ(state_reason(three_of_three(), AlarmState::InsufficientData, {}, 1, kStartUnixS),
            "Insufficient Data: 1 datapoint was unknown.");
}

TEST(AlarmReason, PrintsNumbersAsCloudWatchDoes) {
  EXPECT_EQ(statistic_text(31), "31.0");
  EXPECT_EQ(statistic_text(0), "0.0");
  EXPECT_EQ(statistic_text(-2.5), "-2.5");
  EXPECT_EQ(statistic_text(0.1), "0.1");
  EXPECT_EQ(statistic_text(1.0166666666666666), "1.0166666666666666");
  EXPECT_EQ(statistic_text(9'999'999), "9999999.0");
  EXPECT_EQ(statistic_text(1e7), "1.0E7");
  EXPECT_EQ(statistic_text(12'345'678), "1.2345678E7");
  EXPECT_EQ(statistic_text(0.00025), "2.5E-4");
  EXPECT_EQ(statistic_text(1.0 / 3000), "3.333333333333333E-4");
}

TEST(AlarmReason, PrintsTimesInUtc) {
  EXPECT_EQ(datapoint_time_text(0), "01/01/70 00:00:00");
  EXPECT_EQ(datapoint_time_text(951'782'399), "28/02/00 23:59:59");
  EXPECT_EQ(datapoint_time_text(951'782'400), "29/02/00 00:00:00");
  EXPECT_EQ(datapoint_time_text(1'798'761'599), "31/12/26 23:59:59");
  EXPECT_EQ(datapoint_time_text(-1), "31/12/69 23:59:59");
}

}  // namespace
}  // namespace models::cloudwatch
