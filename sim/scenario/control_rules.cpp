#include "sim/scenario/control_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace sim {
namespace {

using models::cloudwatch::ComparisonOperator;

void warn(Diagnostics& diagnostics, const NodePlace& place, std::string code, std::string message,
          std::string hint = {}) {
  report(diagnostics, Severity::Warning, place, std::move(code), std::move(message),
         std::move(hint));
}

// Text in YAML's double quotes, which are JSON's.
std::string quoted(std::string_view text) {
  std::string shown = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') shown += '\\';
    shown += c;
  }
  return shown + "\"";
}

// A target that was reported is not missed again.
void require_target(const ControlParts& parts, std::size_t variant, const NodePlace& place,
                    std::string_view what, Diagnostics& diagnostics) {
  const ControlVariant& part = parts.variants[variant];
  if (part.target || parts.has_lost_target) return;
  const std::string resource = parts.variants.size() == 1
                                   ? std::string{}
                                   : fmt::format("ResourceId: {}, ", part.resource_id);
  report(diagnostics, Severity::Error, place, "policy-without-target",
         fmt::format("expected a scalable target for the {}, found none", what),
         fmt::format("add ScalableTargets: [{{{}MinCapacity: 1, MaxCapacity: 8}}] to scaling, or "
                     "the arguments of register-scalable-target to 'from'",
                     resource));
}

void check_targets(const ControlParts& parts, Diagnostics& diagnostics) {
  for (const ControlPolicy& policy : parts.policies) {
    require_target(parts, policy.variant, policy.place, "policy", diagnostics);
  }
  for (const ControlScheduledAction& action : parts.scheduled_actions) {
    require_target(parts, action.variant, action.place, "scheduled action", diagnostics);
  }
}

// Of a PolicyName that is there twice, which was reported, nothing else is said.
void check_specifications(const ControlParts& parts, Diagnostics& diagnostics) {
  std::set<std::pair<std::size_t, std::string_view>> names;
  std::set<std::pair<std::size_t, std::string_view>> specifications;
  for (const ControlPolicy& policy : parts.policies) {
    const bool is_new = names.insert({policy.variant, policy.name}).second || policy.name.empty();
    if (!is_new || policy.kind != PolicyKind::TargetTracking) continue;
    if (specifications.insert({policy.variant, policy.specification}).second) continue;
    report(diagnostics, Severity::Error, policy.source_place, "duplicate-metric",
           "expected one target-tracking policy a metric, found a second",
           "AWS says: Only one TargetTrackingScaling policy for a given metric specification is "
           "allowed.");
  }
}

// Which alarms trigger a policy.
struct Triggers {
  std::vector<const ControlAlarm*> enabled;
  std::vector<const ControlAlarm*> disabled;  // ActionsEnabled: false
};

std::vector<Triggers> triggers_of(const ControlParts& parts) {
  std::vector<Triggers> triggers(parts.policies.size());
  for (const ControlAlarm& alarm : parts.alarms) {
    for (const std::size_t policy : alarm.policies) {
      (alarm.actions_enabled ? triggers[policy].enabled : triggers[policy].disabled)
          .push_back(&alarm);
    }
  }
  return triggers;
}

void check_alarms(const ControlParts& parts, Diagnostics& diagnostics) {
  for (const ControlAlarm& alarm : parts.alarms) {
    if (alarm.has_purpose) continue;
    warn(diagnostics, alarm.name_place, "alarm-without-policy",
         fmt::format("the alarm {} triggers nothing", in_quotes(alarm.name)),
         "a step policy acts when an alarm has it among its AlarmActions");
  }
}

// An entry of MetricAlarms that would trigger the policy.
std::string alarm_entry(const ControlPolicy& policy) {
  const bool only_scales_in = policy.scales_in && !policy.scales_out;
  return fmt::format(
      "{{AlarmName: {}, Namespace: AWS/SageMaker, MetricName: InvocationsPerInstance, "
      "Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1000, "
      "ComparisonOperator: {}, AlarmActions: [{}]}}",
      quoted(policy.name + "-alarm"),
      to_string(only_scales_in ? ComparisonOperator::LessThanThreshold
                               : ComparisonOperator::GreaterThanOrEqualToThreshold),
      quoted(policy.name));
}

