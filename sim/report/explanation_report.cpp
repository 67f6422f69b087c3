#include "sim/report/explanation_report.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "sim/report/capacity_rows.hpp"
#include "sim/report/csv_report.hpp"
#include "sim/report/explanation_text.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/markdown_report.hpp"
#include "sim/report/minutes_around.hpp"
#include "sim/report/wall_clock_text.hpp"

namespace sim {
namespace {

using core::SimTime;
using models::autoscaling::ScalingDecision;
using models::cloudwatch::EvaluatedDatapoint;

constexpr std::size_t kLabelWidth = 11;
constexpr std::size_t kLineWidth = 100;

// The seconds that a cooldown has still to run; none: it does not.
std::optional<double> seconds_left(const std::optional<SimTime>& ends, SimTime at) {
  if (!ends || *ends <= at) return std::nullopt;
  return core::in_seconds(*ends - at);
}

std::string capacity_text(const ExplainedVariant& variant) {
  std::string text = fmt::format("desired {}, in service {}", variant.desired, variant.in_service);
  if (variant.starting > 0) text += fmt::format(", starting {}", variant.starting);
  if (variant.stopping > 0) text += fmt::format(", stopping {}", variant.stopping);
  if (variant.has_target) {
    text +=
        fmt::format("; MinCapacity {}, MaxCapacity {}", variant.min_capacity, variant.max_capacity);
  }
  return text;
}

std::string activity_text(const models::autoscaling::ScalingActivity& activity) {
  std::string text = fmt::format("{} to {} at {}, {}: {}", activity.from.value, activity.to.value,
                                 humane_time(activity.start_time), to_string(activity.status),
                                 one_line(activity.cause));
  if (activity.status == models::autoscaling::ActivityStatus::Failed) {
    text += fmt::format("; {}", one_line(activity.status_message));
  }
  return text;
}

// Oldest first, as people read time.
std::string datapoints_text(const std::vector<EvaluatedDatapoint>& newest_first) {
  if (newest_first.empty()) return "no datapoint";
  std::string text;
  for (auto point = newest_first.rbegin(); point != newest_first.rend(); ++point) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{}{} ({})", humane_number(point->value, 5), point->breaching ? "!" : "",
                        humane_time(point->start));
  }
  return text;
}

std::string cooldown_text(const ScalingDecision& decision, SimTime at) {
  std::string text;
  const auto add = [&](std::string_view direction, const std::optional<SimTime>& ends) {
    const auto left = seconds_left(ends, at);
    if (!left) return;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} for another {}", direction, humane_span(*left));
  };
  add("scale out", decision.scale_out_cooldown_ends);
  add("scale in", decision.scale_in_cooldown_ends);
  return text.empty() ? "none runs" : text;
}

std::string wish_text(const ExplainedPolicy& policy) {
  const ScalingDecision& decision = policy.decision;
  std::string text =
      decision.kind == models::autoscaling::DecisionKind::NoChange
          ? std::string("no change")
          : fmt::format("{} instead of {}", decision.wanted.value, decision.from.value);
  if (policy.accepted) text += fmt::format("; got {}", decision.to.value);
  if (decision.blocked_by)
    text += fmt::format("; kept from it by {}", to_string(*decision.blocked_by));
  return text;
}

class ExplanationWriter {
 public:
  ExplanationWriter(std::ostream& out, const ExplanationReport& report)
      : out_(out), report_(report) {}

  void write() {
    const Explanation& explanation = report_.explanation;
    const RunSettings& run = report_.scenario.run;
    out_ << fmt::format("{}   at {}   {}", one_line(report_.scenario.name),
                        humane_time(explanation.at),
                        iso_time(run.start_unix_s, explanation.at, run.utc_offset_minutes));
    if (report_.scenario.variants.size() > 1) {
      out_ << fmt::format("   variant {}", one_line(report_.variant.name));
    }
    out_ << "\n\n";
    const Verdict verdict = verdict_on(report_.variant, report_.scenario.assumptions);
    line("DECISION", fmt::format("{}: {}", to_string(verdict.kind), verdict.reason));
    if (explanation.decided_at && *explanation.decided_at != explanation.at) {
      line("", fmt::format("(policies last decided at {})", humane_time(*explanation.decided_at)));
    }
    line("CAPACITY", capacity_text(report_.variant));
    if (report_.variant.last_activity) {
      line("ACTIVITY", activity_text(*report_.variant.last_activity));
    }
    for (const ExplainedPolicy& policy : report_.variant.policies) write_policy(policy);
  }

 private:
  void line(std::string_view label, std::string_view text) {
    for (const std::string& part : wrapped(text, kLineWidth - kLabelWidth)) {
      out_ << padded(label, kLabelWidth) << part << '\n';
      label = "";
    }
  }

  void write_policy(const ExplainedPolicy& policy) {
    out_ << '\n';
    line("POLICY", one_line(policy.decision.policy));
    line("  wants", wish_text(policy));
    line("  because", one_line(policy.decision.reason));
    line("  cooldown", cooldown_text(policy.decision, report_.explanation.at));
    if (policy.alarms.empty()) line("  alarm", "none triggers this policy");
    for (const ExplainedAlarm& alarm : policy.alarms) write_alarm(alarm);
  }

  void write_alarm(const ExplainedAlarm& alarm) {
    line("  alarm",
         fmt::format("{} is {}: {}", short_alarm_name(one_line(alarm.configuration.name)),
                     to_string(alarm.evaluation.state), condition_text(alarm.configuration)));
    line("", fmt::format("{} of {} counted breach (!): {}", alarm.evaluation.breaching,
                         alarm.evaluation.datapoints.size(),
                         datapoints_text(alarm.evaluation.datapoints)));
    const std::string waiting = waiting_text(alarm, report_.scenario.assumptions);
    if (!waiting.empty()) line("", waiting);
  }

