#include "sim/study/plan_derivation.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string_view>

#include "sim/report/humane_text.hpp"
#include "sim/scenario/plan_reader.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/study/planned_scaling.hpp"

namespace sim {
namespace {

// Two targets that are apart by more than this are two different plans.
constexpr double kTargetsAgree = 0.1;
constexpr double kMostOfARealJob = 30'000;

std::string count(double value) { return humane_number(value, 4); }
std::string rate_text(core::RequestRate rate) { return humane_number(rate.per_second(), 4) + "/s"; }
std::string percent(double value) { return humane_number(value, 4) + " %"; }

std::string saturation(const BenchmarkResult& benchmark, const PlanTarget& target) {
  return fmt::format(
      "One instance saturates at {} invocations a minute: {} users get no more than {} % above "
      "that from it.",
      count(target.saturated_invocations), benchmark.steps.back().users, 2);
}

std::string invocations(const PlanBasis& basis, const PlanTarget& target) {
  const std::string why = basis.objective
                              ? fmt::format("--optimize {} uses", to_string(*basis.objective))
                              : std::string("asked for are");
  return fmt::format(
      "InvocationsPerInstance {}: {} {} of these, and the rest is kept for what "
      "comes before new instances are in service.",
      count(target.invocations_per_instance), why, humane_share(target.utilization));
}

std::string cpu(const Scenario& scenario, const PlanBasis& basis, const PlanTarget& target) {
  const int vcpus = scenario.variants.front().variant.vcpus.value;
  std::string text =
      fmt::format("CPU target {}: {} of the {} % of {}", percent(target.cpu_percent),
                  humane_share(target.cpu_share), 100 * vcpus, counted(vcpus, "vCPU", "vCPUs"));
  text += basis.cpu ? "." : ", the same share.";
  if (target.cpu_percent_there) {
    text += fmt::format(" At {} invocations a minute the instance has {}",
                        count(target.invocations_per_instance), percent(*target.cpu_percent_there));
    if (target.latency_p99_there) {
      text += fmt::format(" and a p99 of {}", humane_seconds(*target.latency_p99_there));
    }
    text += '.';
  }
  return text;
}

std::string rate_source(bool is_from_traffic, std::string_view which) {
  return is_from_traffic ? fmt::format(", {} minute of the scenario's traffic", which)
                         : std::string();
}

std::string min_capacity(const PlanBasis& basis, const PlanTarget& target) {
  return fmt::format(
      "MinCapacity {}: {} / ({} / 60 s) = {}, rounded up; {} is the least rate{}.",
      target.min_capacity, rate_text(basis.min_rate), count(target.invocations_per_instance),
      humane_number(basis.min_rate.per_minute() / target.invocations_per_instance),
      rate_text(basis.min_rate), rate_source(basis.min_is_from_traffic, "the quietest"));
}

std::string max_capacity(const PlanBasis& basis, const PlanTarget& target) {
  return fmt::format(
      "MaxCapacity {}: {} / ({} / 60 s) x {} = {}, rounded up; {} is the highest rate{}, {} its "
      "growth{}.",
      target.max_capacity, rate_text(basis.max_rate), count(target.invocations_per_instance),
      format_number(basis.growth),
      humane_number(basis.max_rate.per_minute() / target.invocations_per_instance * basis.growth),
      rate_text(basis.max_rate), rate_source(basis.max_is_from_traffic, "the busiest"),
      format_number(basis.growth), basis.growth_is_default ? " by default" : "");
}

std::string cooldowns(const Scenario& scenario) {
  return fmt::format(
      "ScaleOutCooldown and the step policy's Cooldown {} s: a period of 60 s and the delay of {} "
      "until a datapoint that knows the new instances is visible. ScaleInCooldown 300 s is AWS's "
      "default.",
      cooldown_s(scenario.assumptions), format_duration(scenario.assumptions.metric_delay));
}

std::string spike(const PlanTarget& target) {
  return fmt::format(
      "Step policy and its alarm: one minute of {} invocations per instance is as much as an "
      "instance serves, and target tracking would wait for two more. Each step brings its lower "
      "end down to the target, the first by {} / {} - 1 = {} more instances.",
      count(target.saturated_invocations), count(target.saturated_invocations),
      count(target.invocations_per_instance),
      humane_share(target.saturated_invocations / target.invocations_per_instance - 1));
}

std::string schedule(const Scenario& scenario, const PlanBasis& basis, const PlanTarget& target) {
  const auto day = day_of(scenario);
  if (!day) {
    return "No schedule: no stream of the traffic has a daily shape.";
  }
  const std::int32_t raised = middle_capacity(target, basis);
  const auto middle = (basis.min_rate + basis.max_rate) * 0.5;
  if (raised <= target.min_capacity) {
    return fmt::format("No schedule: MinCapacity already serves {}, the middle of the day's rates.",
                       rate_text(middle));
  }
  return fmt::format(
      "Schedule: '{}' is above its middle of {} for the six hours before and after its peak at {}; "
      "{} earlier MinCapacity becomes {}, which is {} / ({} / 60 s) rounded up{}.",
      one_line(day->stream), rate_text(middle), format_clock_time(day->peak_at),
      format_duration(schedule_lead(scenario)), raised, rate_text(middle),
      count(target.invocations_per_instance), day->weekdays_only ? ", on weekdays" : "");
}

}  // namespace

std::vector<std::string> derivation_of(const Scenario& scenario, const BenchmarkResult& benchmark,
                                       const PlanBasis& basis, const PlanTarget& target) {
  return {saturation(benchmark, target),
          invocations(basis, target),
          cpu(scenario, basis, target),
          min_capacity(basis, target),
          max_capacity(basis, target),
          cooldowns(scenario),
          spike(target),
          schedule(scenario, basis, target)};
}

std::vector<std::string> warnings_of(const BenchmarkResult& benchmark, const PlanBasis& basis,
                                     const PlanTarget& target) {
  std::vector<std::string> warnings;
  if (target.cpu_percent_there) {
    const double there = *target.cpu_percent_there;
    if (std::abs(there / target.cpu_percent - 1) > kTargetsAgree) {
      warnings.push_back(fmt::format(
          "the targets disagree: at {} invocations CPU is {}, not {}; the policy on {} acts first",
          count(target.invocations_per_instance), percent(there), percent(target.cpu_percent),
          there < target.cpu_percent ? "invocations" : "CPU"));
    }
  }
  const auto& knee = benchmark.steps[*benchmark.knee];
  if (knee.cpu_percent && *knee.cpu_percent < target.cpu_percent) {
    warnings.push_back(
        fmt::format("a saturated instance has a CPU of {}: the policy on {} never scales out",
                    percent(*knee.cpu_percent), percent(target.cpu_percent)));
  }
  if (basis.has_users && basis.max_is_from_traffic) {
    warnings.emplace_back(
        "users of the traffic ask for no more than the endpoint as written answers: give the "
        "highest rate that is to be served");
  }
  if (basis.max_rate.per_minute() > kMostOfARealJob) {
    warnings.push_back(fmt::format(
        "a job of Inference Recommender takes MaxInvocations up to 30,000 a minute; the load test "
        "here goes on to {}",
        humane_count(std::llround(basis.max_rate.per_minute()))));
  }
  return warnings;
}

}  // namespace sim
