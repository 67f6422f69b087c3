#include "sim/study/remedies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/gamma.hpp>
#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "core/check.hpp"
#include "models/autoscaling/schedule_expression.hpp"
#include "sim/study/policy_run.hpp"
#include "sim/study/replication.hpp"

namespace sim {
namespace {

using models::autoscaling::ScheduledActionConfiguration;
using models::endpoint::SpanDistribution;

// Not those of the search, nor of its checks.
constexpr std::uint64_t kFirstRunOfRemedies = 2'000'000;
// A schedule for more pushes than this would be a guess about when they come.
constexpr std::size_t kMostPushes = 20;
constexpr core::Duration kMinute = std::chrono::minutes{1};

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

// What 99 of 100 stay below.
double slowest_seconds(const SpanDistribution& span) {
  static constexpr double kShare = 0.99;
  static constexpr double kNormal = 2.3263478740408408;  // of the standard normal distribution
  return std::visit(
      Overloaded{[](const models::endpoint::ExactSpan& s) { return core::in_seconds(s.value); },
                 [](const models::endpoint::ExponentialSpan& s) {
                   return -s.mean_s * std::log1p(-kShare);
                 },
                 [](const models::endpoint::LogNormalSpan& s) {
                   return std::exp(s.mu + kNormal * s.sigma);
                 },
                 [](const models::endpoint::GammaSpan& s) {
                   return boost::math::quantile(
                       boost::math::gamma_distribution<>(s.shape, s.scale_s), kShare);
                 },
                 [](const models::endpoint::SampledSpan& s) {
                   return *std::max_element(s.seconds.begin(), s.seconds.end());
                 }},
      span);
}

ScenarioVariant* scaling_variant(Scenario& scenario) {
  ScenarioVariant* found = nullptr;
  for (ScenarioVariant& variant : scenario.variants) {
    if (!variant.scalable_target) continue;
    if (found != nullptr) return nullptr;
    found = &variant;
  }
  return found;
}

Scenario with_floor(Scenario scenario, std::int32_t floor) {
  ScenarioVariant& variant = *scaling_variant(scenario);
  auto& target = *variant.scalable_target;
  target.min_capacity.value = floor;
  target.max_capacity = std::max(target.max_capacity, target.min_capacity);
  variant.variant.initial_instances = std::max(variant.variant.initial_instances, floor);
  return scenario;
}

// A local time of the run's start, as at(...) and cron(...) take it.
struct LocalTime {
  std::chrono::year_month_day date;
  std::int64_t hour = 0;
  std::int64_t minute = 0;
};
LocalTime local_time(const RunSettings& run, core::SimTime at) {
  const std::int64_t local_s =
      run.start_unix_s + run.utc_offset_minutes * 60 +
      std::chrono::duration_cast<std::chrono::seconds>(at - core::kStart).count();
  const std::chrono::sys_seconds instant{std::chrono::seconds{local_s}};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::int64_t minutes =
      std::chrono::duration_cast<std::chrono::minutes>(instant - day).count();
  return {std::chrono::year_month_day{day}, minutes / 60, minutes % 60};
}

// Every day of a scenario that is no longer than one; otherwise on that day.
std::string schedule_text(const RunSettings& run, core::SimTime at) {
  const LocalTime local = local_time(run, at);
  if (run.duration <= std::chrono::hours{24}) {
    return fmt::format("cron({} {} * * ? *)", local.minute, local.hour);
  }
  return fmt::format("at({:04}-{:02}-{:02}T{:02}:{:02}:00)", static_cast<int>(local.date.year()),
                     static_cast<unsigned>(local.date.month()),
                     static_cast<unsigned>(local.date.day()), local.hour, local.minute);
}

ScheduledActionConfiguration action_at(const Scenario& scenario, const ScenarioVariant& variant,
                                       std::string name, core::SimTime at,
                                       core::InstanceCount floor) {
  ScheduledActionConfiguration action;
  action.name = std::move(name);
  action.resource_id = variant.scalable_target->resource_id;
  action.schedule = schedule_text(scenario.run, at);
  const auto parsed = models::autoscaling::parse_schedule_expression(action.schedule);
  CHECK(parsed.expression.has_value());
  action.expression = *parsed.expression;
  action.timezone = scenario.run.timezone;
  action.min_capacity = floor;
  action.max_capacity = std::max(variant.scalable_target->max_capacity, floor);
  return action;
}

// In time for the last of the instances to be in service, by whole minutes.
core::SimTime raised_at(const ScenarioVariant& variant, const Push& push, std::int32_t floor) {
  const auto& instance = variant.variant;
  const double lead_s = slowest_seconds(instance.startup) +
                        core::in_seconds(instance.stagger) * std::max(0, floor - 1);
  const auto lead =
      (std::chrono::ceil<std::chrono::minutes>(core::round_to_duration(lead_s)) + kMinute);
  const auto at = std::chrono::floor<std::chrono::minutes>(push.begin - core::kStart) - lead;
  return core::kStart + std::max<core::Duration>(at, kMinute);
}

Scenario with_schedule(Scenario scenario, const std::vector<Push>& pushes, std::int32_t floor) {
  ScenarioVariant& variant = *scaling_variant(scenario);
  const core::InstanceCount written = variant.scalable_target->min_capacity;
  for (std::size_t i = 0; i < pushes.size(); ++i) {
    const std::string ending = pushes.size() == 1 ? "" : fmt::format("-{}", i + 1);
    variant.scheduled_actions.push_back(action_at(scenario, variant, "raise-floor" + ending,
                                                  raised_at(variant, pushes[i], floor), {floor}));
    variant.scheduled_actions.push_back(action_at(
        scenario, variant, "lower-floor" + ending,
        core::kStart + std::chrono::ceil<std::chrono::minutes>(pushes[i].end - core::kStart),
        written));
  }
  return scenario;
}

// Pushes that are nearer to each other than a floor needs to be raised are one.
std::vector<Push> joined(std::vector<Push> pushes, const ScenarioVariant& variant) {
  std::vector<Push> result;
  for (const Push& push : pushes) {
    if (!result.empty() &&
        raised_at(variant, push, push.instances) <= result.back().end + kMinute) {
      result.back().end = push.end;
      result.back().instances = std::max(result.back().instances, push.instances);
    } else {
      result.push_back(push);
    }
  }
  return result;
}

class RemedySearch {
 public:
  explicit RemedySearch(const StudyOfLimits& study) : study_(study) {}

