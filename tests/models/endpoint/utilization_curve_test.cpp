#include "models/endpoint/utilization_curve.hpp"

#include <gtest/gtest.h>

#include "core/random_streams.hpp"

namespace models::endpoint {
namespace {

core::RequestRate rate(double per_second) { return core::RequestRate::per_second(per_second); }

std::vector<UtilizationPoint> points_of(const std::vector<std::pair<double, double>>& points) {
  std::vector<UtilizationPoint> made;
  for (const auto& [at, percent] : points) made.push_back({rate(at), percent});
  return made;
}

double percent_at(const UtilizationCurve& curve, double at) { return curve.at(rate(at)); }

// The measured ml.c5.large: nearly straight to saturation, then steep.
const std::vector<std::pair<double, double>> kMeasured = {{0, 2}, {107, 102}, {150, 173}};

TEST(UtilizationCurve, GoesThroughEveryPoint) {
  const UtilizationCurve curve(points_of(kMeasured));
  for (const auto& [at, percent] : kMeasured) EXPECT_DOUBLE_EQ(percent_at(curve, at), percent);
}

TEST(UtilizationCurve, StaysAtItsFirstAndLastValueOutside) {
  const UtilizationCurve curve(points_of({{10, 20}, {20, 50}}));
  EXPECT_EQ(percent_at(curve, 0), 20);
  EXPECT_EQ(percent_at(curve, 1000), 50);
}

TEST(UtilizationCurve, OnePointIsTheSameEverywhere) {
  const UtilizationCurve curve(points_of({{10, 20}}));
  for (const double at : {0.0, 10.0, 99.0}) EXPECT_EQ(percent_at(curve, at), 20);
}

TEST(UtilizationCurve, TwoPointsAreAStraightLine) {
  const UtilizationCurve curve(points_of({{0, 10}, {100, 60}}));
  for (const double at : {0.0, 12.5, 50.0, 99.0}) {
    EXPECT_NEAR(percent_at(curve, at), 10 + at / 2, 1e-12);
  }
}

// Worked by hand from Fritsch and Butland's slopes. The secants 1, 3 and 1 over widths of 1, 2
// and 1 give the inner points the slope 9 / (5 / 1 + 4 / 3) = 27 / 19; between them, over a width
// of 2 with equal slopes at both ends, the middle lies half way.
TEST(UtilizationCurve, HasTheSlopesOfFritschAndButland) {
  const UtilizationCurve curve(points_of({{0, 0}, {1, 1}, {3, 7}, {4, 8}}));
  EXPECT_NEAR(percent_at(curve, 2), 4, 1e-12);
  // At t = 1/4 the Hermite basis is 54/64, 10/64, 9/64 and -3/64.
  const double slope = 27.0 / 19;
  EXPECT_NEAR(percent_at(curve, 1.5),
              1 * 54.0 / 64 + 7 * 10.0 / 64 + 2 * slope * (9.0 / 64 - 3.0 / 64), 1e-12);
  // The first piece begins with its secant: at t = 1/2 the basis is 1/2, 1/2, 1/8 and -1/8.
  EXPECT_NEAR(percent_at(curve, 0.5), 0.5 + (1 - slope) / 8, 1e-12);
}

TEST(UtilizationCurve, TurnsOnlyAtAPoint) {
  const UtilizationCurve curve(points_of({{0, 10}, {10, 40}, {20, 30}, {30, 35}}));
  for (double at = 0; at <= 30; at += 0.01) {
    const double percent = percent_at(curve, at);
    EXPECT_LE(percent, 40 + 1e-12);
    EXPECT_GE(percent, at < 10 ? 10 : 30 - 1e-12);
  }
}

TEST(UtilizationCurve, NeverFallsBetweenRisingPoints) {
  core::RandomEngine engine(3);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::pair<double, double>> points = {{0, engine.unit_interval()}};
    const std::uint32_t count = 2 + engine.below(6);
    for (std::uint32_t i = 0; i < count; ++i) {
      // Very uneven: widths and rises over four orders of magnitude, some flat.
      const double width = std::pow(10, 2 - 4 * engine.unit_interval());
      const double rise = engine.below(4) == 0 ? 0 : std::pow(10, 2 - 4 * engine.unit_interval());
      points.emplace_back(points.back().first + width, points.back().second + rise);
    }
    const UtilizationCurve curve(points_of(points));
    double before = points.front().second;
    for (int step = 0; step <= 2000; ++step) {
      const double percent = percent_at(curve, points.back().first * step / 2000);
      ASSERT_GE(percent, before - 1e-9) << "round " << round;
      before = percent;
    }
    EXPECT_NEAR(before, points.back().second, 1e-9);
  }
}

TEST(CpuOfBusyWorkers, IsSpreadOverTheVcpus) {
  EXPECT_EQ(cpu_of_busy_workers(0, 4, {4}).percent, 0);
  EXPECT_EQ(cpu_of_busy_workers(0.5, 4, {4}).percent, 200);
  EXPECT_EQ(cpu_of_busy_workers(1, 4, {4}).percent, 400);
  EXPECT_EQ(cpu_of_busy_workers(1, 2, {4}).percent, 200);
  // No more than the instance has.
  EXPECT_EQ(cpu_of_busy_workers(0.25, 8, {2}).percent, 200);
  EXPECT_EQ(cpu_of_busy_workers(1, 8, {2}).percent, 200);
}

TEST(UtilizationCurveDeathTest, RefusesPointsThatDoNotIncreaseInRate) {
  EXPECT_DEATH(UtilizationCurve(points_of({{1, 1}, {1, 2}})), "per_second");
}

TEST(UtilizationCurveDeathTest, IsNotAskedWithoutPoints) {
  const UtilizationCurve curve({});
  EXPECT_FALSE(curve.has_points());
  EXPECT_DEATH(curve.at(rate(1)), "has_points");
}

}  // namespace
}  // namespace models::endpoint
