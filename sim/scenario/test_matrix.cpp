#include "sim/scenario/test_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace sim {
namespace {

// A longer value is cut in the names of tests.
constexpr std::size_t kLongestLabel = 60;

std::string label_of(const Entry& axis, const Node& value) {
  std::string text = flow_text(value);
  if (character_count(text) <= kLongestLabel) return fmt::format("{} = {}", axis.key, text);
  // UTF-8 is cut between characters only.
  std::size_t end = kLongestLabel;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return fmt::format("{} = {}...", axis.key, text.substr(0, end));
}

// The first value that stands before it already: two tests would have one name. Null: none.
const Node* repeated(const std::vector<Node>& values) {
  std::set<std::string> known;
  for (const Node& value : values) {
    if (!known.insert(flow_text(value)).second) return &value;
  }
  return nullptr;
}

}  // namespace

TestMatrix::TestMatrix(const Section& section) {
  const Node* matrix = section.find("matrix");
  if (matrix != nullptr && !read(*matrix, section.diagnostics())) size_ = 0;
}

bool TestMatrix::read(const Node& matrix, Diagnostics& diagnostics) {
  if (matrix.kind != NodeKind::Mapping || matrix.entries.empty()) {
    report_expected(diagnostics, matrix,
                    "a mapping of paths to values such as {endpoint.startup: [2m, 5m]}",
                    "wrong-type");
    return false;
  }
  for (const Entry& axis : matrix.entries) {
    const std::size_t count = axis.value.items.size();
    if (axis.value.kind != NodeKind::Sequence || count == 0) {
      report_expected(diagnostics, axis.value,
                      fmt::format("a list of values of {}", in_quotes(axis.key)), "wrong-type",
                      fmt::format("{}: [first, second]", axis.key));
      return false;
    }
    if (const Node* again = repeated(axis.value.items)) {
      report(diagnostics, Severity::Error, again->place, "duplicate-value",
             fmt::format("expected each value once, found {} again", in_quotes(flow_text(*again))));
      return false;
    }
    if (size_ * count > kMostMatrixPoints) {
      report(diagnostics, Severity::Error, axis.value.place, "out-of-range",
             fmt::format("expected at most {} combinations, found {} x {}", kMostMatrixPoints,
                         size_, count));
      return false;
    }
    axes_.push_back(&axis);
    size_ *= count;
  }
  return true;
}

MatrixPoint TestMatrix::point(std::size_t index) const {
  MatrixPoint point;
  for (auto axis = axes_.rbegin(); axis != axes_.rend(); ++axis) {
    const std::vector<Node>& values = (*axis)->value.items;
    const Node& value = values[index % values.size()];
    index /= values.size();
    const std::string label = label_of(**axis, value);
    point.label = point.label.empty() ? label : label + ", " + point.label;
    point.settings.push_back({(*axis)->key, (*axis)->key_place, value});
  }
  // Applied in the order in which they are written.
  std::reverse(point.settings.begin(), point.settings.end());
  return point;
}

}  // namespace sim
