#include "sim/report/run_data.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "sim/report/answers.hpp"
#include "sim/report/assumption_list.hpp"
#include "sim/report/capacity_rows.hpp"
#include "sim/report/decision_groups.hpp"
#include "sim/report/json_report.hpp"
#include "sim/report/mean_summary_json.hpp"
#include "sim/report/policy_numbers.hpp"
#include "sim/report/summary_json.hpp"
#include "sim/report/summary_text.hpp"

namespace sim {
namespace {

using models::autoscaling::ScalingActivity;
using models::autoscaling::ScalingDecision;
using models::cloudwatch::AlarmConfiguration;
using models::cloudwatch::AlarmState;

void write_time(JsonWriter& json, std::string_view key, const std::optional<SimTime>& at) {
  json.key(key);
  at ? json.number(core::in_seconds(*at)) : json.null();
}

struct Tile {
  std::string_view key;
  std::string_view label;
};
constexpr Tile kTiles[] = {{"errors.rate", "failed requests"},
                           {"latency.p99", "latency p99"},
                           {"reaction.worst.total_s", "slowest reaction"},
                           {"instances.max", "most instances"},
                           {"cost.total", "cost"}};

std::string tile_text(const RunReport& report, const SummaryKey& key) {
  if (report.mean != nullptr) {
    return mean_text(key, report.mean->values[summary_key_index(key.path)], report.mean->run_count);
  }
  const auto value = summary_value(report.result.summary, key.path);
  return value ? summary_text(key, *value) : "-";
}

void write_tiles(JsonWriter& json, const RunReport& report) {
  json.begin_array();
  for (const Tile& tile : kTiles) {
    json.begin_object();
    json.key("key").string(tile.key);
    json.key("label").string(tile.label);
    json.key("text").string(tile_text(report, *find_summary_key(tile.key)));
    json.end_object();
  }
  json.end_array();
}

void write_strings(JsonWriter& json, const std::vector<std::string>& lines) {
  json.begin_array();
  for (const std::string& line : lines) json.string(line);
  json.end_array();
}

void write_answers(JsonWriter& json, const RunReport& report) {
  json.begin_array();
  for (const Answer& answer : answers(report)) {
    json.begin_object();
    json.key("label").string(answer.label);
    json.key("lines");
    write_strings(json, answer.lines);
    json.end_object();
  }
  json.end_array();
}

// What expectations say of latency, as lines to draw: for the whole run or one window of it.
void write_objectives(JsonWriter& json, const RunReport& report) {
  json.begin_array();
  for (const ExpectationResult& result : report.expectations) {
    const Expectation& expectation = result.expectation;
    const bool is_upper = expectation.comparison == ExpectationOperator::Less ||
                          expectation.comparison == ExpectationOperator::LessOrEqual;
    if (!expectation.metric.starts_with("latency.") || !is_upper) continue;
    json.begin_object();
    json.key("key").string(expectation.metric);
    json.key("limit_s").number(expectation.value);
    json.key("text").string(expectation_text(expectation));
    json.end_object();
  }
  json.end_array();
}

// How the expectations read in the table; the list itself has them as the JSON does.
void write_expectation_texts(JsonWriter& json, const RunReport& report) {
  json.begin_array();
  for (const ExpectationResult& result : report.expectations) {
    json.begin_object();
    json.key("mark").string(mark_of(result, false));
    json.key("text").string(expectation_text(result.expectation));
    json.key("actual").string(result.actual_text);
    json.key("place").string(place_text(result));
    json.end_object();
  }
  json.end_array();
}

void write_why(JsonWriter& json, const RunResult& result) {
  json.begin_array();
  for (const CapacityRow& row : capacity_rows(result)) {
    json.begin_object();
    if (!row.variant.empty()) json.key("variant").string(row.variant);
    json.key("in_service").integer(row.in_service);
    json.key("at_s").number(core::in_seconds(row.at));
    write_time(json, "decided_at_s", row.decided_at);
    json.key("why").string(row.why);
    json.end_object();
  }
  json.end_array();
}

// What the columns of the minutes have of an alarm's metric as it truly is: empty when nothing.
std::string_view true_column(const AlarmConfiguration& alarm) {
  if (!alarm.metrics.empty()) return {};
  const std::string& name = alarm.metric.name;
  if (name == "InvocationsPerInstance") return "invocations_per_instance";
  if (name == "Invocations") return "invocations";
  if (name == "CPUUtilization") return "cpu_percent";
  return {};
}

std::string_view variant_of(const AlarmConfiguration& alarm) {
  for (const auto& dimension : alarm.metric.dimensions) {
    if (dimension.name == "VariantName") return dimension.value;
  }
  return {};
}

char letter_of(AlarmState state) {
  return state == AlarmState::Alarm ? 'A' : state == AlarmState::Ok ? 'O' : 'I';
}

// Columns, for there are as many evaluations as minutes, or six times as many.
void write_observations(JsonWriter& json, const std::vector<AlarmObservation>& all,
                        std::size_t most) {
  const std::vector<NumberAt> numbers = {
      [&all](std::size_t index) { return all[index].newest.value_or(0); },
      [&all](std::size_t index) { return static_cast<double>(all[index].breaching); },
      [&all](std::size_t index) { return all[index].state == AlarmState::Alarm ? 1.0 : 0.0; }};
  const std::vector<std::size_t> rows = page_rows(all.size(), numbers, most);
  std::string states;
  json.begin_object();
  json.key("at_s").begin_array();
  for (const std::size_t row : rows) json.number(core::in_seconds(all[row].at));
  json.end_array();
  json.key("newest").begin_array();
  for (const std::size_t row : rows) json.number(all[row].newest);
  json.end_array();
  json.key("breaching").begin_array();
  for (const std::size_t row : rows) json.integer(all[row].breaching);
  json.end_array();
  for (const std::size_t row : rows) states += letter_of(all[row].state);
  json.key("state").string(states);
  json.end_object();
}

void write_alarm(JsonWriter& json, const AlarmRecord& record, std::size_t most) {
  const AlarmConfiguration& alarm = record.configuration;
  json.begin_object();
  json.key("name").string(alarm.name);
  json.key("short_name").string(short_alarm_name(alarm.name));
  json.key("metric").string(alarm.metrics.empty() ? alarm.metric.name : "metric math");
  json.key("variant").string(variant_of(alarm));
  json.key("policies");
  write_strings(json, alarm.alarm_actions);
  json.key("true_column").string(true_column(alarm));
  json.key("comparison").string(to_string(alarm.comparison));
  json.key("threshold").number(alarm.threshold);
  json.key("period_s").number(core::in_seconds(period_of(alarm)));
  json.key("datapoints_to_alarm").integer(alarm.datapoints_to_alarm);
  json.key("evaluation_periods").integer(alarm.evaluation_periods);
  json.key("history").begin_array();
  for (const auto& change : record.history) {
    json.begin_object();
    json.key("at_s").number(core::in_seconds(change.at));
    json.key("from").string(to_string(change.from));
    json.key("to").string(to_string(change.to));
    json.key("reason").string(change.reason);
    json.end_object();
  }
  json.end_array();
  json.key("observations");
  write_observations(json, record.observations, most);
  json.end_object();
}

void write_activities(JsonWriter& json, const RunResult& result) {
  json.begin_array();
  for (const ScalingActivity& activity : result.activities) {
    json.begin_object();
    json.key("at_s").number(core::in_seconds(activity.start_time));
    write_time(json, "end_s", activity.end_time);
    json.key("status").string(to_string(activity.status));
    json.key("from").integer(activity.from.value);
    json.key("to").integer(activity.to.value);
    json.key("description").string(activity.description);
    json.key("cause").string(activity.cause);
    json.key("message").string(activity.status_message);
    if (activity.not_scaled()) {
      json.key("not_scaled").string(to_string(activity.not_scaled_reasons.front().code));
    }
    json.end_object();
  }
  json.end_array();
}

void write_decisions(JsonWriter& json, const RunResult& result) {
  json.begin_array();
  for (const DecisionGroup& group : decision_groups(result.decisions)) {
    const ScalingDecision& decision = group.first.decision;
    json.begin_object();
    json.key("at_s").number(core::in_seconds(group.first.at));
    json.key("until_s").number(core::in_seconds(group.until));
    json.key("count").integer(static_cast<std::int64_t>(group.count));
    if (!result.variants.empty()) {
      json.key("variant").string(result.variants[group.first.variant].name);
    }
    json.key("policy").string(decision.policy);
    json.key("alarm").string(short_alarm_name(decision.alarm));
    json.key("kind").string(to_string(decision.kind));
    json.key("from").integer(decision.from.value);
    json.key("to").integer(decision.to.value);
    json.key("reason").string(decision.reason);
    json.key("blocked_by");
    decision.blocked_by ? json.string(to_string(*decision.blocked_by)) : json.null();
    json.key("datapoints").begin_array();
    for (auto point = decision.datapoints.rbegin(); point != decision.datapoints.rend(); ++point) {
      json.number(point->value);
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void write_reactions(JsonWriter& json, const RunResult& result) {
  json.begin_array();
  for (const ReactionTime& reaction : result.reactions) {
    json.begin_object();
    json.key("decided_at_s").number(core::in_seconds(reaction.decided_at));
    json.key("metric_s").number(reaction.metric_s);
    json.key("datapoints_s").number(reaction.datapoints_s);
    json.key("policy_s").number(reaction.policy_s);
    json.key("startup_s").number(reaction.startup_s);
    json.key("drain_s").number(reaction.drain_s);
    json.key("total_s").number(reaction.total_s());
    json.end_object();
  }
  json.end_array();
}

void write_assumptions(JsonWriter& json, const Assumptions& assumptions) {
  json.begin_array();
  for (const NamedAssumption& assumption : assumption_list(assumptions)) {
    json.begin_object();
    json.key("name").string(assumption.name);
    json.key("value").string(assumption.value);
    json.key("default").string(assumption.default_value);
    json.key("meaning").string(assumption.meaning);
    json.end_object();
  }
  json.end_array();
}

void write_variants(JsonWriter& json, const RunResult& result, std::size_t most) {
  json.begin_array();
  for (const VariantResult& variant : result.variants) {
    json.begin_object();
    json.key("name").string(variant.name);
    json.key("shadow").boolean(variant.is_shadow);
    json.key("rows");
    write_page_rows(json, variant.minutes, most);
    json.end_object();
  }
  json.end_array();
}

void write_verdict(JsonWriter& json, const RunReport& report) {
  json.begin_object();
  json.key("state").string(verdict_state(report));
  json.key("text").string(verdict_text(report));
  json.end_object();
}

// What the JSON of the run has, by the same writers.
void write_numbers(JsonWriter& json, const RunReport& report) {
  json.key("scenario");
  write_scenario(json, report.scenario);
  json.key("summary");
  write_summary(json, report);
  if (report.mean != nullptr) {
    json.key("runs").integer(static_cast<std::int64_t>(report.mean->run_count));
    json.key("intervals").tree(intervals_json(*report.mean));
  }
  json.key("phases");
  write_phases(json, report);
  json.key("expectations");
  write_expectations(json, report);
}

}  // namespace

std::string_view verdict_state(const RunReport& report) {
  if (report.expectations.empty()) return "none";
  return has_failed(report) ? "failed" : cannot_tell(report) ? "open" : "met";
}

std::string prices_text(const Scenario& scenario) {
  const std::string source = price_source_of(scenario);
  if (source == "scenario") return "the scenario";
  return source.empty() ? "unknown" : source;
}

void write_run_outline(JsonWriter& json, const RunReport& report, std::size_t most_rows) {
  json.begin_object();
  json.key("scenario");
  write_scenario(json, report.scenario);
  json.key("verdict");
  write_verdict(json, report);
  json.key("tiles");
  write_tiles(json, report);
  json.key("summary");
  write_summary(json, report);
  json.key("numbers");
  write_strings(json, policy_number_lines(report.scenario));
  json.key("objectives");
  write_objectives(json, report);
  json.key("why");
  write_why(json, report.result);
  json.key("rows");
  write_page_rows(json, report.result.minutes, most_rows);
  json.end_object();
}

void write_run_data(JsonWriter& json, const RunReport& report, std::size_t most_rows) {
  const RunResult& result = report.result;
  json.begin_object();
  write_numbers(json, report);
  json.key("verdict");
  write_verdict(json, report);
  json.key("tiles");
  write_tiles(json, report);
  json.key("answers");
  write_answers(json, report);
  json.key("numbers");
  write_strings(json, policy_number_lines(report.scenario));
  json.key("expectation_texts");
  write_expectation_texts(json, report);
  json.key("objectives");
  write_objectives(json, report);
  json.key("why");
  write_why(json, result);
  json.key("rows");
  write_page_rows(json, result.minutes, most_rows);
  json.key("variants");
  write_variants(json, result, most_rows);
  json.key("alarms").begin_array();
  for (const AlarmRecord& alarm : result.alarms) write_alarm(json, alarm, most_rows);
  json.end_array();
  json.key("activities");
  write_activities(json, result);
  json.key("decisions");
  write_decisions(json, result);
  json.key("reactions");
  write_reactions(json, result);
  json.key("assumptions");
  write_assumptions(json, report.scenario.assumptions);
  json.key("prices").string(prices_text(report.scenario));
  json.end_object();
}

}  // namespace sim
