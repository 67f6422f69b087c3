#include "sim/scenario/utilization_reader.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>

#include "sim/prices/price_table.hpp"
#include "sim/scenario/utilization_keys.hpp"

namespace sim {
namespace {

using models::endpoint::EndpointVariant;
using models::endpoint::UtilizationPoint;

constexpr std::size_t kMostPoints = 1'000;
constexpr std::int64_t kMostGpus = 64;
constexpr core::Duration kMinute = std::chrono::minutes{1};
constexpr core::Duration kLongestLag = 10 * kMinute;

// Trainium and Inferentia are accelerators too, but publish no GPUUtilization.
std::int32_t gpus_of(const InstanceType& type) {
  return type.accelerator.starts_with("NVIDIA") ? type.accelerator_count : 0;
}

// From the table, or for an instance type that it does not have, from the scenario.
void read_gpus(const Section& section, EndpointVariant& variant) {
  const auto given = section.integer("gpus", {0, kMostGpus});
  const InstanceType* type = PriceTable::built_in().find(variant.instance_type);
  if (type == nullptr) {
    variant.gpus = static_cast<std::int32_t>(given.value_or(0));
    return;
  }
  variant.gpus = gpus_of(*type);
  if (!given || *given == variant.gpus) return;
  report_expected(section.diagnostics(), *section.find("gpus"),
                  fmt::format("{}, the GPUs of {}", variant.gpus, type->name), "out-of-range",
                  "'gpus' is for an instance type that the price table does not have");
}

bool has_gpus(const Section& section, const UtilizationKey& key, const EndpointVariant& variant) {
  if (key.range != UtilizationRange::PercentOfGpus || variant.gpus > 0) return true;
  if (variant.instance_type.empty()) return false;  // has been reported
  const bool is_known = PriceTable::built_in().find(variant.instance_type) != nullptr;
  report(section.diagnostics(), Severity::Error, section.key_place(key.key), "no-gpus",
         fmt::format("expected an instance type with {}GPUs beside '{}', found {}",
                     is_known ? "" : "known ", key.key, in_quotes(variant.instance_type)),
         is_known ? fmt::format("{} is published by instances with GPUs, such as ml.g5.xlarge",
                                key.metric)
                  : "the price table does not have it: say how many with 'gpus: 1'");
  return false;
}

std::string_view unit_of(UtilizationRange range) {
  switch (range) {
    case UtilizationRange::Percent:
      return "of 100";
    case UtilizationRange::PercentOfVcpus:
      return "of 100 a vCPU";
    case UtilizationRange::PercentOfGpus:
      return "of 100 a GPU";
  }
  return "";
}

// A point that follows those read so far; none: it was reported.
std::optional<UtilizationPoint> read_point(const Section& point, const UtilizationKey& key,
                                           double most,
                                           const std::vector<UtilizationPoint>& before) {
  if (point.require("at", "at: 107/s") == nullptr ||
      point.require("percent", fmt::format("percent: {}, {}", most > 100 ? 102 : 55,
                                           unit_of(key.range))) == nullptr) {
    return std::nullopt;
  }
  const auto at = point.rate("at", Zero::Allowed);
  const auto percent = point.number("percent", {0, most});
  if (!at || !percent) return std::nullopt;
  if (!before.empty() && !(before.back().at < at->rate())) {
    report_expected(point.diagnostics(), *point.find("at"),
                    "rates that increase from point to point", "out-of-range");
    return std::nullopt;
  }
  if (!before.empty() && before.back().percent > *percent) {
    report_expected(point.diagnostics(), *point.find("percent"),
                    "percentages that never fall from point to point", "out-of-range");
    return std::nullopt;
  }
  return UtilizationPoint{at->rate(), *percent};
}

void read_points(const Section& section, const UtilizationKey& key, EndpointVariant& variant) {
  const Node* node = section.find(key.key);
  if (node == nullptr || !has_gpus(section, key, variant)) return;
  const double most = *highest_percent(key.range, variant);
  if (node->kind != NodeKind::Sequence || node->items.size() < 2 ||
      node->items.size() > kMostPoints) {
    report_expected(section.diagnostics(), *node,
                    fmt::format("a list of 2 to {} points such as [{{at: 0/s, percent: 2}}, "
                                "{{at: 150/s, percent: {}}}]",
                                kMostPoints, most > 100 ? 173 : 55),
                    "wrong-type");
    return;
  }
  std::vector<UtilizationPoint>& points = variant.*key.points;
  for (const Node& item : node->items) {
    const Section point(item, fmt::format("{}[{}]", section.path_of(key.key), points.size()),
                        {"at", "percent"}, section.diagnostics());
    const auto read = read_point(point, key, most, points);
    if (!read) return;
    points.push_back(*read);
  }
}

void read_lag(const Section& section, EndpointVariant& variant) {
  const auto lag = section.duration("utilization_lag", Zero::Allowed, kLongestLag);
  if (!lag) return;
  if (*lag % kMinute == core::Duration{0}) {
    variant.utilization_lag = *lag;
    return;
  }
  report_expected(section.diagnostics(), *section.find("utilization_lag"),
                  "whole minutes, such as 1m", "out-of-range",
                  "utilizations are published once a minute");
}

}  // namespace

std::vector<std::string_view> utilization_section_keys() {
  std::vector<std::string_view> keys{"gpus", "utilization_lag"};
  for (const UtilizationKey& key : kUtilizationKeys) keys.push_back(key.key);
  return keys;
}

void read_utilization(const Section& section, EndpointVariant& variant) {
  read_gpus(section, variant);
  for (const UtilizationKey& key : kUtilizationKeys) read_points(section, key, variant);
  read_lag(section, variant);
}

}  // namespace sim
