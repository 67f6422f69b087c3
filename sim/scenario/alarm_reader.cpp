#include "sim/scenario/alarm_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "models/cloudwatch/alarm_validation.hpp"
#include "sim/scenario/metric_query_reader.hpp"
#include "sim/scenario/not_simulated.hpp"

namespace sim {
namespace {

using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::ComparisonOperator;
using models::cloudwatch::LowSampleCountPercentile;
using models::cloudwatch::TreatMissingData;

//
constexpr std::size_t kMostActions = 5;
constexpr std::int64_t kMostPeriods = 604'800;
constexpr double kHighestThreshold = 0x1p360;

constexpr Choice<ComparisonOperator> kComparisons[] = {
    {"GreaterThanOrEqualToThreshold", ComparisonOperator::GreaterThanOrEqualToThreshold},
    {"GreaterThanThreshold", ComparisonOperator::GreaterThanThreshold},
    {"LessThanThreshold", ComparisonOperator::LessThanThreshold},
    {"LessThanOrEqualToThreshold", ComparisonOperator::LessThanOrEqualToThreshold}};
constexpr Choice<TreatMissingData> kTreatments[] = {
    {"missing", TreatMissingData::Missing},
    {"notBreaching", TreatMissingData::NotBreaching},
    {"breaching", TreatMissingData::Breaching},
    {"ignore", TreatMissingData::Ignore}};
constexpr Choice<LowSampleCountPercentile> kLowSamples[] = {
    {"evaluate", LowSampleCountPercentile::Evaluate}, {"ignore", LowSampleCountPercentile::Ignore}};

// Of anomaly alarms, which cannot run Auto Scaling actions.
constexpr std::array<std::string_view, 3> kBandOperators{"LessThanLowerOrGreaterThanUpperThreshold",
                                                         "LessThanLowerThreshold",
                                                         "GreaterThanUpperThreshold"};

std::vector<AlarmActionDraft> read_actions(const Section& section, std::string_view key) {
  std::vector<AlarmActionDraft> actions;
  const auto entries = section.list(key);
  if (entries.size() > kMostActions) {
    report_expected(section.diagnostics(), *section.find(key),
                    fmt::format("at most {} {}", kMostActions, key), "out-of-range");
  }
  for (const Node& entry : entries) {
    const auto text = text_of(entry, section.diagnostics(), "a PolicyName or an ARN");
    if (text) actions.push_back({*text, entry.place});
  }
  return actions;
}

// False after a report: the alarm watches a band instead of a threshold.
bool read_comparison(const Section& section, AlarmConfiguration& alarm) {
  const Node* node =
      section.require("ComparisonOperator", "ComparisonOperator: GreaterThanOrEqualToThreshold");
  if (node == nullptr) return false;
  const bool is_band =
      std::find(kBandOperators.begin(), kBandOperators.end(), node->text) != kBandOperators.end();
  if (is_band || section.has("ThresholdMetricId")) {
    report_not_simulated(section.diagnostics(), node->place, node->text,
                         "anomaly detection, whose alarms cannot scale");
    return false;
  }
  const auto comparison = section.choice("ComparisonOperator", kComparisons);
  if (comparison) alarm.comparison = *comparison;
  return comparison.has_value();
}

// The metric, its statistic and its period. False after a report.
bool read_single_metric(const Section& section, AlarmDraft& draft) {
  std::optional<MetricDraft> metric = read_metric(section);
  const bool has_simple = section.has("Statistic");
  if (has_simple == section.has("ExtendedStatistic")) {
    report(section.diagnostics(), Severity::Error, section.node().place, "missing-key",
           fmt::format("expected either Statistic or ExtendedStatistic, found {}",
                       has_simple ? "both" : "neither"));
    return false;
  }
  const std::string_view key = has_simple ? "Statistic" : "ExtendedStatistic";
  const auto statistic = read_statistic(section, key);
  if (section.require("Period", "Period: 60") == nullptr) return false;
  const auto period = read_period(section);
  if (!metric || !statistic || !period) return false;
  if (has_simple == (statistic->percentile() != nullptr)) {
    report_expected(
        section.diagnostics(), *section.find(key),
        has_simple ? "Average, Minimum, Maximum, SampleCount or Sum" : "a percentile such as p99",
        "unknown-value");
    return false;
  }
  read_unit(section, *metric);
  metric->stat.statistic = *statistic;
  metric->stat.period = *period;
  metric->statistic_place = section.find(key)->place;
  metric->period_place = section.find("Period")->place;
  AlarmConfiguration& alarm = draft.configuration;
  alarm.metric = metric->stat.metric;
  alarm.statistic = metric->stat.statistic;
  alarm.unit = metric->stat.unit;
  alarm.period = metric->stat.period;
  draft.metrics.push_back(std::move(*metric));
  return true;
}

bool read_metric_math(const Section& section, AlarmDraft& draft) {
  std::optional<MetricQueries> read = read_metric_queries(section, QueryPeriod::Given);
  if (!read) return false;
  AlarmConfiguration& alarm = draft.configuration;
  alarm.metrics = std::move(read->queries);
  alarm.period = read->metrics.front().stat.period;  // all have the same
  draft.metrics = std::move(read->metrics);
  draft.query_places = std::move(read->places);
  return true;
}

//
bool read_evaluation(const Section& section, AlarmDraft& draft) {
  AlarmConfiguration& alarm = draft.configuration;
  if (section.require("EvaluationPeriods", "EvaluationPeriods: 3") == nullptr) return false;
  const auto periods = section.integer("EvaluationPeriods", {1, kMostPeriods});
  if (!periods) return false;
  alarm.evaluation_periods = static_cast<std::int32_t>(*periods);
  alarm.datapoints_to_alarm = alarm.evaluation_periods;
  if (const auto datapoints = section.integer("DatapointsToAlarm", {1, kMostPeriods})) {
    alarm.datapoints_to_alarm = static_cast<std::int32_t>(*datapoints);
  }
  return true;
}

// What PutMetricAlarm would refuse of an alarm that could be read, in AWS's words and at the field
// that it is about.
void report_problems(const Section& section, const AlarmConfiguration& alarm) {
  for (const auto& problem : models::cloudwatch::validate(alarm)) {
    const Node* field = section.node().find(problem.field);
    report(section.diagnostics(), Severity::Error,
           field == nullptr ? section.node().place : field->place, "bad-alarm",
           "AWS says: " + problem.message, problem.hint);
  }
}

std::vector<std::string_view> alarm_keys() {
  return {"AlarmName", "AlarmDescription", "ActionsEnabled", "OKActions", "AlarmActions",
          "InsufficientDataActions", "MetricName", "Namespace", "Statistic", "ExtendedStatistic",
          "Dimensions", "Period", "Unit", "EvaluationPeriods", "DatapointsToAlarm", "Threshold",
          "ComparisonOperator", "TreatMissingData", "EvaluateLowSampleCountPercentile", "Metrics",
          "Tags", "ThresholdMetricId",
          // Of DescribeAlarms alone.
          "AlarmArn", "AlarmConfigurationUpdatedTimestamp", "StateValue", "StateReason",
          "StateReasonData", "StateUpdatedTimestamp", "StateTransitionedTimestamp",
          "EvaluationState"};
}

}  // namespace

bool is_owned_by_target_tracking(const Node& alarm) {
  const Node* name = alarm.find("AlarmName");
  return name != nullptr && name->kind == NodeKind::Scalar &&
         name->text.starts_with("TargetTracking-");
}

std::optional<AlarmDraft> read_alarm(const Node& node, const std::string& path,
                                     const EntryContext& context, Diagnostics& diagnostics) {
  const Section section(node, path, alarm_keys(), diagnostics, context.unknown_keys);
  if (!section.is_mapping()) return std::nullopt;
  AlarmDraft draft;
  draft.place = node.place;
  draft.name_place = node.place;
  draft.is_one_of_several = context.is_one_of_several;
  AlarmConfiguration& alarm = draft.configuration;
  if (const Node* name = section.require("AlarmName", "AlarmName: cpu-high")) {
    draft.name_place = name->place;
    alarm.name = section.text("AlarmName").value_or("");
  }
  alarm.description = section.text("AlarmDescription").value_or("");
  alarm.actions_enabled = section.boolean("ActionsEnabled").value_or(true);
  draft.alarm_actions = read_actions(section, "AlarmActions");
  for (const std::string_view key : {"OKActions", "InsufficientDataActions"}) {
    for (AlarmActionDraft& action : read_actions(section, key)) {
      draft.other_actions.push_back(std::move(action));
    }
  }
  if (const auto treatment = section.choice("TreatMissingData", kTreatments)) {
    alarm.treat_missing_data = *treatment;
  }
  if (const auto low = section.choice("EvaluateLowSampleCountPercentile", kLowSamples)) {
    alarm.evaluate_low_sample_count_percentile = *low;
  }
  if (!read_comparison(section, alarm)) return std::nullopt;
  const bool has_metric = section.has("Metrics") ? read_metric_math(section, draft)
                                                 : read_single_metric(section, draft);
  if (!has_metric || !read_evaluation(section, draft)) return std::nullopt;
  const Node* threshold = section.require("Threshold", "Threshold: 100");
  if (threshold == nullptr) return std::nullopt;
  draft.threshold_place = threshold->place;
  draft.missing_data_place = section.key_place("TreatMissingData");
  alarm.threshold =
      section.number("Threshold", {-kHighestThreshold, kHighestThreshold}).value_or(0);
  if (!alarm.name.empty()) report_problems(section, alarm);
  return draft;
}

}  // namespace sim
