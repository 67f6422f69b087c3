#include "models/cloudwatch/alarm_validation.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace models::cloudwatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

AlarmConfiguration good() {
  AlarmConfiguration alarm;
  alarm.name = "hot";
  alarm.metric = {"AWS/SageMaker", "Invocations", {{"EndpointName", "shop"}}};
  return alarm;
}

// "FIELD: MESSAGE", a line each.
std::string told(const AlarmConfiguration& alarm) {
  std::string all;
  for (const AlarmProblem& problem : validate(alarm)) {
    all += problem.field + ": " + problem.message + "\n";
  }
  return all;
}

std::string told_of_span(Duration period, std::int32_t periods) {
  AlarmConfiguration alarm = good();
  alarm.period = period;
  alarm.evaluation_periods = periods;
  return told(alarm);
}

constexpr const char* kPeriod = "Period: Period must be 10, 20, 30 or a multiple of 60\n";
constexpr const char* kDay =
    "EvaluationPeriods: Metrics cannot be checked across more than a day (EvaluationPeriods * "
    "Period must be <= 86400) for alarms using period < 3600\n";
constexpr const char* kWeek =
    "EvaluationPeriods: Metrics cannot be checked across more than a week (EvaluationPeriods * "
    "Period must be <= 604800)\n";

TEST(AlarmValidation, AcceptsWhatAwsAccepts) {
  EXPECT_EQ(told(good()), "");
  for (const int period : {10, 20, 30, 60, 120, 3540}) {
    EXPECT_EQ(told_of_span(seconds{period}, 1), "") << period;
  }
}

TEST(AlarmValidation, KnowsWhichPeriodsThereAre) {
  for (const int period : {0, 1, 5, 15, 40, 59, 61, 90, -60}) {
    EXPECT_EQ(told_of_span(seconds{period}, 1), kPeriod) << period;
  }
  EXPECT_EQ(told_of_span(seconds{60} + Duration{1}, 1), kPeriod);
}

TEST(AlarmValidation, LimitsTheSpanToADayOrAWeek) {
  EXPECT_EQ(told_of_span(minutes{1}, 1440), "");
  EXPECT_EQ(told_of_span(minutes{1}, 1441), kDay);
  EXPECT_EQ(told_of_span(seconds{10}, 8640), "");
  EXPECT_EQ(told_of_span(seconds{10}, 8641), kDay);
  EXPECT_EQ(told_of_span(minutes{59}, 24), "");
  EXPECT_EQ(told_of_span(minutes{59}, 25), kDay);
  EXPECT_EQ(told_of_span(hours{1}, 168), "");
  EXPECT_EQ(told_of_span(hours{1}, 169), kWeek);
  EXPECT_EQ(told_of_span(hours{168}, 1), "");
  EXPECT_EQ(told_of_span(hours{169}, 1), kWeek);
  EXPECT_EQ(told_of_span(hours{1}, std::numeric_limits<std::int32_t>::max()), kWeek);
}

TEST(AlarmValidation, WantsSomePointsToAlarmAndNoMoreThanThereAre) {
  AlarmConfiguration alarm = good();
  alarm.evaluation_periods = 1;
  alarm.datapoints_to_alarm = 15;
  EXPECT_EQ(told(alarm),
            "DatapointsToAlarm: DatapointsToAlarm must be less than or equal to "
            "EvaluationPeriods\n");
  alarm.evaluation_periods = 0;
  alarm.datapoints_to_alarm = 0;
  EXPECT_EQ(told(alarm),
            "EvaluationPeriods: 1 validation error detected: Value '0' at 'evaluationPeriods' "
            "failed to satisfy constraint: Member must have value greater than or equal to 1\n"
            "DatapointsToAlarm: 1 validation error detected: Value '0' at 'datapointsToAlarm' "
            "failed to satisfy constraint: Member must have value greater than or equal to 1\n");
}