// nobody but an alarm of the user's triggers a step policy.
void check_step_policies(const ControlParts& parts, const std::vector<Triggers>& triggers,
                         Diagnostics& diagnostics) {
  if (parts.has_lost_action) return;
  for (std::size_t index = 0; index < parts.policies.size(); ++index) {
    const ControlPolicy& policy = parts.policies[index];
    if (policy.kind != PolicyKind::Step || !triggers[index].enabled.empty()) continue;
    const std::string hint =
        triggers[index].disabled.empty()
            ? fmt::format("add to scaling, with your metric and Threshold: MetricAlarms: [{}]",
                          alarm_entry(policy))
            : fmt::format("{} has it among its AlarmActions, but ActionsEnabled: false",
                          in_quotes(triggers[index].disabled.front()->name));
    warn(diagnostics, policy.name_place, "policy-without-alarm",
         fmt::format("no alarm triggers {}: the policy never acts", in_quotes(policy.name)), hint);
  }
}

// The documentation of PutScalingPolicy asks for caution with this: target tracking scales
// in when all agree, and a step policy is not asked. With DisableScaleIn, leaving scale in
// to another policy is what is intended.
void check_step_beside_target_tracking(const ControlParts& parts,
                                       const std::vector<Triggers>& triggers,
                                       Diagnostics& diagnostics) {
  for (std::size_t index = 0; index < parts.policies.size(); ++index) {
    const ControlPolicy& policy = parts.policies[index];
    const bool scales_in = policy.kind == PolicyKind::Step && policy.scales_in;
    if (!scales_in || triggers[index].enabled.empty()) continue;
    const auto contradicts = [&policy](const ControlPolicy& other) {
      return other.kind == PolicyKind::TargetTracking && other.scales_in &&
             other.variant == policy.variant;
    };
    const auto tracking = std::find_if(parts.policies.begin(), parts.policies.end(), contradicts);
    if (tracking == parts.policies.end()) continue;
    warn(diagnostics, policy.name_place, "step-beside-target-tracking",
         fmt::format("the step policy {} scales in without waiting for the target-tracking policy "
                     "{}, which may scale out again at once",
                     in_quotes(policy.name), in_quotes(tracking->name)),
         "let one of them scale in: drop the negative steps, or set DisableScaleIn: true");
  }
}

bool is_above(const AlarmCondition& condition) {
  return condition.comparison == ComparisonOperator::GreaterThanThreshold ||
         condition.comparison == ComparisonOperator::GreaterThanOrEqualToThreshold;
}

// Whether some value of the metric breaches both.
bool overlap(const AlarmCondition& a, const AlarmCondition& b) {
  if (is_above(a) == is_above(b)) return true;
  const double between = std::midpoint(a.threshold, b.threshold);
  return breaches(between, a.comparison, a.threshold) &&
         breaches(between, b.comparison, b.threshold);
}

// An enabled alarm whose step policy goes one way only.
struct Pull {
  const ControlAlarm* alarm;
  std::size_t variant;
  bool is_out;
};

std::vector<Pull> pulls_of(const ControlParts& parts) {
  std::vector<Pull> pulls;
  for (const ControlAlarm& alarm : parts.alarms) {
    if (!alarm.actions_enabled || !alarm.source.metric) continue;
    for (const std::size_t index : alarm.policies) {
      const ControlPolicy& policy = parts.policies[index];
      if (policy.scales_out == policy.scales_in) continue;
      pulls.push_back({&alarm, policy.variant, policy.scales_out});
    }
  }
  return pulls;
}

// A pair of alarms for scale out and scale in is usual; that both are in ALARM at once is the
// conflict that the documentation of PutScalingPolicy speaks of: the larger capacity wins.
void check_opposing_alarms(const ControlParts& parts, Diagnostics& diagnostics) {
  const std::vector<Pull> pulls = pulls_of(parts);
  for (std::size_t later = 0; later < pulls.size() && !diagnostics.is_full(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const ControlAlarm& a = *pulls[earlier].alarm;
      const ControlAlarm& b = *pulls[later].alarm;
      const bool oppose = pulls[earlier].variant == pulls[later].variant &&
                          pulls[earlier].is_out != pulls[later].is_out &&
                          a.source.metric == b.source.metric && overlap(a.condition, b.condition);
      if (!oppose) continue;
      warn(diagnostics, b.name_place, "opposing-alarms",
           fmt::format("{} and {} can be in ALARM at once, one to scale out and one to scale in",
                       in_quotes(a.name), in_quotes(b.name)),
           "the larger capacity wins: leave a gap between their Thresholds");
    }
  }
}

}  // namespace

void check_control(const ControlParts& parts, Diagnostics& diagnostics) {
  const std::vector<Triggers> triggers = triggers_of(parts);
  check_targets(parts, diagnostics);
  check_specifications(parts, diagnostics);
  check_alarms(parts, diagnostics);
  check_step_policies(parts, triggers, diagnostics);
  check_step_beside_target_tracking(parts, triggers, diagnostics);
  check_opposing_alarms(parts, diagnostics);
}

}  // namespace sim
