// The alarms that are not of the common kind: on percentiles, on metric math, on periods below a
// minute, on ranges beyond a day.
#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "models/cloudwatch/alarm.hpp"

namespace models::cloudwatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

SimTime at(std::int64_t minute) { return core::kStart + minutes{minute}; }

// A minute of which 99 % of the samples took 10, and the rest 100.
Datapoint latencies(std::int64_t minute, std::int64_t count) {
  const std::int64_t slow = std::max<std::int64_t>(1, count / 100);
  Datapoint datapoint{at(minute), {}};
  datapoint.statistics = {count, static_cast<double>(10 * (count - slow) + 100 * slow), 10, 100};
  datapoint.distribution = std::make_shared<const Distribution>(
      std::vector<CountedValue>{{10, count - slow}, {100, slow}});
  return datapoint;
}

class PercentileAlarm : public testing::Test {
 protected:
  Alarm make(double percent, LowSampleCountPercentile low = LowSampleCountPercentile::Evaluate) {
    AlarmConfiguration alarm;
    alarm.metric = id;
    alarm.statistic = Percentile{percent};
    alarm.threshold = 50;
    alarm.evaluate_low_sample_count_percentile = low;
    return {alarm, {}, store, 0};
  }
  void put(const Datapoint& datapoint) {
    store.put(metric, datapoint, datapoint.start + minutes{1});
  }

  const MetricId id{"AWS/SageMaker", "ModelLatency", {}};
  MetricStore store{seconds{0}};
  MetricHandle metric = store.register_metric(id, "Microseconds");
};

TEST_F(PercentileAlarm, WatchesTheShareOfTheSamples) {
  Alarm p99 = make(99);
  Alarm p99_1 = make(99.1);
  put(latencies(0, 1000));
  EXPECT_EQ(p99.evaluate(store, at(1)).datapoints[0].value, 10);
  EXPECT_EQ(p99.state(), AlarmState::Ok);
  EXPECT_EQ(p99_1.evaluate(store, at(1)).datapoints[0].value, 100);
  EXPECT_EQ(p99_1.state(), AlarmState::Alarm);
  EXPECT_EQ(p99_1.history().back().reason,
            "Threshold Crossed: 1 out of the last 1 datapoints [100.0 (01/01/70 00:00:00)] was "
            "greater than the threshold (50.0) (minimum 1 datapoint for OK -> ALARM transition).");
  EXPECT_EQ(to_string(*p99_1.history().back().reason_data.statistic), "p99.1");
}

TEST_F(PercentileAlarm, MergesTheMinutesOfALongPeriod) {
  AlarmConfiguration configuration;
  configuration.metric = id;
  configuration.statistic = Percentile{50};
  configuration.period = minutes{5};
  Alarm alarm{configuration, {}, store, 0};
  // Of 1, 2, .. 5 each, once, the median is 3.
  for (int k = 0; k < 5; ++k) {
    Datapoint datapoint{at(k), {}};
    datapoint.statistics.add(k + 1);
    put(datapoint);
  }
  EXPECT_EQ(alarm.evaluate(store, at(5)).datapoints[0].value, 3);
}

TEST_F(PercentileAlarm, HasNoDatapointOfAStatisticSetWithoutItsValues) {
  Alarm alarm = make(90);
  Datapoint set{at(0), {}};
  set.statistics = {4, 100, 10, 60};
  put(set);
  EXPECT_EQ(alarm.evaluate(store, at(1)).state, AlarmState::InsufficientData);
  // unless all of them are known to be the same.
  set.start = at(1);
  set.statistics = {4, 240, 60, 60};
  put(set);
  EXPECT_EQ(alarm.evaluate(store, at(2)).state, AlarmState::Alarm);
}

TEST_F(PercentileAlarm, OneMinuteWithoutValuesLeavesALongPeriodWithoutAny) {
  AlarmConfiguration configuration;
  configuration.metric = id;
  configuration.statistic = Percentile{50};
  configuration.period = minutes{2};
  AlarmRules rules;
  rules.evaluation_range_extra = 0;
  Alarm alarm{configuration, rules, store, 0};
  put(latencies(0, 100));
  Datapoint set{at(1), {}};
  set.statistics = {2, 30, 10, 20};
  put(set);
  EXPECT_EQ(alarm.evaluate(store, at(2)).state, AlarmState::InsufficientData);
  put(latencies(2, 100));
  EXPECT_EQ(alarm.evaluate(store, at(3)).state, AlarmState::InsufficientData);
  put(latencies(3, 100));
  EXPECT_NE(alarm.evaluate(store, at(4)).state, AlarmState::InsufficientData);
}

