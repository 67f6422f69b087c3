#include "sim/scenario/alarm_rules.hpp"

#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

#include "sim/scenario/metric_rules.hpp"
#include "sim/scenario/resource_reader.hpp"

namespace sim {
namespace {

using models::autoscaling::VariantResource;
using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::ComparisonOperator;

class AlarmResolver {
 public:
  AlarmResolver(Scenario& scenario, bool has_given_values, ControlSources& sources,
                Diagnostics& diagnostics)
      : scenario_(scenario),
        has_given_values_(has_given_values),
        sources_(sources),
        diagnostics_(diagnostics) {
    for (const ScenarioVariant& variant : scenario.variants) {
      owners_.push_back(resource_of(variant));
    }
  }

  void add(const AlarmDraft& draft) {
    const AlarmConfiguration& alarm = draft.configuration;
    if (!alarm.name.empty() && !alarm_names_.insert(alarm.name).second) {
      report(diagnostics_, Severity::Error, draft.name_place, "duplicate-name",
             fmt::format("expected an AlarmName of its own for each alarm, found {} again",
                         in_quotes(alarm.name)));
      sources_.has_lost_alarm = true;
      return;
    }
    const PublishedMetric* published = nullptr;
    for (const MetricDraft& metric : draft.metrics) {
      published =
          check_metric(metric, {owners_, scenario_.variants, scenario_.metrics, has_given_values_},
                       diagnostics_);
    }
    if (alarm.metrics.empty()) check_threshold(draft, published);
    sources_.alarms.push_back(&draft);
    scenario_.alarms.push_back(alarm);
  }

 private:
  // An alarm that no datapoint can bring to ALARM, such as `>` 1 on a metric that is 0 or 1.
  void check_threshold(const AlarmDraft& draft, const PublishedMetric* published) {
    if (published == nullptr) return;
    const AlarmConfiguration& alarm = draft.configuration;
    const auto highest = highest_value(*published, alarm.statistic, watched_by(alarm));
    const bool never_above =
        highest && ((alarm.comparison == ComparisonOperator::GreaterThanThreshold &&
                     alarm.threshold >= *highest) ||
                    (alarm.comparison == ComparisonOperator::GreaterThanOrEqualToThreshold &&
                     alarm.threshold > *highest));
    const bool never_below =
        (alarm.comparison == ComparisonOperator::LessThanThreshold && alarm.threshold <= 0) ||
        (alarm.comparison == ComparisonOperator::LessThanOrEqualToThreshold && alarm.threshold < 0);
    if (!never_above && !never_below) return;
    report(diagnostics_, Severity::Warning, draft.threshold_place, "unreachable",
           never_above
               ? fmt::format("{} is never above {:.6g}, so no datapoint breaches this threshold",
                             published->name, *highest)
               : fmt::format("{} is never below 0, so no datapoint breaches this threshold",
                             published->name));
  }

  // The variant whose metric the alarm watches; of a metric of the endpoint, the first.
  const models::endpoint::EndpointVariant& watched_by(const AlarmConfiguration& alarm) const {
    for (const ScenarioVariant& variant : scenario_.variants) {
      for (const auto& dimension : alarm.metric.dimensions) {
        if (dimension.name == "VariantName" && dimension.value == variant.variant.variant_name) {
          return variant.variant;
        }
      }
    }
    return scenario_.variants.front().variant;
  }

  Scenario& scenario_;
  bool has_given_values_;
  ControlSources& sources_;
  Diagnostics& diagnostics_;
  std::vector<VariantResource> owners_;
  std::set<std::string> alarm_names_;
};

}  // namespace

void resolve_alarms(const ScenarioDraft& draft, Scenario& scenario, ControlSources& sources,
                    Diagnostics& diagnostics) {
  AlarmResolver resolver(scenario, draft.has_given_values, sources, diagnostics);
  for (const AlarmDraft& alarm : draft.scaling.alarms) resolver.add(alarm);
}

}  // namespace sim
