// Plays the requests of one variant without events: when routing ignores state and workers do not
// slow each other down, a request's whole fate is known the moment it arrives (Lindley's recursion
// for one worker, Kiefer and Wolfowitz's for several).
//
// Invariants
// 1. Requests are taken in arrival order; each takes one draw for its service and one for its
//    route.
// 2. A request that could outlive the grace of a scale in is booked only when that is settled.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/ring_buffer.hpp"
#include "core/winner_tree.hpp"
#include "models/endpoint/request_plane.hpp"
#include "models/endpoint/span_sampler.hpp"

namespace models::endpoint {

class RecursionVariant {
 public:
  static constexpr std::size_t kBatch = 256;

  // REQUIRES: recursion_applies().
  RecursionVariant(const EndpointVariant& variant, const VariantEngines& engines,
                   const StretchBounds& stretches);

  // Plays the next requests, which arrive at these instants, within the current stretch.
  // REQUIRES: at most kBatch of them.
  void serve(std::span<const std::int64_t> arrivals);

  // As of RequestPlane.
  // Its instances are warm at once.
  void enter_service(InstanceSlot slot, SimTime warm_at);
  void stop(InstanceSlot slot, SimTime gone_at);
  void remove(InstanceSlot slot);
  void close(SimTime at);
  const RequestLedger& ledger() const { return ledger_; }

 private:
  // The workers and the queue of one instance.
  struct Server {
    bool present = false;
    std::int64_t gone_at = core::WinnerTree::kIdle;
    std::int64_t counted = 0;                     // of it, what close() has already booked as busy
    core::RingBuffer<std::int64_t> leaves_queue;  // of those waiting; only with a queue limit
  };

  // A request that will be in the system longer than the grace of a scale in.
  struct Unsettled {
    InstanceSlot slot;
    bool taken_on;  // by a worker; else it gives up waiting
    std::int64_t arrival;
    std::int64_t wait;
    std::int64_t end;
    Outcome outcome;
  };

  // Each for 1 worker, for 2, and, as 0, for more.
  template <int kWorkers>
  void serve_all(std::span<const std::int64_t> arrivals);
  template <int kWorkers>
  void serve_unusual(InstanceSlot slot, std::int64_t arrival, std::int64_t service);

  template <int kWorkers>
  std::int64_t earliest_free(InstanceSlot slot) const;
  template <int kWorkers>
  void occupy_earliest(InstanceSlot slot, std::int64_t until);
  std::int64_t free_at(InstanceSlot slot, std::size_t worker) const;
  void book_batch(std::span<const std::int64_t> arrivals, std::size_t first, std::size_t last);

  bool queue_is_full(Server& server, std::int64_t arrival) const;
  void book(const Unsettled& request);
  void settle(std::int64_t until);
  void book_busy(InstanceSlot slot, std::int64_t until);

  const std::size_t workers_;
  const std::int64_t timeout_;
  const std::int64_t grace_;
  const std::int64_t queue_limit_;  // negative: none

  SpanSampler sampler_;
  core::RandomEngine service_engine_;
  core::RandomEngine routing_engine_;
  RequestLedger ledger_;

  std::vector<InstanceSlot> routable_;  // in the order of entering service
  std::vector<Server> servers_;         // by slot
  std::vector<std::int64_t> assigned_;  // service time ever given to a slot's workers
  // When each worker is next free: one or two workers side by side by slot; with more, a tournament
  // for each slot.
  std::vector<std::int64_t> free_at_;
  std::vector<core::WinnerTree> free_trees_;
  std::vector<Unsettled> unsettled_;
  std::array<std::int64_t, kBatch> service_batch_{};
  // Of the batch's requests that are served and done within the stretch, for the ledger.
  std::array<std::int64_t, kBatch> waits_{};
  std::array<std::int64_t, kBatch> latencies_{};
};

}  // namespace models::endpoint
