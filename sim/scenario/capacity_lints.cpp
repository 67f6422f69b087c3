#include "sim/scenario/capacity_lints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/scenario/policy_directions.hpp"
#include "sim/scenario/quantity.hpp"

namespace sim {
namespace {

constexpr std::size_t kMinutesInHour = 60;

// A variant with a scalable target, where its bounds were read, and its part of the traffic.
struct Bounded {
  const ScenarioVariant& variant;
  const VariantSources& sources;
  double share = 1;

  double most(const OfferedLoad& load) const { return load.most() * share; }
};

std::string instances(double count) {
  return fmt::format("{} instance{}", amount(count), count == 1 ? "" : "s");
}

// The lowest TargetValue of requests a minute and instance among the variant's policies.
std::optional<double> lowest_target(const LintContext& context, const ScenarioVariant& variant) {
  std::optional<double> lowest;
  for (const Tracking& tracking : context.trackings) {
    if (tracking.variant != &variant || !is_invocations_per_instance(tracking.metric)) continue;
    const double target = tracking.policy->target_value;
    lowest = std::min(lowest.value_or(target), target);
  }
  return lowest;
}

// Minutes, each of which overloads so many instances; what is over sooner may wait in a queue.
void lint_too_small_a_max(const LintContext& context, const Bounded& bounded) {
  constexpr std::size_t kMinutesOfOverload = 10;
  const double served = served_per_minute(bounded.variant);
  const double peak = context.load->sustained(kMinutesOfOverload) * bounded.share;
  const double max = highest_max(bounded.variant);
  if (served <= 0 || peak <= max * served) return;
  context.warn(
      bounded.sources.max_place, "max-too-small",
      fmt::format("the traffic stays at {} requests a minute for 10 minutes or more, where {} of "
                  "{} a minute {} needed; MaxCapacity {} serves {}",
                  amount(peak), instances(std::ceil(peak / served)), amount(served),
                  peak > served ? "are" : "is", amount(max), amount(max * served)),
      fmt::format("with half of each in reserve, as AWS advises: MaxCapacity: {}",
                  written(std::ceil(2 * peak / served))));
}

// A ceiling is for surprises, so a generous one is well: told is one that is beyond any surprise,
// and no bound on the day on which a metric is wrong.
void lint_needless_max(const LintContext& context, const Bounded& bounded) {
  constexpr double kReserve = 10;
  constexpr double kLeast = 20;
  const std::optional<double> target = lowest_target(context, bounded.variant);
  const bool is_all_known = std::all_of(
      context.trackings.begin(), context.trackings.end(), [&](const Tracking& tracking) {
        return tracking.variant != &bounded.variant || is_invocations_per_instance(tracking.metric);
      });
  const bool has_steps =
      std::any_of(context.triggers.begin(), context.triggers.end(),
                  [&](const Trigger& trigger) { return trigger.variant == &bounded.variant; });
  if (!target || !is_all_known || has_steps || has_retries(context.scenario)) return;
  const double peak = bounded.most(*context.load);
  const double called_for = std::max(1.0, std::ceil(peak / *target));
  const double max = highest_max(bounded.variant);
  if (max < kReserve * called_for || max < called_for + kLeast) return;
  const auto& price = bounded.variant.variant.price;
  context.warn(
      bounded.sources.max_place, "max-never-needed",
      fmt::format("the peak of {} requests a minute calls for {} / {} = {}: MaxCapacity {} bounds "
                  "nothing{}",
                  amount(peak), amount(peak), amount(*target), instances(called_for), amount(max),
                  price ? fmt::format(", and costs ${:.4g} an hour when a metric is wrong",
                                      max * price->usd_per_hour())
                        : std::string{}),
      fmt::format("MaxCapacity: {} is twice the peak", written(2 * called_for)));
}

// What a minute needs, by the TargetValue or with half of each instance in reserve.
class Need {
 public:
  Need(const LintContext& context, const Bounded& bounded)
      : context_(context),
        share_(bounded.share),
        per_instance_(lowest_target(context, bounded.variant)
                          .value_or(served_per_minute(bounded.variant) / 2)) {}