  std::ostream& out_;
  const ExplanationReport& report_;
};

void write_alarm_json(JsonWriter& json, const ExplainedAlarm& alarm) {
  json.begin_object();
  json.key("name").string(alarm.configuration.name);
  json.key("state").string(to_string(alarm.evaluation.state));
  json.key("condition").string(condition_text(alarm.configuration));
  json.key("datapoints").begin_array();
  for (const EvaluatedDatapoint& datapoint : alarm.evaluation.datapoints) {
    json.begin_object();
    json.key("start_s").number(core::in_seconds(datapoint.start));
    json.key("value").number(datapoint.value);
    json.key("breaching").boolean(datapoint.breaching);
    json.end_object();
  }
  json.end_array();
  json.key("breaching").integer(alarm.evaluation.breaching);
  json.end_object();
}

void write_policy_json(JsonWriter& json, const ExplainedPolicy& policy, SimTime at) {
  const ScalingDecision& decision = policy.decision;
  json.begin_object();
  json.key("name").string(decision.policy);
  json.key("kind").string(to_string(decision.kind));
  json.key("alarms").begin_array();
  for (const ExplainedAlarm& alarm : policy.alarms) write_alarm_json(json, alarm);
  json.end_array();
  json.key("wanted").integer(decision.wanted.value);
  json.key("to").integer(decision.to.value);
  json.key("accepted").boolean(policy.accepted);
  json.key("blocked_by");
  decision.blocked_by ? json.string(to_string(*decision.blocked_by)) : json.null();
  json.key("scale_out_cooldown_left_s").number(seconds_left(decision.scale_out_cooldown_ends, at));
  json.key("scale_in_cooldown_left_s").number(seconds_left(decision.scale_in_cooldown_ends, at));
  json.key("reason").string(decision.reason);
  json.end_object();
}

}  // namespace

void write_explanation(std::ostream& out, const ExplanationReport& report, const TextStyle& style) {
  ExplanationWriter(out, report).write();
  std::vector<std::string_view> watched;
  for (const ExplainedPolicy& policy : report.variant.policies) {
    for (const ExplainedAlarm& alarm : policy.alarms) {
      watched.push_back(alarm.configuration.metric.name);
    }
  }
  write_minutes_around(out, report.minutes, report.explanation.at, watched, style);
}

void write_explanation_json(JsonWriter& json, const ExplanationReport& report) {
  const ExplainedVariant& variant = report.variant;
  const Verdict verdict = verdict_on(variant, report.scenario.assumptions);
  json.begin_object();
  json.key("at_s").number(core::in_seconds(report.explanation.at));
  json.key("decided_at_s");
  report.explanation.decided_at ? json.number(core::in_seconds(*report.explanation.decided_at))
                                : json.null();
  json.key("variant").string(variant.name);
  json.key("capacity").integer(variant.desired);
  json.key("in_service").integer(variant.in_service);
  json.key("starting").integer(variant.starting);
  json.key("min_capacity").integer(variant.min_capacity);
  json.key("max_capacity").integer(variant.max_capacity);
  json.key("policies").begin_array();
  for (const ExplainedPolicy& policy : variant.policies) {
    write_policy_json(json, policy, report.explanation.at);
  }
  json.end_array();
  json.key("decision").string(to_string(verdict.kind));
  json.key("reason").string(verdict.reason);
  json.end_object();
}

void write_explanation_markdown(std::ostream& out, const ExplanationReport& report) {
  const Verdict verdict = verdict_on(report.variant, report.scenario.assumptions);
  out << fmt::format("## {} at {}\n\n**{}**: {}\n\n{}\n\n", markdown_text(report.scenario.name),
                     humane_time(report.explanation.at), to_string(verdict.kind),
                     markdown_text(verdict.reason), capacity_text(report.variant));
  out << "| policy | wants | alarm | state | condition | datapoints |\n"
         "| --- | --- | --- | --- | --- | --- |\n";
  for (const ExplainedPolicy& policy : report.variant.policies) {
    for (const ExplainedAlarm& alarm : policy.alarms) {
      out << fmt::format(
          "| {} | {} | {} | {} | {} | {} |\n", markdown_text(policy.decision.policy),
          wish_text(policy), markdown_text(short_alarm_name(alarm.configuration.name)),
          to_string(alarm.evaluation.state), markdown_text(condition_text(alarm.configuration)),
          datapoints_text(alarm.evaluation.datapoints));
    }
  }
}

void write_explanation_csv(std::ostream& out, const ExplanationReport& report) {
  out << "at_s,policy,kind,wanted,to,blocked_by,alarm,state,breaching,counted\n";
  for (const ExplainedPolicy& policy : report.variant.policies) {
    const ScalingDecision& decision = policy.decision;
    for (const ExplainedAlarm& alarm : policy.alarms) {
      out << fmt::format(
          "{},{},{},{},{},{},{},{},{},{}\n", json_number(core::in_seconds(report.explanation.at)),
          csv_field(decision.policy), to_string(decision.kind), decision.wanted.value,
          decision.to.value, decision.blocked_by ? to_string(*decision.blocked_by) : "",
          csv_field(alarm.configuration.name), to_string(alarm.evaluation.state),
          alarm.evaluation.breaching, alarm.evaluation.datapoints.size());
    }
  }
}

}  // namespace sim
