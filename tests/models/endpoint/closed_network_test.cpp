#include "models/endpoint/closed_network.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace models::endpoint {
namespace {

const std::vector<double> kRates{100, 160, 150};

TEST(ClosedNetwork, OneUserAsksOnceInServiceAndThinking) {
  const ClosedLoad load = closed_load(kRates, 0.03, 1);
  EXPECT_NEAR(load.throughput, 1 / (0.01 + 0.03), 1e-12);
  EXPECT_NEAR(load.concurrency, 0.25, 1e-12);
}

TEST(ClosedNetwork, WithoutThinkingAllUsersAreAtTheInstance) {
  EXPECT_EQ(closed_load(kRates, 0, 2).throughput, 160);
  EXPECT_EQ(closed_load(kRates, 0, 9).throughput, 150);  // beyond the rates that are given
  EXPECT_EQ(closed_load(kRates, 0, 9).concurrency, 9);
}

// Two users of a station that serves one at a time: M/M/1//2, by hand.
TEST(ClosedNetwork, MatchesTheRepairmanOfTwoMachines) {
  const ClosedLoad load = closed_load(std::vector<double>{1.0}, 2, 2);
  // p1 = 2 x (1/2) p0 = p0, p2 = (1/2) p1.
  EXPECT_NEAR(load.shares[0], 0.4, 1e-12);
  EXPECT_NEAR(load.shares[1], 0.4, 1e-12);
  EXPECT_NEAR(load.shares[2], 0.2, 1e-12);
  EXPECT_NEAR(load.throughput, 0.6, 1e-12);
}

TEST(ClosedNetwork, LittlesLawHoldsAndSharesAreShares) {
  for (const double users : {0.4, 1.0, 1.7, 3.0, 12.5, 400.0}) {
    const ClosedLoad load = closed_load(kRates, 0.05, users);
    EXPECT_NEAR(std::accumulate(load.shares.begin(), load.shares.end(), 0.0), 1, 1e-12);
    EXPECT_NEAR(load.concurrency + load.throughput * 0.05, users, 1e-9 * users);
  }
}

TEST(ClosedNetwork, PartOfAUserIsAMixtureInTime) {
  const ClosedLoad two = closed_load(kRates, 0.02, 2);
  const ClosedLoad three = closed_load(kRates, 0.02, 3);
  const ClosedLoad between = closed_load(kRates, 0.02, 2.25);
  EXPECT_NEAR(between.throughput, 0.75 * two.throughput + 0.25 * three.throughput, 1e-9);
  EXPECT_NEAR(between.concurrency, 0.75 * two.concurrency + 0.25 * three.concurrency, 1e-9);
}

}  // namespace
}  // namespace models::endpoint
