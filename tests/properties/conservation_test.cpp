// Plays 2,000 random scenarios in which anything may happen at once and checks what no run may
// break: every request ends once, Little's law holds, and a cost is instance-seconds times price.
//
// The seed is always the same, so that a change of the code is what makes a failure. Another:
// RC_PARAMS="seed=7 max_success=2000", which is also how a failure is played again.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <cstdlib>
#include <iostream>
#include <string>

#include "models/endpoint/concurrency_sampler.hpp"
#include "sim/run/simulation.hpp"
#include "tests/support/random_scenario.hpp"

namespace sim {
namespace {

constexpr const char* kParameters = "seed=4242 max_success=2000 noshrink=1";
// rapidcheck reads them once, at its first use.
const bool kIsSet = setenv("RC_PARAMS", kParameters, /*overwrite=*/0) == 0;

struct Totals {
  std::int64_t scenarios = 0;
  std::int64_t with_variants = 0;
  std::int64_t scale_ins = 0;
  std::int64_t retries = 0;
  std::int64_t given_up = 0;
  ErrorSummary errors;
};

std::int64_t unfinished_of(const Summary& summary) {
  return summary.requests.total - summary.requests.succeeded - summary.requests.failed;
}

void expect_conservation(const Scenario& scenario, const RunResult& result) {
  const Summary& summary = result.summary;
  const ErrorSummary& errors = summary.errors;
  RC_ASSERT(summary.requests.failed == errors.timed_out + errors.rejected + errors.interrupted +
                                           errors.no_capacity + errors.model_error);
  RC_ASSERT(unfinished_of(summary) >= 0);
  std::int64_t invocations = 0;
  for (const MinuteRecord& minute : result.minutes) invocations += minute.invocations;
  RC_ASSERT(invocations == summary.requests.total);
  std::int64_t of_variants = 0;
  std::int64_t succeeded = 0;
  for (const VariantResult& variant : result.variants) {
    if (variant.is_shadow) continue;
    of_variants += variant.summary.requests.total;
    succeeded += variant.summary.requests.succeeded;
  }
  if (!result.variants.empty()) {
    RC_ASSERT(of_variants == summary.requests.total);
    RC_ASSERT(succeeded == summary.requests.succeeded);
  }
  RC_ASSERT(summary.retries.has_value() == has_retries(scenario));
  if (!summary.retries) return;
  RC_ASSERT(summary.retries->recovered <= summary.requests.succeeded);
  RC_ASSERT(summary.retries->attempts + summary.retries->given_up <= summary.requests.failed);
  RC_ASSERT(summary.retries->recovered <= summary.retries->attempts);
}

std::int64_t sum_of(const ErrorCounts& errors) {
  return errors.timed_out + errors.rejected + errors.interrupted + errors.no_capacity +
         errors.model_error;
}

// What the minutes tell is together what the summary tells.
void expect_minutes_add_up(const RunResult& result) {
  ErrorCounts errors;
  MinuteCost cost;
  for (const MinuteRecord& minute : result.minutes) {
    RC_ASSERT(sum_of(minute.errors_by_cause) == minute.errors);
    errors += minute.errors_by_cause;
    RC_ASSERT(minute.cost.has_value() == result.summary.cost.has_value());
    if (minute.cost) cost += *minute.cost;
  }
  const ErrorSummary& all = result.summary.errors;
  RC_ASSERT(errors.timed_out == all.timed_out && errors.rejected == all.rejected);
  RC_ASSERT(errors.interrupted == all.interrupted && errors.no_capacity == all.no_capacity);
  RC_ASSERT(errors.model_error == all.model_error);
  if (!result.summary.cost) return;
  const double slack = 1e-9 * (1 + result.summary.cost->total);
  RC_ASSERT(std::abs(cost.busy - result.summary.cost->busy) <= slack);
  RC_ASSERT(std::abs(cost.idle - result.summary.cost->idle) <= slack);
  RC_ASSERT(std::abs(cost.starting - result.summary.cost->starting) <= slack);
}

// The history of an alarm is where the states at its evaluations differ.
void expect_observations_tell_the_history(const RunResult& result) {
  for (const AlarmRecord& alarm : result.alarms) {
    auto state = models::cloudwatch::AlarmState::InsufficientData;
    auto change = alarm.history.begin();
    for (const AlarmObservation& observation : alarm.observations) {
      if (observation.state == state) continue;
      RC_ASSERT(change != alarm.history.end());
      RC_ASSERT(change->at == observation.at && change->to == observation.state);
      state = observation.state;
      ++change;
    }
    RC_ASSERT(change == alarm.history.end());
  }
}

// Clients that retry change nothing of the open arrivals, which come as they do without them.
void expect_same_arrivals(const Scenario& scenario, const RunResult& result) {
  if (!has_retries(scenario) || has_users(scenario)) return;
  Scenario once = scenario;
  for (auto& stream : once.traffic) stream.retries = {};
  const RunResult other = simulate(once, {});
  RC_ASSERT(other.summary.requests.total ==
            result.summary.requests.total - result.summary.retries->attempts);
}

// Mean concurrency x time is the time that all requests spent in the system. What the summary does
// not tell of interrupted and unfinished requests is bounded by the timeout.
void expect_littles_law(const Scenario& scenario, const RunResult& result) {
  const Summary& summary = result.summary;
  const auto ended = static_cast<double>(summary.requests.succeeded + summary.errors.timed_out +
                                         summary.errors.model_error);
  const double spent = ended * summary.model_latency.mean.value_or(0);
  double timeout = 0;
  for (const auto& variant : scenario.variants) {
    timeout = std::max(timeout, core::in_seconds(variant.variant.queue_timeout));
  }
  const double untold =
      timeout * static_cast<double>(summary.errors.interrupted + unfinished_of(summary));
  // A request is counted at regular instants, on average for as long as it stays: half a step more
  // or less for each of them, and ten deviations of that. The run may end within a step.
  const double step = core::in_seconds(models::endpoint::ConcurrencySampler::kEvery);
  const double sampling = step * (5 * std::sqrt(static_cast<double>(summary.requests.total)) + 100 +
                                  static_cast<double>(summary.concurrency_max));
  const double observed = summary.concurrency_mean * core::in_seconds(scenario.run.duration);
  RC_ASSERT(observed >= spent - sampling);
  RC_ASSERT(observed <= spent + untold + sampling);
}

double in_service_seconds(const RunResult& result, SimTime end) {
  double seconds = 0;
  const auto& changes = result.capacity_changes;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const SimTime until = i + 1 < changes.size() ? changes[i + 1].at : end;
    seconds += changes[i].in_service * core::in_seconds(until - changes[i].at);
  }
  return seconds;
}

void expect_cost_identity(const Scenario& scenario, const RunResult& result) {
  const double price = scenario.variants.front().variant.price->usd_per_hour();
  const auto is_same = [](double a, double b) { return std::abs(a - b) < 1e-9; };
  const CostSummary& cost = *result.summary.cost;
  RC_ASSERT(is_same(cost.busy + cost.idle + cost.starting, cost.total));
  const double duration = core::in_seconds(scenario.run.duration);
  const SimTime end = core::kStart + scenario.run.duration;
  if (result.variants.empty()) {
    RC_ASSERT(is_same(cost.total, result.summary.instances.hours * price));
    RC_ASSERT(std::abs(in_service_seconds(result, end) - result.summary.instances.mean * duration) <
              1e-6 * duration);
    return;
  }
  double hours = 0;
  for (const VariantResult& variant : result.variants) {
    hours += variant.summary.instances.hours;
    RC_ASSERT(is_same(variant.summary.cost->total, variant.summary.instances.hours * price));
  }
  RC_ASSERT(is_same(cost.total, hours * price));
}

TEST(Conservation, HoldsInTwoThousandScenariosOfEverything) {
  ASSERT_TRUE(kIsSet);
  std::cout << "RC_PARAMS=\"" << std::getenv("RC_PARAMS") << "\"\n";
  Totals totals;
  const bool holds = rc::check("what no run may break", [&totals] {
    // Of full size from the first: small seeds would come again and again.
    const auto seed = *rc::gen::resize(100, rc::gen::arbitrary<std::uint64_t>());
    RC_LOG() << "random_scenario_of_everything(" << seed << ")\n";
    const Scenario scenario = tests::random_scenario_of_everything(seed);
    const RunResult result = simulate(scenario, {});
    expect_conservation(scenario, result);
    expect_minutes_add_up(result);
    expect_observations_tell_the_history(result);
    expect_same_arrivals(scenario, result);
    expect_littles_law(scenario, result);
    expect_cost_identity(scenario, result);
    const Summary& summary = result.summary;
    ++totals.scenarios;
    totals.with_variants += result.variants.empty() ? 0 : 1;
    totals.scale_ins += summary.scaling.scale_ins;
    totals.errors.timed_out += summary.errors.timed_out;
    totals.errors.rejected += summary.errors.rejected;
    totals.errors.interrupted += summary.errors.interrupted;
    totals.errors.no_capacity += summary.errors.no_capacity;
    totals.errors.model_error += summary.errors.model_error;
    if (!summary.retries) return;
    totals.retries += summary.retries->attempts;
    totals.given_up += summary.retries->given_up;
  });
  EXPECT_TRUE(holds);
  // It proves nothing about what does not occur in it.
  EXPECT_GE(totals.scenarios, 2000);
  EXPECT_GT(totals.with_variants, 500);
  EXPECT_GT(totals.scale_ins, 500);
  EXPECT_GT(totals.retries, 10'000);
  EXPECT_GT(totals.given_up, 1000);
  EXPECT_GT(totals.errors.timed_out, 10'000);
  EXPECT_GT(totals.errors.rejected, 10'000);
  EXPECT_GT(totals.errors.interrupted, 100);
  EXPECT_GT(totals.errors.model_error, 1000);
}

}  // namespace
}  // namespace sim
