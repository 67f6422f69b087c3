// Gives typed access to the keys of one mapping, and reports each that should not be there.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/document.hpp"
#include "sim/scenario/node_values.hpp"

namespace sim {

// An absent mapping reads as one without keys.
const Node& or_empty_mapping(const Node* node);

// What becomes of a key that nobody knows. In files that AWS's tools wrote it is noted and passed
// over, as AWS passes over it, and so are the nulls and empty texts of their skeletons.
enum class UnknownKeys { Refused, Noted };

// Invariants:
// 1. Every key of the mapping is either one of `keys` or was reported.
// 2. Only `keys` may be asked for.
// 3. An absent key and a wrong value both read as nothing; the wrong value was reported.
class Section {
 public:
  // `path` names the mapping in messages: "endpoint.queue"; empty is the scenario itself. A node
  // that is not a mapping is reported, and reads as an empty mapping.
  Section(const Node& node, std::string path, std::vector<std::string_view> keys,
          Diagnostics& diagnostics, UnknownKeys unknown_keys = UnknownKeys::Refused);

  // False when the node was not a mapping: nothing more needs to be said about it.
  bool is_mapping() const { return node_.kind == NodeKind::Mapping; }
  const Node& node() const { return node_; }
  const std::string& path() const { return path_; }
  std::string path_of(std::string_view key) const;
  Diagnostics& diagnostics() const { return diagnostics_; }

  const Node* find(std::string_view key) const;
  bool has(std::string_view key) const { return find(key) != nullptr; }
  // Reports an absent key, unless a misspelt one was reported in its place; `example` shows what
  // could stand there: "rate: 50/s".
  const Node* require(std::string_view key, std::string_view example) const;
  void report_missing(std::string_view key, std::string_view example) const;
  NodePlace key_place(std::string_view key) const;

  // A mapping within this one, and one of a list within it; both are read as strictly as this one.
  // REQUIRES: has(key); the list has so many entries.
  Section inner(std::string_view key, std::vector<std::string_view> keys) const;
  Section item(std::string_view key, std::size_t index, std::vector<std::string_view> keys) const;
  // The entries of a list; none when the key is absent or, after a report, no list.
  std::span<const Node> list(std::string_view key) const;

  std::optional<core::Duration> duration(std::string_view key, Zero zero,
                                         core::Duration most = kLongestSpan) const;
  std::optional<RateQuantity> rate(std::string_view key, Zero zero) const;
  std::optional<double> percent(std::string_view key) const;
  std::optional<double> number(std::string_view key, NumberRange range) const;
  std::optional<std::int64_t> integer(std::string_view key, IntegerRange range) const;
  std::optional<bool> boolean(std::string_view key) const;
  std::optional<std::string> text(std::string_view key) const;
  // Longer text is reported and given all the same.
  std::optional<std::string> text(std::string_view key, std::size_t most_characters) const;
  template <class E, std::size_t n>
  std::optional<E> choice(std::string_view key, const Choice<E> (&choices)[n]) const {
    const Node* node = find(key);
    return node == nullptr ? std::nullopt : choice_of(*node, diagnostics_, choices);
  }

 private:
  void report_unknown(const Entry& entry) const;

  const Node& node_;
  std::string path_;
  std::vector<std::string_view> keys_;
  Diagnostics& diagnostics_;
  UnknownKeys unknown_keys_;
};

}  // namespace sim
