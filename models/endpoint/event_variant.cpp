#include "models/endpoint/event_variant.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"

namespace models::endpoint {
namespace {

std::vector<std::int64_t> cpu_weights(const EndpointVariant& variant) {
  if (variant.busy_cpu.empty()) {
    return std::vector<std::int64_t>(static_cast<std::size_t>(variant.workers) + 1, 0);
  }
  CHECK_EQ(variant.busy_cpu.size(), static_cast<std::size_t>(variant.workers) + 1);
  std::vector<std::int64_t> weights;
  for (const core::CpuPercent cpu : variant.busy_cpu) {
    const double above_idle = cpu.percent - variant.busy_cpu.front().percent;
    weights.push_back(core::nearest_tick(above_idle * InstanceUse::kCpuTicksPerPercent));
  }
  return weights;
}

std::vector<std::int64_t> load_weights(const EndpointVariant& variant) {
  std::vector<std::int64_t> weights(static_cast<std::size_t>(variant.workers) + 1, 0);
  const auto& rates = variant.throughputs;
  if (rates.empty()) return weights;
  const auto peak = std::max_element(rates.begin(), rates.end());
  for (std::size_t busy = 1; busy < weights.size(); ++busy) {
    const auto rate = std::min(rates.begin() + static_cast<std::ptrdiff_t>(busy) - 1, peak);
    weights[busy] = core::nearest_tick(rate->per_second() / peak->per_second() *
                                       static_cast<double>(InstanceUse::kLoadTicksPerTick));
  }
  return weights;
}

}  // namespace

EventVariant::EventVariant(const EndpointVariant& variant, const VariantEngines& engines,
                           const StretchBounds& stretches, Clients& clients)
    : workers_(variant.workers),
      timeout_(variant.queue_timeout.count()),
      queue_limit_(variant.queue_limit.value_or(-1)),
      overhead_(variant.overhead.count()),
      warming_(variant.warming),
      curve_(saturation_curve_of(variant)),
      cpu_weights_(cpu_weights(variant)),
      load_weights_(load_weights(variant)),
      clients_(clients),
      sampler_(make_sampler(variant.service_time)),
      service_engine_(engines.service),
      retry_sampler_(make_sampler(variant.service_time)),
      retry_engine_(engines.retry_service),
      warming_engine_(engines.warming),
      router_(variant.routing, engines.routing),
      ledger_(stretches, variant.queue_timeout) {}

std::int64_t EventVariant::next_service() {
  if (service_position_ == kBatch) {
    fill(sampler_, service_engine_, service_batch_);
    service_position_ = 0;
  }
  return service_batch_[service_position_++];
}

std::int64_t EventVariant::service_of_retry() {
  return sample(retry_sampler_, retry_engine_).count();
}

void EventVariant::arrive(std::int64_t now, Clients::Send send) {
  const std::int64_t service = send.is_retry ? service_of_retry() : next_service();
  const InstanceSlot slot = router_.choose();
  if (router_.empty()) return refuse(now, send, Outcome::NoCapacity);
  Server& server = servers_[slot];
  const bool must_wait = server.workers.busy() == workers_;
  if (must_wait && queue_limit_ >= 0 && server.queue_length >= queue_limit_) {
    return refuse(now, send, Outcome::Rejected);
  }
  ledger_.arrived(now);
  if (send.is_retry) ledger_.retried();
  router_.request_added(slot);
  const std::uint32_t index = new_request();
  Request& request = requests_[index];
  request.arrival = now;
  request.service = service;
  request.slot = slot;
  request.client = send.client;
  request.fails = false;
  if (now < server.warm_at) meet_cold(request);
  // Only who may miss the deadline is watched: whoever waits, and whoever takes longer than that.
  if (must_wait || request.service > timeout_ || !curve_.independent()) {
    deadlines_.push_back({now + timeout_, index, request.generation});
  }
  if (must_wait) {
    request.where = Where::Waiting;
    enqueue(server, index);
  } else {
    take_on(now, index);
  }
}

void EventVariant::meet_cold(Request& request) {
  const double slowed = core::in_seconds(core::Duration{request.service}) * warming_.slowdown;
  request.service = ticks_of_span(slowed);
  if (warming_.errors > 0) request.fails = warming_engine_.unit_interval() <= warming_.errors;
}

void EventVariant::refuse(std::int64_t now, Clients::Send send, Outcome outcome) {
  ledger_.refused(outcome);
  if (send.is_retry) ledger_.retried();
  tell(send.client, outcome, now);
}

// The request has ended for whoever sent it, if anybody waits.
void EventVariant::tell(Client client, Outcome outcome, std::int64_t now) {
  if (client == Clients::kNobody) return;
  const Clients::Standing standing = clients_.answered(client, outcome, now, overhead_);
  if (standing == Clients::Standing::Recovered) ledger_.recovered(now);
  if (standing == Clients::Standing::GivenUp) ledger_.given_up(now);
}

void EventVariant::take_on(std::int64_t now, std::uint32_t index) {
  Request& request = requests_[index];
  Server& server = servers_[request.slot];
  book_busy(server, request.slot, now);
  request.where = Where::Served;
  request.taken_on = now;
  server.workers.take_on(now, request.service, index, curve_);
  schedule_departure(request.slot);
}

void EventVariant::depart(std::int64_t now) {
  const auto slot = static_cast<InstanceSlot>(departures_.winner());
  Server& server = servers_[slot];
  book_busy(server, slot, now);
  const std::uint32_t index = server.workers.finish(now, curve_);
  const Request& request = requests_[index];
  if (request.where == Where::Served) {
    const Outcome outcome = request.fails ? Outcome::ModelError : Outcome::Succeeded;
    ledger_.served(slot, request.arrival, request.taken_on - request.arrival, now, outcome);
    tell(request.client, outcome, now);
  }
  free_request(index);
  router_.request_gone(slot);
  if (server.queue_head != kNone) {
    take_on(now, dequeue(server));
  } else {
    schedule_departure(slot);
  }
}

void EventVariant::meet_deadline() {
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
    tell(request.client, Outcome::TimedOut, deadline.at);
    free_request(deadline.request);
    return;
  }
  if (request.where != Where::Served) return;
  // Done in this very instant is in time.
  if (server.workers.is_done(deadline.request, deadline.at, curve_)) return;
  request.where = Where::ServedForNobody;
  ledger_.served(request.slot, request.arrival, request.taken_on - request.arrival, deadline.at,
                 Outcome::TimedOut);
  tell(request.client, Outcome::TimedOut, deadline.at);
}

