// Checks how many samples make a percentile against AWS's own numbers.
#include <gtest/gtest.h>

#include <string>

#include "models/cloudwatch/metric.hpp"
#include "tests/support/shared_vectors.hpp"

namespace models::cloudwatch {
namespace {

TEST(AlarmPercentileVectors, AgreeOnTheFewestSamples) {
  constexpr const char* kFile = "alarm_percentile_vectors.csv";
  const auto rows = tests::read_vectors(kFile);
  HEADROOM_SKIP_WITHOUT(rows, kFile);
  ASSERT_FALSE(rows->empty());
  for (const tests::VectorRow& row : *rows) {
    const auto statistic = statistic_choice_from(row.at("statistic"));
    ASSERT_TRUE(statistic && statistic->percentile() != nullptr) << row.at("id");
    EXPECT_EQ(statistic->percentile()->fewest_samples(),
              std::stoll(row.at("low_sample_setting_used_when_samples_fewer_than")))
        << row.at("id");
  }
}

}  // namespace
}  // namespace models::cloudwatch
