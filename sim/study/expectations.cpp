#include "sim/study/expectations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "sim/report/capacity_rows.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/summary_json.hpp"
#include "sim/study/violation_span.hpp"

namespace sim {
namespace {

using models::autoscaling::ActivityStatus;
using models::autoscaling::ScalingActivity;
using models::cloudwatch::AlarmState;

// A value to compare, or why there is none.
struct Actual {
  std::optional<double> value;
  std::string reason;
};

std::string why_no_value(const Expectation& expectation, const Summary& summary) {
  const std::string_view metric = expectation.metric;
  if (metric.starts_with("cost.")) {
    if (summary.cost) return "no request was answered";
    return "cost unknown: give endpoint.price";
  }
  if (metric.starts_with("reaction.")) return "no scale out was fulfilled and relieved";
  if (metric.starts_with("wait.")) return "no request was served";
  if (metric.find("latency") != std::string_view::npos) return "no request was answered";
  if (metric == "errors.rate") return "no request came";
  if (metric.starts_with("retries.")) return "no stream has retries";
  if (metric == "instances.shortest_life") return "no instance left service";
  if (metric.starts_with("cpu_percent")) return "no minute with an instance in service";
  return "the run has no such value";
}

Actual actual_of(const Expectation& expectation, const Summary& summary) {
  const std::optional<double> value = summary_value(summary, expectation.metric);
  return {value, value ? "" : why_no_value(expectation, summary)};
}

Actual in_service_at(const RunResult& result, SimTime at) {
  Actual actual{std::nullopt, "no instances are known at that time"};
  for (const CapacityChange& change : result.capacity_changes) {
    if (change.at > at) break;
    actual.value = change.in_service;
  }
  return actual;
}

// The capacity that Auto Scaling wanted just after everything due at that instant.
Actual desired_at(const RunResult& result, SimTime at) {
  Actual actual{std::nullopt, "no instances are known at that time"};
  if (!result.minutes.empty()) actual.value = result.minutes.front().desired;
  bool is_first = true;
  for (const ScalingActivity& activity : result.activities) {
    if (!activity.scaled()) continue;
    if (std::exchange(is_first, false)) actual.value = activity.from.value;
    if (activity.start_time > at) break;
    const bool was_undone =
        activity.status == ActivityStatus::Failed && activity.end_time && *activity.end_time <= at;
    actual.value = was_undone ? activity.from.value : activity.to.value;
  }
  return actual;
}

const PhaseResult* find_phase(const RunResult& result, std::string_view name) {
  for (const PhaseResult& phase : result.phases) {
    if (phase.name == name || phase.stream + "/" + phase.name == name) return &phase;
  }
  return nullptr;
}

const PhaseResult* find_window(const RunResult& result, const RunWindow& within) {
  for (const PhaseResult& window : result.windows) {
    const bool is_it =
        window.from == core::kStart + within.from && window.to == core::kStart + within.to;
    if (is_it) return &window;
  }
  return nullptr;
}

// The phase or the window that an expectation is about; null: the run has none such.
const PhaseResult* find_part(const RunResult& result, const Expectation& expectation) {
  return expectation.during ? find_phase(result, *expectation.during)
                            : find_window(result, *expectation.within);
}

bool is_about_a_part(const Expectation& expectation) {
  return expectation.during || expectation.within;
}

// The whole name, or AlarmHigh and AlarmLow for the pair of the only policy that has one, or
// POLICY/AlarmHigh: target tracking makes up names that nobody would write down.
const AlarmRecord* find_alarm(const RunResult& result, std::string_view name) {
  const AlarmRecord* found = nullptr;
  for (const AlarmRecord& alarm : result.alarms) {
    const std::string& whole = alarm.configuration.name;
    if (whole == name) return &alarm;
    const std::string_view side = short_alarm_name(whole);
    if (side == whole) continue;
    const auto& actions = alarm.configuration.alarm_actions;
    const bool is_of_policy =
        !actions.empty() && name == fmt::format("{}/{}", actions.front(), side);
    if (is_of_policy) return &alarm;
    if (side != name) continue;
    if (found != nullptr) return nullptr;
    found = &alarm;
  }
  return found;
}

class Checker {
 public:
  Checker(const Scenario& scenario, const RunResult& result)
      : scenario_(scenario), result_(result), end_(core::kStart + scenario.run.duration) {}