void EventVariant::enqueue(Server& server, std::uint32_t request) {
  if (server.queue_head == kNone) {
    server.queue_head = request;
  } else {
    requests_[server.queue_tail].next = request;
  }
  server.queue_tail = request;
  requests_[request].next = kNone;
  ++server.queue_length;
}

std::uint32_t EventVariant::dequeue(Server& server) {
  const std::uint32_t request = server.queue_head;
  CHECK(request != kNone);
  server.queue_head = requests_[request].next;
  --server.queue_length;
  return request;
}

void EventVariant::enter_service(InstanceSlot slot, SimTime warm_at) {
  if (slot >= servers_.size()) {
    servers_.resize(slot + 1);
    departures_.resize(slot + 1);
  }
  CHECK(!servers_[slot].present);
  servers_[slot] = Server{};
  servers_[slot].present = true;
  servers_[slot].warm_at = core::ticks(warm_at);
  ledger_.add_slot(slot);
  router_.add(slot);
}

void EventVariant::stop(InstanceSlot slot, SimTime gone_at) {
  router_.remove(slot);
  servers_[slot].gone_at = core::ticks(gone_at);
}

void EventVariant::remove(InstanceSlot slot) {
  Server& server = servers_[slot];
  CHECK(server.present);
  book_busy(server, slot, server.gone_at);
  interrupt_all(server, server.gone_at);
  departures_.clear(slot);
  server.present = false;
}

void EventVariant::interrupt_all(Server& server, std::int64_t now) {
  const auto interrupt = [&](std::uint32_t index) {
    const Request& request = requests_[index];
    if (request.where != Where::ServedForNobody) {
      ledger_.interrupted(request.arrival, now);
      tell(request.client, Outcome::Interrupted, now);
    }
    free_request(index);
  };
  // In the order of their arrivals; those in the queue came later.
  const auto served = server.workers.requests();
  std::vector<std::uint32_t> on_workers(served.begin(), served.end());
  std::stable_sort(on_workers.begin(), on_workers.end(), [&](std::uint32_t a, std::uint32_t b) {
    return requests_[a].arrival < requests_[b].arrival;
  });
  server.workers.clear();
  for (const std::uint32_t request : on_workers) interrupt(request);
  while (server.queue_head != kNone) interrupt(dequeue(server));
}

void EventVariant::close(SimTime at) {
  for (InstanceSlot slot = 0; slot < servers_.size(); ++slot) {
    if (servers_[slot].present) book_busy(servers_[slot], slot, core::ticks(at));
  }
  ledger_.close(at);
}

void EventVariant::book_busy(Server& server, InstanceSlot slot, std::int64_t now) {
  const auto busy = static_cast<std::size_t>(server.workers.busy());
  const std::int64_t passed = now - server.busy_booked_until;
  ledger_.busy(slot, server.workers.busy() * passed, cpu_weights_[busy] * passed,
               load_weights_[busy] * passed);
  server.busy_booked_until = now;
}

void EventVariant::schedule_departure(InstanceSlot slot) {
  const std::int64_t next = servers_[slot].workers.next_departure(curve_);
  if (next != departures_.key(slot)) departures_.set(slot, next);
}

std::uint32_t EventVariant::new_request() {
  if (first_free_ == kNone) {
    requests_.emplace_back();
    return static_cast<std::uint32_t>(requests_.size() - 1);
  }
  const std::uint32_t index = first_free_;
  first_free_ = requests_[index].next;
  return index;
}

void EventVariant::free_request(std::uint32_t index) {
  Request& request = requests_[index];
  request.where = Where::Free;
  ++request.generation;
  request.next = first_free_;
  first_free_ = index;
}

}  // namespace models::endpoint
