// Lists the metrics that SageMaker publishes for endpoints: their namespaces, units, periods and
// ranges, and which of them a simulated endpoint has (aws-rules A.2 to A.4).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/sim_time.hpp"
#include "models/cloudwatch/metric.hpp"
#include "models/endpoint/endpoint_variant.hpp"
#include "sim/scenario/utilization_keys.hpp"

namespace sim {

// The dimensions that a metric has.
enum class MetricScope {
  Variant,   // EndpointName and VariantName
  Endpoint,  // EndpointName alone
};

// What the samples of a metric can be.
enum class MetricRange {
  FromZero,
  ZeroOrOne,
  Utilization,  // as utilization_keys.hpp tells
};

enum class MetricSource {
  RealTime,      // this endpoint publishes it
  Asynchronous,  // only asynchronous endpoints do: here it never has a datapoint
  NotSimulated,  // an endpoint may, but not the simulated one: `feature` names what is missing
};

struct PublishedMetric {
  std::string_view metric_namespace;
  std::string_view name;
  std::string_view unit;  // of those with datapoints
  MetricSource source = MetricSource::RealTime;
  MetricRange range = MetricRange::FromZero;
  bool is_total = false;  // of the variant, so that more instances do not lower it
  core::Duration period = std::chrono::seconds{60};
  MetricScope scope = MetricScope::Variant;
  std::string_view feature{};                   // of NotSimulated
  const UtilizationKey* utilization = nullptr;  // of a Utilization
};

std::span<const PublishedMetric> published_metrics();

// By its name alone, which no two of them share; null: there is none.
const PublishedMetric* find_published_metric(std::string_view name);

// What a namespace of AWS stands for that is not simulated; empty: another one.
std::string_view not_simulated_namespace(std::string_view metric_namespace);

// What no datapoint of this statistic exceeds, of this variant's instances; none: no limit. All are
// at least 0.
std::optional<double> highest_value(const PublishedMetric& metric,
                                    const models::cloudwatch::StatisticChoice& statistic,
                                    const models::endpoint::EndpointVariant& variant);

// A utilization is published where its points are given, and CPUUtilization without them too.
bool needs_points(const PublishedMetric& metric);
bool lacks_points(const PublishedMetric& metric, const models::endpoint::EndpointVariant& variant);

// The statistics that mean something, as "Sum" or "Minimum and Maximum"; empty: all of them.
std::string_view valid_statistics(const PublishedMetric& metric);
bool is_valid_statistic(const PublishedMetric& metric,
                        const models::cloudwatch::StatisticChoice& statistic);

}  // namespace sim
