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
      tracked_metric(TargetTrackingConfiguration{}, "endpoint/shop/variant/blue", {});
  EXPECT_EQ(metric.metric.metric_namespace, "AWS/SageMaker");
  EXPECT_EQ(metric.metric.name, "InvocationsPerInstance");
  EXPECT_EQ(metric.statistic, models::cloudwatch::Statistic::Sum);
  ASSERT_EQ(metric.metric.dimensions.size(), 2U);
  EXPECT_EQ(metric.metric.dimensions[0].value, "shop");
  EXPECT_EQ(metric.metric.dimensions[1].value, "blue");
}

TEST(PolicyConfiguration, TracksConcurrencyEveryTenSecondsByTheStatisticChosen) {
  TargetTrackingConfiguration policy;
  EXPECT_EQ(tracked_period(policy), std::chrono::seconds{60});
  policy.metric = PredefinedMetric{PredefinedMetricType::ConcurrentRequestsPerModelHighResolution};
  EXPECT_EQ(tracked_period(policy), std::chrono::seconds{10});
  using models::cloudwatch::Statistic;
  const std::pair<ConcurrencyStatistic, Statistic> choices[] = {
      {ScalingRules{}.concurrency_statistic, Statistic::Maximum},
      {ConcurrencyStatistic::Average, Statistic::Average},
      {ConcurrencyStatistic::Minimum, Statistic::Minimum}};
  for (const auto& [choice, statistic] : choices) {
    const CustomizedMetric metric = tracked_metric(policy, "endpoint/shop/variant/blue", choice);
    EXPECT_EQ(metric.metric.name, "ConcurrentRequestsPerModel");
    EXPECT_EQ(metric.statistic, statistic);
  }
}

TEST(PolicyConfiguration, SpellsItsEnumerationsAsAwsDoes) {
  const auto invocations = PredefinedMetricType::InvocationsPerInstance;
  EXPECT_EQ(to_string(invocations), "SageMakerVariantInvocationsPerInstance");
  EXPECT_EQ(predefined_metric_type_from("SageMakerVariantInvocationsPerInstance"), invocations);
  EXPECT_EQ(to_string(PredefinedMetricType::ConcurrentRequestsPerModelHighResolution),
            "SageMakerVariantConcurrentRequestsPerModelHighResolution");
  EXPECT_EQ(predefined_metric_type_from("InvocationsPerInstance"), std::nullopt);
  for (const auto type : {AdjustmentType::ChangeInCapacity, AdjustmentType::ExactCapacity,
                          AdjustmentType::PercentChangeInCapacity}) {
    EXPECT_EQ(adjustment_type_from(to_string(type)), type);
  }
  EXPECT_EQ(adjustment_type_from("changeInCapacity"), std::nullopt);
  for (const auto type : {MetricAggregationType::Average, MetricAggregationType::Minimum,
                          MetricAggregationType::Maximum}) {
    EXPECT_EQ(metric_aggregation_type_from(to_string(type)), type);
  }
  EXPECT_EQ(metric_aggregation_type_from("Sum"), std::nullopt);
}

TEST(PolicyConfiguration, FindsTheNameOfEitherKindOfPolicy) {
  TargetTrackingConfiguration tracking;
  tracking.policy_name = "tracking";
  StepScalingConfiguration step;
  step.policy_name = "step";
  EXPECT_EQ(policy_name_of(tracking), "tracking");
  EXPECT_EQ(policy_name_of(step), "step");
}

}  // namespace
}  // namespace models::autoscaling
