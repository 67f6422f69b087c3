#include "sim/study/comparison.hpp"

#include <gtest/gtest.h>

#include <string>

#include "sim/scenario/limit_reader.hpp"
#include "sim/scenario/summary_keys.hpp"
#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

Scenario scenario_with(const std::string& latency, const std::string& more = {}) {
  const auto loaded = tests::load(
      "version: 1\nrun: {duration: 10m, seed: 5}\ntraffic: {t: {rate: 100/s}}\n"
      "endpoint: {instance_type: ml.c5.large, workers: 2, latency: {exponential: " +
      latency + "}}\n" + more);
  EXPECT_TRUE(loaded.scenario) << loaded.messages;
  return *loaded.scenario;
}

const ComparedNumber& number_of(const ComparisonResult& result, std::string_view path) {
  for (const ComparedNumber& number : result.numbers) {
    if (summary_keys()[number.key].path == path) return number;
  }
  ADD_FAILURE() << path;
  return result.numbers.front();
}

std::vector<RegressionLimit> limits(const std::vector<std::string>& texts) {
  Diagnostics diagnostics;
  std::vector<RegressionLimit> read;
  for (const std::string& text : texts) {
    const auto limit = read_limit(text, {"--fail-on", 0, 0}, diagnostics);
    EXPECT_TRUE(limit) << diagnostics.render_all();
    if (limit) read.push_back(*limit);
  }
  return read;
}

TEST(Comparison, OfAScenarioWithItselfIsTheSameInEverything) {
  const Scenario scenario = scenario_with("12ms");
  const ComparisonResult result = compare(scenario, scenario, {.run_count = 3});
  for (const ComparedNumber& number : result.numbers) {
    EXPECT_EQ(number.verdict, ComparisonVerdict::Same) << summary_keys()[number.key].path;
    EXPECT_EQ(number.difference, 0);
  }
  EXPECT_TRUE(result.changes.empty());
  EXPECT_EQ(result.verdict(), OverallVerdict::Pass);
}

TEST(Comparison, KeepsTheFirstRunsOfBothWhenAsked) {
  const Scenario base = scenario_with("12ms");
  Scenario candidate = scenario_with("13ms", "expect: [latency.mean < 1ms]\n");
  candidate.run.seed = 6;
  FirstRuns first;
  compare(base, candidate, {.run_count = 2, .threads = 2, .first_runs = &first});
  EXPECT_EQ(first.base.result.summary.latency.mean, play_run(base, {}).result.summary.latency.mean);
  // With the requests of the base, and judged by the same expectations.
  candidate.run.seed = base.run.seed;
  EXPECT_EQ(first.candidate.result.summary.latency.mean,
            play_run(candidate, {}).result.summary.latency.mean);
  EXPECT_EQ(first.base.expectations.size(), 1U);
  EXPECT_EQ(first.candidate.expectations.size(), 1U);
}

TEST(Comparison, LongerServiceIsWorseAndCostsTheSame) {
  const ComparisonResult result =
      compare(scenario_with("12ms"), scenario_with("13ms"), {.run_count = 4});
  const ComparedNumber& latency = number_of(result, "latency.mean");
  EXPECT_EQ(latency.verdict, ComparisonVerdict::Worse);
  EXPECT_NEAR(*latency.difference, *latency.candidate - *latency.base, 1e-12);
  EXPECT_TRUE(latency.interval->contains(*latency.difference));
  EXPECT_EQ(number_of(result, "cost.total").verdict, ComparisonVerdict::Same);
  EXPECT_EQ(number_of(result, "requests.total").verdict, ComparisonVerdict::Same);
  // What is neither good nor bad is never called either.
  EXPECT_EQ(number_of(result, "cpu_percent.mean").verdict, ComparisonVerdict::Differs);
  ASSERT_EQ(result.changes.size(), 2U);  // and the throughput that follows from it
  EXPECT_EQ(result.changes[0].path, "endpoint.latency.exponential");
  EXPECT_EQ(*result.changes[0].base, "12ms");
  EXPECT_EQ(*result.changes[0].candidate, "13ms");
  const ComparisonResult back =
      compare(scenario_with("13ms"), scenario_with("12ms"), {.run_count = 4});
  EXPECT_EQ(number_of(back, "latency.mean").verdict, ComparisonVerdict::Better);
}

