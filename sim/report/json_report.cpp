#include "sim/report/json_report.hpp"

#include <string>

#include "sim/report/assumption_list.hpp"
#include "sim/report/aws_json.hpp"
#include "sim/report/mean_summary_json.hpp"
#include "sim/report/precision_text.hpp"
#include "sim/report/summary_json.hpp"
#include "sim/report/timeseries_columns.hpp"
#include "sim/report/wall_clock_text.hpp"

namespace sim {
namespace {

using models::autoscaling::ScalingDecision;
using models::cloudwatch::AlarmStateChange;
using models::cloudwatch::EvaluatedDatapoint;

constexpr double kPeriod_s = 60;

void write_actual(JsonWriter& json, const ExpectationResult& result) {
  const bool is_state = !result.expectation.alarm_name.empty();
  if (is_state && !result.actual_text.empty()) {
    json.key("actual").string(result.actual_text);
  } else {
    json.key("actual").number(result.actual);
    if (!result.actual) json.key("reason").string(result.actual_text);
  }
}

void write_interval(JsonWriter& json, const std::optional<core::Interval>& interval) {
  if (!interval) return json.null();
  json.begin_array();
  json.number(interval->low);
  json.number(interval->high);
  json.end_array();
}

void write_timeseries(JsonWriter& json, const std::vector<MinuteRecord>& minutes) {
  json.begin_object();
  json.key("period_s").number(kPeriod_s);
  for (const TimeseriesColumn& column : timeseries_columns()) {
    json.key(column.key).begin_array();
    for (const MinuteRecord& minute : minutes) {
      const std::string text = column.text(minute);
      json.raw(text.empty() ? "null" : std::string_view{text});
    }
    json.end_array();
  }
  json.end_object();
}

void write_variants(JsonWriter& json, const RunReport& report) {
  json.begin_array();
  for (std::size_t index = 0; index < report.result.variants.size(); ++index) {
    const ScenarioVariant& variant = report.scenario.variants[index];
    const VariantResult& result = report.result.variants[index];
    json.begin_object();
    json.key("name").string(result.name);
    json.key("shadow").boolean(result.is_shadow);
    json.key("share").number(share_of(report.scenario, variant));
    json.key("instance_type").string(variant.variant.instance_type);
    json.key("summary").tree(summary_json(result.summary, variant));
    json.key("timeseries");
    write_timeseries(json, result.minutes);
    json.end_object();
  }
  json.end_array();
}

void write_alarms(JsonWriter& json, const RunResult& result) {
  json.begin_array();
  for (const AlarmRecord& alarm : result.alarms) {
    json.begin_object();
    json.key("name").string(alarm.configuration.name);
    json.key("history").begin_array();
    for (const AlarmStateChange& change : alarm.history) {
      json.begin_object();
      json.key("at_s").number(core::in_seconds(change.at));
      json.key("from").string(to_string(change.from));
      json.key("to").string(to_string(change.to));
      json.key("reason").string(change.reason);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void write_decision(JsonWriter& json, const DecisionRecord& record,
                    const std::vector<VariantResult>& variants) {
  const ScalingDecision& decision = record.decision;
  json.begin_object();
  json.key("at_s").number(core::in_seconds(record.at));
  if (!variants.empty()) json.key("variant").string(variants[record.variant].name);
  json.key("policy").string(decision.policy);
  json.key("kind").string(to_string(decision.kind));
  json.key("from").integer(decision.from.value);
  json.key("to").integer(decision.to.value);
  json.key("reason").string(decision.reason);
  json.key("datapoints").begin_array();
  for (const EvaluatedDatapoint& datapoint : decision.datapoints) {
    json.begin_object();
    json.key("start_s").number(core::in_seconds(datapoint.start));
    json.key("value").number(datapoint.value);
    json.key("breaching").boolean(datapoint.breaching);
    json.end_object();
  }
  json.end_array();
  json.key("blocked_by");
  if (decision.blocked_by) {
    json.string(to_string(*decision.blocked_by));
  } else {
    json.null();
  }
  json.end_object();
}

void write_assumptions(JsonWriter& json, const Assumptions& assumptions) {
  json.begin_object();
  for (const NamedAssumption& assumption : assumption_list(assumptions)) {
    json.key(assumption.name);
    if (assumption.is_boolean) {
      json.boolean(assumption.value == "true");
    } else {
      json.string(assumption.value);
    }
  }
  json.end_object();
}

}  // namespace

void write_scenario(JsonWriter& json, const Scenario& scenario) {
  const RunSettings& run = scenario.run;
  json.begin_object();
  json.key("name").string(scenario.name);
  json.key("file").string(scenario.file);
  json.key("seed").raw(std::to_string(run.seed));
  json.key("start").string(iso_time(run.start_unix_s, core::kStart, run.utc_offset_minutes));
  json.key("duration_s").number(core::in_seconds(run.duration));
  json.key("warm_up_s").number(core::in_seconds(run.warm_up));
  json.end_object();
}

void write_phases(JsonWriter& json, const RunReport& report) {
  json.begin_array();
  for (const PhaseResult& phase : report.result.phases) {
    json.begin_object();
    json.key("name").string(phase.name);
    json.key("stream").string(phase.stream);
    json.key("from_s").number(core::in_seconds(phase.from));
    json.key("to_s").number(core::in_seconds(phase.to));
    const JsonTree summary = summary_json(phase.summary, report.scenario);
    for (const auto& [key, value] : summary.items()) json.key(key).tree(value);
    json.end_object();
  }
  json.end_array();
}

void write_expectations(JsonWriter& json, const RunReport& report) {
  json.begin_array();
  for (const ExpectationResult& result : report.expectations) {
    const Expectation& expectation = result.expectation;
    json.begin_object();
    json.key("that").string(expectation.that);
    if (expectation.at) json.key("at").number(core::in_seconds(*expectation.at));
    if (expectation.during) json.key("during").string(*expectation.during);
    if (expectation.within) {
      json.key("within").begin_array();
      json.number(core::in_seconds(expectation.within->from));
      json.number(core::in_seconds(expectation.within->to));
      json.end_array();
    }
    if (expectation.fails) json.key("fails").boolean(true);
    if (expectation.because) json.key("because").string(*expectation.because);
    json.key("passed").boolean(result.passed);
    if (report.mean != nullptr && report.mean->precision) {
      json.key("verdict").string(result.passed         ? "met"
                                 : result.has_failed() ? "failed"
                                                       : "cannot_tell");
    }
    write_actual(json, result);
    if (result.over_runs) {
      json.key("met_runs").integer(static_cast<std::int64_t>(result.over_runs->met_count));
      json.key("interval");
      write_interval(json, result.over_runs->interval);
    }
    if (result.from) json.key("from_s").number(core::in_seconds(*result.from));
    if (result.to) json.key("to_s").number(core::in_seconds(*result.to));
    json.end_object();
  }
  json.end_array();
}

void write_summary(JsonWriter& json, const RunReport& report) {
  JsonTree summary = report.mean == nullptr
                         ? summary_json(report.result.summary, report.scenario)
                         : means_json(*report.mean, price_source_of(report.scenario));
  summary["expectations"] = expectation_counts(report.expectations);
  json.tree(summary);
}

void write_result(JsonWriter& json, const RunReport& report) {
  json.begin_object();
  json.key("schema").string("headroom.result/1");
  json.key("scenario");
  write_scenario(json, report.scenario);
  json.key("summary");
  write_summary(json, report);
  if (report.mean != nullptr) {
    json.key("runs").integer(static_cast<std::int64_t>(report.mean->run_count));
    if (report.mean->precision) {
      json.key("precision");
      write_precision(json, *report.mean->precision);
    }
    json.key("intervals").tree(intervals_json(*report.mean));
    const JsonTree partial = partial_support_json(*report.mean);
    if (!partial.empty()) json.key("supporting_runs").tree(partial);
  }
  json.key("phases");
  write_phases(json, report);
  json.key("expectations");
  write_expectations(json, report);
  json.key("timeseries");
  write_timeseries(json, report.result.minutes);
  if (!report.result.variants.empty()) {
    json.key("variants");
    write_variants(json, report);
  }
  json.key("alarms");
  write_alarms(json, report.result);
  json.key("activities");
  write_activities(json, report.result.activities, report.scenario.run.start_unix_s);
  json.key("decisions").begin_array();
  for (std::size_t index = 0; index < report.result.decisions.size(); ++index) {
    write_decision(json, report.result.decisions[index], report.result.variants);
  }
  json.end_array();
  json.key("assumptions");
  write_assumptions(json, report.scenario.assumptions);
  json.end_object();
}

}  // namespace sim
