#include "models/autoscaling/scheduled_action.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/check.hpp"

namespace models::autoscaling {
namespace {

constexpr std::int64_t kLongestName = 256;

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_control(char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }

// Characters of UTF-8 text.
std::int64_t length_of(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  });
}

// "min capacity to 5 and max capacity to 10".
std::string what_is_set(const ScheduledActionConfiguration& action) {
  std::string text;
  if (action.min_capacity) text = fmt::format("min capacity to {}", action.min_capacity->value);
  if (action.max_capacity) {
    text += fmt::format("{}max capacity to {}", text.empty() ? "" : " and ",
                        action.max_capacity->value);
  }
  return text;
}

}  // namespace

std::string problem_of_scheduled_action_name(std::string_view name) {
  if (name.empty() || length_of(name) > kLongestName) {
    return fmt::format("expected a name of 1 to {} characters", kLongestName);
  }
  if (name.find_first_of(":/|") != std::string_view::npos) {
    return "expected a name without ':', '/' and '|'";
  }
  if (std::any_of(name.begin(), name.end(), is_control)) {
    return "expected a name without control characters";
  }
  if (is_blank(name.front()) || is_blank(name.back())) {
    return "expected a name without a blank at its begin or end";
  }
  return {};
}

ScheduledActionEffect apply_scheduled_action(const ScheduledActionConfiguration& action,
                                             CapacityBounds bounds, InstanceCount capacity) {
  CHECK_LE(0, bounds.min.value);
  CHECK_LE(bounds.min.value, bounds.max.value);
  const CapacityBounds wanted{action.min_capacity.value_or(bounds.min),
                              action.max_capacity.value_or(bounds.max)};
  if (wanted.max < wanted.min) {
    return {bounds, capacity, "Maximum capacity cannot be less than minimum capacity"};
  }
  return {wanted, std::clamp(capacity, wanted.min, wanted.max), {}};
}

ScalingActivity scheduled_action_activity(std::string activity_id,
                                          const ScheduledActionConfiguration& action, SimTime now,
                                          InstanceCount capacity,
                                          const ScheduledActionEffect& effect) {
  const std::string set = what_is_set(action);
  ScalingActivity activity;
  activity.activity_id = std::move(activity_id);
  activity.resource_id = action.resource_id;
  activity.description = fmt::format("Setting {}", set);
  activity.cause = cause_of_schedule(action.name);
  activity.start_time = now;
  activity.end_time = now;
  const bool is_done = effect.failure.empty();
  activity.status = is_done ? ActivityStatus::Successful : ActivityStatus::Failed;
  activity.status_message = is_done
                                ? fmt::format("Successfully set {}", set)
                                : fmt::format("Failed to set {}. Reason: {}", set, effect.failure);
  activity.from = capacity;
  activity.to = capacity;
  return activity;
}

}  // namespace models::autoscaling
