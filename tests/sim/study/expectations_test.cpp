#include "sim/study/expectations.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "sim/study/violation_span.hpp"
#include "tests/sim/report/sample_run.hpp"

namespace sim {
namespace {

using namespace std::chrono_literals;
using models::cloudwatch::AlarmState;

Expectation line(std::string metric, ExpectationOperator comparison, double value,
                 std::string unit = "") {
  Expectation expectation;
  expectation.that = metric;
  expectation.metric = std::move(metric);
  expectation.comparison = comparison;
  expectation.value = value;
  expectation.unit = std::move(unit);
  return expectation;
}

ExpectationResult check(SampleRun run, Expectation expectation) {
  run.scenario.expectations = {std::move(expectation)};
  return check_expectations(run.scenario, run.result).at(0);
}

using enum ExpectationOperator;

TEST(Expectations, CompareWithTheSummaryInItsUnit) {
  const ExpectationResult late = check(sample_run(), line("latency.p99", Less, 0.4, "s"));
  EXPECT_FALSE(late.passed);
  EXPECT_EQ(late.actual, 0.412);
  EXPECT_EQ(late.actual_text, "412 ms");
  const ExpectationResult rate = check(sample_run(), line("errors.rate", Less, 0.01, "%"));
  EXPECT_TRUE(rate.passed);
  EXPECT_EQ(rate.actual_text, "0.405 %");
  EXPECT_FALSE(rate.from);
  EXPECT_EQ(check(sample_run(), line("cost.total", Less, 7, "USD")).actual_text, "$0.0102");
  EXPECT_EQ(check(sample_run(), line("cost.per_hour", Less, 7, "USD/h")).actual_text, "$0.15/h");
  EXPECT_EQ(check(sample_run(), line("cpu_percent.max", Less, 80, "%")).actual_text, "173 %");
  EXPECT_EQ(check(sample_run(), line("invocations_per_minute.max", GreaterOrEqual, 3e4, "/min"))
                .actual_text,
            "6,000/min");
  EXPECT_EQ(check(sample_run(), line("reaction.worst.total_s", Less, 60, "s")).actual_text,
            "3m14s");
}

TEST(Expectations, KnowEveryOperator) {
  const auto passes = [](ExpectationOperator comparison, double value) {
    return check(sample_run(), line("instances.max", comparison, value)).passed;
  };
  EXPECT_TRUE(passes(Less, 3));
  EXPECT_FALSE(passes(Less, 2));
  EXPECT_TRUE(passes(LessOrEqual, 2));
  EXPECT_FALSE(passes(LessOrEqual, 1));
  EXPECT_TRUE(passes(Greater, 1));
  EXPECT_FALSE(passes(Greater, 2));
  EXPECT_TRUE(passes(GreaterOrEqual, 2));
  EXPECT_FALSE(passes(GreaterOrEqual, 3));
  EXPECT_TRUE(passes(Equal, 2));
  EXPECT_FALSE(passes(Equal, 1));
  EXPECT_TRUE(passes(NotEqual, 1));
  EXPECT_FALSE(passes(NotEqual, 2));
}

TEST(Expectations, MarkedToFailPassWhenTheyAreKnownAndNotMet) {
  const auto check_marked = [](Expectation expectation) {
    expectation.fails = true;
    return check(sample_run(), std::move(expectation));
  };
  const ExpectationResult late = check_marked(line("latency.p99", Less, 0.4, "s"));
  EXPECT_TRUE(late.passed);
  EXPECT_TRUE(late.from);  // where it is not met is told all the same
  EXPECT_FALSE(check_marked(line("instances.max", LessOrEqual, 2)).passed);
  EXPECT_FALSE(check_marked(line("retries.attempts", Less, 1)).passed);  // there is no such value
  Expectation alarm = line("alarm", Equal, 0);
  alarm.alarm_name = "no such alarm";
  alarm.alarm_state = "OK";
  alarm.at = 1min;
  EXPECT_FALSE(check_marked(alarm).passed);
}

TEST(Expectations, TakeForEqualWhatAReportShowsAsEqual) {
  SampleRun run = sample_run();
  run.result.summary.instances.mean = 2.0 + 1e-12;
  EXPECT_TRUE(check(run, line("instances.mean", Equal, 2)).passed);
  EXPECT_TRUE(check(run, line("instances.mean", LessOrEqual, 2)).passed);
  EXPECT_FALSE(check(run, line("instances.mean", Greater, 2)).passed);
}

TEST(Expectations, ShowEnoughDigitsToTellTheValueFromTheLimit) {
  SampleRun run = sample_run();
  run.result.summary.latency.p99 = 1.00042;
  EXPECT_EQ(check(run, line("latency.p99", Less, 1, "s")).actual_text, "1.0004 s");
  run.result.summary.cost->total = 7.0004;
  EXPECT_EQ(check(run, line("cost.total", Less, 7, "USD")).actual_text, "$7.0004");
}

TEST(Expectations, WithoutAValueFailAndSayWhy) {
  const ExpectationResult silent = check(idle_run(), line("latency.p99", Less, 1, "s"));
  EXPECT_FALSE(silent.passed);
  EXPECT_FALSE(silent.actual);
  EXPECT_EQ(silent.actual_text, "no request was answered");
  EXPECT_EQ(check(idle_run(), line("errors.rate", Less, 1, "%")).actual_text, "no request came");
  EXPECT_EQ(check(idle_run(), line("cost.total", Less, 1, "USD")).actual_text,
            "cost unknown: give endpoint.price");
  EXPECT_EQ(check(idle_run(), line("reaction.worst.total_s", Less, 1, "s")).actual_text,
            "no scale out was fulfilled and relieved");
}

TEST(Expectations, WithinAWindowReadItsNumbers) {
  SampleRun run = sample_run();
  run.result.windows = {{{}, {}, core::kStart + 1min, core::kStart + 2min, run.result.summary}};
  run.result.windows[0].summary.latency.p99 = 0.1;
  Expectation expectation = line("latency.p99", Less, 0.4, "s");
  expectation.within = RunWindow{1min, 2min};
  EXPECT_TRUE(check(run, expectation).passed);
  expectation.value = 0.05;
  EXPECT_FALSE(check(run, expectation).passed);
  run.result.windows[0].summary.latency.p99.reset();
  EXPECT_EQ(check(run, expectation).actual_text, "no request was answered");
  expectation.within = RunWindow{1min, 3min};
  EXPECT_EQ(check(run, expectation).actual_text, "the run has no such window");
}

TEST(Expectations, DuringAPhaseReadItsNumbers) {
  SampleRun run = sample_run();
  run.result.phases[0].summary.latency.p99 = 0.1;
  Expectation expectation = line("latency.p99", Less, 0.4, "s");
  expectation.during = "opening";
  EXPECT_TRUE(check(run, expectation).passed);
  expectation.during = "shoppers/opening";
  EXPECT_TRUE(check(run, expectation).passed);
  expectation.during = "closing";
  EXPECT_EQ(check(run, expectation).actual_text, "the run has no such phase");
}

TEST(Expectations, OfAPhaseThatAreNotMetNameThePhaseWhenMinutesDoNotTell) {
  SampleRun run = sample_run();
  run.result.phases[0].from = core::kStart + 1min;
  Expectation expectation = line("latency.mean", Less, 0.001, "s");
  expectation.during = "opening";
  const ExpectationResult result = check(run, expectation);
  EXPECT_EQ(result.from, core::kStart + 1min);
  EXPECT_EQ(result.to, core::kStart + 4min);
}

TEST(Expectations, AtATimeReadTheStateJustAfterIt) {
  const auto in_service_at = [](Duration at) {
    Expectation expectation = line("instances.in_service", Equal, 2);
    expectation.at = at;
    return *check(sample_run(), expectation).actual;
  };
  EXPECT_EQ(in_service_at(0s), 1);
  EXPECT_EQ(in_service_at(3min + 7s - 1ns), 1);
  EXPECT_EQ(in_service_at(3min + 7s), 2);
  EXPECT_EQ(in_service_at(4min), 2);
}

TEST(Expectations, AtATimeReadTheDesiredCapacity) {
  const auto desired_at = [](SampleRun run, Duration at) {
    Expectation expectation = line("instances.desired", Equal, 2);
    expectation.at = at;
    return *check(std::move(run), expectation).actual;
  };
  EXPECT_EQ(desired_at(sample_run(), 2min - 1ns), 1);
  EXPECT_EQ(desired_at(sample_run(), 2min), 2);
  SampleRun failed = sample_run();
  failed.result.activities[0].status = models::autoscaling::ActivityStatus::Failed;
  EXPECT_EQ(desired_at(failed, 3min), 2);
  EXPECT_EQ(desired_at(failed, 3min + 8s), 1);
  EXPECT_EQ(desired_at(idle_run(), 1min), 1);
}

TEST(Expectations, AfterTheEndOfTheRunFail) {
  Expectation expectation = line("instances.in_service", Equal, 2);
  expectation.at = 5min;
  const ExpectationResult result = check(sample_run(), expectation);
  EXPECT_FALSE(result.passed);
  EXPECT_EQ(result.actual_text, "the run ends at 4m");
}

Expectation alarm_line(std::string name, std::string state, Duration at) {
  Expectation expectation = line("alarm", Equal, 0);
  expectation.alarm_name = std::move(name);
  expectation.alarm_state = std::move(state);
  expectation.at = at;
  return expectation;
}

TEST(Expectations, OfAnAlarmReadItsStateAtATime) {
  const std::string name = sample_run().result.alarms[0].configuration.name;
  EXPECT_TRUE(check(sample_run(), alarm_line(name, "ALARM", 2min)).passed);
  const ExpectationResult before = check(sample_run(), alarm_line(name, "ALARM", 2min - 1ns));
  EXPECT_FALSE(before.passed);
  EXPECT_EQ(before.actual_text, "INSUFFICIENT_DATA");
  Expectation other = alarm_line(name, "OK", 3min);
  other.comparison = NotEqual;
  EXPECT_TRUE(check(sample_run(), other).passed);
}

TEST(Expectations, MayNameAnAlarmOfTargetTrackingByItsSide) {
  EXPECT_TRUE(check(sample_run(), alarm_line("AlarmHigh", "ALARM", 2min)).passed);
  EXPECT_TRUE(check(sample_run(), alarm_line("invocations/AlarmHigh", "ALARM", 2min)).passed);
  EXPECT_EQ(check(sample_run(), alarm_line("AlarmLow", "ALARM", 2min)).actual_text,
            "no alarm, or more than one, has that name");
  SampleRun two = sample_run();
  two.result.alarms.push_back(two.result.alarms[0]);
  two.result.alarms[1].configuration.name += "-2";
  EXPECT_FALSE(check(two, alarm_line("AlarmHigh", "ALARM", 2min)).passed);
}

MinuteRecord minute(int index, double latency_p99, std::int64_t errors = 0) {
  MinuteRecord record;
  record.start = core::kStart + index * 1min;
  record.end = record.start + 1min;
  record.invocations = 100;
  record.errors = errors;
  record.latency_p99 = latency_p99;
  return record;
}

RunResult minutes_of(std::vector<double> latencies) {
  RunResult result;
  for (const double latency : latencies) {
    result.minutes.push_back(minute(static_cast<int>(result.minutes.size()), latency));
  }
  return result;
}

constexpr TimeSpan kHour{core::kStart, core::kStart + 1h};

TEST(WorstViolation, IsTheStretchThatHoldsTheWorstMinute) {
  const RunResult result = minutes_of({2, 0, 3, 9, 2, 0, 5, 5, 5, 5});
  const auto span = worst_violation(line("latency.p99", Less, 1, "s"), result, kHour);
  ASSERT_TRUE(span);
  EXPECT_EQ(span->from, core::kStart + 2min);
  EXPECT_EQ(span->to, core::kStart + 5min);
}

TEST(WorstViolation, StaysWithinItsLimits) {
  const RunResult result = minutes_of({9, 9, 2, 2, 9});
  const auto span = worst_violation(line("latency.max", Less, 1, "s"), result,
                                    {core::kStart + 2min, core::kStart + 4min});
  ASSERT_TRUE(span);
  EXPECT_EQ(span->from, core::kStart + 2min);
  EXPECT_EQ(span->to, core::kStart + 4min);
}

TEST(WorstViolation, OfFailedRequestsIsWhereTheyFailed) {
  RunResult result;
  result.minutes = {minute(0, 1), minute(1, 1, 3), minute(2, 1, 4), minute(3, 1)};
  for (const char* metric : {"errors.rate", "errors.timed_out", "requests.failed"}) {
    const auto span = worst_violation(line(metric, LessOrEqual, 0), result, kHour);
    ASSERT_TRUE(span) << metric;
    EXPECT_EQ(span->from, core::kStart + 1min);
    EXPECT_EQ(span->to, core::kStart + 3min);
  }
}

TEST(WorstViolation, IsUnknownForWhatMinutesDoNotTell) {
  const RunResult result = minutes_of({2, 2});
  EXPECT_FALSE(worst_violation(line("cost.total", Less, 1, "USD"), result, kHour));
  EXPECT_FALSE(worst_violation(line("latency.mean", Less, 1, "s"), result, kHour));
  EXPECT_FALSE(worst_violation(line("latency.p99", Less, 3, "s"), result, kHour));
}

}  // namespace
}  // namespace sim
