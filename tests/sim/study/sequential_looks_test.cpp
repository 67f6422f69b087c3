#include "sim/study/sequential_looks.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <random>

#include "sim/study/expectations_over_runs.hpp"

namespace sim {
namespace {

std::vector<std::size_t> run_counts(const PrecisionGoal& goal) {
  std::vector<std::size_t> counts;
  for (const Look& look : planned_looks(goal)) counts.push_back(look.run_count);
  return counts;
}

// What one run says of `latency.p99 < 1s`.
std::vector<ExpectationResult> run_of(double actual) {
  ExpectationResult result;
  result.expectation.that = "latency.p99 < 1s";
  result.expectation.metric = "latency.p99";
  result.expectation.value = 1;
  result.expectation.unit = "s";
  result.actual = actual;
  result.passed = actual < 1;
  return {result};
}

TEST(SequentialLooks, AreFixedByTheGoalAlone) {
  using Counts = std::vector<std::size_t>;
  EXPECT_EQ(run_counts({.least_runs = 10, .most_runs = 100}),
            (Counts{10, 15, 23, 35, 53, 80, 100}));
  EXPECT_EQ(run_counts({.least_runs = 2, .most_runs = 5}), (Counts{2, 3, 5}));
  EXPECT_EQ(run_counts({.least_runs = 2, .most_runs = 2}), (Counts{2}));
  EXPECT_EQ(run_counts({.least_runs = 10, .most_runs = 15}), (Counts{10, 15}));
  EXPECT_EQ(run_counts({.least_runs = 10, .most_runs = 16}), (Counts{10, 15, 16}));
}

TEST(SequentialLooks, ShareTheChanceOfErrorOfOneLook) {
  EXPECT_DOUBLE_EQ(planned_looks({.least_runs = 7, .most_runs = 7}).front().confidence, 0.95);
  double chance = 0;
  for (const Look& look : planned_looks({})) chance += 1 - look.confidence;
  EXPECT_NEAR(chance, 0.05, 1e-12);
}

TEST(Precision, IsHalfOfTheIntervalAgainstItsNumber) {
  const PrecisionGoal goal{.relative_half_width = 0.125};
  EXPECT_TRUE(is_precise({7, 9}, 8, goal));
  EXPECT_TRUE(is_precise({-9, -7}, -8, goal));
  EXPECT_FALSE(is_precise({7, 9.001}, 8, goal));
  EXPECT_FALSE(is_precise({-1, 1}, 0, goal));
  EXPECT_TRUE(is_precise({0, 0}, 0, goal));  // no run differs from another
}

TEST(Precision, SettlesAnExpectationThatIsDecidedOrPrecise) {
  const auto settled = [](std::vector<double> actuals, double part) {
    std::vector<std::vector<ExpectationResult>> runs;
    for (const double actual : actuals) runs.push_back(run_of(actual));
    const ExpectationResult result = decided_expectations(runs, 0.95).front();
    return std::pair{result, is_settled(result, {.relative_half_width = part})};
  };
  const auto [met, met_settled] = settled({0.5, 0.51, 0.5, 0.51}, 0.001);
  EXPECT_TRUE(met.passed);
  EXPECT_TRUE(met_settled);
  const auto [failed, failed_settled] = settled({1.5, 1.51, 1.5, 1.51}, 0.001);
  EXPECT_TRUE(failed.has_failed());
  EXPECT_TRUE(failed_settled);
  // The mean is below the bound, and that may be chance.
  const auto [open, open_settled] = settled({0.9, 1.05, 0.9, 1.05}, 0.02);
  EXPECT_TRUE(open.cannot_tell());
  EXPECT_FALSE(open.passed);
  EXPECT_FALSE(open.has_failed());
  EXPECT_FALSE(open_settled);
  const auto [close, close_settled] = settled({0.99, 1.005, 0.99, 1.005}, 0.02);
  EXPECT_TRUE(close.cannot_tell());
  EXPECT_TRUE(close_settled);
}

// The worst case: the mean is all but on the bound, so every decision for one side is wrong.
double share_of_wrong_decisions(std::optional<double> confidence_of_every_look) {
  constexpr int kRepetitions = 400;
  std::mt19937_64 random(5);
  const std::vector<Look> looks = planned_looks({.least_runs = 5, .most_runs = 60});
  int wrong = 0;
  for (int repetition = 0; repetition < kRepetitions; ++repetition) {
    std::vector<std::vector<ExpectationResult>> runs;
    for (const Look& look : looks) {
      while (runs.size() < look.run_count) {
        double sum = 0;  // of twelve uniform numbers: normal enough, variance 1
        for (int i = 0; i < 12; ++i) sum += static_cast<double>(random() >> 11U) * 0x1p-53;
        runs.push_back(run_of(1 - 1e-6 + 0.1 * (sum - 6)));
      }
      const double confidence = confidence_of_every_look.value_or(look.confidence);
      const ExpectationResult result = decided_expectations(runs, confidence).front();
      if (result.cannot_tell()) continue;
      wrong += result.has_failed() ? 1 : 0;
      break;
    }
  }
  return static_cast<double>(wrong) / kRepetitions;
}

TEST(SequentialLooks, KeepTheChanceOfAWrongDecisionDown) {
  EXPECT_LE(share_of_wrong_decisions(std::nullopt), 0.025);
  // Looking as often without paying for it would not.
  EXPECT_GT(share_of_wrong_decisions(0.95), 0.05);
}

}  // namespace
}  // namespace sim
