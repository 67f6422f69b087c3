#include "sim/scenario/capacity_lints.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/scenario/linted_scenario.hpp"

namespace sim {
namespace {

using testing::HasSubstr;
using tests::lints_of;

// 6,000 requests a minute are an instance's.
std::string said_of(const std::string& rate, int max) {
  return lints_of({.traffic = "{rate: " + rate + "}",
                   .bounds = "{MinCapacity: 1, MaxCapacity: " + std::to_string(max) + "}",
                   .policies = {tests::tracking_policy("6000")}});
}

TEST(MaxNeverNeededLint, AMaximumBeyondAnySurpriseIsTold) {
  EXPECT_THAT(said_of("250/s", 30),
              HasSubstr("max-never-needed at - {MinCapacity: 1, ^MaxCapacity: 30}: the peak of "
                        "15,000 requests a minute calls for 15,000 / 6,000 = 3 instances: "
                        "MaxCapacity 30 bounds nothing"));
  EXPECT_EQ(said_of("250/s", 29), "");  // less than ten times as many
}

TEST(MaxNeverNeededLint, AGenerousMaximumForFewInstancesIsNotTold) {
  EXPECT_EQ(said_of("50/s", 12), "");
  EXPECT_EQ(said_of("150/s", 12), "");
  EXPECT_EQ(said_of("50/s", 20), "");
  EXPECT_THAT(said_of("50/s", 21), HasSubstr("= 1 instance: MaxCapacity 21 bounds nothing"));
  EXPECT_EQ(said_of("150/s", 21), "");
  EXPECT_THAT(said_of("150/s", 22), HasSubstr("= 2 instances: MaxCapacity 22 bounds nothing"));
}

TEST(MaxNeverNeededLint, ItsHintIsReadAsANumber) {
  EXPECT_THAT(lints_of({.traffic = "{rate: 5000/s}",
                        .bounds = "{MinCapacity: 1, MaxCapacity: 10000}",
                        .policies = {tests::tracking_policy("600")}}),
              HasSubstr("(MaxCapacity: 1000 is twice the peak)"));
}

}  // namespace
}  // namespace sim