//
TEST_F(PercentileAlarm, KeepsItsStateWithTooFewSamplesWhenTold) {
  Alarm evaluates = make(99.1);
  Alarm ignores = make(99.1, LowSampleCountPercentile::Ignore);
  put(latencies(0, 1111));  // 10 / (1 - 0.991) is 1111.1
  EXPECT_EQ(evaluates.evaluate(store, at(1)).state, AlarmState::Alarm);
  EXPECT_EQ(ignores.evaluate(store, at(1)).state, AlarmState::InsufficientData);
  EXPECT_TRUE(ignores.last_evaluation().low_samples);
  put(latencies(1, 1112));
  EXPECT_EQ(ignores.evaluate(store, at(2)).state, AlarmState::Alarm);
  EXPECT_FALSE(ignores.last_evaluation().low_samples);
  Datapoint fast{at(2), {}};
  fast.statistics.add(1);
  put(fast);
  EXPECT_EQ(evaluates.evaluate(store, at(3)).state, AlarmState::Ok);
  EXPECT_EQ(ignores.evaluate(store, at(3)).state, AlarmState::Alarm);
  EXPECT_TRUE(ignores.last_evaluation().action_due);
  // A metric that stops is a matter of TreatMissingData.
  EXPECT_EQ(ignores.evaluate(store, at(6)).state, AlarmState::InsufficientData);
}

TEST_F(PercentileAlarm, AloneKeepsDistributions) {
  EXPECT_FALSE(store.keeps_distributions(metric));
  AlarmConfiguration average;
  average.metric = id;
  Alarm plain{average, {}, store, 0};
  EXPECT_FALSE(store.keeps_distributions(metric));
  make(99);
  EXPECT_TRUE(store.keeps_distributions(metric));
}

class MathAlarm : public testing::Test {
 protected:
  AlarmConfiguration watching(const std::string& expression) {
    AlarmConfiguration alarm;
    MetricStat m1;
    m1.metric = errors_id;
    m1.statistic = Statistic::Sum;
    MetricStat m2;
    m2.metric = calls_id;
    m2.statistic = Statistic::Sum;
    alarm.metrics = {
        {"errors", m1, "", false}, {"calls", m2, "", false}, {"rate", expression, "", true}};
    alarm.threshold = 5;
    alarm.period = hours{1};  // not its own: the metrics have theirs
    return alarm;
  }
  void put(MetricHandle metric, std::int64_t minute, double value) {
    Datapoint datapoint{at(minute), {}};
    datapoint.statistics.add(value);
    store.put(metric, datapoint, store.usually_visible_at(metric, datapoint));
  }

  const MetricId errors_id{"AWS/SageMaker", "Invocation5XXErrors", {}};
  const MetricId calls_id{"AWS/SageMaker", "Invocations", {}};
  MetricStore store{seconds{0}};
  MetricHandle errors = store.register_metric(errors_id, "None");
  MetricHandle calls = store.register_metric(calls_id, "None");
};

TEST_F(MathAlarm, WatchesWhatItsExpressionGives) {
  Alarm alarm{watching("100 * errors / calls"), {}, store, 0};
  EXPECT_EQ(alarm.evaluation_interval(), minutes{1});
  put(errors, 0, 1);
  put(calls, 0, 50);
  EXPECT_EQ(alarm.evaluate(store, at(1)).state, AlarmState::Ok);
  put(errors, 1, 3);
  put(calls, 1, 50);
  const AlarmEvaluation& evaluation = alarm.evaluate(store, at(2));
  EXPECT_EQ(evaluation.state, AlarmState::Alarm);
  ASSERT_EQ(evaluation.datapoints.size(), 1U);
  EXPECT_EQ(evaluation.datapoints[0].start, at(1));
  EXPECT_EQ(evaluation.datapoints[0].value, 6);
  EXPECT_EQ(evaluation.datapoints[0].sample_count, std::nullopt);
  EXPECT_EQ(alarm.history().back().reason,
            "Threshold Crossed: 1 out of the last 1 datapoints [6.0 (01/01/70 00:01:00)] was "
            "greater than the threshold (5.0) (minimum 1 datapoint for OK -> ALARM transition).");
  // As in AWS's own example of such an alarm: neither statistic nor sample counts.
  const StateReasonData& data = alarm.history().back().reason_data;
  EXPECT_EQ(data.statistic, std::nullopt);
  EXPECT_EQ(data.period, minutes{1});
  EXPECT_EQ(data.evaluated_datapoints[0].sample_count, std::nullopt);
}

