#include "sim/scenario/assumption_reader.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "sim/scenario/assumption_table.hpp"
#include "sim/scenario/section.hpp"

namespace sim {
namespace {

// Puts what a node says into the assumptions, or reports it and leaves the default.
struct ValueReader {
  const Node& node;
  Diagnostics& diagnostics;
  Assumptions& assumptions;

  void operator()(const AssumedChoice& choice) const {
    if (const auto index = choice_index_of(node, diagnostics, choice.names)) {
      choice.index.set(assumptions, *index);
    }
  }
  void operator()(const AssumedDuration& duration) const {
    if (const auto span = duration_of(node, diagnostics, duration.zero, duration.most)) {
      duration.span.set(assumptions, *span);
    }
  }
  void operator()(const AssumedRange& range) const {
    if (node.kind == NodeKind::Scalar && node.text == "N") {
      range.extra.set(assumptions, 0);
      return;
    }
    if (node.kind == NodeKind::Scalar && node.text.starts_with("N+")) {
      const auto extra = read_integer(std::string_view(node.text).substr(2)).value;
      if (extra && *extra >= 0 && *extra <= range.most) {
        range.extra.set(assumptions, static_cast<std::int32_t>(*extra));
        return;
      }
    }
    report_expected(diagnostics, node, fmt::format("N, or N+1 to N+{}", range.most));
  }
  void operator()(const AssumedBoolean& boolean) const {
    if (const auto flag = boolean_of(node, diagnostics)) boolean.flag.set(assumptions, *flag);
  }
};

}  // namespace

Assumptions read_assumptions(const Node* node, Diagnostics& diagnostics) {
  std::vector<std::string_view> names;
  for (const AssumptionKey& key : assumption_keys()) names.push_back(key.name);
  const Section section(or_empty_mapping(node), "assumptions", std::move(names), diagnostics);
  Assumptions assumptions;
  for (const AssumptionKey& key : assumption_keys()) {
    if (const Node* value = section.find(key.name)) {
      std::visit(ValueReader{*value, diagnostics, assumptions}, key.kind);
    }
  }
  return assumptions;
}

}  // namespace sim
