#include "core/latency_histogram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/random_streams.hpp"

namespace core {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr double kQuantiles[] = {1e-9, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1.0};

LatencyHistogram histogram_of(const std::vector<Duration>& values) {
  LatencyHistogram histogram;
  for (const Duration value : values) histogram.record(value);
  return histogram;
}

// Spans spread evenly over the logarithms of 1 us to 1 h.
std::vector<Duration> random_spans(std::uint64_t seed, std::size_t count) {
  RandomEngine engine(seed);
  std::vector<Duration> spans(count);
  for (Duration& span : spans) {
    span = round_to_duration(1e-6 * std::pow(3.6e9, engine.unit_interval()));
  }
  return spans;
}

void expect_same(const LatencyHistogram& a, const LatencyHistogram& b) {
  EXPECT_EQ(a.count(), b.count());
  EXPECT_EQ(a.sum_seconds(), b.sum_seconds());
  EXPECT_EQ(a.mean(), b.mean());
  EXPECT_EQ(a.minimum(), b.minimum());
  EXPECT_EQ(a.maximum(), b.maximum());
  for (const double q : kQuantiles) EXPECT_EQ(a.quantile(q), b.quantile(q)) << q;
}

TEST(LatencyHistogram, OfNothingHasNoValues) {
  const LatencyHistogram histogram;
  EXPECT_EQ(histogram.count(), 0);
  EXPECT_EQ(histogram.sum_seconds(), 0.0);
  EXPECT_EQ(histogram.mean(), std::nullopt);
  EXPECT_EQ(histogram.minimum(), std::nullopt);
  EXPECT_EQ(histogram.maximum(), std::nullopt);
  EXPECT_EQ(histogram.quantile(0.99), std::nullopt);
}

TEST(LatencyHistogram, KeepsEveryValueWithinOnePercent) {
  for (double value = 1e3; value < 3.6e12; value *= 1.003) {
    LatencyHistogram histogram;
    histogram.record(Duration{1});
    histogram.record(Duration{static_cast<std::int64_t>(value)});
    histogram.record(Duration{3'600'000'000'000});
    const double read = static_cast<double>(histogram.quantile(0.5)->count());
    EXPECT_NEAR(read, value, 0.01 * value);
  }
}

TEST(LatencyHistogram, KeepsShorterValuesToSixteenNanoseconds) {
  for (std::int64_t value = 0; value < 1100; ++value) {
    LatencyHistogram histogram;
    histogram.record(Duration{0});
    histogram.record(Duration{value});
    histogram.record(hours(1));
    EXPECT_NEAR(static_cast<double>(histogram.quantile(0.6)->count()), static_cast<double>(value),
                16.0);
  }
}

TEST(LatencyHistogram, KeepsCountSumAndExtremesExact) {
  const LatencyHistogram histogram =
      histogram_of({milliseconds(9), microseconds(9301), milliseconds(1001), microseconds(3)});
  EXPECT_EQ(histogram.count(), 4);
  EXPECT_EQ(histogram.sum_seconds(), 1.019304);
  EXPECT_EQ(histogram.mean(), microseconds(254'826));
  EXPECT_EQ(histogram.minimum(), microseconds(3));
  EXPECT_EQ(histogram.maximum(), milliseconds(1001));
}

TEST(LatencyHistogram, OfOneValueHasThatValueAtEveryQuantile) {
  const LatencyHistogram histogram = histogram_of({Duration{12'345'678}});
  for (const double q : kQuantiles) EXPECT_EQ(histogram.quantile(q)->count(), 12'345'678) << q;
}

TEST(LatencyHistogram, QuantilesAreWithinOnePercentOfTheSortedValues) {
  for (const std::size_t count : {1U, 2U, 10U, 99U, 100U, 101U, 20'000U}) {
    std::vector<Duration> spans = random_spans(count, count);
    const LatencyHistogram histogram = histogram_of(spans);
    std::sort(spans.begin(), spans.end());
    for (std::size_t rank = 1; rank <= count; rank += 1 + count / 500) {
      const double q = static_cast<double>(rank) / static_cast<double>(count);
      const auto exact = static_cast<double>(spans[rank - 1].count());
      EXPECT_NEAR(static_cast<double>(histogram.quantile(q)->count()), exact, 0.01 * exact)
          << rank << " of " << count;
    }
  }
}

TEST(LatencyHistogram, AShareThatIsAWholeNumberOfValuesNeedsNoFurtherValue) {
  // Seven of a hundred values are the share 0.07, though 0.07 * 100 > 7 in doubles.
  for (int values : {100, 200, 1000, 5000}) {
    for (int percent = 1; percent < 100; ++percent) {
      const int rank = values * percent / 100;
      LatencyHistogram histogram;
      for (int i = 0; i < values; ++i) histogram.record(i < rank ? milliseconds(1) : hours(1));
      EXPECT_LT(histogram.quantile(percent / 100.0), microseconds(1010))
          << percent << " " << values;
    }
  }
}

TEST(LatencyHistogram, ValuesAboveAnHourCountAsOneHourAndKeepTheMaximum) {
  const LatencyHistogram histogram =
      histogram_of({milliseconds(1), hours(2), hours(3), hours(24 * 365)});
  EXPECT_EQ(histogram.maximum(), hours(24 * 365));
  EXPECT_NEAR(in_seconds(*histogram.quantile(0.6)), 3600.0, 36.0);
}

TEST(LatencyHistogram, MergingIsTheSameAsRecording) {
  for (const std::size_t cut : {0U, 1U, 500U, 999U, 1000U}) {
    const std::vector<Duration> spans = random_spans(cut + 1, 1000);
    const auto middle = spans.begin() + static_cast<std::ptrdiff_t>(cut);
    LatencyHistogram merged = histogram_of({spans.begin(), middle});
    merged.merge(histogram_of({middle, spans.end()}));
    expect_same(merged, histogram_of(spans));
  }
}

TEST(LatencyHistogram, MergesInAnyOrder) {
  const LatencyHistogram a = histogram_of(random_spans(1, 100));
  const LatencyHistogram b = histogram_of({hours(5), Duration{0}});
  LatencyHistogram a_then_b = a;
  a_then_b.merge(b);
  LatencyHistogram b_then_a = b;
  b_then_a.merge(a);
  expect_same(a_then_b, b_then_a);
}

TEST(LatencyHistogram, ClearedIsAsNew) {
  LatencyHistogram histogram = histogram_of(random_spans(8, 1000));
  histogram.record(hours(9));
  histogram.record(Duration{0});
  histogram.clear();
  expect_same(histogram, LatencyHistogram{});
  const std::vector<Duration> spans = random_spans(9, 50);
  for (const Duration span : spans) histogram.record(span);
  expect_same(histogram, histogram_of(spans));
}

TEST(LatencyHistogram, SumsBeyondWhatSixtyFourBitsHold) {
  LatencyHistogram histogram;
  for (int i = 0; i < 4; ++i) histogram.record(Duration::max());
  EXPECT_EQ(histogram.mean(), Duration::max());
  EXPECT_NEAR(histogram.sum_seconds(), 4 * 9.223372036854775807e9, 1.0);
}

TEST(LatencyHistogramDeathTest, RefusesAShareOutsideOfItsRange) {
  const LatencyHistogram histogram = histogram_of({milliseconds(1)});
  EXPECT_EXIT(histogram.quantile(0), ::testing::ExitedWithCode(3), "q > 0");
  EXPECT_EXIT(histogram.quantile(1.001), ::testing::ExitedWithCode(3), "q <= 1");
}

}  // namespace
}  // namespace core
