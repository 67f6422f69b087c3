#include "sim/scenario/warming_reader.hpp"

#include "sim/scenario/section.hpp"

namespace sim {
namespace {

constexpr core::Duration kLongestWarming = std::chrono::hours{1};
constexpr NumberRange kSlowdown{1, 1'000};

}  // namespace

std::optional<models::endpoint::Warming> read_warming(const Node& node, Diagnostics& diagnostics) {
  const Section section(node, "endpoint.warming", {"duration", "slowdown", "errors"}, diagnostics);
  if (!section.is_mapping()) return std::nullopt;
  if (section.require("duration", "duration: 3m") == nullptr) return std::nullopt;
  models::endpoint::Warming warming;
  const auto duration = section.duration("duration", Zero::Refused, kLongestWarming);
  if (!duration) return std::nullopt;
  warming.duration = *duration;
  if (!section.has("slowdown") && !section.has("errors")) {
    report_expected(diagnostics, node, "'slowdown', 'errors' or both beside 'duration'",
                    "missing-key", "for example slowdown: 3, or errors: 2%");
    return std::nullopt;
  }
  if (section.has("slowdown")) {
    const auto slowdown = section.number("slowdown", kSlowdown);
    if (!slowdown) return std::nullopt;
    warming.slowdown = *slowdown;
  }
  if (const Node* given = section.find("errors")) {
    const auto errors = section.percent("errors");
    if (!errors) return std::nullopt;
    if (*errors > 1) {
      report_expected(diagnostics, *given, "a share of at most 100%", "out-of-range");
      return std::nullopt;
    }
    warming.errors = *errors;
  }
  return warming;
}

}  // namespace sim
