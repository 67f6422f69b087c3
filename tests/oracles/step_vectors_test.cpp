// Checks step scaling against AWS's worked examples: the policy alone, then the bounds.
#include <gtest/gtest.h>

#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "models/autoscaling/scalable_target.hpp"
#include "models/autoscaling/step_scaling_policy.hpp"
#include "models/autoscaling/step_scaling_validation.hpp"
#include "tests/support/shared_vectors.hpp"

namespace models::autoscaling {
namespace {

using models::cloudwatch::ComparisonOperator;
using models::cloudwatch::EvaluatedDatapoint;

constexpr const char* kFile = "step_vectors.csv";

std::optional<double> bound(const std::string& text) {
  return text == "null" ? std::nullopt : std::optional{std::stod(text)};
}

// "0..10:+1;10..null:+2"
std::vector<StepAdjustment> steps_of(const std::string& text) {
  std::vector<StepAdjustment> steps;
  std::istringstream all{text};
  std::string step;
  while (std::getline(all, step, ';')) {
    const std::size_t dots = step.find("..");
    const std::size_t colon = step.find(':');
    steps.push_back({bound(step.substr(0, dots)), bound(step.substr(dots + 2, colon - dots - 2)),
                     std::stoi(step.substr(colon + 1))});
  }
  return steps;
}

StepScalingConfiguration policy_of(const tests::VectorRow& row) {
  StepScalingConfiguration policy;
  policy.adjustment_type = adjustment_type_from(row.at("adjustment_type")).value();
  policy.step_adjustments = steps_of(row.at("steps_lower..upper:adjustment"));
  const std::string& magnitude = row.at("min_adjustment_magnitude");
  if (!magnitude.empty()) policy.min_adjustment_magnitude = std::stoi(magnitude);
  return policy;
}

void expect_as_documented(const tests::VectorRow& row) {
  const StepScalingConfiguration policy = policy_of(row);
  EXPECT_TRUE(validate(policy).empty());
  const std::int32_t current = std::stoi(row.at("current_capacity"));
  const auto comparison = row.at("breach_side") == "above"
                              ? ComparisonOperator::GreaterThanOrEqualToThreshold
                              : ComparisonOperator::LessThanOrEqualToThreshold;
  const std::vector<EvaluatedDatapoint> datapoints{
      {core::kStart, std::stod(row.at("aggregated_metric")), true}};
  const ScalingDecision decision = StepScalingPolicy{policy, {}}.decide(
      {{current}, {current}}, std::stod(row.at("alarm_threshold")), comparison, datapoints);
  if (row.at("new_capacity") == "NO_MATCH") {
    EXPECT_EQ(decision.blocked_by, Blocker::UncoveredValue);
    EXPECT_EQ(decision.kind, DecisionKind::NoChange);
    return;
  }
  ScalableTargetConfiguration bounds;
  const auto count_or = [&](const char* column, std::int32_t otherwise) {
    const std::string& text = row.at(column);
    return InstanceCount{text.empty() ? otherwise : std::stoi(text)};
  };
  bounds.min_capacity = count_or("min_capacity", 0);
  bounds.max_capacity = count_or("max_capacity", 1000);
  const InstanceCount to = ScalableTarget{bounds, {current}}.clamp(decision.wanted);
  EXPECT_EQ(to.value, std::stoi(row.at("new_capacity")));
  EXPECT_EQ(to.value - current, std::stoi(row.at("delta")));
}

TEST(StepVectors, StepAsDocumentedAndObserved) {
  const auto rows = tests::read_vectors(kFile);
  HEADROOM_SKIP_WITHOUT(rows, kFile);
  ASSERT_FALSE(rows->empty());
  for (const tests::VectorRow& row : *rows) {
    SCOPED_TRACE(row.at("id"));
    expect_as_documented(row);
  }
}

}  // namespace
}  // namespace models::autoscaling
