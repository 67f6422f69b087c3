#include "sim/scenario/step_lints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/autoscaling/step_scaling_policy.hpp"
#include "sim/scenario/policy_directions.hpp"
#include "sim/scenario/quantity.hpp"

namespace sim {
namespace {

using models::autoscaling::InstanceCount;
using models::autoscaling::StepAdjustment;
using models::cloudwatch::ComparisonOperator;

// An alarm on high load whose steps all remove instances, or one on low load whose steps all add.
void lint_sign(const LintContext& context, const Trigger& trigger) {
  if (trigger.metric == nullptr) return;
  const Directions directions = directions_of(*trigger.policy);
  const bool is_high = is_above(*trigger.alarm);
  if (is_high ? !directions.only_in() : !directions.only_out()) return;
  const std::int32_t adjustment = trigger.policy->step_adjustments.front().scaling_adjustment;
  context.warn(trigger.policy_source->step_places.front(), "step-sign",
               fmt::format("{} {} instances (ScalingAdjustment {}) while {} tells that {} is {} {}",
                           in_quotes(trigger.policy->policy_name), is_high ? "removes" : "adds",
                           adjustment, in_quotes(trigger.alarm->name), trigger.metric->name,
                           is_high ? "above" : "below", amount(trigger.alarm->threshold)),
               fmt::format("ScalingAdjustment: {}", -adjustment));
}

// The most that a period of the traffic brings to one instance; infinite: nobody knows.
double most_per_instance(const LintContext& context, const Trigger& trigger) {
  if (!context.load || has_retries(context.scenario)) return HUGE_VAL;
  if (!is_invocations_per_instance(trigger.metric) || is_level(trigger.alarm->statistic)) {
    return HUGE_VAL;
  }
  const double fewest = trigger.variant->scalable_target ? lowest_min(*trigger.variant) : 1;
  return context.load->most() * share_of(context.scenario, *trigger.variant) *
         core::in_seconds(trigger.alarm->period) / 60 / std::max(1.0, fewest);
}

// Values are at least 0, and the highest that the metric has or the traffic makes.
std::string beyond_range(const LintContext& context, const Trigger& trigger,
                         const StepAdjustment& step) {
  if (trigger.metric == nullptr) return {};
  const double threshold = trigger.alarm->threshold;
  if (step.metric_interval_lower_bound) {
    const double from = threshold + *step.metric_interval_lower_bound;
    const auto highest =
        highest_value(*trigger.metric, trigger.alarm->statistic, trigger.variant->variant);
    if (highest && from > *highest) {
      return fmt::format("it begins at {} + {} = {}, and {} is never above {}", amount(threshold),
                         amount(*step.metric_interval_lower_bound), amount(from),
                         trigger.metric->name, amount(*highest));
    }
    constexpr double kLuckyMinute = 2;  // arrivals come as they will
    const double most = most_per_instance(context, trigger);
    if (from > kLuckyMinute * most) {
      return fmt::format("it begins at {} + {} = {}, and all of the peak on {} is {}",
                         amount(threshold), amount(*step.metric_interval_lower_bound), amount(from),
                         lowest_min(*trigger.variant) > 1 ? "MinCapacity" : "one instance",
                         amount(most));
    }
  }
  if (step.metric_interval_upper_bound && threshold + *step.metric_interval_upper_bound < 0) {
    return fmt::format("it ends at {}, and {} is never below 0",
                       amount(threshold + *step.metric_interval_upper_bound), trigger.metric->name);
  }
  return {};
}

// An alarm all of whose datapoints breach picks no step on the other side of its threshold.
std::string beyond_threshold(const Trigger& trigger, const StepAdjustment& step) {
  const models::cloudwatch::AlarmConfiguration& alarm = *trigger.alarm;
  if (alarm.datapoints_to_alarm < alarm.evaluation_periods) return {};
  if (is_above(alarm)) {
    const double upper = step.metric_interval_upper_bound.value_or(HUGE_VAL);
    const bool holds_threshold =
        alarm.comparison == ComparisonOperator::GreaterThanOrEqualToThreshold;
    if (upper > 0 || (upper == 0 && holds_threshold)) return {};
    return fmt::format("it ends {} the Threshold of {}, which acts above it",
                       upper == 0 ? "at" : "below", in_quotes(alarm.name));
  }
  const double lower = step.metric_interval_lower_bound.value_or(-HUGE_VAL);
  const bool holds_threshold = alarm.comparison == ComparisonOperator::LessThanOrEqualToThreshold;
  if (lower < 0 || (lower == 0 && holds_threshold)) return {};
  return fmt::format("it begins {} the Threshold of {}, which acts below it",
                     lower == 0 ? "at" : "above", in_quotes(alarm.name));
}

// Why the alarm of this trigger never leads to the step; empty: it may.
std::string why_unreachable(const LintContext& context, const Trigger& trigger,
                            const StepAdjustment& step) {
  std::string why = beyond_threshold(trigger, step);
  return why.empty() ? beyond_range(context, trigger, step) : why;
}

// REQUIRES: `first` is the first of the triggers of its policy.
void lint_reach(const LintContext& context, const Trigger& first) {
  using models::autoscaling::UncoveredValue;
  if (context.scenario.assumptions.scaling.uncovered_value != UncoveredValue::NoChange) return;
  const auto& steps = first.policy->step_adjustments;
  for (std::size_t index = 0; index < steps.size(); ++index) {
    std::string why;
    for (const Trigger& trigger : context.triggers) {
      if (trigger.policy != first.policy) continue;
      why = why_unreachable(context, trigger, steps[index]);
      if (why.empty()) break;
    }
    if (why.empty()) continue;
    context.warn(first.policy_source->step_places[index], "unreachable-step",
                 fmt::format("nothing enters this step: {}", why),
                 "bounds are counted from the Threshold of the alarm, not from 0");
  }
}

// What one instance has less of when there are more of them.
bool is_shared_load(const Trigger& trigger) {
  if (trigger.metric == nullptr) return false;
  if (is_invocations_per_instance(trigger.metric)) return !is_level(trigger.alarm->statistic);
  const bool is_busy =
      trigger.metric->name == "CPUUtilization" || trigger.metric->name == "GPUUtilization";
  return is_busy && is_level(trigger.alarm->statistic);
}

// What the policy leaves of `instances` just below the alarm's threshold.
double left_of(const LintContext& context, const Trigger& in, std::int32_t instances) {
  const auto& rules = context.scenario.assumptions.scaling;
  const double just_below = -1e-9 * std::max(1.0, std::abs(in.alarm->threshold));
  const auto step = models::autoscaling::step_for(in.policy->step_adjustments, just_below,
                                                  in.alarm->comparison, rules);
  if (!step) return instances;
  const InstanceCount left = adjusted_capacity(
      {instances}, *in.policy, in.policy->step_adjustments[*step].scaling_adjustment,
      rules.percent_of_zero);
  return std::max<double>(left.value, std::max(1.0, lowest_min(*in.variant)));
}

// The load that an alarm finds low enough to remove instances is, on those that stay, high enough
// for the other to add them again: most of all where there are few.
void lint_flapping(const LintContext& context, const Trigger& out, const Trigger& in) {
  const double low = in.alarm->threshold;
  const double high = out.alarm->threshold;
  if (low <= 0 || low >= high || !in.variant->scalable_target) return;
  const auto fewest = static_cast<std::int32_t>(std::max(1.0, lowest_min(*in.variant)));
  const auto most = static_cast<std::int32_t>(std::min(100.0, highest_max(*in.variant)));
  for (std::int32_t instances = fewest + 1; instances <= most; ++instances) {
    const double left = left_of(context, in, instances);
    if (left >= instances) continue;
    const double load = low * instances / left;
    if (load <= high) continue;
    context.warn(
        in.alarm_source->threshold_place, "flapping-pair",
        fmt::format("just below {} on each of {} instances {} leaves {}: {} x {} / {} = {} on "
                    "each, above the {} at which {} adds again",
                    amount(low), instances, in_quotes(in.policy->policy_name), amount(left),
                    amount(low), instances, amount(left), amount(load), amount(high),
                    in_quotes(out.alarm->name)),
        fmt::format("a Threshold below {} x {} / {} = {}", amount(high), amount(left), instances,
                    written(high * left / instances)));
    return;
  }
}

bool can_flap(const Trigger& out, const Trigger& in) {
  return out.variant == in.variant && is_shared_load(out) && is_shared_load(in) &&
         is_above(*out.alarm) && !is_above(*in.alarm) && directions_of(*out.policy).only_out() &&
         directions_of(*in.policy).only_in() && out.alarm->metric == in.alarm->metric &&
         out.alarm->statistic == in.alarm->statistic && out.alarm->period == in.alarm->period;
}

}  // namespace

void lint_steps(const LintContext& context) {
  std::vector<const models::autoscaling::StepScalingConfiguration*> seen;
  for (const Trigger& trigger : context.triggers) {
    lint_sign(context, trigger);
    if (std::find(seen.begin(), seen.end(), trigger.policy) == seen.end()) {
      seen.push_back(trigger.policy);
      lint_reach(context, trigger);
    }
    for (const Trigger& other : context.triggers) {
      if (can_flap(trigger, other)) lint_flapping(context, trigger, other);
    }
  }
}

}  // namespace sim
