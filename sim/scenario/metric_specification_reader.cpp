#include "sim/scenario/metric_specification_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "sim/scenario/not_simulated.hpp"

namespace sim {
namespace {

using models::autoscaling::CustomizedMetric;
using models::autoscaling::PredefinedMetric;
using models::cloudwatch::Statistic;

constexpr std::array<std::string_view, 5> kPredefinedTypes{
    "SageMakerVariantInvocationsPerInstance", "SageMakerVariantProvisionedConcurrencyUtilization",
    "SageMakerInferenceComponentInvocationsPerCopy",
    "SageMakerVariantConcurrentRequestsPerModelHighResolution",
    "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution"};

constexpr Choice<Statistic> kStatistics[] = {{"Average", Statistic::Average},
                                             {"Minimum", Statistic::Minimum},
                                             {"Maximum", Statistic::Maximum},
                                             {"SampleCount", Statistic::SampleCount},
                                             {"Sum", Statistic::Sum}};

// A metric that the simulated endpoint publishes (aws-rules A.2, A.3).
struct PublishedMetric {
  std::string_view metric_namespace;
  std::string_view name;
  std::string_view unit;
  bool is_total;  // of the variant, so that more instances do not lower it
};
constexpr std::string_view kRequestMetrics = "AWS/SageMaker";
constexpr std::string_view kHostMetrics = "/aws/sagemaker/Endpoints";
constexpr std::array kPublished{
    PublishedMetric{kRequestMetrics, "Invocations", "None", true},
    PublishedMetric{kRequestMetrics, "InvocationsPerInstance", "None", false},
    PublishedMetric{kRequestMetrics, "Invocation4XXErrors", "None", true},
    PublishedMetric{kRequestMetrics, "Invocation5XXErrors", "None", true},
    PublishedMetric{kRequestMetrics, "InvocationModelErrors", "None", true},
    PublishedMetric{kRequestMetrics, "ModelLatency", "Microseconds", false},
    PublishedMetric{kRequestMetrics, "OverheadLatency", "Microseconds", false},
    PublishedMetric{kRequestMetrics, "ConcurrentRequestsPerModel", "None", false},
    PublishedMetric{kHostMetrics, "CPUUtilization", "Percent", false},
};

bool read_predefined(const Section& section, PolicyDraft& policy, UnknownKeys unknown_keys) {
  const Node& node = *section.find("PredefinedMetricSpecification");
  policy.metric_place = node.place;
  const Section metric(node, section.path_of("PredefinedMetricSpecification"),
                       {"PredefinedMetricType", "ResourceLabel"}, section.diagnostics(),
                       unknown_keys);
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
  if (*chosen != 0) {
    report_not_simulated(section.diagnostics(), type->place, type->text,
                         not_simulated_value(type->text));
    return false;
  }
  policy.configuration.metric = PredefinedMetric{};
  return true;
}

void read_dimensions(const Section& metric, CustomizedMetric& customized, PolicyDraft& policy,
                     UnknownKeys unknown_keys) {
  const Node* list = metric.find("Dimensions");
  policy.dimensions_place = list == nullptr ? metric.node().place : list->place;
  if (list == nullptr) return;
  if (list->kind != NodeKind::Sequence) {
    report_expected(metric.diagnostics(), *list, "Dimensions as a list of {Name, Value}",
                    "wrong-type");
    return;
  }
  for (const Node& item : list->items) {
    const Section dimension(item, metric.path_of("Dimensions"), {"Name", "Value"},
                            metric.diagnostics(), unknown_keys);
    static_cast<void>(dimension.require("Name", "Name: EndpointName"));
    static_cast<void>(dimension.require("Value", ""));
    customized.metric.dimensions.push_back(
        {dimension.text("Name").value_or(""), dimension.text("Value").value_or("")});
  }
  // A metric is the same in whatever order its dimensions are written.
  std::sort(customized.metric.dimensions.begin(), customized.metric.dimensions.end());
}

// The published metric of this namespace and name; null after a report.
const PublishedMetric* find_published(const Section& metric) {
  const Node* name = metric.require("MetricName", "MetricName: CPUUtilization");
  const Node* name_space = metric.require("Namespace", "Namespace: /aws/sagemaker/Endpoints");
  if (name == nullptr || name_space == nullptr) return nullptr;
  Diagnostics& diagnostics = metric.diagnostics();
  const auto name_text = metric.text("MetricName");
  const auto namespace_text = metric.text("Namespace");
  if (!name_text || !namespace_text) return nullptr;
  std::vector<std::string_view> names;
  for (const PublishedMetric& published : kPublished) {
    if (published.name == *name_text && published.metric_namespace == *namespace_text) {
      return &published;
    }
    if (published.name == *name_text) {
      report_expected(
          diagnostics, *name_space,
          fmt::format("{}, the Namespace of {}", published.metric_namespace, published.name),
          "unknown-value");
      return nullptr;
    }
    names.push_back(published.name);
  }
  if (const std::string_view feature = not_simulated_value(*name_text); !feature.empty()) {
    report_not_simulated(diagnostics, name->place, *name_text, feature);
  } else if (*namespace_text != kRequestMetrics && *namespace_text != kHostMetrics) {
    report_not_simulated(diagnostics, name_space->place, *namespace_text, "custom metrics");
  } else {
    report_expected(diagnostics, *name, "a metric that a real-time endpoint publishes",
                    "unknown-metric", did_you_mean(*name_text, names));
  }
  return nullptr;
}

// A unit that differs from the published one matches no datapoint.
void check_unit(const Section& metric, const PublishedMetric& published,
                CustomizedMetric& customized) {
  customized.unit = metric.text("Unit");
  if (!customized.unit || *customized.unit == published.unit) return;
  report_expected(metric.diagnostics(), *metric.find("Unit"),
                  fmt::format("{}, the Unit of {}", published.unit, published.name),
                  "unknown-value", "with another unit the alarm would stay in INSUFFICIENT_DATA");
}

void check_statistic(const Section& metric, const PublishedMetric& published,
                     const CustomizedMetric& customized) {
  Diagnostics& diagnostics = metric.diagnostics();
  if (published.name == "InvocationsPerInstance" && customized.statistic != Statistic::Sum) {
    report(diagnostics, Severity::Warning, metric.key_place("Statistic"), "odd-statistic",
           "only Sum means something for InvocationsPerInstance: each request adds one over the "
           "number of instances");
  }
  const bool is_level = customized.statistic == Statistic::Average ||
                        customized.statistic == Statistic::Minimum ||
                        customized.statistic == Statistic::Maximum;
  if (published.is_total && !is_level) {
    report(diagnostics, Severity::Warning, metric.key_place("MetricName"), "not-a-utilization",
           fmt::format("{} does not fall when instances are added, so this policy cannot reach its "
                       "target",
                       published.name));
  }
}

bool read_customized(const Section& section, PolicyDraft& policy, UnknownKeys unknown_keys) {
  const Node& node = *section.find("CustomizedMetricSpecification");
  policy.metric_place = node.place;
  const Section metric(node, section.path_of("CustomizedMetricSpecification"),
                       {"MetricName", "Namespace", "Dimensions", "Statistic", "Unit", "Metrics"},
                       section.diagnostics(), unknown_keys);
  if (!metric.is_mapping()) return false;
  if (metric.has("Metrics")) {
    report_not_simulated(section.diagnostics(), metric.key_place("Metrics"), "Metrics",
                         "metric math");
    return false;
  }
  CustomizedMetric customized;
  read_dimensions(metric, customized, policy, unknown_keys);
  const PublishedMetric* published = find_published(metric);
  if (metric.require("Statistic", "Statistic: Average") == nullptr) return false;
  const auto statistic = metric.choice("Statistic", kStatistics);
  if (published == nullptr || !statistic) return false;
  customized.metric.metric_namespace = std::string(published->metric_namespace);
  customized.metric.name = std::string(published->name);
  customized.statistic = *statistic;
  check_unit(metric, *published, customized);
  check_statistic(metric, *published, customized);
  policy.metric_place = metric.find("MetricName")->place;
  policy.configuration.metric = std::move(customized);
  return true;
}

}  // namespace

bool read_metric_specification(const Section& section, PolicyDraft& policy,
                               UnknownKeys unknown_keys) {
  const bool has_predefined = section.has("PredefinedMetricSpecification");
  const bool has_customized = section.has("CustomizedMetricSpecification");
  if (has_predefined && has_customized) {
    report(section.diagnostics(), Severity::Error, section.node().place, "two-metrics",
           "expected either PredefinedMetricSpecification or CustomizedMetricSpecification, found "
           "both");
    return false;
  }
  if (has_predefined) return read_predefined(section, policy, unknown_keys);
  if (has_customized) return read_customized(section, policy, unknown_keys);
  if (section.is_mapping()) {
    report(
        section.diagnostics(), Severity::Error, section.node().place, "missing-key",
        "expected PredefinedMetricSpecification or CustomizedMetricSpecification, found neither");
  }
  return false;
}

}  // namespace sim
