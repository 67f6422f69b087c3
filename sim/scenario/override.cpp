#include "sim/scenario/override.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "sim/scenario/yaml_document.hpp"

namespace sim {
namespace {

// The steps of `a.b[2].c`: "a", "b", "2", "c". Nothing when a step is empty or a bracket is open.
std::optional<std::vector<std::string>> steps_of(std::string_view path) {
  std::vector<std::string> steps(1);
  bool in_brackets = false;
  for (const char c : path) {
    if (in_brackets && c == ']') {
      in_brackets = false;
    } else if (!in_brackets && c == '[') {
      in_brackets = true;
      steps.emplace_back();
    } else if (!in_brackets && c == '.') {
      steps.emplace_back();
    } else if (c == '[' || c == ']') {
      return std::nullopt;
    } else {
      steps.back() += c;
    }
  }
  if (in_brackets || steps.size() > static_cast<std::size_t>(kDeepestNesting)) return std::nullopt;
  for (const std::string& step : steps) {
    if (step.empty()) return std::nullopt;
  }
  return steps;
}

std::optional<std::size_t> index_of(std::string_view step) {
  std::size_t index = 0;
  const auto result = std::from_chars(step.data(), step.data() + step.size(), index);
  if (result.ec != std::errc{} || result.ptr != step.data() + step.size()) return std::nullopt;
  return index;
}

// Walks from the root of a tree to the value that a path names. A problem with the path is told
// through `fail`, which knows where the path is written.
template <class Fail>
class PathWalk {
 public:
  // `made_at`: the place of what is made on the way.
  PathWalk(NodePlace made_at, const Fail& fail) : made_at_(made_at), fail_(fail) {}

  // Null after a report.
  Node* find(std::string_view path, Node& root) const {
    const auto steps = steps_of(path);
    if (!steps) {
      fail_(fmt::format("expected a path such as endpoint.queue.limit, found {}", in_quotes(path)));
      return nullptr;
    }
    Node* node = &root;
    for (const std::string& step : *steps) {
      node = descend(*node, step);
      if (node == nullptr) return nullptr;
    }
    return node;
  }

 private:
  Node* descend(Node& from, const std::string& step) const {
    if (from.kind == NodeKind::Sequence) {
      const auto index = index_of(step);
      if (index && *index < from.items.size()) return &from.items[*index];
      fail_(fmt::format("expected the index of one of {} entries, found {}", from.items.size(),
                        in_quotes(step)));
      return nullptr;
    }
    if (from.kind == NodeKind::Scalar) {
      fail_(fmt::format("expected a mapping or a list before {}, found {}", in_quotes(step),
                        description_of(from)));
      return nullptr;
    }
    if (from.kind == NodeKind::Null) from = {NodeKind::Mapping, made_at_, {}, false, {}, {}};
    for (Entry& entry : from.entries) {
      if (entry.key == step) return &entry.value;
    }
    from.entries.push_back({step, made_at_, {NodeKind::Null, made_at_, {}, false, {}, {}}});
    return &from.entries.back().value;
  }

  NodePlace made_at_;
  const Fail& fail_;
};

}  // namespace

void apply_override(const std::string& override_text, std::string_view option, Node& root,
                    std::vector<Document>& documents, Diagnostics& diagnostics) {
  const std::string name = fmt::format("{} {}", option, override_text);
  const auto fail = [&](std::string message, std::string hint = {}) {
    diagnostics.add_error({name, 0, 0}, "bad-override", std::move(message), std::move(hint));
  };
  const std::size_t equals = override_text.find('=');
  if (equals == std::string::npos) {
    fail("expected PATH=VALUE, found no '='", fmt::format("for example {} run.seed=7", option));
    return;
  }
  const std::string_view path = std::string_view(override_text).substr(0, equals);
  auto document =
      parse_yaml(name, override_text.substr(equals + 1), diagnostics, SourceFormat::CommandLine);
  if (!document) return;
  Node* node = PathWalk({document->source.get(), 1, 0}, fail).find(path, root);
  if (node == nullptr) return;
  *node = std::move(document->root);
  documents.push_back(std::move(*document));
}

void apply_setting(const Setting& setting, Node& root, Diagnostics& diagnostics) {
  const auto fail = [&](std::string message) {
    report(diagnostics, Severity::Error, setting.place, "bad-override", std::move(message));
  };
  Node* node = PathWalk(setting.place, fail).find(setting.path, root);
  if (node != nullptr) *node = setting.value;
}

const Node* find_node(const Node& root, std::string_view path) {
  const auto steps = steps_of(path);
  if (!steps) return nullptr;
  const Node* node = &root;
  for (const std::string& step : *steps) {
    if (node->kind == NodeKind::Sequence) {
      const auto index = index_of(step);
      node = index && *index < node->items.size() ? &node->items[*index] : nullptr;
    } else {
      node = node->find(step);
    }
    if (node == nullptr) return nullptr;
  }
  return node;
}

}  // namespace sim
