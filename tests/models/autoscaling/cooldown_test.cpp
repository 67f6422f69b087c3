#include "models/autoscaling/cooldown.hpp"

#include <gtest/gtest.h>

namespace models::autoscaling {
namespace {

using std::chrono::seconds;

SimTime at(std::int64_t second) { return core::kStart + seconds{second}; }

TEST(Cooldown, StartsWhenTheActivityIsFulfilled) {
  Cooldown cooldown{ScalingRules{}};
  cooldown.accepted_scale_in(at(10), seconds{200});
  EXPECT_TRUE(cooldown.allows_scale_in(at(20)));
  cooldown.fulfilled(at(40));
  EXPECT_EQ(cooldown.scale_in_ends(), at(240));
  cooldown.accepted_scale_out(at(50), {1}, seconds{100});
  cooldown.fulfilled(at(300));
  EXPECT_EQ(cooldown.scale_out_ends(), at(400));
}

TEST(Cooldown, StartsWhenTheRequestIsAcceptedIfSoAsked) {
  Cooldown cooldown{ScalingRules{.cooldown_start = CooldownStart::Accepted}};
  cooldown.accepted_scale_in(at(10), seconds{200});
  EXPECT_EQ(cooldown.scale_in_ends(), at(210));
  cooldown.fulfilled(at(40));
  EXPECT_EQ(cooldown.scale_in_ends(), at(210));
}

TEST(Cooldown, CreditsAllThatAnUnbrokenRowOfScaleOutsAdded) {
  Cooldown cooldown{ScalingRules{}};
  cooldown.accepted_scale_out(at(0), {2}, seconds{100});
  cooldown.fulfilled(at(10));
  EXPECT_EQ(cooldown.allowed_scale_out(at(60), {7}, {10}), InstanceCount{8});
  cooldown.accepted_scale_out(at(60), {1}, seconds{100});
  cooldown.fulfilled(at(70));
  // The same step again is no larger scale out.
  EXPECT_EQ(cooldown.allowed_scale_out(at(120), {8}, {11}), InstanceCount{8});
  // After the cooldown nothing is credited.
  EXPECT_EQ(cooldown.allowed_scale_out(at(170), {8}, {11}), InstanceCount{11});
  cooldown.accepted_scale_out(at(170), {3}, seconds{100});
  cooldown.fulfilled(at(180));
  EXPECT_EQ(cooldown.allowed_scale_out(at(200), {11}, {15}), InstanceCount{12});
}

TEST(Cooldown, DoesNotFollowAFailedAction) {
  for (const CooldownStart start : {CooldownStart::Fulfilled, CooldownStart::Accepted}) {
    Cooldown cooldown{ScalingRules{.cooldown_start = start}};
    cooldown.accepted_scale_out(at(0), {2}, seconds{100});
    cooldown.failed();
    EXPECT_EQ(cooldown.allowed_scale_out(at(1), {5}, {6}), InstanceCount{6});
    cooldown.accepted_scale_in(at(2), seconds{200});
    cooldown.failed();
    EXPECT_TRUE(cooldown.allows_scale_in(at(3)));
  }
}

TEST(Cooldown, GoesOnAfterALaterActionFailed) {
  for (const CooldownStart start : {CooldownStart::Fulfilled, CooldownStart::Accepted}) {
    Cooldown cooldown{ScalingRules{.cooldown_start = start}};
    cooldown.accepted_scale_out(at(0), {2}, seconds{100});
    cooldown.fulfilled(at(0));
    cooldown.accepted_scale_out(at(50), {3}, seconds{100});
    cooldown.failed();
    EXPECT_EQ(cooldown.scale_out_ends(), at(100));
    EXPECT_EQ(cooldown.allowed_scale_out(at(60), {7}, {10}), InstanceCount{8});
  }
}

TEST(Cooldown, OfWhatWasOverriddenNeverStartsAtFulfilment) {
  Cooldown cooldown{ScalingRules{.while_updating = WhileUpdating::Override}};
  cooldown.accepted_scale_out(at(0), {2}, seconds{100});
  EXPECT_EQ(cooldown.allowed_scale_out(at(10), {7}, {10}), InstanceCount{8});
  cooldown.overridden();
  EXPECT_EQ(cooldown.allowed_scale_out(at(10), {7}, {10}), InstanceCount{10});
  Cooldown from_acceptance{ScalingRules{.cooldown_start = CooldownStart::Accepted,
                                        .while_updating = WhileUpdating::Override}};
  from_acceptance.accepted_scale_out(at(0), {2}, seconds{100});
  from_acceptance.overridden();
  EXPECT_EQ(from_acceptance.allowed_scale_out(at(10), {7}, {10}), InstanceCount{8});
}

TEST(Cooldown, AddsUpScaleOutsThatOverrideEachOther) {
  for (const CooldownStart start : {CooldownStart::Fulfilled, CooldownStart::Accepted}) {
    Cooldown cooldown{
        ScalingRules{.cooldown_start = start, .while_updating = WhileUpdating::Override}};
    cooldown.accepted_scale_out(at(0), {2}, seconds{100});
    cooldown.accepted_scale_out(at(10), {3}, seconds{100});
    cooldown.fulfilled(at(20));
    EXPECT_EQ(cooldown.allowed_scale_out(at(50), {10}, {16}), InstanceCount{11});
  }
}

TEST(Cooldown, DoesNotCreditWhatIsNotInServiceToAWishFromTheCapacityInService) {
  Cooldown cooldown{ScalingRules{.cooldown_start = CooldownStart::Accepted,
                                 .while_updating = WhileUpdating::Override,
                                 .formula_capacity = FormulaCapacity::InService}};
  cooldown.accepted_scale_out(at(0), {2}, seconds{100});
  EXPECT_EQ(cooldown.allowed_scale_out(at(10), {7}, {8}), InstanceCount{8});
  cooldown.fulfilled(at(20));
  EXPECT_EQ(cooldown.allowed_scale_out(at(30), {7}, {10}), InstanceCount{8});
}

TEST(Cooldown, OfScaleOutDelaysScaleInIfSoChosen) {
  Cooldown cooldown{ScalingRules{.scale_out_delays_scale_in = ScaleOutDelaysScaleIn::Yes}};
  cooldown.accepted_scale_out(at(0), {2}, seconds{100});
  cooldown.fulfilled(at(0));
  EXPECT_FALSE(cooldown.allows_scale_in(at(99)));
  EXPECT_TRUE(cooldown.allows_scale_in(at(100)));
}

TEST(Cooldown, OfScaleOutDoesNotDelayScaleIn) {
  Cooldown cooldown{ScalingRules{}};
  cooldown.accepted_scale_out(at(0), {2}, seconds{100});
  cooldown.fulfilled(at(0));
  EXPECT_TRUE(cooldown.allows_scale_in(at(1)));
}

}  // namespace
}  // namespace models::autoscaling
