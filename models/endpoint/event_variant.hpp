// Plays the requests of one variant as events, for what a recursion cannot know at the arrival:
// routing by state, workers that slow each other down, clients who go on when they have their
// answer.
//
// There are no event objects. The next deadline and the next departure are each the smallest of
// their own kind; requests come from outside.
//
// Invariants
// 1. At one instant: deadlines, then departures, then arrivals.
// 2. A request is in exactly one place: a server's queue, one of its workers, or nowhere.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/ring_buffer.hpp"
#include "core/winner_tree.hpp"
#include "models/endpoint/clients.hpp"
#include "models/endpoint/request_plane.hpp"
#include "models/endpoint/router.hpp"
#include "models/endpoint/saturation_curve.hpp"
#include "models/endpoint/span_sampler.hpp"
#include "models/endpoint/worker_group.hpp"

namespace models::endpoint {

class EventVariant {
 public:
  using Client = Clients::Client;

  // `clients` is told what becomes of its requests; it must outlive the variant.
  EventVariant(const EndpointVariant& variant, const VariantEngines& engines,
               const StretchBounds& stretches, Clients& clients);

  // The instant of the next deadline or departure; kIdle of core::WinnerTree when there is none.
  std::int64_t next_event() const { return std::min(next_deadline(), departures_.smallest()); }
  // Plays one event. REQUIRES: now == next_event().
  void play(std::int64_t now) {
    if (next_deadline() == now) {
      meet_deadline();
    } else {
      depart(now);
    }
  }
  // A request arrives. REQUIRES: now < next_event().
  void arrive(std::int64_t now, Clients::Send send);

  // As of RequestPlane.
  void enter_service(InstanceSlot slot, SimTime warm_at);
  void stop(InstanceSlot slot, SimTime gone_at);
  void remove(InstanceSlot slot);
  void close(SimTime at);
  const RequestLedger& ledger() const { return ledger_; }

 private:
  static constexpr std::size_t kBatch = 1024;
  static constexpr std::uint32_t kNone = UINT32_MAX;  // no request

  enum class Where : std::uint8_t { Free, Waiting, Served, ServedForNobody };

  struct Request {
    std::int64_t arrival = 0;
    std::int64_t service = 0;
    std::int64_t taken_on = 0;  // when a worker began
    InstanceSlot slot = 0;
    Client client = Clients::kNobody;
    std::uint32_t next = kNone;  // in the queue, or in the list of free requests
    std::uint32_t generation = 0;
    Where where = Where::Free;
    bool fails = false;  // the model answers with an error
  };

  struct Server {
    bool present = false;
    WorkerGroup workers;
    std::uint32_t queue_head = kNone;
    std::uint32_t queue_tail = kNone;
    std::int64_t queue_length = 0;
    std::int64_t busy_booked_until = 0;
    std::int64_t gone_at = 0;  // once it is stopping
    std::int64_t warm_at = 0;
  };

  struct Deadline {
    std::int64_t at = 0;
    std::uint32_t request = 0;
    std::uint32_t generation = 0;
  };

  std::int64_t next_deadline() const {
    return deadlines_.empty() ? core::WinnerTree::kIdle : deadlines_.front().at;
  }
  std::int64_t next_service();
  std::int64_t service_of_retry();

  void refuse(std::int64_t now, Clients::Send send, Outcome outcome);
  void tell(Client client, Outcome outcome, std::int64_t now);
  void meet_cold(Request& request);
  void take_on(std::int64_t now, std::uint32_t request);
  void depart(std::int64_t now);
  void meet_deadline();
  void enqueue(Server& server, std::uint32_t request);
  std::uint32_t dequeue(Server& server);
  void interrupt_all(Server& server, std::int64_t now);

  void book_busy(Server& server, InstanceSlot slot, std::int64_t now);
  void schedule_departure(InstanceSlot slot);
  std::uint32_t new_request();
  void free_request(std::uint32_t request);

  const int workers_;
  const std::int64_t timeout_;
  const std::int64_t queue_limit_;  // negative: none
  const std::int64_t overhead_;
  const Warming warming_;
  const SaturationCurve curve_;
  // By requests in service; see InstanceUse.
  const std::vector<std::int64_t> cpu_weights_;
  const std::vector<std::int64_t> load_weights_;

  Clients& clients_;
  SpanSampler sampler_;
  core::RandomEngine service_engine_;
  SpanSampler retry_sampler_;
  core::RandomEngine retry_engine_;
  core::RandomEngine warming_engine_;
  Router router_;
  RequestLedger ledger_;

  std::vector<Server> servers_;  // by slot
  core::WinnerTree departures_;  // by slot
  core::RingBuffer<Deadline> deadlines_;
  std::vector<Request> requests_;
  std::uint32_t first_free_ = kNone;

  std::array<std::int64_t, kBatch> service_batch_{};
  std::size_t service_position_ = kBatch;
};

}  // namespace models::endpoint
