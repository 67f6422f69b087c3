#include "sim/scenario/reaction_lints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/scenario/policy_directions.hpp"
#include "sim/scenario/quantity.hpp"

namespace sim {
namespace {

using models::autoscaling::CooldownStart;
using models::cloudwatch::TreatMissingData;

// From one minute to the next but one the load at least doubles, and stays until what it called for
// is in service and seen.
struct Jump {
  std::size_t minute = 0;
  double before = 0;  // requests a minute
  double after = 0;
};

std::optional<Jump> jump_of(const OfferedLoad& load, double target, std::size_t lasting) {
  const auto& minutes = load.minutes;
  for (std::size_t at = 1; at + lasting < minutes.size(); ++at) {
    const double before = minutes[at - 1];
    if (minutes[at + 1] < 2 * before) continue;
    const auto from = minutes.begin() + static_cast<std::ptrdiff_t>(at) + 1;
    const double after = *std::min_element(from, from + static_cast<std::ptrdiff_t>(lasting) - 1);
    const double had = std::max(1.0, std::ceil(before / target));
    if (std::ceil(after / target) >= 2 * had) {
      return Jump{minutes[at] >= 2 * before ? at : at + 1, before, after};
    }
  }
  return std::nullopt;
}

// R-110, S-10: once the cooldown is over, the present capacity is multiplied by datapoints of the
// minutes before it was in service. The first later one is complete within two periods, and visible
// after the metric's delay.
void lint_cooldown(const LintContext& context, const Tracking& tracking) {
  const ScenarioVariant& variant = *tracking.variant;
  if (!context.load || !is_invocations_per_instance(tracking.metric)) return;
  // A scheduled action may have raised the capacity before the jump.
  if (!variant.scalable_target || !variant.scheduled_actions.empty()) return;
  const Assumptions& assumptions = context.scenario.assumptions;
  const Duration startup = core::round_to_duration(mean_seconds(variant.variant.startup));
  const Duration unseen = assumptions.metric_delay + std::chrono::minutes{2};
  const bool from_service = assumptions.scaling.cooldown_start == CooldownStart::Fulfilled;
  const Duration needed = from_service ? unseen : unseen + startup;
  const Duration cooldown = tracking.policy->scale_out_cooldown;
  if (cooldown >= needed) return;
  // Three datapoints come before the change, its startup and what is not seen after it.
  const Duration lasting = std::chrono::minutes{3} + assumptions.metric_delay + startup + unseen;
  const double share = share_of(context.scenario, variant);
  const double target = tracking.policy->target_value;
  const auto jump =
      jump_of(*context.load, target / share,
              static_cast<std::size_t>(std::chrono::ceil<std::chrono::minutes>(lasting).count()));
  if (!jump) return;
  const double wanted = std::ceil(jump->after * share / target);
  const double max = highest_max(variant);
  if (wanted >= max) return;
  context.warn(
      tracking.source->scale_out_cooldown_place, "cooldown-too-short",
      fmt::format(
          "the jump to {} requests a minute at {} calls for {} instances; for {} after they "
          "are in service only datapoints from before are seen, and a ScaleOutCooldown of "
          "{} lets the policy multiply {} by them, up to MaxCapacity {}",
          amount(jump->after * share), format_duration(std::chrono::minutes{jump->minute}),
          amount(wanted), format_duration(unseen), format_duration(cooldown), amount(wanted),
          amount(max)),
      fmt::format(
          "ScaleOutCooldown: {}, of metric delay {}, two periods of 1m{}: what was added in it is "
          "taken off what is asked for next; MaxCapacity: {} bounds the rest",
          std::chrono::ceil<std::chrono::seconds>(needed).count(),
          format_duration(assumptions.metric_delay),
          from_service ? std::string{} : fmt::format(" and startup {}", format_duration(startup)),
          written(2 * wanted)));
}

// latencies have no datapoint in a minute without requests, and counts have zeros, unless
// S-22 is chosen otherwise.
bool lacks_zeros(const PublishedMetric* metric, const Assumptions& assumptions) {
  if (metric == nullptr || metric->range == MetricRange::Utilization) return false;
  if (metric->name == "ModelLatency" || metric->name == "OverheadLatency") return true;
  return assumptions.zero_traffic == ZeroTraffic::Sparse;
}

// The first of some minutes in a row without requests; none: there are none, or nobody knows.
std::optional<std::size_t> quiet_from(const LintContext& context) {
  constexpr std::size_t kMinutes = 5;
  if (!context.load) return std::nullopt;
  std::size_t count = 0;
  for (std::size_t minute = 0; minute < context.load->minutes.size(); ++minute) {
    count = context.load->minutes[minute] > 0 ? 0 : count + 1;
    if (count == kMinutes) return minute + 1 - kMinutes;
  }
  return std::nullopt;
}

// without data, target tracking does nothing.
void lint_blind_tracking(const LintContext& context, const Tracking& tracking, std::size_t quiet) {
  if (tracking.policy->disable_scale_in ||
      !lacks_zeros(tracking.metric, context.scenario.assumptions)) {
    return;
  }
  const bool are_counts_zero = context.scenario.assumptions.zero_traffic == ZeroTraffic::EmitZero;
  context.warn(tracking.source->metric_place, "no-data-at-zero",
               fmt::format("{} has no datapoint while there are no requests, {}: AlarmLow goes to "
                           "INSUFFICIENT_DATA, and nothing scales in",
                           tracking.metric->name, from_minute(quiet)),
               are_counts_zero ? "InvocationsPerInstance is 0 then, and scales in"
                               : "a step policy can scale in on an alarm of its own with "
                                 "TreatMissingData: breaching");
}

// what stands for the datapoints that are not there.
void lint_missing_data(const LintContext& context, const Trigger& trigger, std::size_t quiet) {
  if (!lacks_zeros(trigger.metric, context.scenario.assumptions)) return;
  const bool is_high = is_above(*trigger.alarm);
  const bool breaches = trigger.alarm->treat_missing_data == TreatMissingData::Breaching;
  const Directions directions = directions_of(*trigger.policy);
  if (is_high && breaches && directions.only_out()) {
    context.warn(
        trigger.alarm_source->missing_data_place, "missing-as-high",
        fmt::format("{} has no datapoint while there are no requests, {}: TreatMissingData: "
                    "breaching counts that as above {}, and {} adds instances for nobody",
                    trigger.metric->name, from_minute(quiet), amount(trigger.alarm->threshold),
                    in_quotes(trigger.policy->policy_name)),
        "TreatMissingData: notBreaching");
  } else if (!is_high && !breaches && directions.only_in()) {
    context.warn(
        trigger.alarm_source->missing_data_place, "no-data-at-zero",
        fmt::format(
            "{} has no datapoint while there are no requests, {}: {} does not count that as "
            "below {}, and {} does not scale in",
            trigger.metric->name, from_minute(quiet), in_quotes(trigger.alarm->name),
            amount(trigger.alarm->threshold), in_quotes(trigger.policy->policy_name)),
        "TreatMissingData: breaching");
  }
}

}  // namespace

void lint_reactions(const LintContext& context) {
  for (const Tracking& tracking : context.trackings) lint_cooldown(context, tracking);
  const auto quiet = quiet_from(context);
  if (!quiet) return;
  for (const Tracking& tracking : context.trackings) lint_blind_tracking(context, tracking, *quiet);
  for (const Trigger& trigger : context.triggers) lint_missing_data(context, trigger, *quiet);
}

}  // namespace sim
