#include "models/autoscaling/scaling_activity.hpp"

#include <gtest/gtest.h>

namespace models::autoscaling {
namespace {

constexpr const char* kResource = "endpoint/shop/variant/AllTraffic";
constexpr SimTime kLater = core::kStart + std::chrono::minutes{7};

TEST(ScalingActivity, SpeaksAsDescribeScalingActivitiesDoes) {
  ScalingActivity activity =
      begin_activity("id", kResource, core::kStart, {1}, {4}, cause_of_alarm("hot", "tt-70"));
  EXPECT_EQ(activity.description, "Setting desired instance count to 4.");
  EXPECT_EQ(activity.cause, "monitor alarm hot in state ALARM triggered policy tt-70");
  EXPECT_EQ(activity.status_message,
            "Successfully set desired instance count to 4. Waiting for change to be fulfilled by "
            "sagemaker.");
  EXPECT_EQ(to_string(activity.status), "InProgress");
  EXPECT_FALSE(activity.end_time.has_value());
  mark_fulfilled(activity, kLater);
  EXPECT_EQ(activity.status_message,
            "Successfully set desired instance count to 4. Change successfully fulfilled by "
            "sagemaker.");
  EXPECT_EQ(to_string(activity.status), "Successful");
  EXPECT_EQ(activity.end_time, kLater);
  EXPECT_TRUE(activity.scaled());
}

TEST(ScalingActivity, TellsAFailureWithItsReason) {
  ScalingActivity activity =
      begin_activity("id", kResource, core::kStart, {1}, {4}, cause_of_min_capacity({4}));
  EXPECT_EQ(activity.cause, "minimum capacity was set to 4");
  EXPECT_EQ(cause_of_max_capacity({2}), "maximum capacity was set to 2");
  mark_failed(activity, kLater, "no capacity");
  EXPECT_EQ(activity.status_message,
            "Failed to set desired instance count to 4. Reason: no capacity");
  EXPECT_EQ(to_string(activity.status), "Failed");
}

TEST(ScalingActivity, TellsThatAQuotaIsUsedUp) {
  ScalingActivity activity = begin_activity("id", kResource, core::kStart, {2}, {110}, "");
  mark_failed(activity, kLater, resource_limit_exceeded("ml.c5.large", {20}, {2}, {108}));
  EXPECT_EQ(activity.status_message,
            "Failed to set desired instance count to 110. Reason: The account-level service limit "
            "'ml.c5.large for endpoint usage' is 20 Instances, with current utilization of 2 "
            "Instances and a request delta of 108 Instances. (Service: AmazonSageMaker; Status "
            "Code: 400; Error Code: ResourceLimitExceeded)");
}

TEST(ScalingActivity, EndsWhenAnotherOneReplacesIt) {
  ScalingActivity activity = begin_activity("id", kResource, core::kStart, {1}, {4}, "");
  mark_overridden(activity, kLater);
  EXPECT_EQ(to_string(activity.status), "Overridden");
  EXPECT_EQ(activity.end_time, kLater);
  EXPECT_TRUE(activity.scaled());
}

TEST(ScalingActivity, RecordsWhatWasNotScaledAsFailedUnlessAlreadyThere) {
  NotScaledReason at_max;
  at_max.code = NotScaledCode::AlreadyAtMaxCapacity;
  at_max.max_capacity = InstanceCount{4};
  const ScalingActivity blocked =
      not_scaled_activity("id", kResource, kLater, {4}, at_max, cause_of_alarm("hot", "tt"));
  EXPECT_EQ(blocked.description, "Attempting to scale due to alarm triggered");
  EXPECT_EQ(to_string(blocked.status), "Failed");
  EXPECT_FALSE(blocked.scaled());
  EXPECT_EQ(to_string(blocked.not_scaled_reasons[0].code), "AlreadyAtMaxCapacity");
  NotScaledReason there;
  there.code = NotScaledCode::AlreadyAtDesiredCapacity;
  EXPECT_EQ(not_scaled_activity("id", kResource, kLater, {4}, there, "").status,
            ActivityStatus::Successful);
}

}  // namespace
}  // namespace models::autoscaling
