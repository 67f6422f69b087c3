// Writes scenarios with policies and alarms, and tells what is warned of in them and where.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/scenario_loading.hpp"

namespace tests {

// Of a metric of the one variant that there is.
struct LintedAlarm {
  std::string name = "high";
  std::string metric = "CPUUtilization";
  std::string statistic = "Average";
  std::string comparison = "GreaterThanThreshold";
  std::string threshold;
  std::string policy = "out";
  std::string more{};  // further fields, as "DatapointsToAlarm: 2"
  std::string period = "60";
};

struct LintedScenario {
  std::string traffic = "{rate: 50/s}";  // 3,000 requests a minute
  std::string instance = "ml.c5.large";  // two vCPUs, which serve 12,000 requests a minute
  std::string bounds = "{MinCapacity: 1, MaxCapacity: 8}";
  std::vector<std::string> policies{};
  std::vector<LintedAlarm> alarms{};
  std::string scaling{};      // further lines of it, indented
  std::string assumptions{};  // as "zero_traffic: sparse"
};

inline std::string step_policy(const std::string& name, const std::vector<std::string>& steps,
                               const std::string& adjustment_type = "ChangeInCapacity") {
  std::string text = "    - PolicyName: " + name +
                     "\n      PolicyType: StepScaling\n"
                     "      StepScalingPolicyConfiguration:\n        AdjustmentType: " +
                     adjustment_type + "\n        StepAdjustments:\n";
  for (const std::string& step : steps) text += "          - {" + step + "}\n";
  return text;
}
// One more above its alarm's threshold, or one less below it.
inline std::string one_more() {
  return step_policy("out", {"MetricIntervalLowerBound: 0, ScalingAdjustment: 1"});
}
inline std::string one_less() {
  return step_policy("in", {"MetricIntervalUpperBound: 0, ScalingAdjustment: -1"});
}

inline std::string own_dimensions() {
  return "Dimensions: [{Name: EndpointName, Value: shop}, {Name: VariantName, Value: AllTraffic}]";
}

inline std::string namespace_of(const std::string& metric) {
  return metric.ends_with("Utilization") ? "/aws/sagemaker/Endpoints" : "AWS/SageMaker";
}

// Tracks InvocationsPerInstance, or the average of another metric; `more` are further fields.
inline std::string tracking_policy(const std::string& target, const std::string& metric = "",
                                   const std::string& more = "") {
  std::string text =
      "    - PolicyName: track\n      PolicyType: TargetTrackingScaling\n"
      "      TargetTrackingScalingPolicyConfiguration:\n        TargetValue: " +
      target + "\n";
  if (!more.empty()) text += "        " + more + "\n";
  if (metric.empty()) {
    return text +
           "        PredefinedMetricSpecification:\n"
           "          PredefinedMetricType: SageMakerVariantInvocationsPerInstance\n";
  }
  return text + "        CustomizedMetricSpecification:\n          MetricName: " + metric +
         "\n          Namespace: " + namespace_of(metric) +
         "\n          Statistic: Average\n          " + own_dimensions() + "\n";
}

inline std::string text_of(const LintedScenario& scenario) {
  std::string text = "version: 1\nrun: {duration: 2h}\ntraffic: {t: " + scenario.traffic +
                     "}\nendpoint:\n  name: shop\n  instance_type: " + scenario.instance +
                     "\n  latency: {exponential: 10ms}\n  startup: {exact: 3m}\nassumptions: {" +
                     scenario.assumptions + "}\nscaling:\n  ScalableTargets:\n    - " +
                     scenario.bounds + "\n" + scenario.scaling + "  ScalingPolicies:\n";
  for (const std::string& policy : scenario.policies) text += policy;
  if (!scenario.alarms.empty()) text += "  MetricAlarms:\n";
  for (const LintedAlarm& alarm : scenario.alarms) {
    text += "    - AlarmName: " + alarm.name + "\n      MetricName: " + alarm.metric +
            "\n      Namespace: " + namespace_of(alarm.metric) + "\n      " + own_dimensions() +
            "\n      Statistic: " + alarm.statistic + "\n      Period: " + alarm.period +
            "\n      EvaluationPeriods: 3\n      Threshold: " + alarm.threshold +
            "\n      ComparisonOperator: " + alarm.comparison + "\n      AlarmActions: [" +
            alarm.policy + "]\n";
    if (!alarm.more.empty()) text += "      " + alarm.more + "\n";
  }
  return text;
}

// All that is said, a line for each: "code at Threshold: ^0.5: message (hint)", where the caret is
// before the column that is named.
inline std::string lints_of(const LintedScenario& scenario) {
  sim::Diagnostics diagnostics;
  sim::LoadOptions options{{}, opener_of({})};
  sim::load_scenario(text_of(scenario), "x.scenario.yaml", options, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.render_all();
  std::string text;
  for (const sim::Diagnostic& diagnostic : diagnostics.sorted()) {
    std::string line = diagnostic.source_line;
    line.insert(static_cast<std::size_t>(diagnostic.place.column - 1), "^");
    text += diagnostic.code + " at " + line.substr(line.find_first_not_of(' ')) + ": " +
            diagnostic.message + " (" + diagnostic.hint + ")\n";
  }
  return text;
}

}  // namespace tests
