#include "sim/scenario/summary_keys.hpp"

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
};

}  // namespace

std::span<const SummaryKey> summary_keys() { return kKeys; }

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