TEST_F(MathAlarm, HasNoDatapointWhereItWouldDivideByZero) {
  Alarm alarm{watching("100 * errors / calls"), {}, store, 0};
  put(errors, 0, 1);
  put(calls, 0, 0);
  EXPECT_EQ(alarm.evaluate(store, at(1)).state, AlarmState::InsufficientData);
}

TEST_F(MathAlarm, SeesFilledPeriodsAsDatapoints) {
  Alarm alarm{watching("FILL(errors, 0) + 0 * calls"), {}, store, 0};
  EXPECT_EQ(alarm.evaluate(store, at(1)).state, AlarmState::Ok);
  Alarm repeats{watching("FILL(errors, REPEAT)"), {}, store, 0};
  put(errors, 0, 9);
  for (int k = 1; k <= 3; ++k) {
    EXPECT_EQ(repeats.evaluate(store, at(k)).state, AlarmState::Alarm);
    EXPECT_EQ(repeats.last_evaluation().datapoints[0].value, 9);
  }
  // Once the value to repeat has left the evaluation range there is none.
  EXPECT_EQ(repeats.evaluate(store, at(4)).state, AlarmState::InsufficientData);
}

TEST_F(MathAlarm, ComputesAScalarOverTheWholeEvaluationRange) {
  // the range has N+2 points, so an average "over the last point" is over three.
  Alarm alarm{watching("errors - AVG(errors)"), {}, store, 0};
  for (int k = 0; k < 3; ++k) put(errors, k, 3 * k);
  EXPECT_EQ(alarm.evaluate(store, at(3)).datapoints[0].value, 3);
}

TEST_F(MathAlarm, NeverHasDataOfAnUnknownMetric) {
  AlarmConfiguration configuration = watching("errors + calls");
  std::get<MetricStat>(configuration.metrics[0].source).metric.name = "Nobody";
  Alarm alarm{configuration, {}, store, 0};
  put(calls, 0, 7);
  EXPECT_EQ(alarm.evaluate(store, at(1)).datapoints[0].value, 7);  // missing beside 7 is 0
  std::get<MetricStat>(configuration.metrics[1].source).metric.name = "Nobody";
  Alarm blind{configuration, {}, store, 0};
  EXPECT_EQ(blind.evaluate(store, at(1)).state, AlarmState::InsufficientData);
}

TEST_F(MathAlarm, LooksAtTheNewestPeriodOfTheMetricThatIsPublishedSoonest) {
  // FILL over a metric that comes a minute later keeps supplying the newest point.
  MetricId slow_id{"AWS/SageMaker", "Slow", {}};
  const MetricHandle slow = store.register_metric(slow_id, "None", minutes{1}, minutes{1});
  AlarmConfiguration configuration = watching("calls * 0 + FILL(errors, 0)");
  std::get<MetricStat>(configuration.metrics[0].source).metric = slow_id;
  Alarm alarm{configuration, {}, store, 0};
  for (int k = 0; k < 6; ++k) {
    put(slow, k, 100);
    put(calls, k, 1);
    EXPECT_EQ(alarm.evaluate(store, at(k + 1)).state, AlarmState::Ok);
    EXPECT_EQ(alarm.last_evaluation().datapoints[0].start, at(k));
    EXPECT_EQ(alarm.last_evaluation().datapoints[0].value, 0);
  }
}

SimTime second(std::int64_t s) { return core::kStart + seconds{s}; }

class HighResolutionAlarm : public testing::Test {
 protected:
  AlarmConfiguration every(int period_s) {
    AlarmConfiguration alarm;
    alarm.metric = id;
    alarm.statistic = Statistic::Maximum;
    alarm.period = seconds{period_s};
    alarm.threshold = 5;
    return alarm;
  }
  void put(std::int64_t from_s, double value) {
    Datapoint datapoint{second(from_s), {}};
    datapoint.statistics.add(value);
    store.put(metric, datapoint, store.usually_visible_at(metric, datapoint));
  }

  const MetricId id{"AWS/SageMaker", "ConcurrentRequestsPerModel", {}};
  MetricStore store{seconds{60}};
  MetricHandle metric = store.register_metric(id, "None", seconds{10}, seconds{5});
};

//
TEST_F(HighResolutionAlarm, IsEvaluatedEveryTenSeconds) {
  for (const int period_s : {10, 20, 30}) {
    Alarm alarm{every(period_s), {}, store, 0};
    EXPECT_EQ(alarm.evaluation_interval(), seconds{10});
    alarm.evaluate(store, second(0));
    EXPECT_FALSE(alarm.is_due(store, second(10) - Duration{1}));
    EXPECT_TRUE(alarm.is_due(store, second(10)));
  }
  EXPECT_EQ(Alarm(every(60), {}, store, 0).evaluation_interval(), minutes{1});
}

