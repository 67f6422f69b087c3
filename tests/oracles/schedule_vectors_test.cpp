// Checks schedules and what scheduled actions do against documented examples.
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "models/autoscaling/scheduled_action.hpp"
#include "models/traffic/timestamp.hpp"
#include "sim/scenario/iana_time_zone.hpp"
#include "tests/support/shared_vectors.hpp"

namespace models::autoscaling {
namespace {

constexpr const char* kScheduleFile = "schedule_vectors.csv";
constexpr const char* kEffectFile = "schedule_effect_vectors.csv";

std::optional<std::int64_t> instant_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return models::traffic::parse_timestamp(text).value().seconds;
}

std::vector<std::int64_t> instants_in(const std::string& text) {
  std::istringstream words{text};
  std::vector<std::int64_t> instants;
  for (std::string word; words >> word;) instants.push_back(*instant_of(word));
  return instants;
}

void expect_next(const tests::VectorRow& row) {
  const auto parsed = parse_schedule_expression(row.at("expression"));
  ASSERT_TRUE(parsed.expression) << parsed.error.message;
  const auto zone = sim::find_time_zone(row.at("timezone")).zone;
  ASSERT_NE(zone, nullptr);
  const Schedule schedule{
      *parsed.expression, zone, {instant_of(row.at("start_time")), instant_of(row.at("end_time"))}};
  const std::vector<std::int64_t> expected = instants_in(row.at("expected_next_utc_or_verdict"));
  ASSERT_FALSE(expected.empty());
  std::int64_t from = instant_of(row.at("search_from")).value_or(0);
  for (const std::int64_t next : expected) {
    ASSERT_EQ(schedule.next_from(from), next);
    from = next + 1;
  }
  // These rows tell all there are, not only the first of them.
  const bool has_end = !row.at("end_time").empty() || row.at("kind") == "at" ||
                       row.at("note").find("only") != std::string::npos;
  if (has_end) {
    EXPECT_EQ(schedule.next_from(from), std::nullopt);
  }
}

TEST(ScheduleVectors, RunWhenDocumentationSays) {
  const auto rows = tests::read_vectors(kScheduleFile);
  HEADROOM_SKIP_WITHOUT(rows, kScheduleFile);
  ASSERT_FALSE(rows->empty());
  for (const tests::VectorRow& row : *rows) {
    SCOPED_TRACE(row.at("id") + ": " + row.at("expression"));
    const std::string& verdict = row.at("expected_next_utc_or_verdict");
    const auto parsed = parse_schedule_expression(row.at("expression"));
    if (verdict == "VALID") {
      EXPECT_TRUE(parsed.expression) << parsed.error.message;
    } else if (verdict == "INVALID") {
      EXPECT_FALSE(parsed.expression);
      EXPECT_TRUE(parsed.error.message.starts_with("expected ")) << parsed.error.message;
    } else if (verdict == "AMBIGUOUS") {
      EXPECT_TRUE(!parsed.expression || !parsed.warnings.empty());
    } else {
      expect_next(row);
    }
  }
}

std::optional<InstanceCount> count_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return InstanceCount{std::stoi(text)};
}

TEST(ScheduleVectors, ChangeBoundsAndCapacityAsDocumented) {
  const auto rows = tests::read_vectors(kEffectFile);
  HEADROOM_SKIP_WITHOUT(rows, kEffectFile);
  ASSERT_FALSE(rows->empty());
  for (const tests::VectorRow& row : *rows) {
    SCOPED_TRACE(row.at("id") + ": " + row.at("note"));
    ScheduledActionConfiguration action;
    action.min_capacity = count_of(row.at("action_min"));
    action.max_capacity = count_of(row.at("action_max"));
    const CapacityBounds bounds{*count_of(row.at("target_min")), *count_of(row.at("target_max"))};
    const InstanceCount capacity = *count_of(row.at("current_capacity"));
    const ScheduledActionEffect effect = apply_scheduled_action(action, bounds, capacity);
    EXPECT_EQ(
        std::to_string(effect.bounds.min.value) + "/" + std::to_string(effect.bounds.max.value),
        row.at("expected_bounds"));
    if (row.at("expected_capacity") == "FAIL") {
      EXPECT_FALSE(effect.failure.empty());
      EXPECT_EQ(effect.capacity, capacity);
    } else {
      EXPECT_EQ(effect.failure, "");
      EXPECT_EQ(effect.capacity, *count_of(row.at("expected_capacity")));
    }
  }
}

}  // namespace
}  // namespace models::autoscaling