  ExpectationResult check(const Expectation& expectation) const {
    ExpectationResult outcome;
    outcome.expectation = expectation;
    if (expectation.at && core::kStart + *expectation.at > end_) {
      outcome.actual_text = fmt::format("the run ends at {}", humane_time(end_));
    } else if (!expectation.alarm_name.empty()) {
      check_alarm(outcome);
    } else {
      check_number(outcome);
    }
    return outcome;
  }

 private:
  void check_alarm(ExpectationResult& outcome) const {
    const Expectation& expectation = outcome.expectation;
    const AlarmRecord* alarm = find_alarm(result_, expectation.alarm_name);
    if (alarm == nullptr) {
      outcome.actual_text = "no alarm, or more than one, has that name";
      return;
    }
    AlarmState state = AlarmState::InsufficientData;
    for (const auto& change : alarm->history) {
      if (change.at <= core::kStart + expectation.at.value_or(scenario_.run.duration)) {
        state = change.to;
      }
    }
    outcome.actual_text = to_string(state);
    const bool equal = outcome.actual_text == expectation.alarm_state;
    const bool met = equal == (expectation.comparison == ExpectationOperator::Equal);
    outcome.passed = met != expectation.fails;
  }

  void check_number(ExpectationResult& outcome) const {
    const Expectation& expectation = outcome.expectation;
    TimeSpan within{core::kStart + scenario_.run.warm_up, end_};
    const Summary* summary = &result_.summary;
    if (is_about_a_part(expectation)) {
      const PhaseResult* part = find_part(result_, expectation);
      if (part == nullptr) {
        outcome.actual_text =
            expectation.during ? "the run has no such phase" : "the run has no such window";
        return;
      }
      within = {part->from, part->to};
      summary = &part->summary;
    }
    const Actual actual = value_of(expectation, *summary);
    outcome.actual = actual.value;
    if (!actual.value) {
      outcome.actual_text = actual.reason;
      return;
    }
    outcome.actual_text = actual_text(expectation, *actual.value);
    outcome.passed = passes(expectation, *actual.value);
    if (!is_met(expectation, *actual.value) && !expectation.at) place(outcome, within);
  }

  Actual value_of(const Expectation& expectation, const Summary& summary) const {
    const SimTime at = core::kStart + expectation.at.value_or(scenario_.run.duration);
    if (expectation.metric == "instances.in_service") return in_service_at(result_, at);
    if (expectation.metric == "instances.desired") return desired_at(result_, at);
    return actual_of(expectation, summary);
  }

  void place(ExpectationResult& outcome, TimeSpan within) const {
    std::optional<TimeSpan> span = worst_violation(outcome.expectation, result_, within);
    if (!span && is_about_a_part(outcome.expectation)) span = within;
    if (!span) return;
    outcome.from = span->from;
    outcome.to = span->to;
  }

  const Scenario& scenario_;
  const RunResult& result_;
  SimTime end_;
};

}  // namespace

std::string text_in_unit(const Expectation& expectation, double value, int digits) {
  const std::string& unit = expectation.unit;
  if (unit == "s") return humane_seconds(value, digits);
  // A percentage of CPU is written as it is; any other stands for a fraction.
  if (unit == "%" && expectation.metric.starts_with("cpu_percent")) {
    return humane_number(value, digits) + " %";
  }
  if (unit == "%") return humane_share(value, digits);
  if (unit == "USD") return humane_money(value, digits - 1);
  if (unit == "USD/h") return humane_money(value, digits - 1) + "/h";
  return humane_number(value, digits) + unit;
}

std::string actual_text(const Expectation& expectation, double value) {
  std::string text;
  for (int digits = kHumaneDigits; digits <= 9; digits += 2) {
    text = text_in_unit(expectation, value, digits);
    if (value == expectation.value) return text;
    if (text != text_in_unit(expectation, expectation.value, digits)) return text;
  }
  return text;
}

std::vector<ExpectationResult> check_expectations(const Scenario& scenario,
                                                  const RunResult& result) {
  const Checker checker(scenario, result);
  std::vector<ExpectationResult> outcomes;
  outcomes.reserve(scenario.expectations.size());
  for (const Expectation& expectation : scenario.expectations) {
    outcomes.push_back(checker.check(expectation));
  }
  return outcomes;
}

}  // namespace sim
