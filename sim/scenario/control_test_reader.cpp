#include "sim/scenario/control_test_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/scenario/assumption_reader.hpp"
#include "sim/scenario/capacity_reader.hpp"
#include "sim/scenario/control_expectation_reader.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/scenario/run_reader.hpp"
#include "sim/scenario/scaling_reader.hpp"
#include "sim/scenario/scaling_rules.hpp"
#include "sim/scenario/scenario_draft.hpp"
#include "sim/scenario/series_notation.hpp"

namespace sim {
namespace {

using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::MetricId;
using models::cloudwatch::MetricQuery;
using models::cloudwatch::MetricStat;

constexpr Duration kMinute = std::chrono::minutes{1};

std::string whole_name(const MetricId& metric) {
  return fmt::format("{}/{}", metric.metric_namespace, metric.name);
}

// A metric that alarms read.
struct WatchedMetric {
  MetricId metric;
  std::string unit = "None";
  // Each alarm with the period that it reads the metric in.
  struct Reader {
    const ListedAlarm* alarm;
    Duration period;
  };
  std::vector<Reader> readers;
};

// What an alarm reads: one metric, or those that its metric math is computed from.
std::vector<MetricStat> metrics_read_by(const AlarmConfiguration& alarm) {
  if (alarm.metrics.empty()) {
    return {{alarm.metric, alarm.statistic, alarm.unit, alarm.period}};
  }
  std::vector<MetricStat> metrics;
  for (const MetricQuery& query : alarm.metrics) {
    if (const auto* metric = std::get_if<MetricStat>(&query.source)) metrics.push_back(*metric);
  }
  return metrics;
}

std::vector<WatchedMetric> watched_metrics(const std::vector<ListedAlarm>& alarms) {
  std::vector<WatchedMetric> metrics;
  for (const ListedAlarm& alarm : alarms) {
    for (const MetricStat& read : metrics_read_by(alarm.configuration)) {
      auto known = std::find_if(metrics.begin(), metrics.end(), [&](const WatchedMetric& metric) {
        return metric.metric == read.metric;
      });
      if (known == metrics.end()) known = metrics.insert(metrics.end(), {read.metric, "None", {}});
      if (read.unit) known->unit = *read.unit;
      known->readers.push_back({&alarm, read.period});
    }
  }
  return metrics;
}

class ControlTestReader {
 public:
  ControlTestReader(const Node& node, const std::string& path, const FileContext& files,
                    Diagnostics& diagnostics)
      : section_(node, path,
                 {"name", "scaling", "capacity", "startup", "interval", "series", "assumptions",
                  "start", "timezone", "duration", "expect"},
                 diagnostics),
        files_(files),
        diagnostics_(diagnostics) {}

  std::optional<ControlTest> read() {
    const std::size_t errors_before = diagnostics_.error_count();
    read_times();
    read_assumptions_section();
    const bool has_scaling = read_scaling_section();
    if (has_scaling) {
      names_.alarms = alarms_of(test_.scenario);
      for (const auto& policy : test_.scenario.variants.front().policies) {
        names_.policies.push_back(policy_name_of(policy));
      }
    }
    read_series_section(has_scaling);
    read_expectations(has_scaling ? &names_ : nullptr);
    if (diagnostics_.error_count() != errors_before) return std::nullopt;
    return std::move(test_);
  }

 private:
  void read_times() {
    read_start(section_, test_.scenario.run);
    test_.startup = section_.duration("startup", Zero::Allowed, kLongestRun).value_or(Duration{});
    const Node* interval = section_.find("interval");
    if (interval == nullptr) return;
    const auto length = section_.duration("interval", Zero::Refused, std::chrono::hours{1});
    if (!length) return;
    // what CloudWatch keeps is ten, twenty or thirty seconds long, or whole minutes.
    const bool is_short = *length == std::chrono::seconds{10} ||
                          *length == std::chrono::seconds{20} ||
                          *length == std::chrono::seconds{30};
    if (is_short || *length % kMinute == Duration{}) {
      test_.interval = *length;
    } else {
      report_expected(diagnostics_, *interval, "10s, 20s, 30s or whole minutes");
    }
  }

  // The values are given as CloudWatch has them: nothing delays them unless it is asked for.
  void read_assumptions_section() {
    const Node* given = section_.find("assumptions");
    Assumptions& assumptions = test_.scenario.assumptions;
    assumptions = read_assumptions(given, diagnostics_);
    const auto is_given = [given](std::string_view key) {
      return given != nullptr && given->find(key) != nullptr;
    };
    if (!is_given("metric_delay")) assumptions.metric_delay = {};
    if (!is_given("high_resolution_metric_delay")) {
      assumptions.high_resolution_metric_delay = assumptions.metric_delay;
    }
  }

