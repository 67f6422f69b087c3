#include "core/confidence.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <vector>

#include "core/random_streams.hpp"

namespace core {
namespace {

TEST(MeanInterval, AgreesWithTheTableForNineDegreesOfFreedom) {
  // Law, Simulation Modeling and Analysis, section 4.5: ten observations, mean 1.34,
  // sample variance 0.17, 90 % interval 1.34 +- 1.83 sqrt(0.17 / 10) = 1.34 +- 0.24.
  const std::array values = {1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09};
  const Interval interval = mean_interval(values, 0.90);
  EXPECT_NEAR((interval.low + interval.high) / 2, 1.343, 1e-9);
  EXPECT_NEAR((interval.high - interval.low) / 2, 0.24, 0.005);
}

TEST(MeanInterval, UsesStudentsFactorForEachLevelAndSize) {
  // Two-sided factors of Student's t as printed in tables.
  const struct {
    int values;
    double level;
    double factor;
  } rows[] = {{2, 0.95, 12.706}, {3, 0.95, 4.303},  {5, 0.95, 2.776},  {10, 0.95, 2.262},
              {20, 0.99, 2.861}, {21, 0.90, 1.725}, {121, 0.95, 1.980}};
  for (const auto& row : rows) {
    std::vector<double> values(static_cast<std::size_t>(row.values), -1.0);
    for (std::size_t i = 0; i < values.size(); i += 2) values[i] = 1.0;
    double mean = 0;
    for (const double value : values) mean += value / row.values;
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    const double error = std::sqrt(squares / (row.values - 1) / row.values);
    const Interval interval = mean_interval(values, row.level);
    EXPECT_NEAR((interval.high - mean) / error, row.factor, 0.0006) << row.values;
    EXPECT_NEAR((mean - interval.low) / error, row.factor, 0.0006) << row.values;
  }
}

TEST(MeanInterval, IsAPointWhenAllValuesAreEqual) {
  const std::array values = {2.5, 2.5, 2.5};
  const Interval interval = mean_interval(values, 0.99);
  EXPECT_EQ(interval.low, 2.5);
  EXPECT_EQ(interval.high, 2.5);
  EXPECT_TRUE(interval.contains(2.5));
  EXPECT_FALSE(interval.contains(2.5000001));
}

TEST(MeanInterval, CoversTheTrueMeanAsOftenAsItsLevelSays) {
  RandomEngine engine(20'260'302);
  boost::random::normal_distribution<double> normal(10.0, 3.0);
  constexpr int kRepetitions = 4000;
  int covered = 0;
  for (int repetition = 0; repetition < kRepetitions; ++repetition) {
    std::array<double, 5> values{};
    for (double& value : values) value = normal(engine);
    covered += mean_interval(values, 0.95).contains(10.0) ? 1 : 0;
  }
  // 4.5 standard deviations of a binomial count.
  EXPECT_NEAR(covered, 0.95 * kRepetitions, 4.5 * std::sqrt(kRepetitions * 0.95 * 0.05));
}

TEST(MeanIntervalDeathTest, NeedsTwoValuesAndALevelBetweenZeroAndOne) {
  const std::array one = {1.0};
  const std::array two = {1.0, 2.0};
  EXPECT_EXIT(mean_interval(one, 0.95), ::testing::ExitedWithCode(3), "values: 1 against 2");
  EXPECT_EXIT(mean_interval(two, 0.0), ::testing::ExitedWithCode(3), "level > 0");
  EXPECT_EXIT(mean_interval(two, 1.0), ::testing::ExitedWithCode(3), "level < 1");
}

}  // namespace
}  // namespace core
