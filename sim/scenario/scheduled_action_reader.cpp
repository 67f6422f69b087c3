#include "sim/scenario/scheduled_action_reader.hpp"

#include "models/autoscaling/scheduled_action.hpp"
#include "models/traffic/timestamp.hpp"
#include "sim/scenario/capacity_reader.hpp"
#include "sim/scenario/resource_reader.hpp"

namespace sim {
namespace {

constexpr std::size_t kLongestSchedule = 1600;

// Seconds since 1970 as version 1 of the AWS CLI prints them, or ISO 8601 with an offset.
std::optional<std::int64_t> read_instant(const Section& section, std::string_view key) {
  const Node* node = section.find(key);
  if (node == nullptr) return std::nullopt;
  if (node->kind == NodeKind::Scalar) {
    const auto timestamp = models::traffic::parse_timestamp(node->text);
    if (timestamp && timestamp->form != models::traffic::TimestampForm::Local) {
      return timestamp->seconds;
    }
  }
  report_expected(section.diagnostics(), *node,
                  "an instant such as 2026-03-01T08:00:00Z, or seconds since 1970");
  return std::nullopt;
}

}  // namespace

std::optional<ScheduledActionDraft> read_scheduled_action(const Node& node, const std::string& path,
                                                          const EntryContext& context,
                                                          Diagnostics& diagnostics) {
  const Section section(node, path,
                        {"ServiceNamespace", "ScheduledActionName", "ResourceId",
                         "ScalableDimension", "Schedule", "Timezone", "StartTime", "EndTime",
                         "ScalableTargetAction", "ScheduledActionARN", "CreationTime"},
                        diagnostics, context.unknown_keys);
  if (!section.is_mapping()) return std::nullopt;
  ScheduledActionDraft action;
  action.place = node.place;
  action.schedule_place = node.place;
  action.resource = read_resource(section, context.is_one_of_several);
  if (const Node* name = section.require("ScheduledActionName", "ScheduledActionName: morning")) {
    action.name = section.text("ScheduledActionName").value_or("");
    const auto problem = models::autoscaling::problem_of_scheduled_action_name(action.name);
    if (!action.name.empty() && !problem.empty()) {
      report(diagnostics, Severity::Error, name->place, "bad-value",
             problem + ", found " + in_quotes(action.name));
    }
  }
  action.schedule = section.text("Schedule", kLongestSchedule);
  if (action.schedule) action.schedule_place = section.find("Schedule")->place;
  action.timezone = section.text("Timezone", kLongestSchedule);
  if (action.timezone) action.timezone_place = section.find("Timezone")->place;
  action.start_unix_s = read_instant(section, "StartTime");
  action.end_unix_s = read_instant(section, "EndTime");
  if (section.has("ScalableTargetAction")) {
    const Section bounds = section.inner("ScalableTargetAction", {"MinCapacity", "MaxCapacity"});
    action.min_capacity = read_min_capacity(bounds);
    action.max_capacity = read_capacity(bounds, "MaxCapacity");
    action.has_capacities = action.min_capacity || action.max_capacity;
  }
  return action;
}

}  // namespace sim
