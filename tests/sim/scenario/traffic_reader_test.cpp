#include "sim/scenario/traffic_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using namespace models::traffic;
using namespace std::chrono_literals;
using testing::HasSubstr;
using tests::load;
using tests::with_traffic;

template <class Shape>
Shape shape_of(const std::string& stream) {
  const auto loaded = load(with_traffic(stream));
  EXPECT_TRUE(loaded.scenario) << loaded.messages;
  return loaded.scenario ? std::get<Shape>(loaded.scenario->traffic[0].shape) : Shape{};
}

std::string messages_of(const std::string& stream) { return load(with_traffic(stream)).messages; }

Duration run_of(const std::string& stream) {
  const auto loaded = load(with_traffic(stream));
  EXPECT_TRUE(loaded.scenario) << loaded.messages;
  return loaded.scenario ? loaded.scenario->run.duration : Duration{};
}

TEST(Traffic, SmoothHoldsItsRate) {
  const auto smooth = shape_of<SmoothTraffic>("{rate: 1500/min, duration: 5m}");
  EXPECT_EQ(smooth.rate.per_second(), 25);
  EXPECT_EQ(smooth.duration, Duration{5min});
}

TEST(Traffic, PhasesRampFromWhereTheOneBeforeEnded) {
  const auto phased = shape_of<PhasedTraffic>(
      "{phases: [{name: a, rate: 10/s, duration: 1m}, {ramp_to: 20/s, duration: 2m}, "
      "{rate: 5/s, duration: 1m}, {rate: 0/s, ramp_to: 7/s, duration: 1m}]}");
  ASSERT_EQ(phased.phases.size(), 4U);
  EXPECT_EQ(phased.phases[0].name, "a");
  EXPECT_EQ(phased.phases[1].name, "2");
  EXPECT_EQ(phased.phases[1].rate_begin.per_second(), 10);
  EXPECT_EQ(phased.phases[1].rate_end.per_second(), 20);
  EXPECT_EQ(phased.phases[2].rate_begin.per_second(), 5);
  EXPECT_EQ(phased.phases[2].rate_end.per_second(), 5);
  EXPECT_EQ(phased.phases[3].rate_begin.per_second(), 0);
  EXPECT_EQ(phased.phases[3].rate_end.per_second(), 7);
}

TEST(Traffic, SpikesAndDaysKeepTheirNumbers) {
  const auto spiky = shape_of<SpikyTraffic>(
      "{spikes: {base: 20/s, peak: 250/s, every: 30m, width: 2m, jitter: 5m}, duration: 2h}");
  EXPECT_EQ(spiky.peak.per_second(), 250);
  EXPECT_EQ(spiky.jitter, Duration{5min});
  EXPECT_EQ(spiky.duration, Duration{2h});
  const auto daily =
      shape_of<DailyTraffic>("{daily: {low: 20/s, high: 400/s, peak_at: \"13:00\", weekend: 40%}}");
  EXPECT_EQ(daily.peak_at, Duration{13h});
  EXPECT_EQ(daily.weekend, 0.4);
  EXPECT_FALSE(daily.duration);
}

TEST(Traffic, StreamsAreSortedByNameWhateverTheOrderOfTheFile) {
  const std::string head = "version: 1\n" + tests::kEndpoint;
  const auto loaded =
      load(head + "traffic: {b: {rate: 1/s}, a: {rate: 2/s, begins: 3m, arrivals: even}}\n");
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.scenario->traffic[0].name, "a");
  EXPECT_EQ(loaded.scenario->traffic[0].begins, Duration{3min});
  EXPECT_EQ(loaded.scenario->traffic[0].arrivals, ArrivalPattern::Even);
  EXPECT_EQ(loaded.scenario->traffic[1].arrivals, ArrivalPattern::Poisson);
}

TEST(Traffic, TheRunIsAsLongAsTheLongestStreamInWholeMinutes) {
  EXPECT_EQ(run_of("{rate: 1/s}"), Duration{1h});
  EXPECT_EQ(run_of("{rate: 1/s, duration: 90s}"), Duration{2min});
  EXPECT_EQ(run_of("{rate: 1/s, duration: 2m, begins: 3m}"), Duration{5min});
  EXPECT_EQ(run_of("{phases: [{rate: 1/s, duration: 30s}, {rate: 1/s, duration: 40s}]}"),
            Duration{2min});
  EXPECT_EQ(run_of("{users: {initial: 1, duration: 7m}}"), Duration{7min});
}

TEST(Traffic, LongerThanAMonthIsRefused) {
  EXPECT_THAT(messages_of("{rate: 1/s, duration: 31d, begins: 1m}"),
              HasSubstr("expected traffic of at most 744h, the longest run, found 744h1m"));
}

TEST(Traffic, AStreamHasExactlyOneShape) {
  EXPECT_THAT(messages_of("{rate: 1/s, users: {initial: 1}}"), HasSubstr("found rate and users"));
  EXPECT_THAT(messages_of("{begins: 1m}"), HasSubstr("expected one of rate, phases, spikes, daily, "
                                                     "users, recommender or trace in traffic.t, "
                                                     "found none"));
  EXPECT_THAT(messages_of("50/s"), HasSubstr("expected traffic.t as a mapping"));
}

