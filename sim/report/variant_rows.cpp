#include "sim/report/variant_rows.hpp"

#include <fmt/format.h>

#include "sim/report/humane_text.hpp"

namespace sim {
namespace {

std::string range_text(const InstanceSummary& instances) {
  return instances.min == instances.max ? humane_count(instances.max)
                                        : fmt::format("{} to {}", instances.min, instances.max);
}

std::vector<std::string> row_of(const ScenarioVariant& variant, double share,
                                const VariantResult& result) {
  const Summary& summary = result.summary;
  const auto latency = [](const std::optional<double>& value) {
    return value ? humane_seconds(*value) : std::string("-");
  };
  return {one_line(result.name),
          fmt::format("{}{}", result.is_shadow ? "shadow " : "", humane_share(share)),
          one_line(variant.variant.instance_type),
          humane_count(summary.requests.total),
          summary.errors.rate ? humane_share(*summary.errors.rate) : "-",
          latency(summary.latency.p50),
          latency(summary.latency.p99),
          range_text(summary.instances),
          summary.cost ? humane_money(summary.cost->total) : "unknown"};
}

}  // namespace

std::vector<std::vector<std::string>> variant_rows(const RunReport& report) {
  if (report.result.variants.empty()) return {};
  std::vector<std::vector<std::string>> rows = {
      {"variant", "share", "type", "requests", "errors", "p50", "p99", "instances", "cost"}};
  for (std::size_t index = 0; index < report.result.variants.size(); ++index) {
    const ScenarioVariant& variant = report.scenario.variants[index];
    rows.push_back(
        row_of(variant, share_of(report.scenario, variant), report.result.variants[index]));
  }
  return rows;
}

}  // namespace sim
