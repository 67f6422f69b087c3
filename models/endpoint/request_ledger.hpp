// Counts what became of requests, in stretches of time that end at every minute, or at regular
// parts of it, and at every cut.
//
// A request is booked in the stretch in which it arrived as an invocation, and in the stretch in
// which it ended with its outcome and its latency. A plane that knows the end at the arrival may
// book it ahead: stretches exist as far into the future as a request can last.
//
// Invariants
// 1. Every request is booked once as an invocation and at most once as ended.
// 2. Stretches are closed in order; nothing is booked in a closed stretch.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

#include "core/latency_histogram.hpp"
#include "core/sim_time.hpp"
#include "models/endpoint/concurrency_sampler.hpp"
#include "models/endpoint/fleet.hpp"

namespace models::endpoint {

// How a request can end. Interrupted: its instance stopped first. NoCapacity: no instance to take
// it. ModelError: the model answered that it failed. A request still under way when the run ends is
// unfinished and has no outcome.
enum class Outcome : std::uint8_t {
  Succeeded,
  TimedOut,
  Rejected,
  Interrupted,
  NoCapacity,
  ModelError
};
inline constexpr std::size_t kOutcomes = 6;

// What one instance did in one stretch.
struct InstanceUse {
  std::int64_t served = 0;      // requests that a worker took on and that ended in this stretch
  std::int64_t busy_ticks = 0;  // summed over the workers
  // CPU beyond that of an idle instance: 1/1024 of a percent, for so many nanoseconds. 0 when CPU
  // is not known by the number of requests in service.
  std::int64_t cpu_ticks = 0;
  static constexpr double kCpuTicksPerPercent = 1024;
  // How much of its largest throughput the instance was giving: 1/1024 of it, for so many
  // nanoseconds; all of it beyond the peak, too. 0 when its throughput is not measured.
  std::int64_t load_ticks = 0;
  static constexpr std::int64_t kLoadTicksPerTick = 1024;
};

// One stretch's account.
struct RequestTally {
  core::SimTime from;
  core::SimTime to;
  std::int64_t invocations = 0;
  std::array<std::int64_t, kOutcomes> ended{};
  // Of requests that were answered, with an error too, or timed out. Model latency is wait plus
  // service, as SageMaker's ModelLatency sees the container.
  core::LatencyHistogram model_latency;
  core::LatencyHistogram wait;
  std::int64_t interrupted_ticks = 0;  // time in the system of interrupted requests
  // Of clients that retry: requests that were not the first for their purpose, purposes that were
  // served by one of those, and purposes that no request served.
  std::int64_t retries = 0;
  std::int64_t recovered = 0;
  std::int64_t given_up = 0;
  ConcurrencySamples concurrency;
  std::vector<InstanceUse> use;  // by instance slot; as long as the highest slot used

  std::int64_t count(Outcome outcome) const { return ended[static_cast<std::size_t>(outcome)]; }
  std::int64_t failed() const;
  void clear();
  // Adds another stretch's account. From and to are left as they are, and so is the use: a slot
  // can belong to different instances in different stretches.
  void merge(const RequestTally& other);
  // Adds another variant's account of the same stretch, the use of its instances included.
  void merge_beside(const RequestTally& other);
};

// Where stretches end.
struct StretchBounds {
  // At every multiple of this, which divides a minute.
  core::Duration every = std::chrono::minutes{1};
  // And at these instants, the run's end among them: what is booked ahead must not end up before
  // it.
  std::vector<core::SimTime> cuts;
};

class RequestLedger {
 public:
  // longest: the longest time that any request can be in the system.
  RequestLedger(const StretchBounds& stretches, core::Duration longest);

  void arrived(std::int64_t at) {
    ++current_->invocations;
    concurrency_.enter(at);
  }

  // A worker of `slot` took the request on after `wait`; it ended answered, or timed out.
  void served(InstanceSlot slot, std::int64_t arrival, std::int64_t wait, std::int64_t end,
              Outcome outcome) {
    RequestTally& tally = tally_of(end);
    ++tally.use[slot].served;
    book(tally, arrival, wait, end, outcome);
  }

  // Requests that arrived and succeeded in the current stretch: for each, in order of arrival, its
  // arrival, wait, and time in the system, in nanoseconds. Does all that arrived() and served() do,
  // but for the count of served requests, which the caller keeps in use().
  struct Batch {
    std::span<const std::int64_t> arrivals;
    std::span<const std::int64_t> waits;
    std::span<const std::int64_t> latencies;
  };
  void served_at_once(const Batch& batch);
  // Of the current stretch, by slot.
  std::span<InstanceUse> use() { return current_->use; }

  // No worker took the request on before its deadline.
  void gave_up(std::int64_t arrival, std::int64_t end) {
    book(tally_of(end), arrival, end - arrival, end, Outcome::TimedOut);
  }

  void interrupted(std::int64_t arrival, std::int64_t end) {
    RequestTally& tally = tally_of(end);
    ++tally.ended[static_cast<std::size_t>(Outcome::Interrupted)];
    tally.interrupted_ticks += end - arrival;
    concurrency_.leave(end);
  }

  // Refused on arrival: Rejected or NoCapacity. Never in the system.
  void refused(Outcome outcome) {
    ++current_->invocations;
    ++current_->ended[static_cast<std::size_t>(outcome)];
  }

  // A request that arrives now, or is refused now, is a retry.
  void retried() { ++current_->retries; }
  void recovered(std::int64_t at) { ++tally_of(at).recovered; }
  void given_up(std::int64_t at) { ++tally_of(at).given_up; }

  // The workers' time in the current stretch, and what a measured instance did; see InstanceUse.
  void busy(InstanceSlot slot, std::int64_t busy_ticks, std::int64_t cpu_ticks = 0,
            std::int64_t load_ticks = 0) {
    InstanceUse& use = current_->use[slot];
    use.busy_ticks += busy_ticks;
    use.cpu_ticks += cpu_ticks;
    use.load_ticks += load_ticks;
  }

  // Makes room for the slot's use in every stretch.
  void add_slot(InstanceSlot slot);

  // When the current stretch ends.
  core::SimTime current_end() const { return core::at_ticks(current_end_); }
  std::int64_t current_invocations() const { return current_->invocations; }

  // Ends the current stretch and opens the next. The account stays valid until the next call.
  // REQUIRES: `at` is current_end().
  const RequestTally& close(core::SimTime at);
  // The account that close() gave last. REQUIRES: it did.
  const RequestTally& closed() const { return *closed_; }

 private:
  void book(RequestTally& tally, std::int64_t arrival, std::int64_t wait, std::int64_t end,
            Outcome outcome) {
    ++tally.ended[static_cast<std::size_t>(outcome)];
    tally.model_latency.record(core::Duration{end - arrival});
    tally.wait.record(core::Duration{wait});
    concurrency_.leave(end);
  }
  RequestTally& tally_of(std::int64_t end) {
    return end < current_end_ ? *current_ : later_tally_of(end);
  }
  RequestTally& later_tally_of(std::int64_t end);
  std::int64_t boundary_after(std::int64_t at) const;
  void append(std::int64_t from);

  const std::int64_t every_;
  std::vector<std::int64_t> cuts_;
  std::size_t slots_ = 0;
  std::deque<std::unique_ptr<RequestTally>> open_;  // the current stretch first
  std::unique_ptr<RequestTally> closed_;
  std::unique_ptr<RequestTally> spare_;  // used again, so that closing a stretch allocates nothing
  RequestTally* current_ = nullptr;
  std::int64_t current_end_ = 0;
  ConcurrencySampler concurrency_;
};

}  // namespace models::endpoint