TEST(AlarmValidation, LimitsNamesAndTexts) {
  AlarmConfiguration alarm = good();
  alarm.name = "";
  alarm.metric.metric_namespace = ":x";
  alarm.metric.dimensions[0].value = "";
  EXPECT_EQ(told(alarm),
            "AlarmName: 1 validation error detected: Value '' at 'alarmName' failed to satisfy "
            "constraint: Member must have length greater than or equal to 1\n"
            "Namespace: 1 validation error detected: Value ':x' at 'namespace' failed to satisfy "
            "constraint: Member must satisfy regular expression pattern: [^:].*\n"
            "Dimensions[0].Value: 1 validation error detected: Value '' at "
            "'dimensions.1.member.value' failed to satisfy constraint: Member must have length "
            "greater than or equal to 1\n");
  alarm = good();
  std::string umlauts;
  for (int i = 0; i < 255; ++i) umlauts += "ä";
  alarm.name = umlauts;  // 255 characters in 510 bytes
  EXPECT_EQ(told(alarm), "");
  alarm.name += "x";
  EXPECT_EQ(told(alarm).find("Value 'ääää"), 40U);
  EXPECT_NE(told(alarm).find("ä...' at 'alarmName'"), std::string::npos);
  alarm = good();
  alarm.description = std::string(1025, 'd');
  alarm.metric.dimensions.assign(31, {"n", "v"});
  alarm.alarm_actions.assign(6, "policy");
  alarm.alarm_actions[2] = "";
  EXPECT_EQ(validate(alarm).size(), 4U);
}

TEST(AlarmValidation, WantsNumbers) {
  AlarmConfiguration alarm = good();
  alarm.threshold = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(told(alarm), "Threshold: Threshold must be a finite number\n");
  alarm = good();
  alarm.statistic = Percentile{100.5};
  EXPECT_EQ(told(alarm),
            "ExtendedStatistic: The value p100.5 for parameter ExtendedStatistic is invalid.\n");
  alarm.statistic = Percentile{100};
  EXPECT_EQ(told(alarm), "");
}

TEST(AlarmValidation, PlacesProblemsOfMetricMath) {
  AlarmConfiguration alarm;
  alarm.name = "ratio";
  MetricStat stat;
  stat.metric = {"AWS/SageMaker", "Invocations", {}};
  alarm.metrics = {{"m1", stat, "", false}, {"e1", "m1 / m2", "", true}};
  const auto problems = validate(alarm);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].field, "Metrics[1].Expression");
  EXPECT_EQ(problems[0].offset, 5U);
  EXPECT_EQ(problems[0].hint, "did you mean 'm1'?");
  alarm.metrics[1].source = "m1 * 2";
  EXPECT_EQ(told(alarm), "");
  alarm.metric = stat.metric;
  std::get<MetricStat>(alarm.metrics[0].source).period = seconds{90};
  std::get<MetricStat>(alarm.metrics[0].source).metric.name = "";
  EXPECT_EQ(told(alarm),
            "Metrics: The parameters MetricName and Metrics must not be given together.\n"
            "Metrics[0].MetricStat.Metric.MetricName: 1 validation error detected: Value '' at "
            "'metricName' failed to satisfy constraint: Member must have length greater than or "
            "equal to 1\n"
            "Metrics[0].MetricStat.Period: Period must be 10, 20, 30 or a multiple of 60\n");
  // The span is that of the metrics' period.
  std::get<MetricStat>(alarm.metrics[0].source) = stat;
  alarm.metric = {};
  alarm.evaluation_periods = 1441;
  EXPECT_EQ(told(alarm), kDay);
}

TEST(AlarmValidation, KnowsTheOptionsOfTheEvaluationWindow) {
  AlarmConfiguration alarm = good();
  alarm.evaluation_window = EvaluationWindow::WallClockWindow;
  alarm.wall_clock_utc_offset = minutes{330};
  for (const int period : {60, 300, 3600, 86'400, 604'800}) {
    alarm.period = seconds{period};
    EXPECT_EQ(told(alarm), "") << period;
  }
  alarm.period = minutes{2};
  alarm.wall_clock_utc_offset = minutes{63};
  EXPECT_EQ(told(alarm),
            "EvaluationWindow: Period must be 60, 300, 3600, 86400 or 604800 with a "
            "WallClockWindow\n"
            "EvaluationWindow.WallClockWindow.Timezone: The offset of the time zone must be a "
            "multiple of 5 minutes\n");
}

TEST(AlarmValidation, LimitsTheWarmUp) {
  AlarmConfiguration alarm = good();
  for (const int length : {1, 2880}) {
    alarm.warm_up = WarmUpConfiguration{minutes{length}, true};
    EXPECT_EQ(told(alarm), "") << length;
  }
  for (const int length : {0, 2881}) {
    alarm.warm_up = WarmUpConfiguration{minutes{length}, true};
    EXPECT_EQ(validate(alarm).size(), 1U) << length;
  }
}

}  // namespace
}  // namespace models::cloudwatch
