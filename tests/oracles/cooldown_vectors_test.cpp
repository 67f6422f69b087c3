// Checks cooldowns against AWS's examples. The step adjustments of some rows are applied here by
// hand: cooldowns see only the capacity that is wanted.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

#include "models/autoscaling/arbiter.hpp"
#include "models/autoscaling/cooldown.hpp"
#include "tests/support/shared_vectors.hpp"

namespace models::autoscaling {
namespace {

using std::chrono::seconds;

constexpr const char* kFile = "cooldown_vectors.csv";
constexpr Duration kLasts = seconds{300};
constexpr SimTime kFirst = core::kStart + seconds{60};
constexpr SimTime kSecond = core::kStart + seconds{120};  // in the cooldown that kFirst starts

std::int32_t count(const tests::VectorRow& row, const char* column) {
  return std::stoi(row.at(column));
}

// The same policy asks for `step` more after its first scale out.
InstanceCount after_second_step(const tests::VectorRow& row, std::int32_t step) {
  const std::int32_t before = count(row, "capacity_before");
  const std::int32_t after = count(row, "capacity_after_first");
  Cooldown cooldown{ScalingRules{}};
  cooldown.accepted_scale_out(kFirst, {after - before}, kLasts);
  cooldown.fulfilled(kFirst);
  return cooldown.allowed_scale_out(kSecond, {after}, {after + step});
}

InstanceCount larger_step(const tests::VectorRow& row) { return after_second_step(row, 3); }
InstanceCount same_step(const tests::VectorRow& row) { return after_second_step(row, 2); }

// +3 against +200 %.
InstanceCount largest_wins(const tests::VectorRow& row) {
  const std::int32_t capacity = count(row, "capacity_before");
  std::vector<ScalingDecision> wishes(2);
  for (ScalingDecision& wish : wishes) {
    wish.kind = DecisionKind::ScaleOut;
    wish.from = {capacity};
    wish.action_due = true;
  }
  wishes[0].to = {capacity + 3};
  wishes[1].to = {capacity + capacity * 200 / 100};
  return wishes[arbitrate(wishes).value()].to;
}

InstanceCount scale_in_inside(const tests::VectorRow& row) {
  const InstanceCount capacity{count(row, "capacity_before")};
  Cooldown cooldown{ScalingRules{}};
  cooldown.accepted_scale_in(kFirst, kLasts);
  cooldown.fulfilled(kFirst);
  return cooldown.allows_scale_in(kSecond) ? InstanceCount{capacity.value - 1} : capacity;
}

InstanceCount scale_out_inside(const tests::VectorRow& row) {
  const std::int32_t after = count(row, "capacity_after_first");
  Cooldown cooldown{ScalingRules{}};
  cooldown.accepted_scale_in(kFirst, kLasts);
  cooldown.fulfilled(kFirst);
  const InstanceCount to = cooldown.allowed_scale_out(kSecond, {after}, {after + 3});
  cooldown.cancel_scale_in();
  cooldown.accepted_scale_out(kSecond, {3}, kLasts);
  EXPECT_TRUE(cooldown.allows_scale_in(kSecond));
  return to;
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
  };
  for (const tests::VectorRow& row : *rows) {
    SCOPED_TRACE(row.at("id"));
    // A scheduled action changes the bounds, which no cooldown is asked about.
    if (row.at("case") == "scheduled action inside cooldown") continue;
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
