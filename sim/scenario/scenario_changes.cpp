#include "sim/scenario/scenario_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/check.hpp"
#include "sim/scenario/scenario_writer.hpp"
#include "sim/scenario/yaml_document.hpp"

namespace sim {
namespace {

// What tells the entries of a list apart.
constexpr std::array<std::string_view, 5> kNames{"PolicyName", "AlarmName", "ScheduledActionName",
                                                 "name", "that"};

std::string name_of(const Node& item) {
  for (const std::string_view key : kNames) {
    if (const Node* name = item.find(key); name != nullptr && name->kind == NodeKind::Scalar) {
      return name->text;
    }
  }
  return {};
}

class ChangeFinder {
 public:
  std::vector<ScenarioChange> changes;

  void compare(const std::string& path, const Node* base, const Node* candidate) {
    if (base == nullptr || candidate == nullptr || base->kind != candidate->kind) {
      if (base != nullptr || candidate != nullptr) add(path, base, candidate);
      return;
    }
    switch (base->kind) {
      case NodeKind::Null:
        return;
      case NodeKind::Scalar:
        if (base->text != candidate->text) add(path, base, candidate);
        return;
      case NodeKind::Sequence:
        return compare_lists(path, *base, *candidate);
      case NodeKind::Mapping:
        return compare_mappings(path, *base, *candidate);
    }
  }

 private:
  void add(const std::string& path, const Node* base, const Node* candidate) {
    const auto text = [](const Node* node) {
      return node == nullptr ? std::optional<std::string>{} : flow_text(*node);
    };
    changes.push_back({path, text(base), text(candidate)});
  }

  void compare_mappings(const std::string& path, const Node& base, const Node& candidate) {
    const auto path_of = [&path](const std::string& key) {
      return path.empty() ? key : path + "." + key;
    };
    for (const Entry& entry : base.entries) {
      compare(path_of(entry.key), &entry.value, candidate.find(entry.key));
    }
    for (const Entry& entry : candidate.entries) {
      if (base.find(entry.key) == nullptr) compare(path_of(entry.key), nullptr, &entry.value);
    }
  }

  void compare_lists(const std::string& path, const Node& base, const Node& candidate) {
    std::vector<bool> is_matched(candidate.items.size(), false);
    for (std::size_t i = 0; i < base.items.size(); ++i) {
      const std::size_t match = match_of(base.items[i], i, candidate);
      const bool is_found = match < candidate.items.size() && !is_matched[match];
      if (is_found) is_matched[match] = true;
      compare(path_of(path, base.items[i], i), &base.items[i],
              is_found ? &candidate.items[match] : nullptr);
    }
    for (std::size_t i = 0; i < candidate.items.size(); ++i) {
      if (!is_matched[i])
        compare(path_of(path, candidate.items[i], i), nullptr, &candidate.items[i]);
    }
  }

  static std::size_t match_of(const Node& item, std::size_t place, const Node& candidate) {
    const std::string name = name_of(item);
    if (name.empty()) return place;
    const auto found = std::find_if(candidate.items.begin(), candidate.items.end(),
                                    [&name](const Node& other) { return name_of(other) == name; });
    return static_cast<std::size_t>(found - candidate.items.begin());
  }

  static std::string path_of(const std::string& path, const Node& item, std::size_t place) {
    const std::string name = name_of(item);
    return name.empty() ? fmt::format("{}[{}]", path, place) : fmt::format("{}[{}]", path, name);
  }
};

Document document_of(const Scenario& scenario) {
  Diagnostics diagnostics;
  auto document = parse_yaml(scenario.file, expand_scenario(scenario), diagnostics);
  CHECK(document.has_value());  // it was read from such a file
  return *std::move(document);
}

}  // namespace

std::vector<ScenarioChange> changes_between(const Scenario& base, const Scenario& candidate) {
  const Document before = document_of(base);
  const Document after = document_of(candidate);
  ChangeFinder finder;
  finder.compare({}, &before.root, &after.root);
  return finder.changes;
}

}  // namespace sim
