#include "sim/observe/run_recorder.hpp"

#include <gtest/gtest.h>

namespace sim {
namespace {

using core::kStart;
using models::autoscaling::ScalingActivity;
using models::endpoint::Outcome;
using models::endpoint::RequestTally;
using namespace std::chrono_literals;

class RunRecorderTest : public testing::Test {
 protected:
  RunRecorderTest() {
    scenario_.run.duration = 2min;
    scenario_.variants.front().variant.throughput = core::RequestRate::per_second(100);
  }

  // A stretch in which requests arrived and were rejected: in the system for no time at all.
  static RequestTally stretch(core::Duration from, core::Duration to, std::int64_t requests) {
    RequestTally tally;
    tally.from = kStart + from;
    tally.to = kStart + to;
    tally.invocations = requests;
    tally.ended[static_cast<std::size_t>(Outcome::Rejected)] = requests;
    return tally;
  }
  static MinuteRecord minute(std::int64_t index, std::int64_t requests) {
    MinuteRecord record;
    record.start = kStart + index * 1min;
    record.end = record.start + 1min;
    record.invocations = requests;
    return record;
  }

  Scenario scenario_;
};

TEST_F(RunRecorderTest, StretchesGoToTheWindowsThatCoverThem) {
  scenario_.run.warm_up = 30s;
  RunRecorder recorder(scenario_, {{"late", "stream", kStart + 60s, kStart + 120s}});
  recorder.fleet_changed(0, kStart, {.in_service = 1}, "initial capacity");
  recorder.stretch_closed(0, stretch(0s, 30s, 5));
  recorder.stretch_closed(0, stretch(30s, 60s, 7));
  recorder.minute_closed(0, minute(0, 12), {});
  recorder.stretch_closed(0, stretch(60s, 120s, 11));
  recorder.minute_closed(0, minute(1, 11), {});
  const RunResult result = recorder.finish({}, {{}});
  EXPECT_EQ(result.summary.requests.total, 18);
  ASSERT_EQ(result.phases.size(), 1U);
  EXPECT_EQ(result.phases[0].name, "late");
  EXPECT_EQ(result.phases[0].summary.requests.total, 11);
  EXPECT_EQ(result.phases[0].summary.instances.mean, 1);
  EXPECT_EQ(result.summary.instances.shortest_life, std::nullopt);
  EXPECT_EQ(result.minutes.size(), 2U);
}

TEST_F(RunRecorderTest, FleetIsIntegratedOverTime) {
  RunRecorder recorder(scenario_, {});
  recorder.fleet_changed(0, kStart, {.in_service = 1}, "initial capacity");
  recorder.fleet_changed(0, kStart + 30s, {.starting = 2, .in_service = 1}, "more");
  recorder.stretch_closed(0, stretch(0s, 60s, 0));
  recorder.minute_closed(0, minute(0, 0), {});
  recorder.fleet_changed(0, kStart + 90s, {.in_service = 3}, "more");
  recorder.fleet_changed(0, kStart + 100s, {.in_service = 2, .stopping = 1}, "fewer");
  recorder.stretch_closed(0, stretch(60s, 120s, 0));
  recorder.minute_closed(0, minute(1, 0), {});
  const RunResult result = recorder.finish({}, {{}});
  const InstanceSummary& instances = result.summary.instances;
  EXPECT_DOUBLE_EQ(instances.mean, (90 * 1 + 10 * 3 + 20 * 2) / 120.0);
  EXPECT_DOUBLE_EQ(instances.hours, (90 + 30 + 40 + 60 * 2 + 20) / 3600.0);
  EXPECT_EQ(instances.min, 1);
  EXPECT_EQ(instances.max, 3);
  EXPECT_EQ(instances.final, 2);
  ASSERT_EQ(result.capacity_changes.size(), 3U);  // starting and stopping are no change
  EXPECT_EQ(result.capacity_changes[1].at, kStart + 90s);
  EXPECT_EQ(result.capacity_changes[1].in_service, 3);
  EXPECT_EQ(result.capacity_changes[2].cause, "fewer");
}

TEST_F(RunRecorderTest, ShortestLifeIsOfTheNewestThatLeftInTheWindow) {
  RunRecorder recorder(scenario_, {{"late", "stream", kStart + 60s, kStart + 120s}});
  recorder.fleet_changed(0, kStart, {.in_service = 1}, "initial capacity");
  recorder.fleet_changed(0, kStart + 10s, {.in_service = 3}, "more");
  recorder.fleet_changed(0, kStart + 30s, {.in_service = 2}, "fewer");  // after 20 s
  recorder.stretch_closed(0, stretch(0s, 60s, 0));
  recorder.minute_closed(0, minute(0, 0), {});
  recorder.fleet_changed(0, kStart + 90s, {.in_service = 1}, "fewer");  // after 80 s
  recorder.fleet_changed(0, kStart + 100s, {.in_service = 2}, "more");
  recorder.fleet_changed(0, kStart + 100s, {.in_service = 1}, "fewer");  // never was one
  recorder.stretch_closed(0, stretch(60s, 120s, 0));
  recorder.minute_closed(0, minute(1, 0), {});
  const RunResult result = recorder.finish({}, {{}});
  EXPECT_EQ(result.summary.instances.shortest_life, 20);
  EXPECT_EQ(result.phases.at(0).summary.instances.shortest_life, 80);
}

TEST_F(RunRecorderTest, ChangesOfOneInstantAreOne) {
  RunRecorder recorder(scenario_, {});
  recorder.fleet_changed(0, kStart, {.in_service = 2}, "initial capacity");
  for (const std::int32_t in_service : {3, 4, 5}) {
    recorder.fleet_changed(0, kStart + 30s, {.in_service = in_service}, "more");
  }
  recorder.fleet_changed(0, kStart + 40s, {.in_service = 6}, "more");
  recorder.fleet_changed(0, kStart + 40s, {.in_service = 5}, "fewer");  // as before
  recorder.stretch_closed(0, stretch(0s, 60s, 0));
  const RunResult result = recorder.finish({}, {{}});
  ASSERT_EQ(result.capacity_changes.size(), 2U);
  EXPECT_EQ(result.capacity_changes[1].at, kStart + 30s);
  EXPECT_EQ(result.capacity_changes[1].in_service, 5);
}

TEST_F(RunRecorderTest, ActivitiesAreCountedByDirection) {
  const auto activity = [](core::Duration at, std::int32_t from, std::int32_t to) {
    ScalingActivity made;
    made.start_time = kStart + at;
    made.from = {from};
    made.to = {to};
    if (from == to) made.not_scaled_reasons.emplace_back();
    return made;
  };
  RunRecorder recorder(scenario_, {});
  recorder.fleet_changed(0, kStart, {.in_service = 1}, "initial capacity");
  recorder.stretch_closed(0, stretch(0s, 60s, 0));
  const RunResult result =
      recorder.finish({}, {{activity(1s, 1, 3), activity(2s, 3, 3), activity(3s, 3, 5),
                            activity(4s, 5, 2), activity(5s, 2, 4), activity(500s, 4, 9)}});
  EXPECT_EQ(result.summary.scaling.activities, 4);
  EXPECT_EQ(result.summary.scaling.scale_outs, 3);
  EXPECT_EQ(result.summary.scaling.scale_ins, 1);
  EXPECT_EQ(result.summary.scaling.reversals, 2);
  EXPECT_EQ(result.summary.scaling.not_scaled, 1);
}

class RunRecorderDeathTest : public RunRecorderTest {};

TEST_F(RunRecorderDeathTest, RequestThatEndsTwiceIsNoticed) {
  RunRecorder recorder(scenario_, {});
  RequestTally twice = stretch(0s, 60s, 3);
  ++twice.ended[static_cast<std::size_t>(Outcome::Succeeded)];
  recorder.stretch_closed(0, twice);
  recorder.minute_closed(0, minute(0, 3), {});
  EXPECT_DEATH(recorder.finish({}, {{}}), "unfinished >= 0");
}

TEST_F(RunRecorderDeathTest, MinutesThatDoNotAddUpAreNoticed) {
  RunRecorder recorder(scenario_, {});
  recorder.stretch_closed(0, stretch(0s, 60s, 3));
  recorder.minute_closed(0, minute(0, 2), {});
  EXPECT_DEATH(recorder.finish({}, {{}}), "minutes == all.invocations");
}

TEST_F(RunRecorderDeathTest, ConcurrencyThatTheTimeInTheSystemDoesNotExplainIsNoticed) {
  RunRecorder recorder(scenario_, {});
  RequestTally tally = stretch(0s, 60s, 0);
  tally.invocations = 1;
  tally.ended[static_cast<std::size_t>(Outcome::Succeeded)] = 1;
  tally.model_latency.record(1s);  // thirty samples
  for (int i = 0; i < 100; ++i) tally.concurrency.add(1);
  recorder.stretch_closed(0, tally);
  recorder.minute_closed(0, minute(0, 1), {});
  EXPECT_DEATH(recorder.finish({}, {{}}), "sampled <= spent");
}

}  // namespace
}  // namespace sim