  // False when there is nothing to go by.
  bool read_scaling_section() {
    const std::size_t errors_before = diagnostics_.error_count();
    const Node* scaling = section_.require("scaling", "scaling: {from: policies.json}");
    ScenarioDraft draft;
    draft.has_given_values = true;
    draft.scaling = read_scaling(scaling, files_, diagnostics_);
    VariantSection& endpoint = draft.endpoint.variants.emplace_back();
    endpoint.place = draft.endpoint_place = section_.key_place("scaling");
    const auto capacity = section_.integer("capacity", {0, kMostInstances});
    assume_target(draft.scaling, capacity.value_or(1), endpoint.place);
    resolve_scaling(draft, test_.scenario, diagnostics_);
    if (capacity) {
      test_.scenario.variants.front().variant.initial_instances =
          static_cast<std::int32_t>(*capacity);
    }
    return scaling != nullptr && diagnostics_.error_count() == errors_before;
  }

  // A policy may be tested on its own: without a target there are no bounds that matter.
  void assume_target(ScalingDraft& scaling, std::int64_t capacity, const NodePlace& place) {
    if (!scaling.targets.empty() || scaling.policies.empty()) return;
    TargetDraft target;
    target.place = target.max_place = place;
    target.min_capacity = capacity > 0 ? 1 : 0;
    target.max_capacity = kMostInstances;
    report(diagnostics_, Severity::Warning, place, "assumed-target",
           fmt::format("no scalable target is given: MinCapacity {} and MaxCapacity {} are assumed",
                       *target.min_capacity, kMostInstances),
           "AWS takes no policy without one");
    scaling.targets.push_back(std::move(target));
  }

  void read_series_section(bool has_scaling) {
    const Node* series = section_.find("series");
    metrics_ = watched_metrics(names_.alarms);
    const Section entries(or_empty_mapping(series), section_.path_of("series"), keys_of(series),
                          diagnostics_);
    bool all_are_read = true;
    for (const Entry& entry : entries.node().entries) {
      MetricSeries values;
      const bool is_readable = read_values(entry, values);
      if (!has_scaling) continue;
      const WatchedMetric* metric = find_metric(entry);
      all_are_read = all_are_read && metric != nullptr;
      if (metric == nullptr) continue;
      check_interval(entry, *metric);
      values.metric = metric->metric;
      values.unit = metric->unit;
      if (is_readable) test_.series.push_back(std::move(values));
      read_.push_back(metric);
    }
    if (!all_are_read) return;  // one of them may be the series that is missing
    const NodePlace place =
        series == nullptr ? section_.node().place : section_.key_place("series");
    for (const WatchedMetric& metric : metrics_) warn_without_series(metric, place);
  }

  static std::vector<std::string_view> keys_of(const Node* mapping) {
    std::vector<std::string_view> keys;
    for (const Entry& entry : or_empty_mapping(mapping).entries) keys.push_back(entry.key);
    return keys;
  }

  bool read_values(const Entry& entry, MetricSeries& series) {
    if (entry.value.kind != NodeKind::Scalar) {
      report_expected(diagnostics_, entry.value, "a series of values such as 100x5 7400x10 _x3",
                      "wrong-type");
      return false;
    }
    SeriesReading reading = read_series(entry.value.text);
    for (SeriesProblem& problem : reading.problems) {
      report(diagnostics_, Severity::Error, place_within(entry.value, problem.offset),
             std::move(problem.code), std::move(problem.message), std::move(problem.hint));
    }
    if (!reading.problems.empty()) return false;
    series.values = std::move(reading.values);
    const auto most = static_cast<std::size_t>(kLongestRun / test_.interval);
    if (series.values.size() > most) {
      report(diagnostics_, Severity::Error, entry.value.place, "too-long",
             fmt::format("expected at most {} values of {}, which are the longest run of {}, found "
                         "{}",
                         most, format_duration(test_.interval), format_duration(kLongestRun),
                         series.values.size()));
      return false;
    }
    return true;
  }

