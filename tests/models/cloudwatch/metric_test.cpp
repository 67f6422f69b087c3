#include "models/cloudwatch/metric.hpp"

#include <gtest/gtest.h>

namespace models::cloudwatch {
namespace {

TEST(StatisticSet, SummarisesItsSamples) {
  StatisticSet set;
  for (const double sample : {4.0, -1.0, 3.0}) set.add(sample);
  EXPECT_EQ(set.value_of(Statistic::SampleCount), 3);
  EXPECT_EQ(set.value_of(Statistic::Sum), 6);
  EXPECT_EQ(set.value_of(Statistic::Average), 2);
  EXPECT_EQ(set.value_of(Statistic::Minimum), -1);
  EXPECT_EQ(set.value_of(Statistic::Maximum), 4);
}

TEST(StatisticSet, MergedSetsSayTheSameAsOneOfAllSamples) {
  StatisticSet left;
  StatisticSet right;
  StatisticSet all;
  for (const double sample : {4.0, 8.0}) left.add(sample);
  right.add(1.5);
  for (const double sample : {4.0, 8.0, 1.5}) all.add(sample);
  left.merge(right);
  for (const Statistic statistic : {Statistic::SampleCount, Statistic::Sum, Statistic::Average,
                                    Statistic::Minimum, Statistic::Maximum}) {
    EXPECT_EQ(left.value_of(statistic), all.value_of(statistic)) << to_string(statistic);
  }
}

TEST(StatisticSet, HasNoValueWithoutSamples) {
  EXPECT_EXIT(StatisticSet{}.value_of(Statistic::Sum), testing::ExitedWithCode(3), "sample_count");
}

TEST(Statistic, IsSpeltAsAwsSpellsIt) {
  EXPECT_EQ(statistic_from("SampleCount"), Statistic::SampleCount);
  EXPECT_EQ(to_string(Statistic::Average), "Average");
  EXPECT_EQ(statistic_from("average"), std::nullopt);
}

}  // namespace
}  // namespace models::cloudwatch
