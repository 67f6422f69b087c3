#include "sim/scenario/summary_keys.hpp"

#include <algorithm>
#include <array>

#include "core/check.hpp"

namespace sim {
namespace {

using enum SummaryDimension;

constexpr std::array kKeys{
    SummaryKey{"requests.total", Count},
    SummaryKey{"requests.succeeded", Count},
    SummaryKey{"requests.failed", Count},
    SummaryKey{"errors.rate", Share},
    SummaryKey{"errors.timed_out", Count},
    SummaryKey{"errors.rejected", Count},
    SummaryKey{"errors.interrupted", Count},
    SummaryKey{"errors.no_capacity", Count},
    SummaryKey{"errors.model_error", Count},
    SummaryKey{"retries.attempts", Count},
    SummaryKey{"retries.recovered", Count},
    SummaryKey{"retries.given_up", Count},
    SummaryKey{"latency.mean", Seconds},
    SummaryKey{"latency.p50", Seconds},
    SummaryKey{"latency.p90", Seconds},
    SummaryKey{"latency.p95", Seconds},
    SummaryKey{"latency.p99", Seconds},
    SummaryKey{"latency.p99_9", Seconds},
    SummaryKey{"latency.max", Seconds},
    SummaryKey{"model_latency.mean", Seconds},
    SummaryKey{"model_latency.p50", Seconds},
    SummaryKey{"model_latency.p90", Seconds},
    SummaryKey{"model_latency.p95", Seconds},
    SummaryKey{"model_latency.p99", Seconds},
    SummaryKey{"model_latency.p99_9", Seconds},
    SummaryKey{"model_latency.max", Seconds},
    SummaryKey{"wait.mean", Seconds},
    SummaryKey{"wait.p50", Seconds},
    SummaryKey{"wait.p90", Seconds},
    SummaryKey{"wait.p95", Seconds},
    SummaryKey{"wait.p99", Seconds},
    SummaryKey{"wait.p99_9", Seconds},
    SummaryKey{"wait.max", Seconds},
    SummaryKey{"invocations_per_minute.max", PerMinute},
    SummaryKey{"invocations_per_minute.mean", PerMinute},
    SummaryKey{"concurrency.mean", Count},
    SummaryKey{"concurrency.max", Count},
    SummaryKey{"instances.min", Count},
    SummaryKey{"instances.max", Count},
    SummaryKey{"instances.mean", Count},
    SummaryKey{"instances.final", Count},
    SummaryKey{"instances.hours", Count},
    SummaryKey{"instances.shortest_life", Seconds},
    SummaryKey{"instances.in_service", Count, true},
    SummaryKey{"instances.desired", Count, true},
    SummaryKey{"cpu_percent.mean", CpuPercent},
    SummaryKey{"cpu_percent.max", CpuPercent},
    SummaryKey{"cost.total", Money},
    SummaryKey{"cost.per_hour", HourlyMoney},
    SummaryKey{"cost.per_million_succeeded", Money},
    SummaryKey{"cost.busy", Money},
    SummaryKey{"cost.idle", Money},
    SummaryKey{"cost.starting", Money},
    SummaryKey{"cost.fixed_at_peak", Money},
    SummaryKey{"cost.perfect_hindsight", Money},
    SummaryKey{"scaling.activities", Count},
    SummaryKey{"scaling.scale_outs", Count},
    SummaryKey{"scaling.scale_ins", Count},
    SummaryKey{"scaling.reversals", Count},
    SummaryKey{"scaling.not_scaled", Count},
    SummaryKey{"scaling.activities_per_hour", Count},
    SummaryKey{"reaction.count", Count},
    SummaryKey{"reaction.worst.metric_s", Seconds},
    SummaryKey{"reaction.worst.datapoints_s", Seconds},
    SummaryKey{"reaction.worst.policy_s", Seconds},
    SummaryKey{"reaction.worst.startup_s", Seconds},
    SummaryKey{"reaction.worst.drain_s", Seconds},
    SummaryKey{"reaction.worst.total_s", Seconds},
    SummaryKey{"elasticity.under_provisioned_share", Share},
    SummaryKey{"elasticity.over_provisioned_share", Share},
    SummaryKey{"elasticity.under_accuracy", Ratio},
    SummaryKey{"elasticity.over_accuracy", Ratio},
    SummaryKey{"elasticity.instability", Share},
    SummaryKey{"elasticity.longest_under_provisioned", Seconds},
};

// Keys, and groups of them. More instances, or more activities, are neither good nor bad.
constexpr std::array<std::string_view, 14> kLowerIsBetter{"requests.failed",
                                                          "errors.",
                                                          "retries.attempts",
                                                          "retries.given_up",
                                                          "latency.",
                                                          "model_latency.",
                                                          "wait.",
                                                          "cost.total",
                                                          "cost.per_hour",
                                                          "cost.per_million_succeeded",
                                                          "scaling.reversals",
                                                          "scaling.not_scaled",
                                                          "reaction.worst.",
                                                          "elasticity."};

}  // namespace

std::span<const SummaryKey> summary_keys() { return kKeys; }

Preference preference_of(const SummaryKey& key) {
  if (key.path == "requests.succeeded") return Preference::Higher;
  const auto is_or_begins_with = [&key](std::string_view path) {
    return path.ends_with('.') ? key.path.starts_with(path) : key.path == path;
  };
  return std::any_of(kLowerIsBetter.begin(), kLowerIsBetter.end(), is_or_begins_with)
             ? Preference::Lower
             : Preference::Neither;
}

const SummaryKey* find_summary_key(std::string_view path) {
  for (const SummaryKey& key : kKeys) {
    if (key.path == path) return &key;
  }
  return nullptr;
}

std::size_t summary_key_index(std::string_view path) {
  const SummaryKey* key = find_summary_key(path);
  CHECK(key != nullptr);
  return static_cast<std::size_t>(key - kKeys.data());
}

}  // namespace sim
