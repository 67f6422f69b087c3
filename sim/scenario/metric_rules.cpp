#include "sim/scenario/metric_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "sim/scenario/not_simulated.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/scenario/resource_reader.hpp"

namespace sim {
namespace {

using models::autoscaling::VariantResource;
using models::cloudwatch::Dimension;
using models::cloudwatch::MetricId;

constexpr std::string_view kNoData =
    "with another the alarm would find no datapoint and stay in INSUFFICIENT_DATA";

void fail(Diagnostics& diagnostics, const NodePlace& place, std::string code, std::string message,
          std::string hint = {}) {
  report(diagnostics, Severity::Error, place, std::move(code), std::move(message), std::move(hint));
}

void warn(Diagnostics& diagnostics, const NodePlace& place, std::string code, std::string message) {
  report(diagnostics, Severity::Warning, place, std::move(code), std::move(message));
}

std::string dimensions_text(const std::vector<Dimension>& dimensions) {
  std::vector<std::string> texts;
  for (const Dimension& dimension : dimensions) {
    texts.push_back(fmt::format("{}={}", dimension.name, dimension.value));
  }
  return texts.empty() ? "none" : fmt::format("{}", fmt::join(texts, ", "));
}

std::vector<Dimension> dimensions_of(const VariantResource& variant, MetricScope scope) {
  std::vector<Dimension> dimensions{{"EndpointName", variant.endpoint_name}};
  if (scope == MetricScope::Variant) dimensions.push_back({"VariantName", variant.variant_name});
  return dimensions;
}

// A metric of another endpoint, or without dimensions, is another metric: nobody publishes
// it here.
void check_dimensions(const MetricDraft& metric, const PublishedMetric& published,
                      const MetricOwners& owners, Diagnostics& diagnostics) {
  const auto& found = metric.stat.metric.dimensions;
  const auto is_meant = [&](const VariantResource& variant) {
    return found == dimensions_of(variant, published.scope);
  };
  if (std::any_of(owners.variants.begin(), owners.variants.end(), is_meant)) return;
  fail(diagnostics, metric.dimensions_place, "other-dimensions",
       fmt::format("expected the Dimensions {}, found {}",
                   dimensions_text(dimensions_of(owners.variants.front(), published.scope)),
                   dimensions_text(found)),
       "with others the alarm would find no datapoint and stay in INSUFFICIENT_DATA");
}

// The variant that publishes the metric; null: none of the endpoint's.
const models::endpoint::EndpointVariant* publisher_of(const MetricId& metric,
                                                      std::span<const ScenarioVariant> endpoint) {
  for (const ScenarioVariant& variant : endpoint) {
    const VariantResource resource = resource_of(variant);
    if (metric.dimensions == dimensions_of(resource, MetricScope::Variant)) {
      return &variant.variant;
    }
  }
  return nullptr;
}

// A utilization that nobody measured is not guessed.
void check_points(const MetricDraft& metric, const PublishedMetric& published,
                  const MetricOwners& owners, Diagnostics& diagnostics) {
  const auto* publisher = publisher_of(metric.stat.metric, owners.endpoint);
  if (publisher == nullptr || !lacks_points(published, *publisher)) return;
  const std::string_view key = published.utilization->key;
  fail(
      diagnostics, metric.name_place, "no-points",
      fmt::format("expected a metric that {} publishes, found {} without points of '{}'",
                  in_quotes(publisher->variant_name), published.name, key),
      fmt::format("give endpoint.{}: [{{at: 0/s, percent: 20}}, {{at: 150/s, percent: 55}}]", key));
}

// A unit that differs from the published one matches no datapoint.
void check_unit(const MetricDraft& metric, std::string_view unit, Diagnostics& diagnostics) {
  if (!metric.stat.unit || *metric.stat.unit == unit) return;
  fail(diagnostics, metric.unit_place, "unknown-value",
       fmt::format("expected {}, the Unit of {}, found {}", unit, metric.stat.metric.name,
                   in_quotes(*metric.stat.unit)),
       "with another unit the alarm would stay in INSUFFICIENT_DATA");
}

void check_statistic(const MetricDraft& metric, const PublishedMetric& published,
                     Diagnostics& diagnostics) {
  if (is_valid_statistic(published, metric.stat.statistic)) return;
  if (published.name == "InvocationsPerInstance") {
    warn(diagnostics, metric.statistic_place, "odd-statistic",
         "only Sum means something for InvocationsPerInstance: each request adds one over the "
         "number of instances");
    return;
  }
  warn(diagnostics, metric.statistic_place, "odd-statistic",
       fmt::format("only {} mean something for {}", valid_statistics(published), published.name));
}

// A period shorter than that of publication finds a datapoint only now and then.
void check_period(const MetricDraft& metric, const PublishedMetric& published,
                  Diagnostics& diagnostics) {
  if (metric.stat.period >= published.period) return;
  warn(diagnostics, metric.period_place, "period-never-published",
       fmt::format("{} is published every {}: most periods of {} have no datapoint, so the alarm "
                   "will hardly leave INSUFFICIENT_DATA",
                   published.name, format_duration(published.period),
                   format_duration(metric.stat.period)));
}

bool is_custom(const MetricDraft& metric, const MetricOwners& owners, Diagnostics& diagnostics) {
  for (const CustomMetric& custom : owners.custom) {
    const MetricId& id = metric.stat.metric;
    if (custom.metric.name != id.name || custom.metric.metric_namespace != id.metric_namespace) {
      continue;
    }
    check_unit(metric, "None", diagnostics);
    if (custom.metric.dimensions != id.dimensions) {
      fail(diagnostics, metric.dimensions_place, "other-dimensions",
           fmt::format("expected the Dimensions {}, found {}",
                       dimensions_text(custom.metric.dimensions), dimensions_text(id.dimensions)),
           std::string(kNoData));
    }
    return true;
  }
  return false;
}

void report_unknown(const MetricDraft& metric, const MetricOwners& owners,
                    Diagnostics& diagnostics) {
  const MetricId& id = metric.stat.metric;
  std::vector<std::string_view> names;
  for (const PublishedMetric& published : published_metrics()) {
    if (published.source == MetricSource::RealTime) names.push_back(published.name);
  }
  for (const CustomMetric& custom : owners.custom) names.push_back(custom.metric.name);
  if (const std::string_view feature = not_simulated_namespace(id.metric_namespace);
      !feature.empty()) {
    report_not_simulated(diagnostics, metric.namespace_place, id.metric_namespace, feature);
    return;
  }
  fail(diagnostics, metric.name_place, "unknown-metric",
       fmt::format("expected a metric that a real-time endpoint publishes, or one of `metrics:`, "
                   "found {} in {}",
                   in_quotes(id.name), in_quotes(id.metric_namespace)),
       did_you_mean(id.name, names));
}

}  // namespace

const PublishedMetric* check_metric(const MetricDraft& metric, const MetricOwners& owners,
                                    Diagnostics& diagnostics) {
  if (is_custom(metric, owners, diagnostics)) return nullptr;
  const MetricId& id = metric.stat.metric;
  const PublishedMetric* published = find_published_metric(id.name);
  const bool is_published = published != nullptr && published->source == MetricSource::RealTime;
  if (owners.has_given_values && (!is_published || needs_points(*published))) return nullptr;
  if (published == nullptr) {
    report_unknown(metric, owners, diagnostics);
    return nullptr;
  }
  if (published->source == MetricSource::NotSimulated) {
    report_not_simulated(diagnostics, metric.name_place, id.name, published->feature);
    return nullptr;
  }
  if (published->metric_namespace != id.metric_namespace) {
    fail(diagnostics, metric.namespace_place, "unknown-value",
         fmt::format("expected {}, the Namespace of {}, found {}", published->metric_namespace,
                     published->name, in_quotes(id.metric_namespace)));
    return nullptr;
  }
  check_dimensions(metric, *published, owners, diagnostics);
  if (published->source == MetricSource::Asynchronous) {
    warn(diagnostics, metric.name_place, "asynchronous-metric",
         fmt::format("{} is published by asynchronous endpoints alone: on this real-time endpoint "
                     "the alarm never has a datapoint",
                     published->name));
    return published;
  }
  check_unit(metric, published->unit, diagnostics);
  check_statistic(metric, *published, diagnostics);
  check_period(metric, *published, diagnostics);
  check_points(metric, *published, owners, diagnostics);
  return owners.has_given_values ? nullptr : published;
}

}  // namespace sim
