#include "sim/scenario/custom_metric_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/scenario/section.hpp"

namespace sim {
namespace {

constexpr std::size_t kMostMetrics = 100;
constexpr double kLargestSample = 0x1p360;  // what CloudWatch takes

std::optional<CustomMetricDraft> read_one(const Entry& entry, Diagnostics& diagnostics) {
  const Section section(entry.value, "metrics." + entry.key,
                        {"namespace", "per_request", "per_concurrent_request", "per_instance",
                         "dimensions", "variant"},
                        diagnostics);
  if (!section.is_mapping()) return std::nullopt;
  CustomMetricDraft draft;
  draft.metric.metric.name = entry.key;
  static_cast<void>(section.require("namespace", "namespace: Shop"));
  draft.metric.metric.metric_namespace = section.text("namespace").value_or("");
  if (draft.metric.metric.metric_namespace.starts_with("AWS/") ||
      draft.metric.metric.metric_namespace.starts_with("/aws/")) {
    report_expected(diagnostics, *section.find("namespace"),
                    "a namespace of your own, which does not begin with AWS/");
  }
  draft.metric.per_request = section.number("per_request", {0, kLargestSample});
  draft.metric.per_concurrent_request =
      section.number("per_concurrent_request", {0, kLargestSample});
  if (section.has("per_request") == section.has("per_concurrent_request")) {
    report(diagnostics, Severity::Error, entry.key_place, "missing-key",
           fmt::format("expected either per_request or per_concurrent_request in {}, found {}",
                       section.path(), section.has("per_request") ? "both" : "neither"));
    return std::nullopt;
  }
  draft.metric.per_instance = section.boolean("per_instance").value_or(false);
  if (const Node* dimensions = section.find("dimensions")) {
    if (dimensions->kind != NodeKind::Mapping) {
      report_expected(diagnostics, *dimensions, "dimensions as {Name: Value}", "wrong-type");
    }
    for (const Entry& dimension : dimensions->entries) {
      const auto value = text_of(dimension.value, diagnostics, "the value of a dimension");
      draft.metric.metric.dimensions.push_back({dimension.key, value.value_or("")});
    }
    std::sort(draft.metric.metric.dimensions.begin(), draft.metric.metric.dimensions.end());
  }
  draft.variant = section.text("variant");
  if (draft.variant) draft.variant_place = section.find("variant")->place;
  return draft;
}

}  // namespace

std::vector<CustomMetricDraft> read_custom_metrics(const Node* node, Diagnostics& diagnostics) {
  std::vector<CustomMetricDraft> drafts;
  if (node == nullptr) return drafts;
  if (node->kind != NodeKind::Mapping || node->entries.size() > kMostMetrics) {
    report_expected(diagnostics, *node,
                    fmt::format("at most {} metrics by name, such as TokensPerInstance: "
                                "{{namespace: Shop, per_request: 350, per_instance: true}}",
                                kMostMetrics),
                    "wrong-type");
    return drafts;
  }
  for (const Entry& entry : node->entries) {
    if (auto draft = read_one(entry, diagnostics)) drafts.push_back(std::move(*draft));
  }
  std::sort(drafts.begin(), drafts.end(),
            [](const auto& a, const auto& b) { return a.metric.metric < b.metric.metric; });
  return drafts;
}

}  // namespace sim
