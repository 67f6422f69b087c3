#include "models/endpoint/saturation_curve.hpp"

#include <gtest/gtest.h>

#include "models/endpoint/endpoint_variant.hpp"

namespace models::endpoint {
namespace {

using core::RequestRate;
using namespace std::chrono_literals;

EndpointVariant variant_of(std::int32_t workers, double throughput_per_second) {
  EndpointVariant variant;
  variant.workers = workers;
  variant.service_time = ExactSpan{10ms};
  variant.throughput = RequestRate::per_second(throughput_per_second);
  return variant;
}

EndpointVariant measured_variant(const std::vector<double>& per_second) {
  EndpointVariant variant = variant_of(static_cast<std::int32_t>(per_second.size()), 100);
  for (const double rate : per_second) {
    variant.throughputs.push_back(RequestRate::per_second(rate));
  }
  return variant;
}

TEST(SaturationCurve, AllWorkersTogetherReachTheThroughput) {
  for (const std::int32_t workers : {2, 3, 4, 16}) {
    for (const double throughput : {100.0, 120.0, 180.0}) {
      const SaturationCurve curve = saturation_curve_of(variant_of(workers, throughput));
      EXPECT_NEAR(workers * 100 * curve.speed(workers), throughput, 1e-9);
      EXPECT_EQ(curve.speed(1), 1);  // a request alone takes its service time
    }
  }
}

TEST(SaturationCurve, MoreContendingWorkersNeverServeLess) {
  const SaturationCurve curve = saturation_curve_of(variant_of(16, 300));
  for (int busy = 1; busy < 16; ++busy) {
    EXPECT_LT(busy * curve.speed(busy), (busy + 1) * curve.speed(busy + 1));
  }
}

TEST(SaturationCurve, IsIndependentWhenTheThroughputIsThatOfIndependentWorkers) {
  EXPECT_TRUE(saturation_curve_of(variant_of(4, 400)).independent());
  EXPECT_TRUE(saturation_curve_of(variant_of(4, 399.7)).independent());  // to a thousandth
  EXPECT_FALSE(saturation_curve_of(variant_of(4, 399.5)).independent());
  EXPECT_TRUE(saturation_curve_of(variant_of(1, 100)).independent());
  EXPECT_EQ(SaturationCurve{}.speed(7), 1);
}

TEST(SaturationCurve, GoesThroughTheMeasuredThroughputsAndDownBeyondTheirPeak) {
  const std::vector<double> measured{100, 180, 150, 120};
  const SaturationCurve curve = saturation_curve_of(measured_variant(measured));
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const int busy = static_cast<int>(i) + 1;
    EXPECT_NEAR(busy * 100 * curve.speed(busy), measured[i], 1e-9);
  }
}

TEST(SaturationCurve, IsIndependentWhenEachMeasuredThroughputIsAMultipleOfTheFirst) {
  EXPECT_TRUE(saturation_curve_of(measured_variant({100, 200, 300})).independent());
  EXPECT_TRUE(saturation_curve_of(measured_variant({100, 199.9, 300.2})).independent());
  EXPECT_FALSE(saturation_curve_of(measured_variant({100, 199.7, 300})).independent());
  EXPECT_TRUE(saturation_curve_of(measured_variant({100})).independent());
}

TEST(SaturationCurveDeathTest, RefusesWhatNoInstanceCanDo) {
  EXPECT_DEATH(saturation_curve_of(variant_of(4, 99)), "throughput");
  EXPECT_DEATH(saturation_curve_of(variant_of(1, 50)), "workers > 1");
  EXPECT_DEATH(saturation_curve_of(variant_of(1, 0)), "throughput > 0");
  EXPECT_DEATH(SaturationCurve::through({RequestRate::per_second(1), RequestRate::per_second(0)}),
               "per_second\\(\\) > 0");
  EXPECT_DEATH(SaturationCurve::with_contention(-0.1, 2), "alpha >= 0");
}

}  // namespace
}  // namespace models::endpoint