TEST(Traffic, WhatStandsBesideAShapeMustFitIt) {
  EXPECT_THAT(messages_of("{users: {initial: 1}, arrivals: even}"),
              HasSubstr("expected 'arrivals' beside an open shape, found it beside 'users'"));
  EXPECT_THAT(messages_of("{phases: [{rate: 1/s, duration: 1m}], duration: 1m}"),
              HasSubstr("each phase has its own duration"));
  EXPECT_THAT(messages_of("{users: {initial: 1}, duration: 1m}"),
              HasSubstr("write it inside 'users'"));
}

TEST(Traffic, RefusesImpossibleShapes) {
  EXPECT_THAT(messages_of("{phases: [{ramp_to: 5/s, duration: 1m}]}"),
              HasSubstr("expected a rate at which the first phase begins"));
  EXPECT_THAT(messages_of("{phases: []}"), HasSubstr("expected a list of 1 to 10000 phases"));
  EXPECT_THAT(messages_of("{phases: [{name: a, rate: 1/s, duration: 1m}, "
                          "{name: a, rate: 1/s, duration: 1m}]}"),
              HasSubstr("found 'a' again"));
  EXPECT_THAT(messages_of("{spikes: {base: 9/s, peak: 5/s, every: 1m, width: 1s}}"),
              HasSubstr("expected a peak of at least the base, 9/s"));
  EXPECT_THAT(messages_of("{spikes: {base: 1/s, peak: 5/s, every: 1m, width: 2m}}"),
              HasSubstr("expected a width of at most every 1m"));
  EXPECT_THAT(messages_of("{daily: {low: 9/s, high: 5/s, peak_at: '13:00'}}"),
              HasSubstr("expected a high of at least the low, 9/s"));
  EXPECT_THAT(messages_of("{daily: {low: 1/s, high: 5/s, peak_at: 25:00}}"),
              HasSubstr("expected a time of day"));
}

TEST(Traffic, AStreamAfterTheEndIsAWarning) {
  const auto loaded = load(with_traffic("{rate: 1/s, begins: 2h}") + "run: {duration: 1h}\n");
  EXPECT_TRUE(loaded.scenario);
  EXPECT_THAT(loaded.messages, HasSubstr("warning: 't' begins at 2h, when the run of 1h is over"));
}

TEST(Trace, IsReadOnceBeforeTheRun) {
  const std::string stream = "{trace: {file: t.csv, time: at, value: n, per: 1m, scale: 120%}}";
  const auto loaded =
      load(with_traffic(stream), {{"t.csv", "at,n\n2026-01-01 00:00,5\n2026-01-01 00:03,7\n"}});
  ASSERT_TRUE(loaded.scenario) << loaded.messages;
  EXPECT_EQ(loaded.scenario->run.duration, Duration{4min});
  const auto& trace = std::get<TraceTraffic>(loaded.scenario->traffic[0].shape);
  EXPECT_EQ(trace.file, "t.csv");
  EXPECT_EQ(trace.scale, 1.2);
}

TEST(Trace, WhatIsWrongWithItNamesItsLineAndColumn) {
  const std::string stream = "{trace: {file: t.csv, time: at, value: n, per: 1m}}";
  const auto back =
      load(with_traffic(stream), {{"t.csv", "at,n\n2026-01-01 00:05,5\n2026-01-01 00:03,7\n"}});
  EXPECT_THAT(back.messages, HasSubstr("t.csv:3: error: in column 'at': expected"));
  const auto negative = load(with_traffic(stream), {{"t.csv", "at,n\n2026-01-01 00:05,-5\n"}});
  EXPECT_THAT(negative.messages, HasSubstr("t.csv:2: error: in column 'n': expected"));
  const auto other = load(with_traffic(stream), {{"t.csv", "time,n\n2026-01-01 00:05,5\n"}});
  EXPECT_THAT(other.messages, HasSubstr("t.csv:1: error: in column 'at': expected"));
  EXPECT_THAT(other.messages, HasSubstr("hint: x.scenario.yaml:4 names that column"));
  EXPECT_THAT(load(with_traffic(stream)).messages,
              HasSubstr("expected a trace at 't.csv', found no such file"));
  EXPECT_THAT(load(with_traffic(stream), {{"t.csv", "at,n\n"}}).messages,
              HasSubstr("error: expected"));
}

TEST(Trace, ThatEndsBeforeTheRunIsAWarning) {
  const auto loaded =
      load(with_traffic("{trace: {file: t.csv, time: at}}") + "run: {duration: 1h}\n",
           {{"t.csv", "at\n2026-01-01 00:00:00\n2026-01-01 00:03:00\n"}});
  EXPECT_TRUE(loaded.scenario);
  EXPECT_THAT(loaded.messages, HasSubstr("warning: the trace ends at 3m, before the run of 1h"));
}

TEST(Trace, NeedsAPeriodWithCountsOnly) {
  EXPECT_THAT(messages_of("{trace: {file: t.csv, time: at, value: n}}"),
              HasSubstr("expected the key 'per'"));
  EXPECT_THAT(messages_of("{trace: {file: t.csv, time: at, per: 1m}}"),
              HasSubstr("expected 'value', the column with the counts"));
}

}  // namespace
}  // namespace sim
