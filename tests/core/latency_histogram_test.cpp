#include "core/latency_histogram.hpp"

#include <gtest/gtest.h>

namespace core {
namespace {

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

}  // namespace
}  // namespace core
