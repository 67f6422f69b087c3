#include "sim/scenario/policy_lints.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scenario_loading.hpp"

namespace sim {
namespace {

using testing::HasSubstr;

// One instance serves 200 requests a second, 12,000 a minute.
std::string scaled(const std::string& bounds, const std::string& tracking,
                   const std::string& more = "") {
  return "version: 1\nrun: {start: \"2026-03-02 00:00\", timezone: Europe/Berlin, duration: 24h}\n"
         "traffic: {t: {daily: {low: 1/s, high: 400/s, peak_at: \"13:00\"}}}\n" +
         tests::kEndpoint + "scaling:\n  ScalableTargets: [" + bounds +
         "]\n  ScalingPolicies:\n    - PolicyName: p\n      PolicyType: TargetTrackingScaling\n"
         "      TargetTrackingScalingPolicyConfiguration: {" +
         tracking +
         ", PredefinedMetricSpecification: {PredefinedMetricType: "
         "SageMakerVariantInvocationsPerInstance}}\n" +
         more;
}
std::string said(const std::string& text) { return tests::load(text).messages; }
const std::string kBounds = "{MinCapacity: 1, MaxCapacity: 8}";

TEST(PolicyLints, SayNothingOfWhatFitsTheTraffic) {
  EXPECT_EQ(said(scaled(kBounds, "TargetValue: 6000")), "");
}

TEST(PolicyLints, ATargetPerSecondIsToldWithWhatItWouldCallFor) {
  EXPECT_THAT(said(scaled(kBounds, "TargetValue: 100")),
              HasSubstr("a TargetValue of 100 is per MINUTE and instance, 0.83 % of the 12,000 "
                        "that one ml.c5.large serves; the peak of 24,000 a minute would call for "
                        "240 instances where 2 can serve it"));
  EXPECT_EQ(said(scaled(kBounds, "TargetValue: 241")), "");  // a fiftieth is 240
}

TEST(PolicyLints, ATargetBeyondWhatAnInstanceServesIsTold) {
  EXPECT_THAT(said(scaled(kBounds, "TargetValue: 12001")), HasSubstr("it is overloaded before"));
  EXPECT_EQ(said(scaled(kBounds, "TargetValue: 12000")), "");
}

TEST(PolicyLints, ABoundThatDoesNotFitTheTrafficIsTold) {
  EXPECT_THAT(said(scaled("{MinCapacity: 1, MaxCapacity: 1}", "TargetValue: 6000")),
              HasSubstr("MaxCapacity 1 serves 12,000"));
  EXPECT_THAT(said(scaled("{MinCapacity: 1, MaxCapacity: 40}", "TargetValue: 6000")),
              HasSubstr("24,000 / 6,000 = 4 instances: MaxCapacity 40 bounds nothing"));
  EXPECT_EQ(said(scaled("{MinCapacity: 1, MaxCapacity: 39}", "TargetValue: 6000")), "");
  EXPECT_THAT(said(scaled("{MinCapacity: 4, MaxCapacity: 8}", "TargetValue: 6000")),
              HasSubstr("MinCapacity 4 keeps 3 more"));
  EXPECT_EQ(said(scaled("{MinCapacity: 3, MaxCapacity: 8}", "TargetValue: 6000")), "");
}

TEST(PolicyLints, ScaleInThatNobodyDoesIsTold) {
  EXPECT_THAT(said(scaled(kBounds, "TargetValue: 6000, DisableScaleIn: true")),
              HasSubstr("nothing ever removes an instance"));
}

TEST(PolicyLints, SchedulesAreToldInBothReadings) {
  const auto schedule = [](const std::string& rest) {
    return scaled(kBounds, "TargetValue: 6000",
                  "  ScheduledActions: [{ScheduledActionName: m, ScalableTargetAction: "
                  "{MinCapacity: 2}, " +
                      rest + "}]\n");
  };
  const std::string numeric = said(schedule("Schedule: \"cron(0 8 ? * 1-5 *)\""));
  EXPECT_THAT(numeric, HasSubstr("runs on SUN-THU, as 1 is SUN; whoever counts 1 as MON reads "
                                 "MON-FRI"));
  EXPECT_THAT(numeric, HasSubstr("in Europe/Berlin, the timezone of the run, that is 1h later"));
  EXPECT_EQ(said(schedule("Schedule: \"cron(0 8 ? * MON-FRI *)\", Timezone: UTC")), "");
}

}  // namespace
}  // namespace sim