  double per_instance() const { return per_instance_; }
  double at(std::size_t minute) const {
    return std::max(1.0, std::ceil(context_.load->minutes[minute] * share_ / per_instance_));
  }
  // The most that a minute of this hour needs.
  double in_hour(std::size_t hour) const {
    double most = 1;
    for (std::size_t i = 0; i < kMinutesInHour; ++i) {
      most = std::max(most, at(hour * kMinutesInHour + i));
    }
    return most;
  }
  double idle_hours(double kept) const {
    double minutes = 0;
    for (std::size_t i = 0; i < context_.load->minutes.size(); ++i) {
      minutes += std::max(0.0, kept - at(i));
    }
    return minutes / kMinutesInHour;
  }

 private:
  const LintContext& context_;
  double share_;
  double per_instance_;
};

// A floor for the day that is paid for in the night as well. A schedule may lower it.
void lint_high_min(const LintContext& context, const Bounded& bounded) {
  constexpr std::size_t kShortestDay = 12;  // hours, of a run that has a night
  constexpr double kFewest = 3;             // two more are what some keep for safety
  const std::size_t hours = context.load->minutes.size() / kMinutesInHour;
  if (hours < kShortestDay || !bounded.variant.scheduled_actions.empty()) return;
  const Need need(context, bounded);
  if (need.per_instance() <= 0) return;
  std::size_t lowest = 0;
  for (std::size_t hour = 1; hour < hours; ++hour) {
    if (need.in_hour(hour) < need.in_hour(lowest)) lowest = hour;
  }
  const double min = bounded.variant.scalable_target->min_capacity.value;
  const double needed = need.in_hour(lowest);
  if (min < 2 * needed || min < needed + kFewest) return;
  const double idle = need.idle_hours(min);
  const auto& price = bounded.variant.variant.price;
  context.warn(
      bounded.sources.min_place, "min-above-need",
      fmt::format("the hour {} needs {} of {} requests a minute: MinCapacity {} keeps {} more, and "
                  "{} instance-hours more than needed over the run of {}{}",
                  from_minute(lowest * kMinutesInHour), instances(needed),
                  amount(need.per_instance()), amount(min), amount(min - needed), amount(idle),
                  format_duration(context.scenario.run.duration),
                  price ? fmt::format(", ${:.2f}", idle * price->usd_per_hour()) : std::string{}),
      fmt::format("MinCapacity: {}; a scheduled action can raise it before the load comes",
                  written(needed)));
}

// Whatever is added stays until somebody removes it.
void lint_never_in(const LintContext& context, const Bounded& bounded) {
  const auto& policies = bounded.variant.policies;
  const Tracking* keeps = nullptr;
  for (const Tracking& tracking : context.trackings) {
    if (tracking.variant == &bounded.variant && tracking.policy->disable_scale_in) {
      keeps = &tracking;
    }
  }
  const bool is_out_alone = std::all_of(policies.begin(), policies.end(), [](const auto& policy) {
    return directions_of(policy).only_out();
  });
  const bool is_scheduled = std::any_of(
      bounded.variant.scheduled_actions.begin(), bounded.variant.scheduled_actions.end(),
      [](const auto& action) { return action.max_capacity.has_value(); });
  if (keeps == nullptr || !is_out_alone || is_scheduled) return;
  std::string fall;
  if (context.load) {
    const double most = bounded.most(*context.load);
    const double least = context.load->least() * bounded.share;
    if (2 * least > most) return;
    fall = fmt::format(", though the traffic falls from {} to {} requests a minute", amount(most),
                       amount(least));
  }
  context.warn(
      keeps->source->disable_scale_in_place, "never-scales-in",
      fmt::format("nothing ever removes an instance{}: DisableScaleIn is true, and nothing "
                  "else scales in",
                  fall),
      "DisableScaleIn: false, or a step policy that scales in");
}

}  // namespace

void lint_capacities(const LintContext& context) {
  for (std::size_t index = 0; index < context.scenario.variants.size(); ++index) {
    const ScenarioVariant& variant = context.scenario.variants[index];
    if (!variant.scalable_target) continue;
    const Bounded bounded{variant, context.sources.variants[index],
                          share_of(context.scenario, variant)};
    lint_never_in(context, bounded);
    if (!context.load) continue;
    lint_too_small_a_max(context, bounded);
    lint_needless_max(context, bounded);
    lint_high_min(context, bounded);
  }
}

}  // namespace sim
