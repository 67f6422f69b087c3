#include "models/endpoint/contention.hpp"

#include <gtest/gtest.h>

#include "models/endpoint/endpoint_variant.hpp"

namespace models::endpoint {
namespace {

using namespace std::chrono_literals;

EndpointVariant variant_of(std::int32_t workers, double throughput_per_second) {
  EndpointVariant variant;
  variant.workers = workers;
  variant.service_time = ExactSpan{10ms};
  variant.throughput = core::RequestRate::per_second(throughput_per_second);
  return variant;
}

TEST(Contention, AllWorkersTogetherReachTheThroughput) {
  for (const std::int32_t workers : {2, 3, 4, 16}) {
    for (const double throughput : {100.0, 120.0, 180.0}) {
      const Contention contention = contention_of(variant_of(workers, throughput));
      EXPECT_NEAR(workers * 100 * contention.speed(workers), throughput, 1e-9);
      EXPECT_EQ(contention.speed(1), 1);  // a request alone takes its service time
    }
  }
}

TEST(Contention, MoreBusyWorkersNeverServeLess) {
  const Contention contention = contention_of(variant_of(16, 300));
  for (int busy = 1; busy < 16; ++busy) {
    EXPECT_LT(busy * contention.speed(busy), (busy + 1) * contention.speed(busy + 1));
  }
}

TEST(Contention, ThereIsNoneWhenTheThroughputIsThatOfIndependentWorkers) {
  EXPECT_TRUE(contention_of(variant_of(4, 400)).none());
  EXPECT_TRUE(contention_of(variant_of(4, 399.7)).none());  // to a thousandth
  EXPECT_FALSE(contention_of(variant_of(4, 399.5)).none());
  EXPECT_TRUE(contention_of(variant_of(1, 100)).none());
  EXPECT_EQ(Contention{}.speed(7), 1);
}

TEST(ContentionDeathTest, RefusesAThroughputBelowThatOfOneWorker) {
  EXPECT_DEATH(contention_of(variant_of(4, 99)), "throughput");
  EXPECT_DEATH(contention_of(variant_of(1, 50)), "workers > 1");
  EXPECT_DEATH(contention_of(variant_of(1, 0)), "throughput > 0");
}

}  // namespace
}  // namespace models::endpoint
