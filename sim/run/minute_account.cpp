#include "sim/run/minute_account.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "sim/observe/elasticity.hpp"
#include "sim/observe/window_account.hpp"

namespace sim {
namespace {

ErrorCounts errors_by_cause(const models::endpoint::RequestTally& requests) {
  using models::endpoint::Outcome;
  return {.timed_out = requests.count(Outcome::TimedOut),
          .rejected = requests.count(Outcome::Rejected),
          .interrupted = requests.count(Outcome::Interrupted),
          .no_capacity = requests.count(Outcome::NoCapacity),
          .model_error = requests.count(Outcome::ModelError)};
}

}  // namespace

MinuteAccount::MinuteAccount(const models::endpoint::EndpointVariant& variant,
                             InstancesCounted counted)
    : variant_(variant), counted_(counted) {
  for (const UtilizationKey& key : kUtilizationKeys) curves_.emplace_back(variant.*key.points);
}

void MinuteAccount::add_slot(models::endpoint::InstanceSlot slot) {
  if (slot >= use_.size()) use_.resize(slot + 1);
}

void MinuteAccount::count_invocations(std::int64_t in_stretch) {
  arrived_ += in_stretch - counted_in_stretch_;
  counted_in_stretch_ = in_stretch;
}

void MinuteAccount::set_in_service(std::int32_t instances) {
  divide_by_instances();
  in_service_ = instances;
}

// Divided as one, so that the number of stretches that it came in rounds nothing.
void MinuteAccount::divide_by_instances() {
  if (in_service_ > 0) {
    record_.invocations_per_instance += static_cast<double>(arrived_) / in_service_;
  }
  arrived_ = 0;
}

void MinuteAccount::add(const models::endpoint::RequestTally& stretch) {
  requests_.merge(stretch);
  for (std::size_t slot = 0; slot < stretch.use.size(); ++slot) {
    use_[slot].served += stretch.use[slot].served;
    use_[slot].busy_ticks += stretch.use[slot].busy_ticks;
    use_[slot].cpu_ticks += stretch.use[slot].cpu_ticks;
  }
  counted_in_stretch_ = 0;
}

void MinuteAccount::close(core::SimTime end,
                          std::span<const models::endpoint::Instance> instances) {
  divide_by_instances();
  record_.end = end;
  record_.invocations = requests_.invocations;
  record_.errors = requests_.failed();
  record_.errors_by_cause = errors_by_cause(requests_);
  if (counted_ == InstancesCounted::AtPeriodEnd) {
    const auto all = static_cast<double>(requests_.invocations);
    record_.invocations_per_instance = in_service_ > 0 ? all / in_service_ : 0;
  }
  set_latencies(record_, requests_, variant_.overhead);
  const double length = core::in_seconds(end - record_.start);
  record_.offered_rate = static_cast<double>(requests_.invocations) / length;
  record_.demand =
      instances_needed(core::RequestRate::per_second(record_.offered_rate), variant_.throughput);
  record_.concurrency_max =
      std::max<std::int64_t>(requests_.concurrency.maximum, requests_.model_latency.count() > 0);
  for (const auto& instance : instances) {
    if (instance.state != models::endpoint::InstanceState::InService) continue;
    // An instance reports for the part of the minute in which it was in service.
    const core::Duration serving = end - std::max(record_.start, instance.in_service);
    if (serving <= core::Duration{0}) continue;
    sample(instance, serving);
  }
  const std::span<const double> cpu = cpu_percents();
  if (!cpu.empty()) {
    double sum = 0;
    for (const double percent : cpu) sum += percent;
    record_.cpu_percent = sum / static_cast<double>(cpu.size());
  }
  publish_lagging();
}

void MinuteAccount::sample(const models::endpoint::Instance& instance, core::Duration serving) {
  const auto& use = use_[instance.slot];
  const double seconds = core::in_seconds(serving);
  const auto served = core::RequestRate::per_second(static_cast<double>(use.served) / seconds);
  for (std::size_t kind = 0; kind < curves_.size(); ++kind) {
    if (curves_[kind].has_points()) utilization_[kind].push_back(curves_[kind].at(served));
  }
  if (curves_.front().has_points()) return;
  if (!variant_.busy_cpu.empty()) {
    const double above_idle =
        static_cast<double>(use.cpu_ticks) / models::endpoint::InstanceUse::kCpuTicksPerPercent;
    const auto ticks = static_cast<double>(serving.count());
    utilization_.front().push_back(variant_.busy_cpu.front().percent + above_idle / ticks);
    return;
  }
  const double busy = static_cast<double>(use.busy_ticks) * 1e-9 / seconds / variant_.workers;
  utilization_.front().push_back(
      models::endpoint::cpu_of_busy_workers(busy, variant_.workers, variant_.vcpus).percent);
}

void MinuteAccount::publish_lagging() {
  not_yet_published_.push_back(utilization_);
  const auto lag = static_cast<std::size_t>(variant_.utilization_lag / std::chrono::minutes{1});
  if (not_yet_published_.size() <= lag) return;
  published_ = std::move(not_yet_published_.front());
  not_yet_published_.pop_front();
}

void MinuteAccount::open(core::SimTime start) {
  requests_.clear();
  std::fill(use_.begin(), use_.end(), models::endpoint::InstanceUse{});
  for (std::vector<double>& samples : utilization_) samples.clear();
  record_ = MinuteRecord{};
  record_.start = start;
}

}  // namespace sim
