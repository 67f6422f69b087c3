#include "models/cloudwatch/distribution.hpp"

#include <gtest/gtest.h>

namespace models::cloudwatch {
namespace {

TEST(Distribution, GivesTheValueThatSoManyPercentDoNotExceed) {
  Distribution values{{{3, 1}, {1, 1}, {2, 1}, {4, 1}}};
  EXPECT_EQ(values.value_at({0}), 1);
  EXPECT_EQ(values.value_at({25}), 1);
  EXPECT_EQ(values.value_at({25.0000000001}), 2);
  EXPECT_EQ(values.value_at({50}), 2);
  EXPECT_EQ(values.value_at({75}), 3);
  EXPECT_EQ(values.value_at({99.9}), 4);
  EXPECT_EQ(values.value_at({100}), 4);
}

TEST(Distribution, CountsEqualValuesTogether) {
  const Distribution values{{{5, 2}, {1, 90}, {5, 8}}};
  EXPECT_EQ(values.count(), 100);
  ASSERT_EQ(values.values().size(), 2U);
  EXPECT_EQ(values.value_at({90}), 1);
  EXPECT_EQ(values.value_at({91}), 5);
}

TEST(Distribution, MergesInAnyOrder) {
  const Distribution a{{{1, 1}, {3, 2}, {9, 1}}};
  const Distribution b{{{0, 4}, {3, 1}, {4, 1}}};
  Distribution both = a;
  both.merge(b);
  Distribution reversed = b;
  reversed.merge(a);
  EXPECT_EQ(both, reversed);
  EXPECT_EQ(both, Distribution({{0, 4}, {1, 1}, {3, 3}, {4, 1}, {9, 1}}));
  both.merge({});
  EXPECT_EQ(both, reversed);
}

TEST(Percentile, MeansItsDecimalsExactly) {
  // 99.9 % of 10 000 is sample 9 990, and no rounding makes it 9 991.
  EXPECT_EQ(Percentile{99.9}.rank_in(10'000), 9'990);
  EXPECT_EQ(Percentile{7}.rank_in(100), 7);
  EXPECT_EQ(Percentile{99.9999999999}.rank_in(1'000'000'000'000), 999'999'999'999);
  EXPECT_EQ(Percentile{0}.rank_in(3), 1);
}

TEST(Percentile, NeverHasEnoughSamplesAtTheEnds) {
  EXPECT_GT(Percentile{100}.fewest_samples(), std::int64_t{1} << 62);
  EXPECT_GT(Percentile{0}.fewest_samples(), std::int64_t{1} << 62);
}

}  // namespace
}  // namespace models::cloudwatch
