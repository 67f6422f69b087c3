#include "sim/scenario/scaling_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <span>
#include <utility>

#include "sim/scenario/json_document.hpp"
#include "sim/scenario/not_simulated.hpp"
#include "sim/scenario/scaling_entry_reader.hpp"
#include "sim/scenario/yaml_document.hpp"

namespace sim {
namespace {

// A list that the AWS CLI prints, and what is in it.
struct WrapperKey {
  std::string_view key;
  std::string_view feature;  // empty: it is simulated
};
constexpr std::array kWrappers{WrapperKey{"ScalableTargets", ""}, WrapperKey{"ScalingPolicies", ""},
                               WrapperKey{"MetricAlarms", "alarms of your own"},
                               WrapperKey{"CompositeAlarms", "composite alarms"},
                               WrapperKey{"ScheduledActions", "scheduled scaling"}};

// A key that tells what a document is which this version cannot use.
struct Mark {
  std::string_view key;
  std::string_view feature;
};
constexpr std::array kNotSimulatedMarks{
    Mark{"StepAdjustments", "step scaling"},
    Mark{"AdjustmentType", "step scaling"},
    Mark{"ScheduledActionName", "scheduled scaling"},
    Mark{"Schedule", "scheduled scaling"},
    Mark{"AlarmName", "alarms of your own"},
    Mark{"ComparisonOperator", "alarms of your own"},
    Mark{"AWSTemplateFormatVersion", "reading CloudFormation templates"},
    Mark{"Resources", "reading CloudFormation templates"},
    Mark{"terraform_version", "reading Terraform plans"},
    Mark{"planned_values", "reading Terraform plans"},
};

bool has_any(const Node& node, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (node.find(key) != nullptr) return true;
  }
  return false;
}

void read_list(const Node& list, std::string_view key, UnknownKeys unknown_keys,
               const std::string& path, ScalingDraft& scaling, Diagnostics& diagnostics) {
  if (list.kind == NodeKind::Null && unknown_keys == UnknownKeys::Noted) return;
  if (list.kind != NodeKind::Sequence) {
    report_expected(diagnostics, list, fmt::format("{} as a list", key), "wrong-type");
    return;
  }
  for (std::size_t index = 0; index < list.items.size(); ++index) {
    const std::string entry = fmt::format("{}[{}]", path, index);
    if (key == "ScalableTargets") {
      if (auto target = read_scalable_target(list.items[index], entry, unknown_keys, diagnostics)) {
        scaling.targets.push_back(std::move(*target));
      }
    } else if (auto policy =
                   read_scaling_policy(list.items[index], entry, unknown_keys, diagnostics)) {
      scaling.policies.push_back(std::move(*policy));
    }
  }
}

// The lists of a mapping; those that are not simulated may be there if they are empty.
void read_wrappers(const Node& node, UnknownKeys unknown_keys, const std::string& path,
                   ScalingDraft& scaling, Diagnostics& diagnostics) {
  for (const WrapperKey& wrapper : kWrappers) {
    for (const Entry& entry : node.entries) {
      if (entry.key != wrapper.key) continue;
      if (wrapper.feature.empty()) {
        read_list(entry.value, wrapper.key, unknown_keys, path + entry.key, scaling, diagnostics);
      } else if (entry.value.kind != NodeKind::Null &&
                 !(entry.value.kind == NodeKind::Sequence && entry.value.items.empty())) {
        report_not_simulated(diagnostics, entry.key_place, entry.key, wrapper.feature);
      }
    }
  }
}

bool is_wrapper(const Node& root) {
  for (const WrapperKey& wrapper : kWrappers) {
    if (root.find(wrapper.key) != nullptr) return true;
  }
  return false;
}

bool reported_not_simulated(const Node& root, Diagnostics& diagnostics) {
  for (const Mark& mark : kNotSimulatedMarks) {
    for (const Entry& entry : root.entries) {
      if (entry.key != mark.key) continue;
      report_not_simulated(diagnostics, entry.key_place, entry.key, mark.feature);
      return true;
    }
  }
  return false;
}

void read_wrapper_document(const Node& root, ScalingDraft& scaling, Diagnostics& diagnostics) {
  read_wrappers(root, UnknownKeys::Noted, "", scaling, diagnostics);
  // Says in passing which fields nobody reads.
  const Section rest(root, "the output of a describe command",
                     {"ScalableTargets", "ScalingPolicies", "MetricAlarms", "CompositeAlarms",
                      "ScheduledActions", "NextToken", "ResponseMetadata"},
                     diagnostics, UnknownKeys::Noted);
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
  constexpr UnknownKeys kNoted = UnknownKeys::Noted;
  if (is_wrapper(root)) {
    read_wrapper_document(root, scaling, diagnostics);
    return true;
  }
  if (has_any(root, {"PolicyType", "PolicyName", "TargetTrackingScalingPolicyConfiguration",
                     "StepScalingPolicyConfiguration"})) {
    auto policy = read_scaling_policy(root, "the scaling policy", kNoted, diagnostics);
    if (policy) scaling.policies.push_back(std::move(*policy));
    return true;
  }
  if (has_any(root,
              {"TargetValue", "PredefinedMetricSpecification", "CustomizedMetricSpecification"})) {
    const std::string name = std::filesystem::path(file).stem().string();
    auto policy = read_bare_configuration(root, name, kNoted, diagnostics);
    if (policy) scaling.policies.push_back(std::move(*policy));
    return true;
  }
  if (reported_not_simulated(root, diagnostics)) return true;
  if (!has_any(root, {"MinCapacity", "MaxCapacity", "ResourceId"})) return false;
  auto target = read_scalable_target(root, "the scalable target", kNoted, diagnostics);
  if (target) scaling.targets.push_back(std::move(*target));
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
                    "the arguments of register-scalable-target or put-scaling-policy, or the "
                    "output of a describe command",
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
    read_wrappers(section.node(), UnknownKeys::Refused, "scaling.", scaling, diagnostics);
  }
  return scaling;
}

}  // namespace sim
