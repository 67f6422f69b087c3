#include "sim/scenario/scaling_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
#include <utility>

#include "sim/scenario/alarm_reader.hpp"
#include "sim/scenario/json_document.hpp"
#include "sim/scenario/not_simulated.hpp"
#include "sim/scenario/resource_reader.hpp"
#include "sim/scenario/scaling_entry_reader.hpp"
#include "sim/scenario/scheduled_action_reader.hpp"
#include "sim/scenario/yaml_document.hpp"

namespace sim {
namespace {

// The lists that the AWS CLI prints.
constexpr std::array<std::string_view, 5> kLists{
    "ScalableTargets", "ScalingPolicies", "MetricAlarms", "CompositeAlarms", "ScheduledActions"};

// A key that tells what a document is which is of no use here.
struct Mark {
  std::string_view key;
  std::string_view feature;
};
constexpr std::array kMarksOfOthers{
    Mark{"AWSTemplateFormatVersion", "reading CloudFormation templates"},
    Mark{"Resources", "reading CloudFormation templates"},
    Mark{"terraform_version", "reading Terraform plans"},
    Mark{"planned_values", "reading Terraform plans"},
    Mark{"ScalingActivities",
         "the output of describe-scaling-activities, which says what happened"},
    Mark{"MetricDataResults", "the output of get-metric-data, which says what was measured"},
    Mark{"Datapoints", "the output of get-metric-statistics, which says what was measured"},
};

bool has_any(const Node& node, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (node.find(key) != nullptr) return true;
  }
  return false;
}

void read_entry(const Node& entry, std::string_view list, const std::string& path,
                const EntryContext& context, ScalingDraft& scaling, Diagnostics& diagnostics) {
  if (list == "ScalableTargets") {
    if (auto target = read_scalable_target(entry, path, context, diagnostics)) {
      scaling.targets.push_back(std::move(*target));
    }
  } else if (list == "ScalingPolicies") {
    if (auto policy = read_scaling_policy(entry, path, context, diagnostics)) {
      scaling.policies.push_back(std::move(*policy));
    }
  } else if (list == "ScheduledActions") {
    if (auto action = read_scheduled_action(entry, path, context, diagnostics)) {
      scaling.scheduled_actions.push_back(std::move(*action));
    }
  } else if (is_owned_by_target_tracking(entry)) {  // the policy makes it anew
    report(diagnostics, Severity::Warning, entry.place, "owned-alarm",
           fmt::format("{} belongs to a target-tracking policy, which makes it: it is passed over",
                       in_quotes(entry.find("AlarmName")->text)));
  } else if (auto alarm = read_alarm(entry, path, context, diagnostics)) {
    scaling.alarms.push_back(std::move(*alarm));
  } else {
    scaling.has_faulty_alarms = true;
  }
}

// False after a warning: the entry is of another service, and only in passing here.
bool is_ours(const Node& entry, std::size_t entries, const EntryContext& context,
             Diagnostics& diagnostics) {
  const std::string_view service = other_service_of(entry);
  if (service.empty() || !context.is_one_of_several || entries < 2) return true;
  report(diagnostics, Severity::Warning, entry.place, "other-service",
         fmt::format("this entry is of {} and is passed over", service));
  return false;
}

void read_list(const Node& list, std::string_view key, const EntryContext& context,
               const std::string& path, ScalingDraft& scaling, Diagnostics& diagnostics) {
  if (list.kind == NodeKind::Null && context.unknown_keys == UnknownKeys::Noted) return;
  if (list.kind != NodeKind::Sequence) {
    report_expected(diagnostics, list, fmt::format("{} as a list", key), "wrong-type");
    return;
  }
  for (std::size_t index = 0; index < list.items.size(); ++index) {
    const Node& entry = list.items[index];
    if (!is_ours(entry, list.items.size(), context, diagnostics)) continue;
    read_entry(entry, key, fmt::format("{}[{}]", path, index), context, scaling, diagnostics);
  }
}

// composite alarms cannot run Auto Scaling actions.
void pass_over_composite_alarms(const Entry& entry, Diagnostics& diagnostics) {
  if (entry.value.kind == NodeKind::Sequence && entry.value.items.empty()) return;
  if (entry.value.kind == NodeKind::Null) return;
  report(diagnostics, Severity::Warning, entry.key_place, "composite-alarms",
         "composite alarms cannot trigger scaling policies and are passed over");
}

// The lists of a mapping, targets and policies before what refers to them.
void read_lists(const Node& node, const EntryContext& context, const std::string& path,
                ScalingDraft& scaling, Diagnostics& diagnostics) {
  for (const std::string_view list : kLists) {
    for (const Entry& entry : node.entries) {
      if (entry.key != list) continue;
      if (list == "CompositeAlarms") {
        pass_over_composite_alarms(entry, diagnostics);
      } else {
        read_list(entry.value, list, context, path + entry.key, scaling, diagnostics);
      }
    }
  }
}

bool has_lists(const Node& root) {
  return std::any_of(kLists.begin(), kLists.end(),
                     [&](std::string_view list) { return root.find(list) != nullptr; });
}

bool reported_not_simulated(const Node& root, Diagnostics& diagnostics) {
  for (const Mark& mark : kMarksOfOthers) {
    for (const Entry& entry : root.entries) {
      if (entry.key != mark.key) continue;
      report_not_simulated(diagnostics, entry.key_place, entry.key, mark.feature);
      return true;
    }
  }
  return false;
}

void read_described(const Node& root, ScalingDraft& scaling, Diagnostics& diagnostics) {
  read_lists(root, {UnknownKeys::Noted, true}, "", scaling, diagnostics);
  // Says in passing which fields nobody reads.
  const Section rest(root, "the output of a describe command",
                     {"ScalableTargets", "ScalingPolicies", "MetricAlarms", "CompositeAlarms",
                      "ScheduledActions", "NextToken", "ResponseMetadata"},
                     diagnostics, UnknownKeys::Noted);
  if (rest.has("NextToken")) {
    report(diagnostics, Severity::Warning, rest.key_place("NextToken"), "more-pages",
           "there are more pages than this one, as NextToken says: give all of them");
  }
}

void read_from_file(const Node& name, const FileContext& files, ScalingDraft& scaling,
                    Diagnostics& diagnostics) {
  const auto written = text_of(name, diagnostics, "the name of a JSON file");
  if (!written) return;
  const std::string path = beside(files.scenario_file, *written);
  std::optional<std::string> text = read_text_file(files.open, path, name.place, diagnostics);
  if (!text) return;
  // `aws --output yaml` prints the same lists as YAML.
  const bool is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
  std::optional<Document> document = is_yaml ? parse_yaml(path, std::move(*text), diagnostics)
                                             : parse_json(path, std::move(*text), diagnostics);
  if (!document) return;
  read_aws_document(document->root, path, scaling, diagnostics);
  scaling.files.push_back(std::move(*document));
}

// False when nothing tells what the document is.
bool read_aws_mapping(const Node& root, const std::string& file, ScalingDraft& scaling,
                      Diagnostics& diagnostics) {
  const EntryContext context{UnknownKeys::Noted, false};
  if (has_lists(root)) {
    read_described(root, scaling, diagnostics);
    return true;
  }
  if (has_any(root, {"PolicyType", "PolicyName", "TargetTrackingScalingPolicyConfiguration",
                     "StepScalingPolicyConfiguration"})) {
    read_entry(root, "ScalingPolicies", "the scaling policy", context, scaling, diagnostics);
    return true;
  }
  if (has_any(root, {"AlarmName", "ComparisonOperator"})) {
    read_entry(root, "MetricAlarms", "the alarm", context, scaling, diagnostics);
    return true;
  }
  if (has_any(root, {"ScheduledActionName", "ScalableTargetAction"})) {
    read_entry(root, "ScheduledActions", "the scheduled action", context, scaling, diagnostics);
    return true;
  }
  if (has_any(root, {"TargetValue", "PredefinedMetricSpecification",
                     "CustomizedMetricSpecification", "StepAdjustments", "AdjustmentType"})) {
    const std::string name = std::filesystem::path(file).stem().string();
    auto policy = read_bare_configuration(root, name, diagnostics);
    if (policy) scaling.policies.push_back(std::move(*policy));
    return true;
  }
  if (reported_not_simulated(root, diagnostics)) return true;
  if (!has_any(root, {"MinCapacity", "MaxCapacity", "ResourceId"})) return false;
  read_entry(root, "ScalableTargets", "the scalable target", context, scaling, diagnostics);
  return true;
}

}  // namespace

