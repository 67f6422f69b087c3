#include "sim/run/simulation.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "sim/report/summary_json.hpp"
#include "tests/support/scenario_builder.hpp"

namespace sim {
namespace {

using core::kStart;
using models::cloudwatch::AlarmState;
using models::endpoint::ExactSpan;
using models::endpoint::ExponentialSpan;
using models::endpoint::PlaneKind;
using tests::a_scenario;
using tests::ScenarioBuilder;
using namespace std::chrono_literals;

// When the alarm on this side first went to ALARM.
std::optional<SimTime> first_alarm(const RunResult& result, const std::string& side) {
  for (const AlarmRecord& alarm : result.alarms) {
    if (alarm.configuration.name.find(side) == std::string::npos) continue;
    for (const auto& change : alarm.history) {
      if (change.to == AlarmState::Alarm) return change.at;
    }
  }
  return std::nullopt;
}

std::vector<models::autoscaling::ScalingActivity> scaled(const RunResult& result) {
  std::vector<models::autoscaling::ScalingActivity> activities;
  std::copy_if(result.activities.begin(), result.activities.end(), std::back_inserter(activities),
               [](const auto& activity) { return activity.scaled(); });
  return activities;
}

const MinuteRecord& minute(const RunResult& result, std::int64_t index) {
  return result.minutes.at(static_cast<std::size_t>(index));
}

TEST(Simulation, FixedFleetAnswersEveryRequest) {
  const RunResult result = a_scenario().with_rate(40).with_duration(10min).run();
  EXPECT_EQ(result.plane, "recursion");
  EXPECT_EQ(result.summary.requests.total, 40 * 600);
  EXPECT_EQ(result.summary.requests.succeeded, 40 * 600);
  EXPECT_EQ(result.summary.requests.failed, 0);
  EXPECT_EQ(result.summary.errors.rate, 0.0);
  EXPECT_EQ(result.summary.latency.mean, 0.01);
  EXPECT_EQ(result.summary.wait.max, 0.0);
  EXPECT_EQ(result.summary.invocations_per_minute_max, 2400);
  EXPECT_EQ(result.summary.instances.mean, 1.0);
  ASSERT_EQ(result.minutes.size(), 10U);
  for (const MinuteRecord& record : result.minutes) {
    EXPECT_EQ(record.invocations, 2400);
    EXPECT_EQ(record.invocations_per_instance, 2400);
    EXPECT_EQ(record.in_service, 1);
    EXPECT_EQ(record.desired, 1);
    EXPECT_EQ(record.offered_rate, 40);
    EXPECT_EQ(record.capacity_rate, 100);
    EXPECT_EQ(record.latency_p99, 0.01);
  }
  EXPECT_TRUE(result.alarms.empty() && result.activities.empty());
  EXPECT_EQ(result.decisions.size(), 0U);
  ASSERT_EQ(result.capacity_changes.size(), 1U);
  EXPECT_EQ(result.capacity_changes[0].cause, "initial capacity");
}

TEST(Simulation, OverheadIsInTheClientsLatencyAlone) {
  ScenarioBuilder builder = a_scenario().with_rate(10).with_duration(1min);
  builder.scenario().variants.front().variant.overhead = 4ms;
  const RunResult result = builder.run();
  EXPECT_EQ(result.summary.latency.mean, 0.014);
  EXPECT_EQ(result.summary.latency.max, 0.014);
  EXPECT_EQ(result.summary.model_latency.mean, 0.010);
  EXPECT_EQ(minute(result, 0).latency_p50, 0.014);
}

// From 600 to 6000 requests a minute at 10:00, with a target of 3000 for each of one or two
// instances.
ScenarioBuilder a_step() {
  return a_scenario()
      .with_phases({{10, 10min}, {100, 10min}, {10, 40min}})
      .with_bounds(1, 2)
      .with_invocations_target(3000);
}

TEST(Simulation, StepScalesOutAfterThreeVisibleDatapointsAndAStartup) {
  const RunResult result = a_step().run();
  // The minutes of 10:00, 11:00 and 12:00 breach; the last is visible a minute after its end.
  EXPECT_EQ(first_alarm(result, "AlarmHigh"), kStart + 14min);
  const auto activities = scaled(result);
  ASSERT_GE(activities.size(), 1U);
  EXPECT_EQ(activities[0].start_time, kStart + 14min);
  EXPECT_EQ(activities[0].from.value, 1);
  EXPECT_EQ(activities[0].to.value, 2);
  EXPECT_EQ(activities[0].end_time, kStart + 18min);
  EXPECT_EQ(minute(result, 13).desired, 1);
  EXPECT_EQ(minute(result, 14).desired, 2);
  EXPECT_EQ(minute(result, 14).starting, 1);
  EXPECT_EQ(minute(result, 16).in_service, 1);
  EXPECT_EQ(minute(result, 17).in_service, 2);  // as it ends, at 18:00
  EXPECT_EQ(minute(result, 17).starting, 0);
  EXPECT_EQ(minute(result, 17).invocations_per_instance, 6000);
  EXPECT_EQ(minute(result, 18).invocations_per_instance, 3000);
}

TEST(Simulation, FallScalesInAfterFifteenVisibleDatapointsAndAGrace) {
  const RunResult result = a_step().run();
  // The minutes of 20:00 to 34:00 are below 90 % of the target.
  EXPECT_EQ(first_alarm(result, "AlarmLow"), kStart + 36min);
  const auto activities = scaled(result);
  ASSERT_EQ(activities.size(), 2U);
  EXPECT_EQ(activities[1].start_time, kStart + 36min);
  EXPECT_EQ(activities[1].end_time, kStart + 36min + 30s);
  EXPECT_EQ(activities[1].to.value, 1);
  EXPECT_EQ(minute(result, 35).in_service, 2);
  EXPECT_EQ(minute(result, 36).in_service, 1);
}

TEST(Simulation, CapacityChangesTellWhenAndWhy) {
  const RunResult result = a_step().run();
  ASSERT_EQ(result.capacity_changes.size(), 3U);
  EXPECT_EQ(result.capacity_changes[0].at, kStart);
  EXPECT_EQ(result.capacity_changes[1].at, kStart + 18min);
  EXPECT_EQ(result.capacity_changes[1].in_service, 2);
  EXPECT_EQ(result.capacity_changes[1].cause, scaled(result)[0].cause);
  EXPECT_EQ(result.capacity_changes[2].at, kStart + 36min);  // takes nothing from then on
  EXPECT_EQ(result.capacity_changes[2].in_service, 1);
  EXPECT_EQ(result.capacity_changes[2].cause, scaled(result)[1].cause);
}

TEST(Simulation, EveryMinuteInAlarmHasADecisionWithItsReason) {
  const RunResult result = a_step().run();
  // AlarmHigh from 14:00 to 19:00: at 20:00 the datapoint of 18:00 no longer breaches. AlarmLow
  // from 36:00 on.
  std::size_t high = 0;
  std::size_t low = 0;
  for (std::size_t i = 0; i < result.decisions.size(); ++i) {
    const DecisionRecord record = result.decisions[i];
    EXPECT_FALSE(record.decision.reason.empty());
    const bool is_high = record.decision.alarm.find("AlarmHigh") != std::string::npos;
    ++(is_high ? high : low);
    EXPECT_GE(record.at, kStart + (is_high ? 14min : 36min));
  }
  EXPECT_EQ(high, 6U);
  EXPECT_EQ(low, 24U);
}

TEST(Simulation, AlarmPhaseAndMetricDelayShiftTheReaction) {
  Assumptions assumptions;
  assumptions.alarm_phase = 10s;
  EXPECT_EQ(first_alarm(a_step().with_assumptions(assumptions).run(), "AlarmHigh"),
            kStart + 14min + 10s);
  assumptions.metric_delay = 70s;  // visible at 14:10, as the alarms are evaluated
  EXPECT_EQ(first_alarm(a_step().with_assumptions(assumptions).run(), "AlarmHigh"),
            kStart + 14min + 10s);
  assumptions.metric_delay = 70s + 1ns;
  EXPECT_EQ(first_alarm(a_step().with_assumptions(assumptions).run(), "AlarmHigh"),
            kStart + 15min + 10s);
  assumptions = {};
  assumptions.metric_delay = 0s;
  EXPECT_EQ(first_alarm(a_step().with_assumptions(assumptions).run(), "AlarmHigh"), kStart + 13min);
}

//
TEST(Simulation, EachRequestCountsByTheInstancesAtItsOwnMoment) {
  const RunResult result = a_step().with_startup(ExactSpan{4min + 10s}).run();
  // One instance until 18:10, then two.
  EXPECT_EQ(minute(result, 18).invocations, 6000);
  EXPECT_NEAR(minute(result, 18).invocations_per_instance, 10 * 100 + 50 * 100 / 2, 1e-9);
  EXPECT_EQ(minute(result, 19).invocations_per_instance, 3000);
}

TEST(Simulation, CapacityOutsideTheBoundsMovesToTheNearest) {
  const RunResult below = a_scenario().with_rate(10).with_instances(1).with_bounds(3, 5).run();
  ASSERT_EQ(below.activities.size(), 1U);
  EXPECT_EQ(below.activities[0].start_time, kStart);
  EXPECT_EQ(below.activities[0].end_time, kStart + 4min);
  EXPECT_EQ(below.summary.instances.min, 1);
  EXPECT_EQ(below.summary.instances.final, 3);
  const RunResult above = a_scenario().with_rate(10).with_instances(9).with_bounds(3, 5).run();
  ASSERT_EQ(above.activities.size(), 1U);
  EXPECT_EQ(above.activities[0].end_time, kStart + 30s);
  EXPECT_EQ(above.summary.instances.max, 5);
  ASSERT_EQ(above.capacity_changes.size(), 1U);
}

TEST(Simulation, CpuIsTheBusyShareOfTheWorkersAveragedOverInstances) {
  const RunResult one = a_scenario().with_rate(50).with_duration(2min).run();
  for (const MinuteRecord& record : one.minutes) EXPECT_NEAR(*record.cpu_percent, 50, 1e-9);
  const RunResult two = a_scenario().with_rate(50).with_instances(2).with_duration(2min).run();
  for (const MinuteRecord& record : two.minutes) EXPECT_NEAR(*record.cpu_percent, 25, 1e-9);
  EXPECT_NEAR(*two.summary.cpu_percent_mean, 25, 1e-9);
  EXPECT_NEAR(*two.summary.cpu_percent_max, 25, 1e-9);
}

TEST(Simulation, CpuFollowsTheMeasuredCurveAtTheServedRate) {
  ScenarioBuilder builder = a_scenario().with_rate(50).with_duration(2min);
  builder.scenario().variants.front().variant.vcpus = {2};
  builder.scenario().variants.front().variant.cpu = {{core::RequestRate::per_second(0), 2},
                                                     {core::RequestRate::per_second(100), 182}};
  for (const MinuteRecord& record : builder.run().minutes) {
    EXPECT_NEAR(*record.cpu_percent, 92, 0.05);
  }
}

TEST(Simulation, InstanceReportsCpuForTheTimeItIsInService) {
  // In service from 18:10 on: busy for half of the rest of the minute.
  const RunResult result = a_step().with_startup(ExactSpan{4min + 10s}).run();
  const double alone = 100;
  const double first = (10 * alone + 50 * 50) / 60;
  EXPECT_NEAR(*minute(result, 18).cpu_percent, (first + 50) / 2, 2);  // the route is random
}

TEST(Simulation, CustomizedCpuPolicyScalesOut) {
  const RunResult result = a_scenario()
                               .with_phases({{10, 10min}, {90, 30min}})
                               .with_bounds(1, 8)
                               .with_cpu_target(50)
                               .run();
  EXPECT_EQ(first_alarm(result, "AlarmHigh"), kStart + 14min);
  EXPECT_EQ(scaled(result).at(0).to.value, 2);  // 1 x 90 / 50
}

TEST(Simulation, LaggingUtilizationMovesTheAlarmAndNotTheReport) {
  ScenarioBuilder builder =
      a_scenario().with_phases({{10, 10min}, {90, 30min}}).with_bounds(1, 8).with_cpu_target(50);
  builder.scenario().variants.front().variant.utilization_lag = 2min;
  const RunResult late = builder.run();
  EXPECT_EQ(first_alarm(late, "AlarmHigh"), kStart + 16min);  // two minutes later than without
  EXPECT_NEAR(*minute(late, 9).cpu_percent, 10, 0.1);
  EXPECT_NEAR(*minute(late, 10).cpu_percent, 90, 0.1);
}

TEST(Simulation, SilenceScalesInWhereZerosArePublishedAndNotWhereNothingIs) {
  ScenarioBuilder builder = a_scenario()
                                .with_rate(100, 10min)
                                .with_instances(2)
                                .with_bounds(1, 8)
                                .with_invocations_target(3000);
  const RunResult zeros = builder.run();
  EXPECT_EQ(first_alarm(zeros, "AlarmLow"), kStart + 26min);
  EXPECT_EQ(zeros.summary.instances.final, 1);
  Assumptions sparse;
  sparse.zero_traffic = ZeroTraffic::Sparse;
  const RunResult nothing = builder.with_assumptions(sparse).run();
  EXPECT_FALSE(first_alarm(nothing, "AlarmLow").has_value());
  EXPECT_EQ(nothing.summary.instances.final, 2);
  for (const AlarmRecord& alarm : nothing.alarms) {
    EXPECT_EQ(alarm.history.back().to, AlarmState::InsufficientData);
  }
}

TEST(Simulation, WarmUpIsLeftOutOfTheSummaryButNotOfTheMinutes) {
  ScenarioBuilder builder = a_scenario().with_rate(10).with_duration(10min).with_price(3.6);
  const RunResult whole = builder.run();
  const RunResult warmed_up = builder.with_warm_up(90s).run();
  EXPECT_EQ(whole.summary.requests.total, 6000);
  EXPECT_EQ(warmed_up.summary.requests.total, 6000 - 900);
  ASSERT_EQ(warmed_up.minutes.size(), 10U);
  for (const MinuteRecord& record : warmed_up.minutes) EXPECT_EQ(record.invocations, 600);
  EXPECT_NEAR(whole.summary.cost->total, 0.6, 1e-12);
  EXPECT_NEAR(warmed_up.summary.cost->total, 0.6 - 0.09, 1e-12);
  EXPECT_NEAR(warmed_up.summary.cost->per_hour, 3.6, 1e-12);
}

TEST(Simulation, PhasesHaveSummariesOfTheirOwn) {
  const RunResult result =
      a_scenario().with_phases({{10, 90s}, {50, 5min}, {20, 2h}}).with_duration(10min).run();
  ASSERT_EQ(result.phases.size(), 3U);
  EXPECT_EQ(result.phases[1].stream, "phased");
  EXPECT_EQ(result.phases[1].name, "2");
  EXPECT_EQ(result.phases[1].from, kStart + 90s);
  EXPECT_EQ(result.phases[1].to, kStart + 390s);
  EXPECT_EQ(result.phases[2].to, kStart + 10min);  // cut off where the run ends
  EXPECT_EQ(result.phases[0].summary.requests.total, 900);
  EXPECT_EQ(result.phases[1].summary.requests.total, 15'000);
  EXPECT_EQ(result.phases[2].summary.requests.total, 210 * 20);
  EXPECT_EQ(result.summary.requests.total, 900 + 15'000 + 210 * 20);
}

TEST(Simulation, WindowsOfExpectationsHaveTheSummariesOfEqualPhases) {
  ScenarioBuilder builder =
      a_scenario().with_phases({{10, 95s}, {50, 5min}, {20, 2h}}).with_duration(10min);
  const RunResult plain = builder.run();
  EXPECT_TRUE(plain.windows.empty());
  for (const RunWindow window :
       {RunWindow{95s, 395s}, RunWindow{100s, 130s}, RunWindow{95s, 395s}}) {
    builder.scenario().expectations.emplace_back().within = window;
  }
  const RunResult result = builder.run();
  ASSERT_EQ(result.windows.size(), 2U);
  EXPECT_EQ(result.windows[0].from, kStart + 95s);
  EXPECT_EQ(result.windows[0].to, kStart + 395s);
  const Scenario scenario = builder.build();
  EXPECT_EQ(summary_json(result.windows[0].summary, scenario).dump(),
            summary_json(result.phases[1].summary, scenario).dump());
  EXPECT_EQ(result.windows[1].summary.requests.total, 30 * 50);
  // To look at a part leaves the whole as it was.
  EXPECT_EQ(summary_json(result.summary, scenario).dump(),
            summary_json(plain.summary, scenario).dump());
}

TEST(Simulation, PhasesThatNeverBeginAreLeftOut) {
  const RunResult result =
      a_scenario().with_phases({{10, 10min}, {50, 5min}}).with_duration(10min).run();
  EXPECT_EQ(result.phases.size(), 1U);
}

TEST(Simulation, CostIsInstanceSecondsTimesPrice) {
  const RunResult result = a_step().with_price(0.36).run();  // 0.0001 USD a second
  const CostSummary& cost = *result.summary.cost;
  // The first all the hour; the second from its launch at 14:00 until its grace ends at 36:30.
  constexpr double kLaunched = 14 * 60;
  EXPECT_NEAR(cost.total, (3600 + (36.5 * 60 - kLaunched)) * 1e-4, 1e-12);
  EXPECT_NEAR(cost.starting, 240 * 1e-4, 1e-12);
  EXPECT_NEAR(cost.busy + cost.idle + cost.starting, cost.total, 1e-12);
  // 10 ms for each request.
  EXPECT_NEAR(cost.busy, static_cast<double>(result.summary.requests.succeeded) * 0.01 * 1e-4,
              1e-9);
  EXPECT_NEAR(cost.per_hour, cost.total, 1e-12);
  EXPECT_NEAR(*cost.per_million_succeeded,
              cost.total / static_cast<double>(result.summary.requests.succeeded) * 1e6, 1e-9);
  EXPECT_NEAR(result.summary.instances.hours, cost.total / 0.36, 1e-12);
}

TEST(Simulation, StartupIsBilledOnlyByTheAssumption) {
  Assumptions assumptions;
  assumptions.bill_startup = false;
  const RunResult billed = a_step().with_price(0.36).run();
  const RunResult free = a_step().with_price(0.36).with_assumptions(assumptions).run();
  EXPECT_NEAR(billed.summary.cost->total - free.summary.cost->total, 240 * 1e-4, 1e-12);
  EXPECT_EQ(free.summary.cost->starting, 0);
}

TEST(Simulation, CostWithoutPriceIsAbsent) {
  EXPECT_FALSE(a_scenario().with_rate(1).run().summary.cost.has_value());
}

TEST(Simulation, ReactionIsTakenApart) {
  const RunResult result = a_step().run();
  ASSERT_EQ(result.summary.reaction.count, 1);
  const ReactionTime& reaction = *result.summary.reaction.worst;
  EXPECT_EQ(reaction.decided_at, kStart + 14min);
  EXPECT_EQ(reaction.metric_s, 120);      // the first datapoint's minute, and its delay
  EXPECT_EQ(reaction.datapoints_s, 120);  // two more
  EXPECT_EQ(reaction.policy_s, 0);
  EXPECT_EQ(reaction.startup_s, 240);
  EXPECT_EQ(reaction.drain_s, 0);
  EXPECT_EQ(reaction.total_s(), 8 * 60);
}

TEST(Simulation, DrainLastsUntilNobodyWaitsForAWorker) {
  // 150 a second against 100, so that at 18:00 a queue has grown that two instances empty slowly.
  ScenarioBuilder builder = a_scenario()
                                .with_phases({{10, 10min}, {150, 50min}})
                                .with_bounds(1, 2)
                                .with_invocations_target(3000);
  builder.scenario().variants.front().variant.queue_timeout = 1h;
  const RunResult result = builder.run();
  ASSERT_EQ(result.summary.reaction.count, 1);
  // The first instance's queue of 50 x 480 is worked off at 25 a second, in 16 minutes.
  const double drain = result.summary.reaction.worst->drain_s;
  EXPECT_NEAR(drain, 50 * 480 / 25.0, 90);
}

TEST(Simulation, UsersKeepToTheirPhases) {
  models::traffic::ClosedLoopTraffic users;
  users.phases = {{.name = "few", .initial = 2, .duration = 5min},
                  {.name = "more", .initial = 3, .duration = 5min}};
  users.think_time = 90ms;
  const RunResult result =
      a_scenario()
          .with_service(ExactSpan{10ms}, 8)
          .with_stream({"users", 0s, models::traffic::ArrivalPattern::Poisson, users})
          .with_duration(12min)
          .run();
  EXPECT_EQ(result.plane, "events");
  EXPECT_EQ(minute(result, 2).invocations, 2 * 600);
  EXPECT_EQ(minute(result, 7).invocations, 5 * 600);
  EXPECT_EQ(minute(result, 11).invocations, 0);
  ASSERT_EQ(result.phases.size(), 2U);
  EXPECT_EQ(result.phases[1].name, "more");
  EXPECT_EQ(result.phases[1].summary.requests.total, 5 * 3000);
}

TEST(Simulation, RunThatEndsWithinAMinuteLeavesTheRestUnfinished) {
  for (const PlaneKind plane : {PlaneKind::Recursion, PlaneKind::Events}) {
    const RunResult result = a_scenario()
                                 .with_service(ExactSpan{5s}, 100)
                                 .with_rate(10)
                                 .with_duration(90s)
                                 .run({.plane = plane});
    EXPECT_EQ(result.summary.requests.total, 900);
    EXPECT_EQ(result.summary.requests.succeeded, 850);
    ASSERT_EQ(result.minutes.size(), 2U);
    EXPECT_EQ(result.minutes[1].end, kStart + 90s);
    EXPECT_EQ(result.minutes[1].invocations, 300);
    EXPECT_EQ(result.minutes[1].offered_rate, 10);
  }
}

models::traffic::TrafficStream poisson(const std::string& name, double rate) {
  return {name, 0s, models::traffic::ArrivalPattern::Poisson,
          models::traffic::SmoothTraffic{core::RequestRate::per_second(rate), {}}};
}

std::vector<std::int64_t> invocations(const RunResult& result) {
  std::vector<std::int64_t> all;
  for (const MinuteRecord& record : result.minutes) all.push_back(record.invocations);
  return all;
}

ScenarioBuilder a_random_scenario() {
  return a_scenario()
      .with_service(ExponentialSpan{0.01})
      .with_startup(models::endpoint::LogNormalSpan::from_p50_p99(240, 480))
      .with_stream(poisson("a", 90))
      .with_bounds(1, 8)
      .with_invocations_target(3000)
      .with_price(0.1);
}

TEST(Simulation, SameSeedGivesTheSameResultAndAnotherAnother) {
  const Scenario scenario = a_random_scenario().build();
  const RunResult first = simulate(scenario, {});
  const RunResult again = simulate(scenario, {});
  EXPECT_EQ(tests::difference(first, again), "");
  EXPECT_EQ(tests::json_of(scenario, first), tests::json_of(scenario, again));
  EXPECT_NE(tests::difference(first, a_random_scenario().with_seed(2).run()), "");
  EXPECT_NE(tests::difference(first, simulate(scenario, {.run = 1})), "");
}

TEST(Simulation, AnotherPolicyMeetsTheSameRequests) {
  const RunResult base = a_random_scenario().run();
  ScenarioBuilder builder = a_random_scenario();
  auto& policy = builder.scenario().variants.front().policies.front();
  std::get<models::autoscaling::TargetTrackingConfiguration>(policy).target_value = 1000;
  const RunResult other = builder.run();
  EXPECT_NE(base.summary.instances.max, other.summary.instances.max);
  EXPECT_EQ(invocations(base), invocations(other));
  // With a worker free at once, every latency is a service time.
  const auto services = [](std::int32_t instances) {
    return a_scenario()
        .with_service(ExponentialSpan{0.01}, 1000)
        .with_stream(poisson("a", 90))
        .with_instances(instances)
        .run()
        .summary.model_latency;
  };
  EXPECT_EQ(services(1).mean, services(3).mean);
  EXPECT_EQ(services(1).p99, services(3).p99);
}

TEST(Simulation, OneStreamLeavesTheArrivalsOfAnotherUntouched) {
  const auto only_a = invocations(a_scenario().with_stream(poisson("a", 20)).run());
  const auto only_b = invocations(a_scenario().with_stream(poisson("b", 30)).run());
  const auto both =
      invocations(a_scenario().with_stream(poisson("a", 20)).with_stream(poisson("b", 30)).run());
  ASSERT_EQ(both.size(), only_a.size());
  for (std::size_t i = 0; i < both.size(); ++i) EXPECT_EQ(both[i], only_a[i] + only_b[i]);
}

TEST(Simulation, TracesAreOpenedByTheirNames) {
  models::traffic::TraceTraffic trace;
  trace.file = "requests.csv";
  trace.time_column = "t";
  std::string opened;
  SimulationOptions options;
  options.open_trace = [&](const std::string& path) {
    opened = path;
    return std::make_unique<std::istringstream>("t\n0\n10\n70\n");
  };
  const RunResult result =
      a_scenario()
          .with_stream({"recorded", 0s, models::traffic::ArrivalPattern::Poisson, trace})
          .with_duration(2min)
          .run(options);
  EXPECT_EQ(opened, "requests.csv");
  EXPECT_EQ(invocations(result), (std::vector<std::int64_t>{2, 1}));
}

}  // namespace
}  // namespace sim
