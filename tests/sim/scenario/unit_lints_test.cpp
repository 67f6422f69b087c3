#include "sim/scenario/unit_lints.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/scenario/linted_scenario.hpp"

namespace sim {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using tests::LintedAlarm;
using tests::lints_of;
using tests::one_less;
using tests::one_more;
using tests::tracking_policy;

std::string said_of(const LintedAlarm& alarm, const std::string& instance = "ml.c5.large") {
  return lints_of({.instance = instance,
                   .policies = {alarm.policy == "in" ? one_less() : one_more()},
                   .alarms = {alarm}});
}
std::string above(const std::string& metric, const std::string& threshold,
                  const std::string& statistic = "Average") {
  return said_of({.metric = metric, .statistic = statistic, .threshold = threshold});
}
std::string below(const std::string& metric, const std::string& threshold) {
  return said_of({.name = "low",
                  .metric = metric,
                  .comparison = "LessThanThreshold",
                  .threshold = threshold,
                  .policy = "in"});
}

TEST(UnitLints, AFractionOfAMetricInPerCentIsToldWithWhatWasMeant) {
  EXPECT_EQ(above("CPUUtilization", "0.5"),
            "percent-as-fraction at Threshold: ^0.5: CPUUtilization is in per cent, from 0 to 200: "
            "a Threshold of 0.5 is 0.5 %, not 50 % (for 50 % of each of 2 processors write 100)\n");
  EXPECT_EQ(lints_of({.policies = {tracking_policy("0.7", "CPUUtilization")}}),
            "percent-as-fraction at TargetValue: ^0.7: CPUUtilization is in per cent, from 0 to "
            "200: a TargetValue of 0.7 is 0.7 %, not 70 % (for 70 % of each of 2 processors write "
            "140)\n");
}

TEST(UnitLints, AFractionIsMoreThanNothingAndAtMostOne) {
  EXPECT_THAT(above("CPUUtilization", "1"), StartsWith("percent-as-fraction at Threshold: ^1:"));
  EXPECT_EQ(above("CPUUtilization", "1.01"), "");
  EXPECT_THAT(above("CPUUtilization", "0.001"), StartsWith("percent-as-fraction"));
  EXPECT_EQ(above("CPUUtilization", "0"), "");
}

TEST(UnitLints, BelowOnePerCentIsIdleAndNoFraction) {
  EXPECT_THAT(below("CPUUtilization", "0.3"), HasSubstr("a Threshold of 0.3 is 0.3 %, not 30 %"));
  EXPECT_THAT(below("CPUUtilization", "0.99"), StartsWith("percent-as-fraction"));
  EXPECT_EQ(below("CPUUtilization", "1"), "");
}

TEST(UnitLints, OnlyValuesOfAUtilizationAreInPerCent) {
  EXPECT_EQ(above("CPUUtilization", "0.5", "SampleCount"), "");
  EXPECT_THAT(above("CPUUtilization", "0.5", "Maximum"), StartsWith("percent-as-fraction"));
  EXPECT_EQ(above("Invocation5XXErrors", "0.5"), "");  // a share of the requests
}

TEST(UnitLints, WhatAHintSaysToWriteIsReadAsANumber) {
  EXPECT_THAT(said_of({.threshold = "0.9"}, "ml.c5.4xlarge"),
              HasSubstr("for 90 % of each of 16 processors write 1440)"));
  EXPECT_THAT(lints_of({.traffic = "{rate: 400/s}", .policies = {tracking_policy("100")}}),
              HasSubstr("for 100 a second write 6000; half of what it serves is 6000)"));
  EXPECT_THAT(lints_of({.policies = {tracking_policy("12001")}}),
              HasSubstr("AWS advises half of what it serves: 6000)"));
}

TEST(UnitLints, ALatencyInMillisecondsIsToldWithWhatARequestTakes) {
  EXPECT_EQ(above("ModelLatency", "200"),
            "not-microseconds at Threshold: ^200: ModelLatency is in microseconds: a Threshold of "
            "200 is 0.2 ms, and a request that is alone takes 10 ms on average (for 200 ms write "
            "200000)\n");
  EXPECT_EQ(lints_of({.policies = {tracking_policy("200", "ModelLatency")}}),
            "not-microseconds at TargetValue: ^200: ModelLatency is in microseconds: a TargetValue "
            "of 200 is 0.2 ms, and a request that is alone takes 10 ms on average (for 200 ms "
            "write 200000)\n");
  EXPECT_THAT(above("ModelLatency", "200", "Maximum"), StartsWith("not-microseconds"));
}

TEST(UnitLints, ALatencyIsTooLowUpToATenthOfWhatARequestTakes) {
  EXPECT_THAT(above("ModelLatency", "1000"),
              HasSubstr("a Threshold of 1,000 is 1 ms, and a request that is alone takes 10 ms on "
                        "average (for 1,000 ms write 1000000)"));
  EXPECT_EQ(above("ModelLatency", "1001"), "");
  EXPECT_EQ(above("ModelLatency", "0"), "");
}

TEST(UnitLints, OnlyLatenciesThatScaleOutAreInTheWrongUnit) {
  EXPECT_EQ(above("ModelLatency", "200", "SampleCount"), "");
  EXPECT_EQ(below("ModelLatency", "200"), "");
  EXPECT_EQ(above("OverheadLatency", "200"), "");  // less than what the model takes
}

}  // namespace
}  // namespace sim