void read_aws_document(const Node& root, const std::string& file, ScalingDraft& scaling,
                       Diagnostics& diagnostics) {
  const std::span<const Node> documents =
      root.kind == NodeKind::Sequence ? std::span(root.items) : std::span(&root, 1);
  for (const Node& document : documents) {
    const bool is_known = document.kind == NodeKind::Mapping &&
                          read_aws_mapping(document, file, scaling, diagnostics);
    if (is_known) continue;
    report_expected(diagnostics, document,
                    "the arguments of register-scalable-target, put-scaling-policy, "
                    "put-metric-alarm or put-scheduled-action, or the output of a describe "
                    "command",
                    "unknown-document");
  }
}

ScalingDraft read_scaling(const Node* node, const FileContext& files, Diagnostics& diagnostics) {
  ScalingDraft scaling;
  const Section section(
      or_empty_mapping(node), "scaling",
      {"ScalableTargets", "ScalingPolicies", "MetricAlarms", "ScheduledActions", "from"},
      diagnostics);
  if (const Node* from = section.find("from")) {
    if (from->kind == NodeKind::Sequence) {
      for (const Node& name : from->items) read_from_file(name, files, scaling, diagnostics);
    } else {
      read_from_file(*from, files, scaling, diagnostics);
    }
  }
  if (section.is_mapping()) {
    read_lists(section.node(), {UnknownKeys::Refused, false}, "scaling.", scaling, diagnostics);
  }
  return scaling;
}

}  // namespace sim