// Common random numbers: with the same work, the interval is several times narrower.
TEST(Comparison, SameRequestsNarrowTheInterval) {
  const Scenario base = scenario_with("12ms");
  const Scenario candidate = scenario_with("12.2ms");
  ComparisonOptions options{.run_count = 12};
  const auto width = [&](bool is_paired, std::string_view path) {
    options.is_paired = is_paired;
    const ComparisonResult result = compare(base, candidate, options);
    const core::Interval interval = *number_of(result, path).interval;
    return interval.high - interval.low;
  };
  for (const std::string_view path : {"latency.mean", "cpu_percent.mean"}) {
    EXPECT_GE(width(false, path), 3 * width(true, path)) << path;
  }
}

TEST(Comparison, LimitIsBrokenKeptOrOpen) {
  ComparisonOptions options{.run_count = 5};
  options.limits = limits({"latency.mean > +1%", "latency.mean > +5s", "cost.total > 0 USD",
                           "requests.succeeded < -1", "latency.max > +0%"});
  const ComparisonResult result = compare(scenario_with("12ms"), scenario_with("13ms"), options);
  EXPECT_EQ(result.limits[0].verdict, LimitVerdict::Broken);
  EXPECT_NEAR(result.limits[0].allowed, 0.01 * *result.limits[0].number.base, 1e-12);
  EXPECT_EQ(result.limits[1].verdict, LimitVerdict::Kept);
  EXPECT_EQ(result.limits[2].verdict, LimitVerdict::Kept);  // no more, to the cent
  EXPECT_EQ(result.limits[3].verdict, LimitVerdict::Kept);
  EXPECT_EQ(result.verdict(), OverallVerdict::Fail);
}

TEST(Comparison, LimitsOfTheCandidateCountBesideThoseGiven) {
  const Scenario base = scenario_with("12ms", "limits: [latency.mean > +0%]\n");
  const Scenario candidate =
      scenario_with("13ms", "limits: [{that: cost.total > +1%, because: the budget}]\n");
  ComparisonOptions options{.run_count = 3};
  options.limits = limits({"latency.mean > +90%"});
  const ComparisonResult result = compare(base, candidate, options);
  ASSERT_EQ(result.limits.size(), 2U);
  EXPECT_EQ(result.limits[0].text, "cost.total > +1%");
  EXPECT_EQ(result.limits[0].because, "the budget");
  EXPECT_EQ(result.limits[1].text, "latency.mean > +90%");
  EXPECT_EQ(result.verdict(), OverallVerdict::Pass);
  EXPECT_EQ(compare(candidate, base, options).limits[0].text, "latency.mean > +0%");
}

TEST(Comparison, OneRunHasNoIntervalAndClaimsNothing) {
  ComparisonOptions options{.run_count = 1};
  options.limits = limits({"latency.mean > +1%"});
  const ComparisonResult result = compare(scenario_with("12ms"), scenario_with("13ms"), options);
  EXPECT_EQ(number_of(result, "latency.mean").verdict, ComparisonVerdict::CannotTell);
  EXPECT_FALSE(number_of(result, "latency.mean").interval);
  EXPECT_EQ(result.limits[0].verdict, LimitVerdict::Broken);  // of the one difference there is
}

TEST(Comparison, ExpectationThatOnlyTheBaseMeetsIsARegression) {
  const std::string expect = "expect: [latency.mean < 21ms, errors.rate < 1%, latency.p50 > 1h]\n";
  const ComparisonResult result =
      compare(scenario_with("12ms"), scenario_with("16ms", expect), {.run_count = 2});
  ASSERT_EQ(result.expectations.size(), 3U);
  EXPECT_TRUE(result.expectations[0].is_regression());
  EXPECT_FALSE(result.expectations[1].is_regression());
  EXPECT_FALSE(result.expectations[2].is_regression());  // neither meets it
  EXPECT_EQ(result.verdict(), OverallVerdict::Fail);
}

TEST(Comparison, GivesTheSameOnAnyNumberOfThreads) {
  const Scenario base = scenario_with("12ms");
  const Scenario candidate = scenario_with("13ms");
  const ComparisonResult one = compare(base, candidate, {.run_count = 5, .threads = 1});
  const ComparisonResult three = compare(base, candidate, {.run_count = 5, .threads = 3});
  for (std::size_t i = 0; i < one.numbers.size(); ++i) {
    EXPECT_EQ(one.numbers[i].base, three.numbers[i].base);
    EXPECT_EQ(one.numbers[i].candidate, three.numbers[i].candidate);
  }
}

