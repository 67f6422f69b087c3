#include "sim/scenario/capacity_error_reader.hpp"

#include <fmt/format.h>

#include <cstddef>

#include "sim/scenario/section.hpp"

namespace sim {
namespace {

using core::Duration;
using models::endpoint::CapacityErrors;
using models::endpoint::CapacityErrorWindow;

constexpr std::size_t kMostWindows = 1'000;

// False after a report.
bool read_window(const Section& window, CapacityErrors& errors) {
  if (window.require("from", "from: 1h") == nullptr ||
      window.require("to", "to: 1h30m") == nullptr) {
    return false;
  }
  const auto from = window.duration("from", Zero::Allowed);
  const auto to = window.duration("to", Zero::Refused);
  if (!from || !to) return false;
  if (*to <= *from) {
    report_expected(window.diagnostics(), *window.find("to"),
                    fmt::format("a time after 'from', {}", format_duration(*from)), "out-of-range");
    return false;
  }
  if (!errors.windows.empty() && *from < errors.windows.back().to) {
    report_expected(window.diagnostics(), *window.find("from"),
                    fmt::format("a window that begins no earlier than the one before it ends, {}",
                                format_duration(errors.windows.back().to)),
                    "out-of-range");
    return false;
  }
  errors.windows.push_back({*from, *to});
  return true;
}

}  // namespace

std::optional<CapacityErrors> read_capacity_errors(const Node& node, Diagnostics& diagnostics) {
  const Section section(node, "endpoint.capacity_errors", {"probability", "windows"}, diagnostics);
  if (!section.is_mapping()) return std::nullopt;
  CapacityErrors errors;
  if (!section.has("probability") && !section.has("windows")) {
    report(diagnostics, Severity::Error, node.place, "missing-key",
           "expected {probability} or {windows}, or both, found neither",
           "for example {windows: [{from: 1h, to: 1h30m}]}");
    return std::nullopt;
  }
  if (const auto probability = section.percent("probability")) {
    errors.probability = *probability;
    if (*probability > 1) {
      report_expected(diagnostics, *section.find("probability"), "a probability of at most 100%",
                      "out-of-range");
      return std::nullopt;
    }
  }
  if (!section.has("windows")) return errors;
  const Node& windows = *section.find("windows");
  if (windows.kind != NodeKind::Sequence || windows.items.empty() ||
      windows.items.size() > kMostWindows) {
    report_expected(
        diagnostics, windows,
        fmt::format("a list of 1 to {} windows such as [{{from: 1h, to: 1h30m}}]", kMostWindows),
        "wrong-type");
    return std::nullopt;
  }
  for (std::size_t index = 0; index < windows.items.size(); ++index) {
    if (!read_window(section.item("windows", index, {"from", "to"}), errors)) return std::nullopt;
  }
  return errors;
}

}  // namespace sim
