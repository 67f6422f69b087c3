#include "models/cloudwatch/alarm_configuration.hpp"

#include <gtest/gtest.h>

namespace models::cloudwatch {
namespace {

TEST(AlarmConfiguration, ComparesAtTheThresholdAsTheOperatorSays) {
  EXPECT_TRUE(breaches(5, ComparisonOperator::GreaterThanOrEqualToThreshold, 5));
  EXPECT_FALSE(breaches(5, ComparisonOperator::GreaterThanThreshold, 5));
  EXPECT_FALSE(breaches(5, ComparisonOperator::LessThanThreshold, 5));
  EXPECT_TRUE(breaches(5, ComparisonOperator::LessThanOrEqualToThreshold, 5));
  EXPECT_TRUE(breaches(5.1, ComparisonOperator::GreaterThanThreshold, 5));
  EXPECT_TRUE(breaches(4.9, ComparisonOperator::LessThanThreshold, 5));
  EXPECT_FALSE(breaches(4.9, ComparisonOperator::GreaterThanOrEqualToThreshold, 5));
  EXPECT_FALSE(breaches(5.1, ComparisonOperator::LessThanOrEqualToThreshold, 5));
}

TEST(AlarmConfiguration, ReadsBackEverySpelling) {
  for (const auto comparison :
       {ComparisonOperator::GreaterThanOrEqualToThreshold, ComparisonOperator::GreaterThanThreshold,
        ComparisonOperator::LessThanThreshold, ComparisonOperator::LessThanOrEqualToThreshold}) {
    EXPECT_EQ(comparison_operator_from(to_string(comparison)), comparison);
  }
  for (const auto treatment : {TreatMissingData::Missing, TreatMissingData::NotBreaching,
                               TreatMissingData::Breaching, TreatMissingData::Ignore}) {
    EXPECT_EQ(treat_missing_data_from(to_string(treatment)), treatment);
  }
  EXPECT_EQ(to_string(TreatMissingData::NotBreaching), "notBreaching");
  EXPECT_EQ(treat_missing_data_from("NotBreaching"), std::nullopt);
  EXPECT_EQ(comparison_operator_from(">"), std::nullopt);
  EXPECT_EQ(to_string(AlarmState::InsufficientData), "INSUFFICIENT_DATA");
  EXPECT_EQ(to_string(AlarmState::Ok), "OK");
  EXPECT_EQ(to_string(AlarmState::Alarm), "ALARM");
}

}  // namespace
}  // namespace models::cloudwatch
