#include "models/autoscaling/policy_configuration.hpp"

#include <gtest/gtest.h>

namespace models::autoscaling {
namespace {

TEST(PolicyConfiguration, ReadsTheVariantOutOfAResourceId) {
  const auto resource = parse_resource_id("endpoint/shop-rank/variant/AllTraffic");
  ASSERT_TRUE(resource.has_value());
  EXPECT_EQ(resource->endpoint_name, "shop-rank");
  EXPECT_EQ(resource->variant_name, "AllTraffic");
  for (const char* bad :
       {"", "endpoint/", "endpoint/a", "endpoint/a/variant/", "variant/a", "endpoint//variant/b",
        "endpoint/a/variant/b/c", "endpoint/a/b/variant/c", "inference-component/x"}) {
    EXPECT_FALSE(parse_resource_id(bad).has_value()) << bad;
  }
}

TEST(PolicyConfiguration, TracksInvocationsPerInstanceAsASumOfTheVariant) {
  const CustomizedMetric metric =
      tracked_metric(TargetTrackingConfiguration{}, "endpoint/shop/variant/blue");
  EXPECT_EQ(metric.metric.metric_namespace, "AWS/SageMaker");
  EXPECT_EQ(metric.metric.name, "InvocationsPerInstance");
  EXPECT_EQ(metric.statistic, models::cloudwatch::Statistic::Sum);
  ASSERT_EQ(metric.metric.dimensions.size(), 2U);
  EXPECT_EQ(metric.metric.dimensions[0].value, "shop");
  EXPECT_EQ(metric.metric.dimensions[1].value, "blue");
}

}  // namespace
}  // namespace models::autoscaling
