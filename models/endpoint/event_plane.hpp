// Plays requests as events, for what a recursion cannot know at the arrival: routing by state,
// workers that slow each other down, users who send again when they have their answer.
//
// There are no event objects. The next deadline, departure, open arrival and user's request are
// each the smallest of their own kind; the loop takes the smallest of the four.
//
// Invariants
// 1. At one instant: deadlines, then departures, then open arrivals, then users' requests.
// 2. A request is in exactly one place: a server's queue, one of its workers, or nowhere.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/ring_buffer.hpp"
#include "core/winner_tree.hpp"
#include "models/endpoint/contention.hpp"
#include "models/endpoint/request_plane.hpp"
#include "models/endpoint/router.hpp"
#include "models/endpoint/worker_group.hpp"

namespace models::endpoint {

class EventPlane final : public RequestPlane {
 public:
  EventPlane(const EndpointVariant& variant, PlaneInputs inputs);

  std::string_view name() const override { return "events"; }
  void advance(SimTime until) override;
  void enter_service(InstanceSlot slot) override;
  void stop(InstanceSlot slot, SimTime gone_at) override;
  void remove(InstanceSlot slot) override;
  const RequestTally& close(SimTime at) override;
  SimTime stretch_end() const override { return ledger_.current_end(); }
  std::int64_t invocations() const override { return ledger_.current_invocations(); }

 private:
  static constexpr std::size_t kBatch = 1024;
  static constexpr std::uint32_t kNobody = UINT32_MAX;  // an open arrival has no user
  static constexpr std::uint32_t kNone = UINT32_MAX;    // no request

  enum class Where : std::uint8_t { Free, Waiting, Served, ServedForNobody };

  struct Request {
    std::int64_t arrival = 0;
    std::int64_t service = 0;
    std::int64_t taken_on = 0;  // when a worker began
    InstanceSlot slot = 0;
    std::uint32_t user = kNobody;
    std::uint32_t next = kNone;  // in the queue, or in the list of free requests
    std::uint32_t generation = 0;
    Where where = Where::Free;
  };

  struct Server {
    bool present = false;
    WorkerGroup workers;
    std::uint32_t queue_head = kNone;
    std::uint32_t queue_tail = kNone;
    std::int64_t queue_length = 0;
    std::int64_t busy_booked_until = 0;
    std::int64_t gone_at = 0;  // once it is stopping
  };

  struct Deadline {
    std::int64_t at = 0;
    std::uint32_t request = 0;
    std::uint32_t generation = 0;
  };

  // A user of a closed loop.
  struct User {
    std::int64_t pause = 0;  // from an answer to the next request: overhead and think time
    std::int64_t leaves = 0;
  };

  void add_users(const std::vector<models::traffic::UserPopulation>& populations,
                 Duration overhead);
  void play(std::int64_t now, std::int64_t deadline, std::int64_t departure, std::int64_t open);
  std::int64_t next_open_arrival(SimTime until);
  std::int64_t next_service();

  void arrive(std::int64_t now, std::uint32_t user);
  void refuse(std::int64_t now, std::uint32_t user, Outcome outcome);
  void take_on(std::int64_t now, std::uint32_t request);
  void depart(std::int64_t now);
  void meet_deadline();
  void enqueue(Server& server, std::uint32_t request);
  std::uint32_t dequeue(Server& server);
  void user_continues(std::uint32_t user, std::int64_t now, std::int64_t pause_at_least);
  void interrupt_all(Server& server, std::int64_t now);

  void book_busy(Server& server, InstanceSlot slot, std::int64_t now);
  void schedule_departure(InstanceSlot slot);
  std::uint32_t new_request();
  void free_request(std::uint32_t request);

  const int workers_;
  const std::int64_t timeout_;
  const std::int64_t queue_limit_;  // negative: none
  const Contention contention_;

  models::traffic::OpenArrivals arrivals_;
  SpanSampler sampler_;
  core::RandomEngine service_engine_;
  Router router_;
  RequestLedger ledger_;

  std::vector<Server> servers_;  // by slot
  core::WinnerTree departures_;  // by slot
  core::RingBuffer<Deadline> deadlines_;
  std::vector<User> users_;
  core::WinnerTree sends_;  // by user: its next request
  std::vector<Request> requests_;
  std::uint32_t first_free_ = kNone;

  std::array<std::int64_t, kBatch> arrivals_batch_{};
  std::size_t arrivals_position_ = 0;
  std::size_t arrivals_count_ = 0;
  std::array<std::int64_t, kBatch> service_batch_{};
  std::size_t service_position_ = kBatch;
};

}  // namespace models::endpoint
