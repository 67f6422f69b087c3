#include "sim/scenario/scaling_writer.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>
#include <vector>

#include "sim/scenario/quantity.hpp"

namespace sim {
namespace {

using models::autoscaling::CustomizedMetric;
using models::autoscaling::PredefinedMetric;
using models::autoscaling::ScheduledActionConfiguration;
using models::autoscaling::StepScalingConfiguration;
using models::autoscaling::TargetTrackingConfiguration;
using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::MetricId;
using models::cloudwatch::MetricQuery;
using models::cloudwatch::MetricStat;

std::int64_t whole_seconds(Duration span) {
  return std::chrono::duration_cast<std::chrono::seconds>(span).count();
}

// {MetricName: ..., Namespace: ..., Dimensions: [...]} without its braces.
std::string metric_text(const MetricId& metric) {
  std::string dimensions;
  for (const auto& dimension : metric.dimensions) {
    dimensions += fmt::format("{}{{Name: {}, Value: {}}}", dimensions.empty() ? "" : ", ",
                              yaml_text(dimension.name), yaml_text(dimension.value));
  }
  return fmt::format("MetricName: {}, Namespace: {}, Dimensions: [{}]", yaml_text(metric.name),
                     yaml_text(metric.metric_namespace), dimensions);
}

class ScalingWriter {
 public:
  explicit ScalingWriter(const Scenario& scenario) : scenario_(scenario) {}

  std::string write() {
    bool scales = !scenario_.alarms.empty();
    for (const ScenarioVariant& variant : scenario_.variants) {
      scales = scales || variant.scalable_target;
    }
    if (!scales) return {};
    line("scaling:");
    write_list(
        "ScalableTargets", [](const auto& variant) { return variant.scalable_target ? 1 : 0; },
        [this](const auto& variant) { write_target(variant); });
    write_list(
        "ScalingPolicies", [](const auto& variant) { return variant.policies.size(); },
        [this](const auto& variant) {
          for (const auto& policy : variant.policies) {
            std::visit([&](const auto& kind) { write_policy(kind, variant); }, policy);
          }
        });
    write_list(
        "ScheduledActions", [](const auto& variant) { return variant.scheduled_actions.size(); },
        [this](const auto& variant) {
          for (const auto& action : variant.scheduled_actions) write_action(action, variant);
        });
    if (!scenario_.alarms.empty()) line("  MetricAlarms:");
    for (const AlarmConfiguration& alarm : scenario_.alarms) write_alarm(alarm);
    return std::move(text_);
  }

 private:
  template <class... Values>
  void line(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Values>(values)...);
    text_ += '\n';
  }

  template <class Count, class Write>
  void write_list(std::string_view key, Count count, Write write) {
    bool has_begun = false;
    for (const ScenarioVariant& variant : scenario_.variants) {
      if (count(variant) == 0) continue;
      if (!std::exchange(has_begun, true)) line("  {}:", key);
      write(variant);
    }
  }

  void write_resource(const ScenarioVariant& variant) {
    line("      ServiceNamespace: sagemaker");
    line("      ResourceId: {}", yaml_text(variant.scalable_target->resource_id));
    line("      ScalableDimension: sagemaker:variant:DesiredInstanceCount");
  }

  void write_target(const ScenarioVariant& variant) {
    const auto& target = *variant.scalable_target;
    line("    - ServiceNamespace: sagemaker");
    line("      ResourceId: {}", yaml_text(target.resource_id));
    line("      ScalableDimension: sagemaker:variant:DesiredInstanceCount");
    line("      MinCapacity: {}", target.min_capacity.value);
    line("      MaxCapacity: {}", target.max_capacity.value);
    line(
        "      SuspendedState: {{DynamicScalingInSuspended: {}, DynamicScalingOutSuspended: {}, "
        "ScheduledScalingSuspended: {}}}",
        target.suspended_state.dynamic_scaling_in_suspended,
        target.suspended_state.dynamic_scaling_out_suspended,
        target.suspended_state.scheduled_scaling_suspended);
  }

  void write_policy(const TargetTrackingConfiguration& policy, const ScenarioVariant& variant) {
    line("    - PolicyName: {}", yaml_text(policy.policy_name));
    write_resource(variant);
    line("      PolicyType: TargetTrackingScaling");
    line("      TargetTrackingScalingPolicyConfiguration:");
    line("        TargetValue: {}", format_number(policy.target_value));
    if (const auto* predefined = std::get_if<PredefinedMetric>(&policy.metric)) {
      line("        PredefinedMetricSpecification:");
      line("          PredefinedMetricType: {}", to_string(predefined->type));
    } else {
      write_customized(std::get<CustomizedMetric>(policy.metric));
    }
    line("        ScaleOutCooldown: {}", whole_seconds(policy.scale_out_cooldown));
    line("        ScaleInCooldown: {}", whole_seconds(policy.scale_in_cooldown));
    line("        DisableScaleIn: {}", policy.disable_scale_in);
  }

  void write_customized(const CustomizedMetric& metric) {
    line("        CustomizedMetricSpecification:");
    if (!metric.metrics.empty()) return write_queries(metric.metrics, "          ", false);
    line("          MetricName: {}", yaml_text(metric.metric.name));
    line("          Namespace: {}", yaml_text(metric.metric.metric_namespace));
    line("          Dimensions:");
    for (const auto& dimension : metric.metric.dimensions) {
      line("            - {{Name: {}, Value: {}}}", yaml_text(dimension.name),
           yaml_text(dimension.value));
    }
    line("          Statistic: {}", to_string(metric.statistic));
    if (metric.unit) line("          Unit: {}", yaml_text(*metric.unit));
  }

