#include "sim/scenario/metric_query_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "sim/scenario/not_simulated.hpp"

namespace sim {
namespace {

using core::Duration;
using models::cloudwatch::Dimension;
using models::cloudwatch::MetricQuery;
using models::cloudwatch::StatisticChoice;

//
constexpr std::size_t kLongestName = 255;
constexpr std::size_t kLongestDimensionValue = 1024;
constexpr std::size_t kMostDimensions = 30;
constexpr std::int64_t kLongestPeriod = 604'800;
//
constexpr std::size_t kLongestExpression = 2048;

// Extended statistics besides percentiles begin so.
constexpr std::array<std::string_view, 6> kTrimmed{"tm", "wm", "pr", "tc", "ts", "iqm"};

bool is_trimmed_statistic(std::string_view text) {
  return std::any_of(kTrimmed.begin(), kTrimmed.end(), [text](std::string_view begin) {
    return text.size() >= begin.size() &&
           std::equal(begin.begin(), begin.end(), text.begin(),
                      [](char a, char b) { return a == b || a == b + ('a' - 'A'); }) &&
           (text.size() == begin.size() || text[begin.size()] == '(' ||
            (text[begin.size()] >= '0' && text[begin.size()] <= '9'));
  });
}

void read_dimensions(const Section& section, MetricDraft& draft) {
  const Node* node = section.find("Dimensions");
  draft.dimensions_place = node == nullptr ? section.node().place : node->place;
  const auto entries = section.list("Dimensions");
  if (entries.size() > kMostDimensions) {
    report_expected(section.diagnostics(), *node,
                    fmt::format("at most {} Dimensions", kMostDimensions), "out-of-range");
  }
  std::vector<Dimension>& dimensions = draft.stat.metric.dimensions;
  for (std::size_t index = 0; index < entries.size(); ++index) {
    const Section dimension = section.item("Dimensions", index, {"Name", "Value"});
    static_cast<void>(dimension.require("Name", "Name: EndpointName"));
    static_cast<void>(dimension.require("Value", ""));
    dimensions.push_back({dimension.text("Name", kLongestName).value_or(""),
                          dimension.text("Value", kLongestDimensionValue).value_or("")});
  }
  // A metric is the same in whatever order its dimensions are written.
  std::sort(dimensions.begin(), dimensions.end());
}

// MetricStat: the metric, its statistic and, in an alarm, its period.
std::optional<MetricDraft> read_metric_stat(const Section& query, QueryPeriod period) {
  std::vector<std::string_view> keys{"Metric", "Stat", "Unit"};
  if (period == QueryPeriod::Given) keys.push_back("Period");
  const Section stat = query.inner("MetricStat", std::move(keys));
  if (!stat.is_mapping()) return std::nullopt;
  const bool has_metric = stat.require("Metric", "Metric: {MetricName: ..., ...}") != nullptr;
  const bool has_statistic = stat.require("Stat", "Stat: Sum") != nullptr;
  const bool has_period =
      period == QueryPeriod::Minute || stat.require("Period", "Period: 60") != nullptr;
  if (!has_metric || !has_statistic || !has_period) return std::nullopt;
  const Section metric = stat.inner("Metric", {"MetricName", "Namespace", "Dimensions"});
  std::optional<MetricDraft> draft = read_metric(metric);
  const auto statistic = read_statistic(stat, "Stat");
  const auto given_period =
      period == QueryPeriod::Given ? read_period(stat) : Duration{std::chrono::seconds{60}};
  if (!draft || !statistic || !given_period) return std::nullopt;
  draft->stat.statistic = *statistic;
  draft->stat.period = *given_period;
  draft->statistic_place = stat.find("Stat")->place;
  draft->period_place =
      period == QueryPeriod::Given ? stat.find("Period")->place : stat.node().place;
  read_unit(stat, *draft);
  return draft;
}

std::optional<MetricQuery> read_query(const Section& query, QueryPeriod period,
                                      std::vector<MetricDraft>& metrics) {
  if (!query.is_mapping()) return std::nullopt;
  const bool has_id = query.require("Id", "Id: m1") != nullptr;
  MetricQuery read;
  read.id = query.text("Id", kLongestName).value_or("");
  read.label = query.text("Label").value_or("");
  read.return_data = query.boolean("ReturnData").value_or(true);
  const bool has_stat = query.has("MetricStat");
  if (has_stat == query.has("Expression")) {
    report(query.diagnostics(), Severity::Error, query.node().place, "two-metrics",
           fmt::format("expected either an Expression or a MetricStat in {}, found {}",
                       query.path(), has_stat ? "both" : "neither"));
    return std::nullopt;
  }
  if (!has_stat) {
    const auto expression = query.text("Expression", kLongestExpression);
    if (!expression || !has_id) return std::nullopt;
    read.source = *expression;
    return read;
  }
  std::optional<MetricDraft> metric = read_metric_stat(query, period);
  if (!metric || !has_id) return std::nullopt;
  read.source = metric->stat;
  metrics.push_back(std::move(*metric));
  return read;
}

}  // namespace

std::optional<MetricDraft> read_metric(const Section& section) {
  if (!section.is_mapping()) return std::nullopt;
  MetricDraft draft;
  read_dimensions(section, draft);
  const Node* name = section.require("MetricName", "MetricName: CPUUtilization");
  const Node* name_space = section.require("Namespace", "Namespace: /aws/sagemaker/Endpoints");
  if (name == nullptr || name_space == nullptr) return std::nullopt;
  const auto name_text = section.text("MetricName", kLongestName);
  const auto namespace_text = section.text("Namespace", kLongestName);
  if (!name_text || !namespace_text) return std::nullopt;
  if (namespace_text->starts_with(':')) {
    report_expected(section.diagnostics(), *name_space, "a Namespace that begins with no colon");
  }
  draft.stat.metric.name = *name_text;
  draft.stat.metric.metric_namespace = *namespace_text;
  draft.name_place = name->place;
  draft.namespace_place = name_space->place;
  return draft;
}

void read_unit(const Section& section, MetricDraft& metric) {
  metric.stat.unit = section.text("Unit");
  if (metric.stat.unit) metric.unit_place = section.find("Unit")->place;
}

std::optional<Duration> read_period(const Section& section) {
  const auto seconds = section.integer("Period", {1, kLongestPeriod});
  if (!seconds) return std::nullopt;
  const bool is_high_resolution = *seconds == 10 || *seconds == 20 || *seconds == 30;
  if (!is_high_resolution && *seconds % 60 != 0) {
    report_expected(section.diagnostics(), *section.find("Period"),
                    "a Period of 10, 20, 30 or a multiple of 60 seconds", "out-of-range");
    return std::nullopt;
  }
  return Duration{std::chrono::seconds{*seconds}};
}

std::optional<StatisticChoice> read_statistic(const Section& section, std::string_view key) {
  const auto text = section.text(key);
  if (!text) return std::nullopt;
  if (const auto statistic = models::cloudwatch::statistic_choice_from(*text)) return statistic;
  const Node& node = *section.find(key);
  if (is_trimmed_statistic(*text)) {
    report_not_simulated(section.diagnostics(), node.place, *text,
                         "a statistic of trimmed samples");
    return std::nullopt;
  }
  constexpr std::array<std::string_view, 6> kNames{"Average",     "Minimum", "Maximum",
                                                   "SampleCount", "Sum",     "p99"};
  report_expected(section.diagnostics(), node,
                  "Average, Minimum, Maximum, SampleCount, Sum or a percentile such as p99.9",
                  "unknown-value", did_you_mean(*text, kNames));
  return std::nullopt;
}

std::vector<MetricQuery> read_metric_queries(const Section& section, QueryPeriod period,
                                             std::vector<MetricDraft>& metrics) {
  std::vector<std::string_view> keys{"Id", "Expression", "MetricStat", "Label", "ReturnData"};
  if (period == QueryPeriod::Given) keys.insert(keys.end(), {"Period", "AccountId"});
  std::vector<MetricQuery> queries;
  const auto entries = section.list("Metrics");
  for (std::size_t index = 0; index < entries.size(); ++index) {
    const Section query = section.item("Metrics", index, keys);
    if (auto read = read_query(query, period, metrics)) queries.push_back(std::move(*read));
  }
  return queries;
}

}  // namespace sim
