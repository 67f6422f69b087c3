#include "sim/study/binding_limit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "sim/report/humane_text.hpp"
#include "sim/study/policy_run.hpp"
#include "sim/study/replication.hpp"

namespace sim {
namespace {

constexpr std::uint64_t kFirstRun = 3'000'000;
constexpr std::size_t kRuns = 3;  // a limit that binds shows in each

bool is_about_money(const Expectation& expectation) {
  return expectation.metric.starts_with("cost.");
}

// Whether more instances can only make it better.
bool is_about_service(const Expectation& expectation) {
  for (const std::string_view part :
       {"latency.", "model_latency.", "wait.", "errors.", "requests.", "invocations_per_minute."}) {
    if (expectation.metric.starts_with(part)) return true;
  }
  return false;
}

std::optional<Expectation> first_failed(const PricedPolicy& policy) {
  const ExpectationMargin* worst = nullptr;
  for (const ExpectationMargin& margin : policy.margins) {
    if (margin.met == policy.runs()) continue;
    if (worst == nullptr || margin.met < worst->met) worst = &margin;
  }
  if (worst == nullptr) return std::nullopt;
  return worst->expectation;
}

template <class Matches>
bool fails_only(const PricedPolicy& policy, Matches matches) {
  return std::all_of(policy.margins.begin(), policy.margins.end(), [&](const auto& margin) {
    return margin.met == policy.runs() || matches(margin.expectation);
  });
}

// As many from the first minute to the last, whatever any policy says.
Scenario fixed_at(Scenario scenario, std::int32_t instances) {
  for (ScenarioVariant& variant : scenario.variants) {
    variant.variant.initial_instances = std::max(variant.variant.initial_instances, instances);
    variant.scheduled_actions.clear();
    if (!variant.scalable_target) continue;
    variant.scalable_target->min_capacity.value = variant.variant.initial_instances;
    variant.scalable_target->max_capacity.value = variant.variant.initial_instances;
  }
  return scenario;
}

Scenario without_max(Scenario scenario, std::int32_t instances) {
  for (ScenarioVariant& variant : scenario.variants) {
    if (!variant.scalable_target) continue;
    auto& max = variant.scalable_target->max_capacity.value;
    max = std::max(max, instances);
  }
  return scenario;
}

class LimitSearch {
 public:
  explicit LimitSearch(const StudyOfLimits& study) : study_(study) {}

  BindingLimit find() {
    const PricedPolicy& nearest = *study_.nearest;
    if (const auto failed = first_failed(nearest)) limit_.expectation = failed->that;
    if (find_service() || find_max_capacity() || find_cost(nearest)) return limit_;
    if (2 * nearest.mean.met_count >= nearest.runs()) {
      limit_.kind = BindingKind::Chance;
      limit_.reason =
          nearest.is_met()
              ? fmt::format(
                    "the best policy met it in all {} runs of the search, but not in as "
                    "many others",
                    nearest.runs())
              : fmt::format("the best policy meets it in {} of {} runs", nearest.mean.met_count,
                            nearest.runs());
      return limit_;
    }
    find_reaction();
    return limit_;
  }

 private:
  PricedPolicy played(const Scenario& scenario) {
    const auto runs = play_runs(scenario, kFirstRun, kRuns, study_.threads, false);
    if (study_.played) study_.played(runs.size());
    return priced(scenario, runs);
  }

  // Whether it fails even with plenty of instances all the time.
  bool find_service() {
    const PricedPolicy plenty = played(fixed_at(*study_.written, study_.most_instances));
    for (const ExpectationMargin& margin : plenty.margins) {
      if (margin.met > 0 || !is_about_service(margin.expectation)) continue;
      limit_.kind = BindingKind::Service;
      limit_.expectation = margin.expectation.that;
      limit_.reason = fmt::format(
          "{} instances all the time, more than the busiest minute takes, come to {}: it is the "
          "instance that is too slow, not the scaling",
          study_.most_instances, margin.worst);
      return true;
    }
    return false;
  }

  bool find_max_capacity() {
    const Scenario raised = without_max(study_.nearest->scenario, study_.most_instances);
    const PricedPolicy policy = played(raised);
    if (!policy.is_met()) return false;
    limit_.kind = BindingKind::MaxCapacity;
    double most = 0;
    if (const auto max = mean_at(policy.mean, "instances.max").mean) most = *max;
    limit_.reason =
        fmt::format("with a MaxCapacity of {} it is met, and {} instances are used at most",
                    study_.most_instances, humane_number(most));
    return true;
  }

  bool find_cost(const PricedPolicy& nearest) {
    if (!nearest.is_met() && fails_only(nearest, is_about_money)) {
      limit_.kind = BindingKind::Cost;
      limit_.reason = fmt::format("the cheapest policy that meets the rest costs {}",
                                  humane_money(nearest.cost));
      return true;
    }
    return false;
  }

  void find_reaction() {
    limit_.kind = BindingKind::Reaction;
    const std::vector<Push> pushes = pushes_of(*study_.written);
    const PlayedRun run = play_run(study_.nearest->scenario, {});
    if (study_.played) study_.played(2);
    const auto largest =
        std::max_element(pushes.begin(), pushes.end(),
                         [](const Push& a, const Push& b) { return a.instances < b.instances; });
    if (largest == pushes.end()) {
      limit_.reason =
          "no policy of the search meets it, and no minute wants more instances than "
          "MinCapacity";
      return;
    }
    const core::Duration length = largest->end - largest->begin;
    limit_.push_s = core::in_seconds(length);
    const std::string push =
        fmt::format("the push at {} wants {} instances for {}", humane_time(largest->begin),
                    largest->instances, humane_span(length));
    for (const auto& activity : run.result.activities) {
      const bool is_answer =
          activity.scaled() && activity.to > activity.from && activity.start_time >= largest->begin;
      if (!is_answer) continue;
      tell_reaction(push, activity, *largest);
      return;
    }
    limit_.reason = fmt::format("{}, and no policy of the search scales out for it", push);
  }

  void tell_reaction(const std::string& push, const models::autoscaling::ScalingActivity& activity,
                     const Push& largest) {
    const core::Duration reaction = activity.start_time - largest.begin;
    limit_.reaction_s = core::in_seconds(reaction);
    std::string startup;
    if (activity.end_time) {
      limit_.startup_s = core::in_seconds(*activity.end_time - activity.start_time);
      startup = fmt::format(" and they start for {}", humane_span(*limit_.startup_s));
    }
    const bool is_over =
        *limit_.reaction_s + limit_.startup_s.value_or(0) >= limit_.push_s.value_or(0);
    limit_.reason =
        fmt::format("{}. The policy that comes nearest asks for more {} after it began{}: {}", push,
                    humane_span(reaction), startup,
                    is_over ? "when they serve, it is over. Only headroom or a schedule can help"
                            : "until then too few serve. Only headroom or a schedule can help");
  }

  const StudyOfLimits& study_;
  BindingLimit limit_;
};

}  // namespace

BindingLimit find_limit(const StudyOfLimits& study) { return LimitSearch(study).find(); }

}  // namespace sim