  void write_queries(const std::vector<MetricQuery>& queries, std::string_view indent,
                     bool has_period) {
    line("{}Metrics:", indent);
    for (const MetricQuery& query : queries) {
      std::string source;
      if (const auto* expression = std::get_if<std::string>(&query.source)) {
        source = fmt::format("Expression: {}", yaml_text(*expression));
      } else {
        const auto& stat = std::get<MetricStat>(query.source);
        source =
            fmt::format("MetricStat: {{Metric: {{{}}}, Stat: {}{}{}}}", metric_text(stat.metric),
                        to_string(stat.statistic),
                        has_period ? fmt::format(", Period: {}", whole_seconds(stat.period)) : "",
                        stat.unit ? fmt::format(", Unit: {}", yaml_text(*stat.unit)) : "");
      }
      line("{}  - {{Id: {}, {}{}, ReturnData: {}}}", indent, query.id, source,
           query.label.empty() ? "" : fmt::format(", Label: {}", yaml_text(query.label)),
           query.return_data);
    }
  }

  void write_policy(const StepScalingConfiguration& policy, const ScenarioVariant& variant) {
    line("    - PolicyName: {}", yaml_text(policy.policy_name));
    write_resource(variant);
    line("      PolicyType: StepScaling");
    line("      StepScalingPolicyConfiguration:");
    line("        AdjustmentType: {}", to_string(policy.adjustment_type));
    line("        StepAdjustments:");
    for (const auto& step : policy.step_adjustments) {
      std::string bounds;
      if (step.metric_interval_lower_bound) {
        bounds += fmt::format("MetricIntervalLowerBound: {}, ",
                              format_number(*step.metric_interval_lower_bound));
      }
      if (step.metric_interval_upper_bound) {
        bounds += fmt::format("MetricIntervalUpperBound: {}, ",
                              format_number(*step.metric_interval_upper_bound));
      }
      line("          - {{{}ScalingAdjustment: {}}}", bounds, step.scaling_adjustment);
    }
    if (policy.min_adjustment_magnitude) {
      line("        MinAdjustmentMagnitude: {}", *policy.min_adjustment_magnitude);
    }
    line("        Cooldown: {}", whole_seconds(policy.cooldown));
    line("        MetricAggregationType: {}", to_string(policy.metric_aggregation_type));
  }

  void write_action(const ScheduledActionConfiguration& action, const ScenarioVariant& variant) {
    line("    - ScheduledActionName: {}", yaml_text(action.name));
    write_resource(variant);
    line("      Schedule: {}", yaml_text(action.schedule));
    line("      Timezone: {}", yaml_text(action.timezone));
    if (action.start_unix_s) line("      StartTime: {}", *action.start_unix_s);
    if (action.end_unix_s) line("      EndTime: {}", *action.end_unix_s);
    line("      ScalableTargetAction:");
    if (action.min_capacity) line("        MinCapacity: {}", action.min_capacity->value);
    if (action.max_capacity) line("        MaxCapacity: {}", action.max_capacity->value);
  }

  void write_alarm(const AlarmConfiguration& alarm) {
    line("    - AlarmName: {}", yaml_text(alarm.name));
    if (!alarm.description.empty())
      line("      AlarmDescription: {}", yaml_text(alarm.description));
    line("      ActionsEnabled: {}", alarm.actions_enabled);
    line("      AlarmActions:");
    for (const std::string& action : alarm.alarm_actions) line("        - {}", yaml_text(action));
    if (alarm.alarm_actions.empty()) line("        []");
    if (alarm.metrics.empty()) {
      line("      MetricName: {}", yaml_text(alarm.metric.name));
      line("      Namespace: {}", yaml_text(alarm.metric.metric_namespace));
      line("      Dimensions:");
      for (const auto& dimension : alarm.metric.dimensions) {
        line("        - {{Name: {}, Value: {}}}", yaml_text(dimension.name),
             yaml_text(dimension.value));
      }
      if (alarm.metric.dimensions.empty()) line("        []");
      const bool is_percentile = alarm.statistic.percentile() != nullptr;
      line("      {}: {}", is_percentile ? "ExtendedStatistic" : "Statistic",
           to_string(alarm.statistic));
      line("      Period: {}", whole_seconds(alarm.period));
      if (alarm.unit) line("      Unit: {}", yaml_text(*alarm.unit));
    } else {
      write_queries(alarm.metrics, "      ", true);
    }
    line("      EvaluationPeriods: {}", alarm.evaluation_periods);
    line("      DatapointsToAlarm: {}", alarm.datapoints_to_alarm);
    line("      Threshold: {}", format_number(alarm.threshold));
    line("      ComparisonOperator: {}", to_string(alarm.comparison));
    line("      TreatMissingData: {}", to_string(alarm.treat_missing_data));
    line("      EvaluateLowSampleCountPercentile: {}",
         to_string(alarm.evaluate_low_sample_count_percentile));
  }

  const Scenario& scenario_;
  std::string text_;
};

}  // namespace

std::string yaml_text(std::string_view text) {
  std::string escaped = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      escaped += '\\';
      escaped += c;
    } else if (c == '\n') {
      escaped += "\\n";
    } else if (code < 0x20 || code == 0x7F) {
      escaped += fmt::format("\\x{:02x}", code);
    } else {
      escaped += c;
    }
  }
  return escaped + '"';
}

std::string scaling_text(const Scenario& scenario) { return ScalingWriter(scenario).write(); }

}  // namespace sim
