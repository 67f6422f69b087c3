#include "sim/scenario/section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/check.hpp"

namespace sim {
namespace {

std::string shown(std::string_view path) {
  return path.empty() ? "the scenario" : std::string(path);
}

bool begins_with_capital(std::string_view text) {
  return !text.empty() && text[0] >= 'A' && text[0] <= 'Z';
}

}  // namespace

const Node& or_empty_mapping(const Node* node) {
  static const Node empty{NodeKind::Mapping, {}, {}, false, {}, {}};
  return node == nullptr ? empty : *node;
}

Section::Section(const Node& node, std::string path, std::vector<std::string_view> keys,
                 Diagnostics& diagnostics, UnknownKeys unknown_keys)
    : node_(node),
      path_(std::move(path)),
      keys_(std::move(keys)),
      diagnostics_(diagnostics),
      unknown_keys_(unknown_keys) {
  if (!is_mapping()) {
    report_expected(diagnostics_, node_,
                    fmt::format("{} as a mapping with the keys {}", shown(path_), one_of(keys_)),
                    "wrong-type");
    return;
  }
  for (const Entry& entry : node_.entries) {
    if (std::find(keys_.begin(), keys_.end(), entry.key) == keys_.end()) report_unknown(entry);
  }
}

void Section::report_unknown(const Entry& entry) const {
  if (unknown_keys_ == UnknownKeys::Noted) {
    report(
        diagnostics_, Severity::Warning, entry.key_place, "ignored-field",
        fmt::format("{} is not a field of {} and is ignored", in_quotes(entry.key), shown(path_)));
    return;
  }
  std::string hint = did_you_mean(entry.key, keys_);
  if (entry.key == "retries") {
    hint = "clients retry: 'retries' stands beside the shape of a stream, under 'traffic'";
  } else if (hint.empty()) {
    hint = fmt::format("its keys are {}", one_of(keys_));
  } else if (begins_with_capital(keys_.front()) && !begins_with_capital(entry.key)) {
    hint += " (here everything is spelt as AWS spells it)";
  }
  report(diagnostics_, Severity::Error, entry.key_place, "unknown-key",
         fmt::format("expected a key of {}, found {}", shown(path_), in_quotes(entry.key)),
         std::move(hint));
}

std::string Section::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

const Node* Section::find(std::string_view key) const {
  CHECK(std::find(keys_.begin(), keys_.end(), key) != keys_.end());
  const Node* found = node_.find(key);
  const bool is_skeleton =
      found != nullptr &&
      (found->kind == NodeKind::Null || (found->kind == NodeKind::Scalar && found->text.empty()));
  return is_skeleton && unknown_keys_ == UnknownKeys::Noted ? nullptr : found;
}

const Node* Section::require(std::string_view key, std::string_view example) const {
  const Node* found = find(key);
  if (found == nullptr && is_mapping()) report_missing(key, example);
  return found;
}

void Section::report_missing(std::string_view key, std::string_view example) const {
  for (const Entry& entry : node_.entries) {
    const bool is_unknown = std::find(keys_.begin(), keys_.end(), entry.key) == keys_.end();
    // It is there, misspelt, and that was reported.
    if (is_unknown && closest_match(entry.key, keys_) == key) return;
  }
  report(diagnostics_, Severity::Error, node_.place, "missing-key",
         fmt::format("expected the key '{}' in {}, found none", key, shown(path_)),
         example.empty() ? "" : fmt::format("for example {}", example));
}

NodePlace Section::key_place(std::string_view key) const {
  for (const Entry& entry : node_.entries) {
    if (entry.key == key) return entry.key_place;
  }
  return node_.place;
}

Section Section::inner(std::string_view key, std::vector<std::string_view> keys) const {
  const Node* node = find(key);
  CHECK(node != nullptr);
  return {*node, path_of(key), std::move(keys), diagnostics_, unknown_keys_};
}

Section Section::item(std::string_view key, std::size_t index,
                      std::vector<std::string_view> keys) const {
  const Node* node = find(key);
  CHECK(node != nullptr && index < node->items.size());
  return {node->items[index], fmt::format("{}[{}]", path_of(key), index), std::move(keys),
          diagnostics_, unknown_keys_};
}

std::span<const Node> Section::list(std::string_view key) const {
  const Node* node = find(key);
  if (node == nullptr) return {};
  if (node->kind == NodeKind::Sequence) return node->items;
  report_expected(diagnostics_, *node, fmt::format("{} as a list", key), "wrong-type");
  return {};
}

std::optional<core::Duration> Section::duration(std::string_view key, Zero zero,
                                                core::Duration most) const {
  const Node* node = find(key);
  return node == nullptr ? std::nullopt : duration_of(*node, diagnostics_, zero, most);
}

std::optional<RateQuantity> Section::rate(std::string_view key, Zero zero) const {
  const Node* node = find(key);
  return node == nullptr ? std::nullopt : rate_of(*node, diagnostics_, zero);
}

std::optional<double> Section::percent(std::string_view key) const {
  const Node* node = find(key);
  return node == nullptr ? std::nullopt : percent_of(*node, diagnostics_);
}

std::optional<double> Section::number(std::string_view key, NumberRange range) const {
  const Node* node = find(key);
  return node == nullptr ? std::nullopt : number_of(*node, diagnostics_, range);
}

std::optional<std::int64_t> Section::integer(std::string_view key, IntegerRange range) const {
  const Node* node = find(key);
  return node == nullptr ? std::nullopt : integer_of(*node, diagnostics_, range);
}

std::optional<bool> Section::boolean(std::string_view key) const {
  const Node* node = find(key);
  return node == nullptr ? std::nullopt : boolean_of(*node, diagnostics_);
}

std::optional<std::string> Section::text(std::string_view key) const {
  const Node* node = find(key);
  return node == nullptr ? std::nullopt : text_of(*node, diagnostics_);
}

std::optional<std::string> Section::text(std::string_view key, std::size_t most_characters) const {
  std::optional<std::string> found = text(key);
  if (found && character_count(*found) > most_characters) {
    report_expected(diagnostics_, *find(key),
                    fmt::format("a {} of at most {} characters", key, most_characters),
                    "out-of-range");
  }
  return found;
}

}  // namespace sim