  // `InvocationsPerInstance`, or with its namespace when two have the same name.
  const WatchedMetric* find_metric(const Entry& entry) {
    const WatchedMetric* found = nullptr;
    std::vector<std::string> whole_names;
    for (const WatchedMetric& metric : metrics_) {
      if (metric.metric.name != entry.key && whole_name(metric.metric) != entry.key) continue;
      found = &metric;
      whole_names.push_back(whole_name(metric.metric));
    }
    if (found == nullptr) {
      report_unwatched(entry);
      return nullptr;
    }
    if (whole_names.size() > 1) {
      const bool can_be_told_apart = whole_names.front() != whole_names.back();
      report(diagnostics_, Severity::Error, entry.key_place, "ambiguous-metric",
             fmt::format("expected the name of one metric, found {}, which {} have",
                         in_quotes(entry.key), whole_names.size()),
             can_be_told_apart
                 ? fmt::format("write {} or {}", whole_names.front(), whole_names.back())
                 : "they differ in their Dimensions, which a series cannot name");
      return nullptr;
    }
    if (std::find(read_.begin(), read_.end(), found) != read_.end()) {
      report(diagnostics_, Severity::Error, entry.key_place, "duplicate-key",
             fmt::format("expected one series a metric, found a second of {}",
                         in_quotes(whole_names.front())));
      return nullptr;
    }
    return found;
  }

  void report_unwatched(const Entry& entry) {
    std::vector<std::string> names;
    for (const WatchedMetric& metric : metrics_) names.push_back(metric.metric.name);
    const std::vector<std::string_view> known(names.begin(), names.end());
    std::string hint = did_you_mean(entry.key, known);
    if (hint.empty()) {
      hint = known.empty() ? "the scaling has no alarm"
                           : fmt::format("the alarms read {}", one_of(known));
    }
    report(diagnostics_, Severity::Error, entry.key_place, "unwatched-metric",
           fmt::format("expected a metric that an alarm reads, found {}", in_quotes(entry.key)),
           std::move(hint));
  }

  // An alarm adds up whole intervals to its periods.
  void check_interval(const Entry& entry, const WatchedMetric& metric) {
    for (const auto& [alarm, period] : metric.readers) {
      if (period % test_.interval == Duration{}) continue;
      const Node* interval = section_.find("interval");
      report(diagnostics_, Severity::Error, interval == nullptr ? entry.key_place : interval->place,
             "bad-interval",
             fmt::format("expected an interval that divides {}, the Period of alarm {}, found '{}'",
                         format_duration(period), in_quotes(alarm->name),
                         format_duration(test_.interval)),
             fmt::format("interval: {}", format_duration(period)));
      return;
    }
  }

  void warn_without_series(const WatchedMetric& metric, const NodePlace& place) {
    if (std::find(read_.begin(), read_.end(), &metric) != read_.end()) return;
    std::vector<std::string_view> alarms;
    for (const auto& reader : metric.readers) alarms.push_back(reader.alarm->name);
    report(diagnostics_, Severity::Warning, place, "no-series",
           fmt::format("{} has no series: no data for {}", metric.metric.name,
                       fmt::join(alarms, ", ")),
           fmt::format("{}: _ says that this is meant", metric.metric.name));
  }

  // Lasts, unless it says how long, until the last value and the last claim.
  void read_expectations(const ControlNames* names) {
    std::vector<ControlExpectationDraft> drafts;
    if (const Node* list = section_.require("expect", "expect: [{at: 9m, capacity: 2}]")) {
      drafts = read_control_expectations(*list, section_.path_of("expect"), names, diagnostics_);
    }
    Duration& duration = test_.scenario.run.duration;
    const auto given = section_.duration("duration", Zero::Refused, kLongestRun);
    for (const MetricSeries& series : test_.series) {
      duration =
          std::max(duration, test_.interval * static_cast<std::int64_t>(series.values.size()));
    }
    for (ControlExpectationDraft& draft : drafts) {
      ControlExpectation& expectation = draft.expectation;
      duration = std::max(duration, expectation.at);
      if (given && expectation.at > *given) {
        report(diagnostics_, Severity::Error, draft.at_place, "out-of-range",
               fmt::format("expected a time within the test of {}, found '{}'",
                           format_duration(*given), format_duration(expectation.at)));
      }
      test_.expectations.push_back(std::move(expectation));
    }
    if (given) duration = *given;
  }

  const Section section_;
  const FileContext& files_;
  Diagnostics& diagnostics_;
  ControlTest test_;
  ControlNames names_;
  std::vector<WatchedMetric> metrics_;
  std::vector<const WatchedMetric*> read_;  // those that have a series
};

}  // namespace

std::optional<ControlTest> read_control_test(const Node& test, const std::string& path,
                                             const FileContext& files, Diagnostics& diagnostics) {
  return ControlTestReader(test, path, files, diagnostics).read();
}

}  // namespace sim
