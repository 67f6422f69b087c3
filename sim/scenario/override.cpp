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

class Override {
 public:
  Override(const std::string& text, Diagnostics& diagnostics)
      : name_("--set " + text), diagnostics_(diagnostics) {}

  void fail(std::string message, std::string hint = {}) {
    diagnostics_.add_error({name_, 0, 0}, "bad-override", std::move(message), std::move(hint));
  }

  // The node that a step leads to, made if need be; null after a report.
  Node* descend(Node& from, const std::string& step, const NodePlace& place) {
    if (from.kind == NodeKind::Sequence) {
      const auto index = index_of(step);
      if (index && *index < from.items.size()) return &from.items[*index];
      fail(fmt::format("expected the index of one of {} entries, found {}", from.items.size(),
                       in_quotes(step)));
      return nullptr;
    }
    if (from.kind == NodeKind::Scalar) {
      fail(fmt::format("expected a mapping or a list before {}, found {}", in_quotes(step),
                       description_of(from)));
      return nullptr;
    }
    if (from.kind == NodeKind::Null) from = {NodeKind::Mapping, place, {}, false, {}, {}};
    for (Entry& entry : from.entries) {
      if (entry.key == step) return &entry.value;
    }
    from.entries.push_back({step, place, {NodeKind::Null, place, {}, false, {}, {}}});
    return &from.entries.back().value;
  }

  void apply(std::string_view path, std::string value, Node& root,
             std::vector<Document>& documents) {
    const auto steps = steps_of(path);
    if (!steps) {
      fail(fmt::format("expected a path such as endpoint.queue.limit, found {}", in_quotes(path)));
      return;
    }
    auto document = parse_yaml(name_, std::move(value), diagnostics_, SourceFormat::CommandLine);
    if (!document) return;
    const NodePlace place{document->source.get(), 1, 0};
    Node* node = &root;
    for (const std::string& step : *steps) {
      node = descend(*node, step, place);
      if (node == nullptr) return;
    }
    *node = std::move(document->root);
    documents.push_back(std::move(*document));
  }

 private:
  std::string name_;
  Diagnostics& diagnostics_;
};

}  // namespace

void apply_override(const std::string& override_text, Node& root, std::vector<Document>& documents,
                    Diagnostics& diagnostics) {
  Override change(override_text, diagnostics);
  const std::size_t equals = override_text.find('=');
  if (equals == std::string::npos) {
    change.fail("expected PATH=VALUE, found no '='", "for example --set run.seed=7");
    return;
  }
  change.apply(std::string_view(override_text).substr(0, equals), override_text.substr(equals + 1),
               root, documents);
}

}  // namespace sim
