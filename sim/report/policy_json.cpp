#include "sim/report/policy_json.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "core/check.hpp"
#include "sim/report/atomic_file.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/scenario/scaling_writer.hpp"
#include "sim/scenario/yaml_document.hpp"

namespace sim {
namespace {

JsonTree scalar_json(const Node& node) {
  if (node.quoted) return node.text;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  if (const auto integer = read_integer(node.text); integer.value) return *integer.value;
  if (const auto number = read_number(node.text); number.value) return *number.value;
  return node.text;
}

JsonTree json_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::Null:
      return nullptr;
    case NodeKind::Scalar:
      return scalar_json(node);
    case NodeKind::Sequence: {
      JsonTree list = JsonTree::array();
      for (const Node& item : node.items) list.push_back(json_of(item));
      return list;
    }
    case NodeKind::Mapping: {
      JsonTree mapping = JsonTree::object();
      for (const Entry& entry : node.entries) mapping[entry.key] = json_of(entry.value);
      return mapping;
    }
  }
  return nullptr;
}

struct Call {
  std::string_view list;
  std::string_view file;
  std::string_view name_key;  // empty: the first has no name
};
constexpr std::array kCalls{
    Call{"ScalableTargets", "register_scalable_target", ""},
    Call{"ScalingPolicies", "put_scaling_policy", "PolicyName"},
    Call{"ScheduledActions", "put_scheduled_action", "ScheduledActionName"},
    Call{"MetricAlarms", "put_metric_alarm", "AlarmName"},
};

// A name of AWS's may hold what a file system takes for something else.
std::string file_part(std::string_view name) {
  std::string part;
  for (const char c : name) {
    const bool is_plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
    part += is_plain ? c : '_';
  }
  return part;
}

std::string write_json_file(const std::string& folder, const std::string& name,
                            const JsonTree& tree) {
  AtomicFile file((std::filesystem::path(folder) / name).string());
  file.stream() << tree.dump(2) << '\n';
  return file.commit();
}

}  // namespace

JsonTree scaling_json(const Scenario& scenario) {
  // The one writer of these fields is that of the scenario; its YAML says what is text.
  Diagnostics diagnostics;
  const auto document = parse_yaml("scaling", scaling_text(scenario), diagnostics);
  CHECK(document.has_value());
  JsonTree lists = JsonTree::object();
  const Node* scaling = document->root.find("scaling");
  for (const Call& call : kCalls) {
    const std::string key(call.list);
    const Node* list = scaling == nullptr ? nullptr : scaling->find(key);
    lists[key] = list == nullptr ? JsonTree::array() : json_of(*list);
  }
  return lists;
}

std::string write_policy_files(const Scenario& scenario, const std::string& folder) {
  const JsonTree lists = scaling_json(scenario);
  std::string problem = make_folder(folder);
  std::set<std::string> names;
  for (const Call& call : kCalls) {
    for (const JsonTree& entry : lists[std::string(call.list)]) {
      std::string name(call.file);
      if (!call.name_key.empty()) {
        name += "." + file_part(entry[std::string(call.name_key)].get<std::string>());
      }
      std::string unique = name;
      for (int i = 2; !names.insert(unique).second; ++i) unique = fmt::format("{}-{}", name, i);
      if (problem.empty()) problem = write_json_file(folder, unique + ".json", entry);
    }
  }
  if (problem.empty()) problem = write_json_file(folder, "scaling.json", lists);
  return problem;
}

}  // namespace sim
