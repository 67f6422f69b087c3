#include "sim/scenario/scaling_json.hpp"

#include <string>

#include "core/check.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/scenario/scaling_writer.hpp"
#include "sim/scenario/yaml_document.hpp"

namespace sim {
namespace {

using Json = nlohmann::ordered_json;

Json scalar_json(const Node& node) {
  if (node.quoted) return node.text;
  if (node.text == "true" || node.text == "false") return node.text == "true";
  if (const auto integer = read_integer(node.text); integer.value) return *integer.value;
  if (const auto number = read_number(node.text); number.value) return *number.value;
  return node.text;
}

Json json_of(const Node& node) {
  switch (node.kind) {
    case NodeKind::Null:
      return nullptr;
    case NodeKind::Scalar:
      return scalar_json(node);
    case NodeKind::Sequence: {
      Json list = Json::array();
      for (const Node& item : node.items) list.push_back(json_of(item));
      return list;
    }
    case NodeKind::Mapping: {
      Json mapping = Json::object();
      for (const Entry& entry : node.entries) mapping[entry.key] = json_of(entry.value);
      return mapping;
    }
  }
  return nullptr;
}

}  // namespace

Json scaling_json(const Scenario& scenario) {
  // The one writer of these fields is that of the scenario; its YAML says what is text.
  Diagnostics diagnostics;
  const auto document = parse_yaml("scaling", scaling_text(scenario), diagnostics);
  CHECK(document.has_value());
  const Node* scaling = document->root.find("scaling");
  Json lists = Json::object();
  for (const char* key :
       {"ScalableTargets", "ScalingPolicies", "ScheduledActions", "MetricAlarms"}) {
    const Node* list = scaling == nullptr ? nullptr : scaling->find(key);
    lists[key] = list == nullptr ? Json::array() : json_of(*list);
  }
  return lists;
}

}  // namespace sim
