// Checks cooldowns against AWS's examples, played through alarms, policies and controller.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

#include "tests/support/control_bench.hpp"
#include "tests/support/shared_vectors.hpp"

namespace models::autoscaling {
namespace {

using models::cloudwatch::ComparisonOperator;
using std::chrono::seconds;
using tests::bounds;
using tests::ControlBench;
using tests::cpu_alarm;
using tests::step_policy;

constexpr const char* kFile = "cooldown_vectors.csv";
constexpr auto kGreater = ComparisonOperator::GreaterThanThreshold;
constexpr auto kLess = ComparisonOperator::LessThanThreshold;
constexpr auto kNone = std::nullopt;
constexpr Duration kLasts = seconds{300};

std::int32_t count(const tests::VectorRow& row, const char* column) {
  return std::stoi(row.at(column));
}

// One minute with this CPUUtilization, whose change of capacity is in service at once.
InstanceCount after_minute(ControlBench& bench, double cpu) {
  bench.next(std::nullopt, cpu);
  if (bench.controller.activity_in_progress()) bench.controller.fulfilled(bench.now());
  return bench.controller.desired_capacity();
}

// The policy adds 2 from 50 %, 3 from 80 %; its second action falls into the cooldown of its first.
InstanceCount after_second_step(const tests::VectorRow& row, double second_cpu) {
  ControlBench bench{bounds(1, 20),
                     {step_policy("step", {{0.0, 30.0, 2}, {30.0, kNone, 3}}, kLasts)},
                     count(row, "capacity_before"),
                     {},
                     {cpu_alarm("hot", "step", kGreater, 50)}};
  EXPECT_EQ(after_minute(bench, 60).value, count(row, "capacity_after_first"));
  return after_minute(bench, second_cpu);
}

InstanceCount larger_step(const tests::VectorRow& row) { return after_second_step(row, 90); }
InstanceCount same_step(const tests::VectorRow& row) { return after_second_step(row, 60); }

InstanceCount largest_wins(const tests::VectorRow& row) {
  StepScalingConfiguration percent = step_policy("percent", {{0.0, kNone, 200}}, kLasts);
  percent.adjustment_type = AdjustmentType::PercentChangeInCapacity;
  ControlBench bench{
      bounds(1, 100),
      {step_policy("three", {{0.0, kNone, 3}}, kLasts), percent},
      count(row, "capacity_before"),
      {},
      {cpu_alarm("hot", "three", kGreater, 50), cpu_alarm("hotter", "percent", kGreater, 60)}};
  return after_minute(bench, 90);
}

// -1 below 20 %.
InstanceCount scale_in_inside(const tests::VectorRow& row) {
  const std::int32_t capacity = count(row, "capacity_before");
  ControlBench bench{bounds(1, 20),
                     {step_policy("in", {{kNone, 0.0, -1}}, kLasts)},
                     capacity + 1,
                     {},
                     {cpu_alarm("cold", "in", kLess, 20)}};
  EXPECT_EQ(after_minute(bench, 10).value, capacity);
  return after_minute(bench, 10);
}

// -2 below 20 %, then another alarm: +3 above 50 %; afterwards nothing is left of the cooldown.
InstanceCount scale_out_inside(const tests::VectorRow& row) {
  ControlBench bench{bounds(1, 20),
                     {step_policy("in", {{kNone, 0.0, -2}}, kLasts),
                      step_policy("out", {{0.0, kNone, 3}}, kLasts)},
                     count(row, "capacity_before"),
                     {},
                     {cpu_alarm("cold", "in", kLess, 20), cpu_alarm("hot", "out", kGreater, 50)}};
  EXPECT_EQ(after_minute(bench, 10).value, count(row, "capacity_after_first"));
  const InstanceCount to = after_minute(bench, 90);
  EXPECT_EQ(after_minute(bench, 10).value, to.value - 2);
  return to;
}

// "MinCapacity 8 scheduled while capacity 4 and cooldown active"
InstanceCount scheduled_inside(const tests::VectorRow& row) {
  const std::int32_t capacity = count(row, "capacity_before");
  ControlBench bench{bounds(1, 20),
                     {step_policy("in", {{kNone, 0.0, -1}}, kLasts)},
                     capacity + 1,
                     {},
                     {cpu_alarm("cold", "in", kLess, 20)}};
  EXPECT_EQ(after_minute(bench, 10).value, capacity);
  ScheduledActionConfiguration action;
  action.name = "floor";
  action.min_capacity = InstanceCount{8};
  return bench.controller.run_scheduled_actions(bench.now(), {&action}).value();
}

TEST(CooldownVectors, LimitAndBlockAsDocumented) {
  const auto rows = tests::read_vectors(kFile);
  HEADROOM_SKIP_WITHOUT(rows, kFile);
  ASSERT_FALSE(rows->empty());
  const std::map<std::string, std::function<InstanceCount(const tests::VectorRow&)>> cases{
      {"step cooldown credit", larger_step},
      {"step cooldown same step", same_step},
      {"largest capacity wins", largest_wins},
      {"scale in inside scale-in cooldown", scale_in_inside},
      {"scale out inside scale-in cooldown", scale_out_inside},
      {"scheduled action inside cooldown", scheduled_inside},
  };
  for (const tests::VectorRow& row : *rows) {
    SCOPED_TRACE(row.at("id"));
    const auto found = cases.find(row.at("case"));
    if (found == cases.end()) {
      ADD_FAILURE() << "a case that no check knows: " << row.at("case");
      continue;
    }
    EXPECT_EQ(found->second(row), InstanceCount{count(row, "expected_capacity")});
  }
}

}  // namespace
}  // namespace models::autoscaling