  // The fewest instances, of more than there are, with which `make` gives a scenario that meets
  // everything; what more instances meet is taken for granted.
  template <class Make>
  std::optional<Remedy> fewest(std::string kind, std::int32_t written, Make make) {
    std::int32_t few = written;
    std::int32_t enough = std::max(study_.most_instances, written + 1);
    std::optional<std::vector<PolicyRun>> runs = met_by(make(enough));
    if (!runs) return std::nullopt;
    while (enough - few > 1) {
      const std::int32_t middle = few + (enough - few) / 2;
      auto met = met_by(make(middle));
      if (met) {
        enough = middle;
        runs = std::move(met);
      } else {
        few = middle;
      }
    }
    const Scenario scenario = make(enough);
    Remedy remedy{std::move(kind), priced(scenario, *runs)};
    remedy.policy.numbers.push_back(
        {"MinCapacity", static_cast<double>(enough), static_cast<double>(written)});
    return remedy;
  }

 private:
  std::optional<std::vector<PolicyRun>> met_by(const Scenario& scenario) {
    auto runs = play_runs(scenario, kFirstRunOfRemedies, study_.runs, study_.threads, true);
    if (study_.played) study_.played(runs.size());
    if (!all_met(runs)) return std::nullopt;
    return runs;
  }

  const StudyOfLimits& study_;
};

}  // namespace

std::vector<Push> pushes_of(const Scenario& scenario) {
  std::vector<Push> pushes;
  std::int32_t least = 0;
  for (const ScenarioVariant& variant : scenario.variants) {
    if (variant.scalable_target) least += variant.scalable_target->min_capacity.value;
  }
  bool is_pushed = false;
  for (const MinuteRecord& minute : play_run(scenario, {}).result.minutes) {
    if (minute.demand <= least) {
      is_pushed = false;
      continue;
    }
    if (!std::exchange(is_pushed, true)) pushes.push_back({minute.start, minute.end, 0});
    pushes.back().end = minute.end;
    pushes.back().instances = std::max(pushes.back().instances, minute.demand);
  }
  return pushes;
}

std::vector<Remedy> find_remedies(const StudyOfLimits& study) {
  std::vector<Remedy> remedies;
  Scenario written = *study.written;
  const ScenarioVariant* variant = scaling_variant(written);
  if (variant == nullptr) return remedies;
  const std::int32_t least = variant->scalable_target->min_capacity.value;
  RemedySearch search(study);
  const auto add = [&](std::optional<Remedy> remedy) {
    if (remedy) remedies.push_back(std::move(*remedy));
  };
  add(search.fewest("floor", least,
                    [&](std::int32_t floor) { return with_floor(written, floor); }));
  const std::vector<Push> pushes = joined(pushes_of(written), *variant);
  if (!pushes.empty() && pushes.size() <= kMostPushes) {
    add(search.fewest("schedule", least,
                      [&](std::int32_t floor) { return with_schedule(written, pushes, floor); }));
  }
  std::stable_sort(remedies.begin(), remedies.end(),
                   [](const Remedy& a, const Remedy& b) { return a.policy.cost < b.policy.cost; });
  return remedies;
}

}  // namespace sim
