#include "models/endpoint/capacity_errors.hpp"

#include <gtest/gtest.h>

namespace models::endpoint {
namespace {

using namespace std::chrono_literals;

core::SimTime at(core::Duration since_start) { return core::kStart + since_start; }

CapacitySupply supply_of(CapacityErrors errors) {
  return {std::move(errors), core::RandomEngine(5)};
}

TEST(CapacitySupply, NeverFailsWhereNothingIsSaid) {
  CapacitySupply supply = supply_of({});
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(supply.refuses(at(i * 1min)));
}

TEST(CapacitySupply, FailsFromTheBeginningOfAWindowToItsEnd) {
  CapacitySupply supply = supply_of({.windows = {{10min, 20min}, {20min, 30min}, {40min, 50min}}});
  const core::Duration tick{1};
  EXPECT_FALSE(supply.refuses(at(10min - tick)));
  EXPECT_TRUE(supply.refuses(at(10min)));
  EXPECT_TRUE(supply.refuses(at(20min - tick)));
  EXPECT_TRUE(supply.refuses(at(20min)));
  EXPECT_TRUE(supply.refuses(at(30min - tick)));
  EXPECT_FALSE(supply.refuses(at(30min)));
  EXPECT_FALSE(supply.refuses(at(40min - tick)));
  EXPECT_TRUE(supply.refuses(at(40min)));
  EXPECT_FALSE(supply.refuses(at(50min)));
}

TEST(CapacitySupply, FailsWithItsProbability) {
  CapacitySupply supply = supply_of({.probability = 0.25, .windows = {}});
  int refused = 0;
  for (int i = 0; i < 40'000; ++i) refused += supply.refuses(at(1min)) ? 1 : 0;
  EXPECT_NEAR(refused, 10'000, 5 * 87);  // five standard deviations
  CapacitySupply certain = supply_of({.probability = 1, .windows = {}});
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(certain.refuses(at(1min)));
}

TEST(CapacitySupply, WindowLeavesTheFateOfLaterScaleOutsAsItWas) {
  CapacitySupply plain = supply_of({.probability = 0.5, .windows = {}});
  CapacitySupply windowed = supply_of({.probability = 0.5, .windows = {{0min, 10min}}});
  for (int minute = 0; minute < 100; ++minute) {
    const bool refused = plain.refuses(at(minute * 1min));
    EXPECT_EQ(windowed.refuses(at(minute * 1min)), refused || minute < 10) << minute;
  }
}

}  // namespace
}  // namespace models::endpoint
