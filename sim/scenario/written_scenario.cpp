#include "sim/scenario/written_scenario.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "sim/scenario/yaml_document.hpp"

namespace sim {
namespace {

constexpr std::string_view kSmallest =
    "version: 1, traffic: {t: {rate: 50/s}}, endpoint: {instance_type: ml.c5.large, latency: "
    "{exponential: 10ms}}";

// The mappings whose keys are the user's own names.
constexpr std::array<std::string_view, 3> kNamedParts = {"traffic", "endpoint.variants", "metrics"};

}  // namespace

std::optional<std::string> WrittenScenario::value_at(std::string_view path) const {
  const Node* node = find_node(root(), path);
  if (node == nullptr || node->kind != NodeKind::Scalar) return std::nullopt;
  return node->text;
}

std::optional<std::string> WrittenScenario::misnamed_part(std::string_view path) const {
  for (const std::string_view parts : kNamedParts) {
    if (!path.starts_with(parts) || path.size() <= parts.size() || path[parts.size()] != '.') {
      continue;
    }
    const Node* mapping = find_node(root(), parts);
    if (mapping == nullptr || mapping->kind != NodeKind::Mapping) continue;
    const std::string_view rest = path.substr(parts.size() + 1);
    const std::string_view name = rest.substr(0, rest.find_first_of(".["));
    if (mapping->find(name) != nullptr) continue;
    std::vector<std::string_view> names;
    for (const Entry& entry : mapping->entries) names.push_back(entry.key);
    const std::string hint = did_you_mean(name, names);
    return fmt::format("expected {} of {}, found {}{}", one_of(names), parts, in_quotes(name),
                       hint.empty() ? "" : "; " + hint);
  }
  return std::nullopt;
}

std::optional<WrittenScenario> written_scenario(std::string text, const std::string& file,
                                                const LoadOptions& options,
                                                Diagnostics& diagnostics) {
  std::optional<Document> document = parse_yaml(file, std::move(text), diagnostics);
  if (!document) return std::nullopt;
  if (document->root.kind == NodeKind::Null) {
    report(diagnostics, Severity::Error, document->root.place, "empty-file",
           "expected a scenario, found an empty file",
           "the smallest is {" + std::string(kSmallest) + "}");
    return std::nullopt;
  }
  WrittenScenario written;
  written.document_ = std::move(*document);
  Node& root = written.document_.root;
  for (const Setting& setting : options.settings) apply_setting(setting, root, diagnostics);
  for (const std::string& change : options.overrides) {
    apply_override(change, "--set", root, written.changes_, diagnostics);
  }
  for (const std::string& change : options.parameters) {
    apply_override(change, "-p", root, written.changes_, diagnostics);
  }
  return written;
}

}  // namespace sim