TEST_F(HighResolutionAlarm, SlidesLongerPeriodsByTenSeconds) {
  Alarm alarm{every(30), {}, store, 0};
  for (int k = 0; k < 6; ++k) put(10 * k, k);
  EXPECT_EQ(alarm.evaluate(store, second(55)).datapoints[0].value, 4);
  EXPECT_EQ(alarm.last_evaluation().datapoints[0].start, second(20));
  EXPECT_EQ(alarm.evaluate(store, second(65)).datapoints[0].value, 5);
  EXPECT_EQ(alarm.last_evaluation().datapoints[0].start, second(30));
}

// R-059, S-05.
TEST_F(HighResolutionAlarm, RepeatsItsActionOnceAMinute) {
  Alarm alarm{every(10), {}, store, 0};
  std::vector<std::int64_t> due;
  for (std::int64_t s = 0; s <= 300; s += 10) {
    // A pause between 150 s and 180 s ends one ALARM and begins another.
    put(s, s >= 150 && s < 180 ? 0 : 9);
    if (alarm.evaluate(store, second(s + 15)).action_due) due.push_back(s);
  }
  EXPECT_EQ(due, (std::vector<std::int64_t>{0, 60, 120, 180, 240, 300}));
  AlarmRules rules;
  rules.high_resolution_action_interval = seconds{10};
  Alarm eager{every(10), rules, store, 0};
  for (std::int64_t s = 315; s < 335; s += 10) {
    EXPECT_TRUE(eager.evaluate(store, second(s)).action_due) << s;
  }
}

TEST_F(HighResolutionAlarm, OftenHasNoDataOfAMetricOfAMinute) {
  // One in six periods of ten seconds has a datapoint, and the range of N+2 shows it for three.
  const MetricId minute_id{"AWS/SageMaker", "Invocations", {}};
  const MetricHandle minute = store.register_metric(minute_id, "None", minutes{1}, seconds{0});
  AlarmConfiguration configuration = every(10);
  configuration.metric = minute_id;
  Alarm alarm{configuration, {}, store, 0};
  for (int k = 0; k < 3; ++k) {
    Datapoint datapoint{at(k), {}};
    datapoint.statistics.add(9);
    store.put(minute, datapoint, at(k + 1));
  }
  std::string states;
  for (int s = 180; s < 240; s += 10) {
    states += std::string(to_string(alarm.evaluate(store, second(s)).state)) + " ";
  }
  EXPECT_EQ(states, "ALARM ALARM ALARM INSUFFICIENT_DATA INSUFFICIENT_DATA INSUFFICIENT_DATA ");
}

class MultiDayAlarm : public testing::Test {
 protected:
  // The sum of the last two days, of a run that starts at 09:30.
  MultiDayAlarm() {
    AlarmConfiguration configuration;
    configuration.metric = id;
    configuration.statistic = Statistic::Sum;
    configuration.period = hours{24};
    configuration.evaluation_periods = 2;
    configuration.datapoints_to_alarm = 1;
    configuration.threshold = 0;
    AlarmRules rules;
    rules.evaluation_range_extra = 0;
    alarm.emplace(configuration, rules, store, 9 * 3600 + 1800);
  }
  const MetricId id{"Shop", "FailedJobs", {}};
  MetricStore store{minutes{3}};
  MetricHandle metric = store.register_metric(id, "None");
  std::optional<Alarm> alarm;
};

//
TEST_F(MultiDayAlarm, IsEvaluatedOnceAnHourUpToTheFullHour) {
  EXPECT_EQ(alarm->evaluation_interval(), hours{1});
  std::vector<std::int64_t> evaluated;
  std::optional<std::int64_t> alarmed;
  for (std::int64_t minute = 1; minute <= 180; ++minute) {
    Datapoint datapoint{at(minute - 1), {}};
    datapoint.statistics.add(minute - 1 == 32 ? 1 : 0);  // 10:02
    store.put(metric, datapoint, store.usually_visible_at(metric, datapoint));
    if (!alarm->is_due(store, at(minute))) continue;
    evaluated.push_back(minute);
    if (alarm->evaluate(store, at(minute)).state == AlarmState::Alarm && !alarmed) {
      alarmed = minute;
    }
  }
  // 10:03, 11:03 and 12:03, as in the guide's example: at 10:03 the data up to 10:00 count.
  EXPECT_EQ(evaluated, (std::vector<std::int64_t>{1, 33, 93, 153}));
  EXPECT_EQ(alarmed, 93);
  EXPECT_TRUE(alarm->last_evaluation().action_due);
}

}  // namespace
}  // namespace models::cloudwatch
