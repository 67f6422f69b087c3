#include "sim/scenario/metric_specification_reader.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "models/cloudwatch/metric_query_rules.hpp"
#include "sim/scenario/metric_query_reader.hpp"
#include "sim/scenario/not_simulated.hpp"

namespace sim {
namespace {

using models::autoscaling::CustomizedMetric;
using models::autoscaling::PredefinedMetric;
using models::autoscaling::TargetTrackingConfiguration;
using models::cloudwatch::Statistic;

constexpr std::array<std::string_view, 5> kPredefinedTypes{
    "SageMakerVariantInvocationsPerInstance", "SageMakerVariantProvisionedConcurrencyUtilization",
    "SageMakerInferenceComponentInvocationsPerCopy",
    "SageMakerVariantConcurrentRequestsPerModelHighResolution",
    "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution"};

bool read_predefined(const Section& section, PolicyDraft& policy,
                     TargetTrackingConfiguration& configuration) {
  const Section metric =
      section.inner("PredefinedMetricSpecification", {"PredefinedMetricType", "ResourceLabel"});
  policy.metric_place = metric.node().place;
  const Node* type = metric.require("PredefinedMetricType",
                                    fmt::format("PredefinedMetricType: {}", kPredefinedTypes[0]));
  if (type == nullptr) return false;
  policy.metric_place = type->place;
  const auto chosen = choice_index_of(*type, section.diagnostics(), kPredefinedTypes);
  if (!chosen) return false;
  if (const Node* label = metric.find("ResourceLabel")) {
    report_expected(section.diagnostics(), *label,
                    "no ResourceLabel, which is for load balancers only", "bad-value");
  }
  const auto known = models::autoscaling::predefined_metric_type_from(type->text);
  if (!known) {
    report_not_simulated(section.diagnostics(), type->place, type->text,
                         not_simulated_value(type->text));
    return false;
  }
  configuration.metric = PredefinedMetric{*known};
  return true;
}

bool read_metric_math(const Section& metric, PolicyDraft& policy,
                      TargetTrackingConfiguration& configuration) {
  policy.metric_place = metric.find("Metrics")->place;
  for (const std::string_view other :
       {"MetricName", "Namespace", "Dimensions", "Statistic", "Unit"}) {
    if (!metric.has(other)) continue;
    report(metric.diagnostics(), Severity::Error, metric.key_place(other), "two-metrics",
           fmt::format("expected either Metrics or a single metric, found '{}' beside Metrics",
                       other));
    return false;
  }
  CustomizedMetric customized;
  customized.metrics = read_metric_queries(metric, QueryPeriod::Minute, policy.metrics);
  const auto problems = models::cloudwatch::validate_queries(customized.metrics);
  for (const auto& problem : problems) {
    report(metric.diagnostics(), Severity::Error, policy.metric_place, "metric-math",
           problem.message, problem.hint);
  }
  if (customized.metrics.empty() || !problems.empty()) return false;
  configuration.metric = std::move(customized);
  return true;
}

bool read_customized(const Section& section, PolicyDraft& policy,
                     TargetTrackingConfiguration& configuration) {
  const Section metric =
      section.inner("CustomizedMetricSpecification",
                    {"MetricName", "Namespace", "Dimensions", "Statistic", "Unit", "Metrics"});
  policy.metric_place = metric.node().place;
  if (!metric.is_mapping()) return false;
  if (metric.has("Metrics")) return read_metric_math(metric, policy, configuration);
  std::optional<MetricDraft> draft = read_metric(metric);
  if (metric.require("Statistic", "Statistic: Average") == nullptr) return false;
  const auto statistic = read_statistic(metric, "Statistic");
  if (!draft || !statistic) return false;
  const auto* simple = statistic->plain();
  if (simple == nullptr) {
    report_expected(metric.diagnostics(), *metric.find("Statistic"),
                    "Average, Minimum, Maximum, SampleCount or Sum", "unknown-value",
                    "target tracking takes no percentile");
    return false;
  }
  read_unit(metric, *draft);
  draft->stat.statistic = *statistic;
  draft->statistic_place = metric.find("Statistic")->place;
  draft->period_place = metric.node().place;
  policy.metric_place = draft->name_place;
  CustomizedMetric customized;
  customized.metric = draft->stat.metric;
  customized.statistic = *simple;
  customized.unit = draft->stat.unit;
  policy.metrics.push_back(std::move(*draft));
  configuration.metric = std::move(customized);
  return true;
}

}  // namespace

bool read_metric_specification(const Section& section, PolicyDraft& policy,
                               TargetTrackingConfiguration& configuration) {
  const bool has_predefined = section.has("PredefinedMetricSpecification");
  const bool has_customized = section.has("CustomizedMetricSpecification");
  if (has_predefined && has_customized) {
    report(section.diagnostics(), Severity::Error, section.node().place, "two-metrics",
           "expected either PredefinedMetricSpecification or CustomizedMetricSpecification, found "
           "both");
    return false;
  }
  if (has_predefined) return read_predefined(section, policy, configuration);
  if (has_customized) return read_customized(section, policy, configuration);
  if (section.is_mapping()) {
    report(
        section.diagnostics(), Severity::Error, section.node().place, "missing-key",
        "expected PredefinedMetricSpecification or CustomizedMetricSpecification, found neither");
  }
  return false;
}

}  // namespace sim
