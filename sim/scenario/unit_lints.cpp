#include "sim/scenario/unit_lints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/scenario/policy_directions.hpp"

namespace sim {
namespace {

// A value in another unit: the TargetValue of a policy, or the Threshold of an alarm.
struct Watched {
  std::string_view field;  // "TargetValue"
  double value = 0;
  double minutes = 1;  // over which the metric is summed
  const PublishedMetric* metric = nullptr;
  models::cloudwatch::StatisticChoice statistic;
  const ScenarioVariant* variant = nullptr;
  NodePlace place;
  bool is_of_load = true;  // what is above it scales out
};

std::string instance_name(const ScenarioVariant& variant) {
  const std::string& type = variant.variant.instance_type;
  return type.empty() ? "instance" : type;
}

// What so many requests a minute and instance would call for at the peak; empty: nobody knows.
std::string at_the_peak(const LintContext& context, const Watched& watched) {
  if (!context.load) return {};
  const double peak = context.load->most() * share_of(context.scenario, *watched.variant);
  return fmt::format("; the peak of {} a minute would call for {} instances where {} can serve it",
                     amount(peak), amount(std::ceil(peak * watched.minutes / watched.value)),
                     amount(std::max(1.0, std::ceil(peak / served_per_minute(*watched.variant)))));
}

// the metric is a sum over a minute, and rates are mostly thought of by the second. A value
// that is 1/60 of what was meant is at most some hundredths of what an instance serves.
void lint_per_second(const LintContext& context, const Watched& watched) {
  constexpr double kSlip = 50;
  const double served = served_per_minute(*watched.variant) * watched.minutes;
  if (watched.value <= 0 || watched.value * kSlip > served) return;
  // Of little traffic, one instance may be all that such a value ever calls for.
  if (context.load) {
    const double peak = context.load->most() * share_of(context.scenario, *watched.variant);
    if (peak * watched.minutes <= 10 * watched.value) return;
  }
  context.warn(
      watched.place, "per-second-value",
      fmt::format("a {} of {} is per {} and instance, {:.2g} % of the {} that one {} serves{}",
                  watched.field, amount(watched.value),
                  watched.minutes == 1 ? "MINUTE" : fmt::format("{} minutes", watched.minutes),
                  watched.value / served * 100, amount(served), instance_name(*watched.variant),
                  at_the_peak(context, watched)),
      fmt::format("for {} a second write {}; half of what it serves is {}", amount(watched.value),
                  written(watched.value * 60 * watched.minutes), written(served / 2)));
}

// An instance is overloaded before such a policy calls for another. R-206: half of it is advised.
void lint_beyond_throughput(const LintContext& context, const Watched& watched) {
  const double served = served_per_minute(*watched.variant) * watched.minutes;
  if (served <= 0 || watched.value <= served) return;
  context.warn(watched.place, "target-above-throughput",
               fmt::format("a {} of {} a minute and instance is {}/s, more than the {}/s that one "
                           "{} serves: it is overloaded before the policy scales out",
                           watched.field, amount(watched.value), amount(watched.value / 60),
                           amount(served / 60), instance_name(*watched.variant)),
               fmt::format("AWS advises half of what it serves: {}", written(served / 2)));
}

// per cent, and of several processors the sum.
void lint_fraction(const LintContext& context, const Watched& watched) {
  if (watched.value <= 0 || watched.value > 1) return;
  if (watched.value == 1 && !watched.is_of_load) return;  // idle: nothing scales in below all of it
  const auto highest = highest_value(*watched.metric, watched.statistic, watched.variant->variant);
  if (!highest) return;
  const double parts = *highest / 100;
  const double meant = watched.value * 100;
  context.warn(watched.place, "percent-as-fraction",
               fmt::format("{} is in per cent, from 0 to {}: a {} of {} is {} %, not {} %",
                           watched.metric->name, amount(*highest), watched.field,
                           amount(watched.value), amount(watched.value), amount(meant)),
               parts > 1 ? fmt::format("for {} % of each of {} processors write {}", amount(meant),
                                       amount(parts), written(meant * parts))
                         : fmt::format("write {}", written(meant)));
}

// microseconds. What is a tenth of a request alone on an instance is exceeded by all.
void lint_microseconds(const LintContext& context, const Watched& watched) {
  const double mean_us = mean_seconds(watched.variant->variant.service_time) * 1e6;
  if (!is_level(watched.statistic) || !watched.is_of_load) return;
  if (watched.value <= 0 || watched.value * 10 > mean_us) return;
  context.warn(
      watched.place, "not-microseconds",
      fmt::format("ModelLatency is in microseconds: a {} of {} is {} ms, and a request "
                  "that is alone takes {} ms on average",
                  watched.field, amount(watched.value), amount(watched.value / 1000),
                  amount(mean_us / 1000)),
      fmt::format("for {} ms write {}", amount(watched.value), written(watched.value * 1000)));
}

void lint_watched(const LintContext& context, const Watched& watched) {
  if (watched.metric == nullptr) return;
  if (is_invocations_per_instance(watched.metric) && !is_level(watched.statistic)) {
    if (watched.is_of_load) lint_per_second(context, watched);
    if (watched.field == "TargetValue") lint_beyond_throughput(context, watched);
  } else if (watched.metric->range == MetricRange::Utilization && is_level(watched.statistic)) {
    lint_fraction(context, watched);
  } else if (watched.metric->name == "ModelLatency") {
    lint_microseconds(context, watched);
  }
}

}  // namespace

void lint_units(const LintContext& context) {
  for (const Tracking& tracking : context.trackings) {
    lint_watched(context, {"TargetValue", tracking.policy->target_value, 1, tracking.metric,
                           tracking.statistic, tracking.variant, tracking.source->target_place});
  }
  for (const Trigger& trigger : context.triggers) {
    const double minutes = core::in_seconds(trigger.alarm->period) / 60;
    lint_watched(context, {"Threshold", trigger.alarm->threshold, minutes, trigger.metric,
                           trigger.alarm->statistic, trigger.variant,
                           trigger.alarm_source->threshold_place, is_above(*trigger.alarm)});
  }
}

}  // namespace sim
