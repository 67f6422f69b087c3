#include "models/endpoint/event_plane.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"

namespace models::endpoint {
namespace {

constexpr std::int64_t kNoEvent = core::WinnerTree::kIdle;

constexpr std::int64_t kPauseAfterRefusal = 100'000'000;

}  // namespace

EventPlane::EventPlane(const EndpointVariant& variant, PlaneInputs inputs)
    : workers_(variant.workers),
      timeout_(variant.queue_timeout.count()),
      queue_limit_(variant.queue_limit.value_or(-1)),
      contention_(contention_of(variant)),
      arrivals_(std::move(inputs.arrivals)),
      sampler_(make_sampler(variant.service_time)),
      service_engine_(inputs.service),
      router_(variant.routing, inputs.routing),
      ledger_(std::move(inputs.cuts), variant.queue_timeout) {
  add_users(inputs.users, variant.overhead);
}

void EventPlane::add_users(const std::vector<models::traffic::UserPopulation>& populations,
                           Duration overhead) {
  std::size_t total = 0;
  for (const auto& population : populations) {
    total += static_cast<std::size_t>(population.total_users());
  }
  users_.reserve(total);
  sends_.resize(total);
  for (const auto& population : populations) {
    for (std::int64_t user = 0; user < population.total_users(); ++user) {
      sends_.set(users_.size(), core::ticks(population.join_time(user)));
      users_.push_back(
          {(overhead + population.think_time()).count(), core::ticks(population.end())});
    }
  }
}

void EventPlane::advance(SimTime until) {
  CHECK_LE(core::ticks(until), core::ticks(ledger_.current_end()));
  const std::int64_t limit = core::ticks(until);
  while (true) {
    const std::int64_t open = next_open_arrival(until);
    const std::int64_t deadline = deadlines_.empty() ? kNoEvent : deadlines_.front().at;
    const std::int64_t departure = departures_.smallest();
    const std::int64_t next =
        std::min(std::min(open, sends_.smallest()), std::min(deadline, departure));
    if (next >= limit) return;
    play(next, deadline, departure, open);
  }
}

void EventPlane::play(std::int64_t now, std::int64_t deadline, std::int64_t departure,
                      std::int64_t open) {
  if (deadline == now) {
    meet_deadline();
  } else if (departure == now) {
    depart(now);
  } else if (open == now) {
    ++arrivals_position_;
    arrive(now, kNobody);
  } else {
    const auto user = static_cast<std::uint32_t>(sends_.winner());
    sends_.clear(user);
    arrive(now, user);
  }
}

std::int64_t EventPlane::next_open_arrival(SimTime until) {
  if (arrivals_position_ == arrivals_count_) {
    arrivals_count_ = arrivals_.fill(arrivals_batch_, {}, until);
    arrivals_position_ = 0;
    if (arrivals_count_ == 0) return kNoEvent;
  }
  return arrivals_batch_[arrivals_position_];
}

std::int64_t EventPlane::next_service() {
  if (service_position_ == kBatch) {
    fill(sampler_, service_engine_, service_batch_);
    service_position_ = 0;
  }
  return service_batch_[service_position_++];
}

void EventPlane::arrive(std::int64_t now, std::uint32_t user) {
  const std::int64_t service = next_service();
  const InstanceSlot slot = router_.choose();
  if (router_.empty()) return refuse(now, user, Outcome::NoCapacity);
  Server& server = servers_[slot];
  const bool must_wait = server.workers.busy() == workers_;
  if (must_wait && queue_limit_ >= 0 && server.queue_length >= queue_limit_) {
    return refuse(now, user, Outcome::Rejected);
  }
  ledger_.arrived(now);
  router_.request_added(slot);
  const std::uint32_t index = new_request();
  Request& request = requests_[index];
  request.arrival = now;
  request.service = service;
  request.slot = slot;
  request.user = user;
  // Only who may miss the deadline is watched: whoever waits, and whoever takes longer than that.
  if (must_wait || service > timeout_ || !contention_.none()) {
    deadlines_.push_back({now + timeout_, index, request.generation});
  }
  if (must_wait) {
    request.where = Where::Waiting;
    enqueue(server, index);
  } else {
    take_on(now, index);
  }
}

void EventPlane::refuse(std::int64_t now, std::uint32_t user, Outcome outcome) {
  ledger_.refused(outcome);
  user_continues(user, now, kPauseAfterRefusal);
}

void EventPlane::take_on(std::int64_t now, std::uint32_t index) {
  Request& request = requests_[index];
  Server& server = servers_[request.slot];
  book_busy(server, request.slot, now);
  request.where = Where::Served;
  request.taken_on = now;
  server.workers.take_on(now, request.service, index, contention_);
  schedule_departure(request.slot);
}

void EventPlane::depart(std::int64_t now) {
  const auto slot = static_cast<InstanceSlot>(departures_.winner());
  Server& server = servers_[slot];
  book_busy(server, slot, now);
  const std::uint32_t index = server.workers.finish(now, contention_);
  const Request& request = requests_[index];
  if (request.where == Where::Served) {
    ledger_.served(slot, request.arrival, request.taken_on - request.arrival, now,
                   Outcome::Succeeded);
    user_continues(request.user, now, 0);
  }
  free_request(index);
  router_.request_gone(slot);
  if (server.queue_head != kNone) {
    take_on(now, dequeue(server));
  } else {
    schedule_departure(slot);
  }
}

void EventPlane::meet_deadline() {
  const Deadline deadline = deadlines_.front();
  deadlines_.pop_front();
  Request& request = requests_[deadline.request];
  if (request.generation != deadline.generation) return;  // it ended long ago
  Server& server = servers_[request.slot];
  if (request.where == Where::Waiting) {
    // Deadlines grow with arrivals, so of those waiting on the instance it is the first.
    CHECK_EQ(dequeue(server), deadline.request);
    ledger_.gave_up(request.arrival, deadline.at);
    router_.request_gone(request.slot);
    user_continues(request.user, deadline.at, 0);
    free_request(deadline.request);
    return;
  }
  if (request.where != Where::Served) return;
  // Done in this very instant is in time.
  if (server.workers.is_done(deadline.request, deadline.at, contention_)) return;
  request.where = Where::ServedForNobody;
  ledger_.served(request.slot, request.arrival, request.taken_on - request.arrival, deadline.at,
                 Outcome::TimedOut);
  user_continues(request.user, deadline.at, 0);
}

void EventPlane::enqueue(Server& server, std::uint32_t request) {
  if (server.queue_head == kNone) {
    server.queue_head = request;
  } else {
    requests_[server.queue_tail].next = request;
  }
  server.queue_tail = request;
  requests_[request].next = kNone;
  ++server.queue_length;
}

std::uint32_t EventPlane::dequeue(Server& server) {
  const std::uint32_t request = server.queue_head;
  CHECK(request != kNone);
  server.queue_head = requests_[request].next;
  --server.queue_length;
  return request;
}

void EventPlane::user_continues(std::uint32_t user, std::int64_t now, std::int64_t pause_at_least) {
  if (user == kNobody) return;
  const std::int64_t at = now + std::max(users_[user].pause, pause_at_least);
  if (at < users_[user].leaves) sends_.set(user, at);
}

void EventPlane::enter_service(InstanceSlot slot) {
  if (slot >= servers_.size()) {
    servers_.resize(slot + 1);
    departures_.resize(slot + 1);
  }
  CHECK(!servers_[slot].present);
  servers_[slot] = Server{};
  servers_[slot].present = true;
  ledger_.add_slot(slot);
  router_.add(slot);
}

void EventPlane::stop(InstanceSlot slot, SimTime gone_at) {
  router_.remove(slot);
  servers_[slot].gone_at = core::ticks(gone_at);
}

void EventPlane::remove(InstanceSlot slot) {
  Server& server = servers_[slot];
  CHECK(server.present);
  book_busy(server, slot, server.gone_at);
  interrupt_all(server, server.gone_at);
  departures_.clear(slot);
  server.present = false;
}

void EventPlane::interrupt_all(Server& server, std::int64_t now) {
  const auto interrupt = [&](std::uint32_t index) {
    const Request& request = requests_[index];
    if (request.where != Where::ServedForNobody) {
      ledger_.interrupted(request.arrival, now);
      user_continues(request.user, now, 0);
    }
    free_request(index);
  };
  for (const std::uint32_t request : server.workers.requests()) interrupt(request);
  server.workers.clear();
  while (server.queue_head != kNone) interrupt(dequeue(server));
}

const RequestTally& EventPlane::close(SimTime at) {
  for (InstanceSlot slot = 0; slot < servers_.size(); ++slot) {
    if (servers_[slot].present) book_busy(servers_[slot], slot, core::ticks(at));
  }
  return ledger_.close(at);
}

void EventPlane::book_busy(Server& server, InstanceSlot slot, std::int64_t now) {
  ledger_.busy(slot, server.workers.busy() * (now - server.busy_booked_until));
  server.busy_booked_until = now;
}

void EventPlane::schedule_departure(InstanceSlot slot) {
  const std::int64_t next = servers_[slot].workers.next_departure(contention_);
  if (next != departures_.key(slot)) departures_.set(slot, next);
}

std::uint32_t EventPlane::new_request() {
  if (first_free_ == kNone) {
    requests_.emplace_back();
    return static_cast<std::uint32_t>(requests_.size() - 1);
  }
  const std::uint32_t index = first_free_;
  first_free_ = requests_[index].next;
  return index;
}

void EventPlane::free_request(std::uint32_t index) {
  Request& request = requests_[index];
  request.where = Where::Free;
  ++request.generation;
  request.next = first_free_;
  first_free_ = index;
}

}  // namespace models::endpoint
