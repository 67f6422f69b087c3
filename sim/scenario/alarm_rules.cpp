#include "sim/scenario/alarm_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/scenario/metric_rules.hpp"

namespace sim {
namespace {

using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::VariantResource;
using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::ComparisonOperator;

constexpr std::string_view kPolicyName = ":policyName/";

// The PolicyName in the ARN of a scaling policy, or the text itself; empty: the ARN of something
// else.
std::string_view policy_named_by(std::string_view action) {
  if (!action.starts_with("arn:")) return action;
  const std::size_t name = action.find(kPolicyName);
  if (action.find(":scalingPolicy:") == std::string_view::npos || name == std::string_view::npos) {
    return {};
  }
  action.remove_prefix(name + kPolicyName.size());
  return action.substr(0, action.find(":createdBy/"));
}

// sns, lambda, ec2, ssm and so on.
std::string_view service_of(std::string_view arn) {
  arn.remove_prefix(std::min(arn.size(), arn.find(':', 4) + 1));
  return arn.substr(0, arn.find(':'));
}

struct PolicyNames {
  std::vector<std::string_view> steps;
  std::vector<std::string_view> trackings;
};

PolicyNames policy_names(const Scenario& scenario) {
  PolicyNames names;
  for (const ScenarioVariant& variant : scenario.variants) {
    for (const auto& policy : variant.policies) {
      const bool is_step = std::holds_alternative<StepScalingConfiguration>(policy);
      (is_step ? names.steps : names.trackings).push_back(policy_name_of(policy));
    }
  }
  return names;
}

class AlarmResolver {
 public:
  AlarmResolver(Scenario& scenario, bool has_given_values, Diagnostics& diagnostics)
      : scenario_(scenario),
        has_given_values_(has_given_values),
        diagnostics_(diagnostics),
        names_(policy_names(scenario)) {
    for (const ScenarioVariant& variant : scenario.variants) {
      owners_.push_back({variant.variant.endpoint_name, variant.variant.variant_name});
    }
  }

  void add(const AlarmDraft& draft) {
    AlarmConfiguration alarm = draft.configuration;
    if (!alarm.name.empty() && !alarm_names_.insert(alarm.name).second) {
      report(diagnostics_, Severity::Error, draft.name_place, "duplicate-name",
             fmt::format("expected an AlarmName of its own for each alarm, found {} again",
                         in_quotes(alarm.name)));
      return;
    }
    const PublishedMetric* published = nullptr;
    for (const MetricDraft& metric : draft.metrics) {
      published =
          check_metric(metric, {owners_, scenario_.metrics, has_given_values_}, diagnostics_);
    }
    if (alarm.metrics.empty()) check_threshold(draft, published);
    for (const AlarmActionDraft& action : draft.alarm_actions) {
      if (const auto policy = policy_of(action); !policy.empty()) {
        alarm.alarm_actions.emplace_back(policy);
        triggered_.emplace(policy);
      }
    }
    warn_of_other_actions(draft);
    if (alarm.alarm_actions.empty() && draft.alarm_actions.empty()) {
      report(diagnostics_, Severity::Warning, draft.name_place, "alarm-without-policy",
             fmt::format("{} triggers no scaling policy", in_quotes(alarm.name)));
    }
    scenario_.alarms.push_back(std::move(alarm));
  }

  // whoever makes a step policy also makes the alarm that triggers it.
  void finish(const ScenarioDraft& draft) {
    // One that could not be read may be the one that is missed.
    if (draft.scaling.has_faulty_alarms) return;
    for (const PolicyDraft& policy : draft.scaling.policies) {
      if (!std::holds_alternative<StepScalingConfiguration>(policy.configuration)) continue;
      const std::string& name = policy_name_of(policy.configuration);
      if (triggered_.count(name) > 0) continue;
      report(
          diagnostics_, Severity::Warning, policy.name_place, "step-policy-without-alarm",
          fmt::format("no alarm triggers the step policy {}: it will never act", in_quotes(name)),
          fmt::format("add to MetricAlarms one with AlarmActions: [{}], or the arguments of "
                      "put-metric-alarm to 'from'",
                      name));
    }
  }

 private:
  static bool contains(const std::vector<std::string_view>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  // Empty after a report.
  std::string_view policy_of(const AlarmActionDraft& action) {
    const std::string_view name = policy_named_by(action.text);
    if (name.empty()) {
      report(diagnostics_, Severity::Warning, action.place, "other-action",
             fmt::format("this action is of {} and is passed over: only scaling policies are "
                         "simulated",
                         service_of(action.text)));
      return {};
    }
    const auto known = std::count(names_.steps.begin(), names_.steps.end(), name);
    if (known == 1) return name;
    if (known > 1) {
      report(diagnostics_, Severity::Error, action.place, "ambiguous-policy",
             fmt::format("expected the name of one step policy, found {}, which policies of {} "
                         "variants have",
                         in_quotes(name), known),
             "give the policies different names");
    } else if (contains(names_.trackings, name)) {
      report(diagnostics_, Severity::Error, action.place, "unknown-policy",
             fmt::format("expected the name of a step policy, found the target-tracking policy {}",
                         in_quotes(name)),
             "target tracking makes its own alarms");
    } else {
      report(
          diagnostics_, Severity::Error, action.place, "unknown-policy",
          fmt::format("expected the name of a step policy or its ARN, found {}", in_quotes(name)),
          names_.steps.empty() ? "there is no step policy here" : did_you_mean(name, names_.steps));
    }
    return {};
  }

  void warn_of_other_actions(const AlarmDraft& draft) {
    for (const AlarmActionDraft& action : draft.other_actions) {
      const bool is_ours = action.text.find(":scalingPolicy:") != std::string::npos ||
                           contains(names_.steps, action.text);
      if (!is_ours) continue;
      report(diagnostics_, Severity::Warning, action.place, "action-without-effect",
             "a scaling policy acts on ALARM alone: this action does nothing");
    }
  }

  // An alarm that no datapoint can bring to ALARM, such as `>` 1 on a metric that is 0 or 1.
  void check_threshold(const AlarmDraft& draft, const PublishedMetric* published) {
    if (published == nullptr) return;
    const AlarmConfiguration& alarm = draft.configuration;
    const auto highest =
        highest_value(*published, alarm.statistic, scenario_.variants.front().variant.vcpus);
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

  Scenario& scenario_;
  bool has_given_values_;
  Diagnostics& diagnostics_;
  PolicyNames names_;
  std::vector<VariantResource> owners_;
  std::set<std::string, std::less<>> alarm_names_;
  std::set<std::string, std::less<>> triggered_;
};

}  // namespace

void resolve_alarms(const ScenarioDraft& draft, Scenario& scenario, Diagnostics& diagnostics) {
  AlarmResolver resolver(scenario, draft.has_given_values, diagnostics);
  for (const AlarmDraft& alarm : draft.scaling.alarms) resolver.add(alarm);
  resolver.finish(draft);
}

}  // namespace sim
