#include "core/running_statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "core/random_streams.hpp"

namespace core {
namespace {

using std::chrono::seconds;

RunningStatistics statistics_of(std::span<const double> values) {
  RunningStatistics statistics;
  for (const double value : values) statistics.add(value);
  return statistics;
}

TEST(RunningStatistics, OfNothing) {
  const RunningStatistics statistics;
  EXPECT_EQ(statistics.count(), 0);
  EXPECT_EQ(statistics.sum(), 0.0);
  EXPECT_EQ(statistics.mean(), 0.0);
  EXPECT_EQ(statistics.variance(), 0.0);
  EXPECT_EQ(statistics.minimum(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(statistics.maximum(), -std::numeric_limits<double>::infinity());
}

TEST(RunningStatistics, OfOneValueHasNoVariance) {
  const RunningStatistics statistics = statistics_of(std::vector{-3.5});
  EXPECT_EQ(statistics.mean(), -3.5);
  EXPECT_EQ(statistics.minimum(), -3.5);
  EXPECT_EQ(statistics.maximum(), -3.5);
  EXPECT_EQ(statistics.variance(), 0.0);
}

TEST(RunningStatistics, OfEightValuesByHand) {
  const RunningStatistics statistics = statistics_of(std::vector<double>{2, 4, 4, 4, 5, 5, 7, 9});
  EXPECT_EQ(statistics.count(), 8);
  EXPECT_EQ(statistics.sum(), 40.0);
  EXPECT_EQ(statistics.mean(), 5.0);
  EXPECT_DOUBLE_EQ(statistics.variance(), 32.0 / 7.0);
  EXPECT_EQ(statistics.minimum(), 2.0);
  EXPECT_EQ(statistics.maximum(), 9.0);
}

TEST(RunningStatistics, KeepTheVarianceOfSmallDifferencesBetweenLargeNumbers) {
  // The mean of squares less the square of the mean would lose every digit here.
  const RunningStatistics statistics =
      statistics_of(std::vector{1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16});
  EXPECT_DOUBLE_EQ(statistics.variance(), 30.0);
}

TEST(RunningStatistics, MergedAreTheSameAsAddedOneByOne) {
  RandomEngine engine(1);
  std::vector<double> values(1000);
  for (double& value : values) value = std::log(engine.unit_interval()) * 50.0;
  const RunningStatistics whole = statistics_of(values);
  for (const std::size_t cut : {0U, 1U, 2U, 500U, 999U, 1000U}) {
    RunningStatistics merged = statistics_of(std::span(values).first(cut));
    merged.merge(statistics_of(std::span(values).subspan(cut)));
    EXPECT_EQ(merged.count(), whole.count());
    EXPECT_NEAR(merged.sum(), whole.sum(), 1e-9 * std::abs(whole.sum()));
    EXPECT_NEAR(merged.mean(), whole.mean(), 1e-12 * std::abs(whole.mean()));
    EXPECT_NEAR(merged.variance(), whole.variance(), 1e-12 * whole.variance());
    EXPECT_EQ(merged.minimum(), whole.minimum());
    EXPECT_EQ(merged.maximum(), whole.maximum());
  }
}

TEST(TimeWeightedMean, WeighsEachValueByHowLongItHeld) {
  TimeWeightedMean in_service(1);
  in_service.set(kStart + seconds(30), 2);
  in_service.set(kStart + seconds(50), 4);
  EXPECT_EQ(in_service.value(), 4.0);
  EXPECT_DOUBLE_EQ(in_service.integral_until(kStart + seconds(60)), 30 * 1 + 20 * 2 + 10 * 4);
  EXPECT_DOUBLE_EQ(in_service.mean_until(kStart + seconds(60)), 110.0 / 60.0);
}

TEST(TimeWeightedMean, AChangeAtTheSameInstantCountsForNothing) {
  TimeWeightedMean mean(1);
  mean.set(kStart + seconds(10), 1000);
  mean.set(kStart + seconds(10), 3);
  EXPECT_DOUBLE_EQ(mean.mean_until(kStart + seconds(20)), 2.0);
}

TEST(TimeWeightedMean, BeginsWhereItIsTold) {
  TimeWeightedMean mean(5, kStart + seconds(100));
  EXPECT_EQ(mean.mean_until(kStart + seconds(100)), 5.0);
  mean.set(kStart + seconds(110), 15);
  EXPECT_DOUBLE_EQ(mean.mean_until(kStart + seconds(120)), 10.0);
}

TEST(TimeWeightedMean, ReadingItChangesNothing) {
  TimeWeightedMean mean(2);
  const double first = mean.integral_until(kStart + seconds(7));
  EXPECT_EQ(mean.integral_until(kStart + seconds(7)), first);
  EXPECT_EQ(mean.integral_until(kStart + seconds(3)), 6.0);
}

TEST(TimeWeightedMeanDeathTest, RefusesToGoBack) {
  TimeWeightedMean mean(2);
  mean.set(kStart + std::chrono::nanoseconds(5), 1);
  EXPECT_EXIT(mean.set(kStart, 1), ::testing::ExitedWithCode(3), "values: 0 against 5");
}

}  // namespace
}  // namespace core
