// Checks target tracking against recorded and documented examples. Rows about other services are
// read for the arithmetic they share; what is theirs alone is named here, so that a new row is
// never passed over in silence.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/control_bench.hpp"
#include "tests/support/shared_vectors.hpp"

namespace models::autoscaling {
namespace {

constexpr const char* kFile = "target_vectors.csv";

double number(const tests::VectorRow& row, const char* column) { return std::stod(row.at(column)); }
std::int32_t count(const tests::VectorRow& row, const char* column) {
  return std::stoi(row.at(column));
}

models::cloudwatch::AlarmConfiguration low_alarm(double target) {
  return TargetTrackingPolicy{tests::invocations_policy(target), tests::kBenchResource,
                              ScalingRules{}}
      .alarms()
      .at(1);
}

void expect_alarm_low_threshold(const tests::VectorRow& row) {
  const double threshold = low_alarm(number(row, "target")).threshold;
  if (row.at("service_or_metric").find("not AAS") != std::string::npos) {
    // EC2 Auto Scaling groups are another service, with 70 % of the target.
    EXPECT_NE(threshold, number(row, "expected"));
  } else {
    EXPECT_DOUBLE_EQ(threshold, number(row, "expected"));
  }
}

// "90 x 10 s".
void expect_alarm_low_span(const tests::VectorRow& row) {
  const std::string& expected = row.at("expected");
  const int periods = std::stoi(expected);
  const int period_s = std::stoi(expected.substr(expected.find('x') + 1));
  TargetTrackingConfiguration policy = tests::invocations_policy(1);
  policy.metric = PredefinedMetric{PredefinedMetricType::ConcurrentRequestsPerModelHighResolution};
  const TargetTrackingPolicy tracking{policy, tests::kBenchResource, ScalingRules{}};
  const auto& low = tracking.alarms().at(1);
  EXPECT_EQ(low.evaluation_periods, periods);
  EXPECT_EQ(low.period, std::chrono::seconds{period_s});
}

// DynamoDB publishes the sum of a minute: share x provisioned units x 60 s.
void expect_sum_threshold(const tests::VectorRow& row) {
  const double share = number(row, "target") / 100;
  EXPECT_DOUBLE_EQ(share * number(row, "current_capacity") * 60, number(row, "expected"));
}

// "needed +1.5 -> +2": a metric that asks for 1.5 instances more.
void expect_round_up(const tests::VectorRow& row) {
  ASSERT_EQ(row.at("expected"), "needed +1.5 -> +2");
  EXPECT_EQ(capacity_for({3}, 150, 100), InstanceCount{5});
}

// Through alarms and controller: the metric holds still until one of the alarms has gone off.
void expect_capacity(const tests::VectorRow& row) {
  const std::int32_t current = count(row, "current_capacity");
  tests::ControlBench bench{tests::bounds(count(row, "min_capacity"), count(row, "max_capacity")),
                            {tests::invocations_policy(number(row, "target"))},
                            current};
  InstanceCount capacity{current};
  for (int k = 0; k < 15 && capacity.value == current; ++k) {
    capacity = bench.next(number(row, "metric")).desired_capacity.value_or(capacity);
  }
  EXPECT_EQ(capacity, InstanceCount{count(row, "expected")});
}

TEST(TargetVectors, ScaleAsDocumentedAndObserved) {
  const auto rows = tests::read_vectors(kFile);
  HEADROOM_SKIP_WITHOUT(rows, kFile);
  ASSERT_FALSE(rows->empty());
  for (const tests::VectorRow& row : *rows) {
    SCOPED_TRACE(row.at("id"));
    const std::string& kind = row.at("kind");
    if (kind == "alarm_low_threshold") {
      expect_alarm_low_threshold(row);
    } else if (kind == "alarm_low_periods") {
      expect_alarm_low_span(row);
    } else if (kind == "alarm_high_threshold_sum") {
      expect_sum_threshold(row);
    } else if (kind == "round_up") {
      expect_round_up(row);
    } else if (kind == "scale_out_capped" || kind == "proportional") {
      expect_capacity(row);
    } else {
      ADD_FAILURE() << "a kind of row that no check knows: " << kind;
    }
  }
}

}  // namespace
}  // namespace models::autoscaling