TEST(Comparison, WithAPrecisionStopsWhenEveryLimitIsDecided) {
  const Scenario base = scenario_with("12ms");
  const Scenario candidate = scenario_with("13ms");
  ComparisonOptions options;
  options.precision = PrecisionGoal{.relative_half_width = 1e-6, .least_runs = 3, .most_runs = 12};
  options.limits = limits({"latency.mean > +1%", "cost.total > +1%"});
  const ComparisonResult decided = compare(base, candidate, options);
  EXPECT_EQ(decided.verdict(), OverallVerdict::Fail);
  EXPECT_LT(decided.run_count, 12U);
  EXPECT_TRUE(decided.precision.value().is_reached());
  // A limit that is the difference itself is never decided.
  options.limits.resize(1);
  options.limits[0].is_relative = false;
  ComparisonOptions all{.run_count = 12};
  options.limits[0].change = *number_of(compare(base, candidate, all), "latency.mean").difference;
  const ComparisonResult open = compare(base, candidate, options);
  EXPECT_EQ(open.run_count, 12U);
  EXPECT_EQ(open.verdict(), OverallVerdict::CannotTell);
  EXPECT_EQ(open.precision.value().open, std::vector<std::string>{"latency.mean > +1%"});
  // Half of the interval against the base's mean: soon precise, and still not decided.
  options.precision->relative_half_width = 0.5;
  const ComparisonResult precise = compare(base, candidate, options);
  EXPECT_LT(precise.run_count, 12U);
  EXPECT_TRUE(precise.precision.value().is_reached());
}

TEST(Comparison, ExpectationThatMayBeLostCannotBeTold) {
  const auto at = [](double low, double high, bool passed, bool is_decided) {
    ExpectationResult result;
    result.passed = passed;
    result.over_runs = ExpectationResult::OverRuns{2, 1, core::Interval{low, high}, is_decided};
    return result;
  };
  const ExpectationResult met = at(0, 1, true, true);
  const ExpectationResult failed = at(3, 4, false, true);
  const ExpectationResult open = at(1, 3, false, false);
  EXPECT_TRUE((ComparedExpectation{met, failed}.is_regression()));
  EXPECT_TRUE((ComparedExpectation{met, open}.cannot_tell()));
  EXPECT_TRUE((ComparedExpectation{open, open}.cannot_tell()));
  EXPECT_TRUE((ComparedExpectation{open, failed}.cannot_tell()));
  EXPECT_FALSE((ComparedExpectation{open, met}.cannot_tell()));
  EXPECT_FALSE((ComparedExpectation{failed, open}.cannot_tell()));
  EXPECT_FALSE((ComparedExpectation{met, failed}.cannot_tell()));
  ComparisonResult result;
  result.expectations = {{open, met}};
  EXPECT_EQ(result.verdict(), OverallVerdict::Pass);
  result.expectations = {{met, open}};
  EXPECT_EQ(result.verdict(), OverallVerdict::CannotTell);
}

TEST(RegressionLimits, SayWhatIsWrongWithThem) {
  const auto messages = [](const std::string& text) {
    Diagnostics diagnostics;
    EXPECT_FALSE(read_limit(text, {"--fail-on", 0, 0}, diagnostics));
    return diagnostics.render_all();
  };
  for (const auto& [text, message] :
       {std::pair{"errors.rate", "expected METRIC > CHANGE or METRIC < CHANGE"},
        std::pair{"error.rate > +1pp", "did you mean 'errors.rate'?"},
        std::pair{"instances.in_service > 1", "expected a key of the summary"},
        std::pair{"errors.rate > 0.1", "a change of errors.rate such as +0.1pp or +5%"},
        std::pair{"latency.p99 > 5", "such as +20ms or +5%, found '5'"},
        std::pair{"latency.p99 > ", "found ''"}, std::pair{"cost.total > nan USD", "+0.5 USD"},
        std::pair{"cost.total > --1 USD", "+0.5 USD"}}) {
    EXPECT_NE(messages(text).find(message), std::string::npos) << text << ": " << messages(text);
  }
}

}  // namespace
}  // namespace sim
