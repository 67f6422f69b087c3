#include "models/endpoint/recursion_variant.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"

namespace models::endpoint {

RecursionVariant::RecursionVariant(const EndpointVariant& variant, const VariantEngines& engines,
                                   const StretchBounds& stretches)
    : workers_(static_cast<std::size_t>(variant.workers)),
      timeout_(variant.queue_timeout.count()),
      grace_(variant.stopping.count()),
      queue_limit_(variant.queue_limit.value_or(-1)),
      sampler_(make_sampler(variant.service_time)),
      service_engine_(engines.service),
      routing_engine_(engines.routing),
      ledger_(stretches, variant.queue_timeout) {}

void RecursionVariant::serve(std::span<const std::int64_t> arrivals) {
  fill(sampler_, service_engine_, std::span(service_batch_).first(arrivals.size()));
  if (workers_ == 1) {
    serve_all<1>(arrivals);
  } else if (workers_ == 2) {
    serve_all<2>(arrivals);
  } else {
    serve_all<0>(arrivals);
  }
}

// Most requests are served and done within the stretch and long before anything could interrupt
// them: these are collected and booked together. Everything else is unusual.
template <int kWorkers>
void RecursionVariant::serve_all(std::span<const std::int64_t> arrivals) {
  core::RandomEngine routing = routing_engine_;
  const auto choices = static_cast<std::uint32_t>(routable_.size());
  const InstanceSlot* const routable = routable_.data();
  InstanceUse* const use = ledger_.use().data();
  std::int64_t* const assigned = assigned_.data();
  const std::int64_t stretch_end = core::ticks(ledger_.current_end());
  const std::int64_t usual_limit = queue_limit_ >= 0 ? 0 : std::min(timeout_, grace_);
  std::size_t first = 0;  // of those not booked yet
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    const std::uint32_t choice = routing.below(std::max(choices, 1U));
    const std::int64_t arrival = arrivals[i];
    const std::int64_t service = service_batch_[i];
    if (choices == 0) [[unlikely]] {
      ledger_.refused(Outcome::NoCapacity);
      first = i + 1;
      continue;
    }
    const InstanceSlot slot = routable[choice];
    const std::int64_t start = std::max(arrival, earliest_free<kWorkers>(slot));
    const std::int64_t departure = start + service;
    const std::int64_t latency = departure - arrival;
    if (latency >= usual_limit || departure >= stretch_end) [[unlikely]] {
      book_batch(arrivals, first, i);
      first = i + 1;
      serve_unusual<kWorkers>(slot, arrival, service);
      continue;
    }
    occupy_earliest<kWorkers>(slot, departure);
    assigned[slot] += service;
    ++use[slot].served;
    waits_[i] = start - arrival;
    latencies_[i] = latency;
  }
  book_batch(arrivals, first, arrivals.size());
  routing_engine_ = routing;
}

void RecursionVariant::book_batch(std::span<const std::int64_t> arrivals, std::size_t first,
                                  std::size_t last) {
  const std::size_t count = last - first;
  ledger_.served_at_once({arrivals.subspan(first, count), std::span(waits_).subspan(first, count),
                          std::span(latencies_).subspan(first, count)});
}

template <int kWorkers>
void RecursionVariant::serve_unusual(InstanceSlot slot, std::int64_t arrival,
                                     std::int64_t service) {
  Server& server = servers_[slot];
  const std::int64_t start = std::max(arrival, earliest_free<kWorkers>(slot));
  const std::int64_t wait = start - arrival;
  const std::int64_t deadline = arrival + timeout_;
  if (queue_limit_ >= 0 && wait > 0) {
    if (queue_is_full(server, arrival)) {
      ledger_.refused(Outcome::Rejected);
      return;
    }
    server.leaves_queue.push_back(std::min(start, deadline));
  }
  ledger_.arrived(arrival);
  if (wait >= timeout_) {
    unsettled_.push_back({slot, false, arrival, timeout_, deadline, Outcome::TimedOut});
    return;
  }
  const std::int64_t departure = start + service;
  occupy_earliest<kWorkers>(slot, departure);
  assigned_[slot] += service;
  const bool in_time = departure <= deadline;
  const Unsettled request{slot,
                          true,
                          arrival,
                          wait,
                          in_time ? departure : deadline,
                          in_time ? Outcome::Succeeded : Outcome::TimedOut};
  if (request.end - arrival >= grace_) {
    unsettled_.push_back(request);
  } else {
    book(request);
  }
}

template <int kWorkers>
std::int64_t RecursionVariant::earliest_free(InstanceSlot slot) const {
  if constexpr (kWorkers == 1) return free_at_[slot];
  if constexpr (kWorkers == 2) return std::min(free_at_[2 * slot], free_at_[2 * slot + 1]);
  return free_trees_[slot].smallest();
}

template <int kWorkers>
void RecursionVariant::occupy_earliest(InstanceSlot slot, std::int64_t until) {
  if constexpr (kWorkers == 1) {
    free_at_[slot] = until;
  } else if constexpr (kWorkers == 2) {
    // The later of the two stays, the earlier is replaced: which worker is which does not matter.
    std::int64_t* const pair = &free_at_[2 * slot];
    pair[0] = std::max(pair[0], pair[1]);
    pair[1] = until;
  } else {
    core::WinnerTree& tree = free_trees_[slot];
    tree.set(tree.winner(), until);
  }
}

std::int64_t RecursionVariant::free_at(InstanceSlot slot, std::size_t worker) const {
  return workers_ <= 2 ? free_at_[workers_ * slot + worker] : free_trees_[slot].key(worker);
}

// A waiting request leaves the queue when it is taken on or gives up, whichever is first. Both grow
// with the arrival, so the queue empties from its front.
bool RecursionVariant::queue_is_full(Server& server, std::int64_t arrival) const {
  auto& waiting = server.leaves_queue;
  while (!waiting.empty() && waiting.front() <= arrival) waiting.pop_front();
  return static_cast<std::int64_t>(waiting.size()) >= queue_limit_;
}

void RecursionVariant::book(const Unsettled& request) {
  if (request.taken_on) {
    ledger_.served(request.slot, request.arrival, request.wait, request.end, request.outcome);
  } else {
    ledger_.gave_up(request.arrival, request.end);
  }
}

void RecursionVariant::settle(std::int64_t until) {
  std::erase_if(unsettled_, [&](const Unsettled& request) {
    if (request.end >= until) return false;
    book(request);
    return true;
  });
}

void RecursionVariant::enter_service(InstanceSlot slot, SimTime /*warm_at*/) {
  if (slot >= servers_.size()) {
    servers_.resize(slot + 1);
    assigned_.resize(slot + 1);
    free_at_.resize((slot + 1) * workers_);
    if (workers_ > 2) free_trees_.resize(slot + 1);
  }
  CHECK(!servers_[slot].present);
  servers_[slot] = Server{};
  servers_[slot].present = true;
  assigned_[slot] = 0;
  ledger_.add_slot(slot);
  if (workers_ > 2) free_trees_[slot].resize(workers_);
  for (std::size_t worker = 0; worker < workers_; ++worker) {
    free_at_[slot * workers_ + worker] = 0;
    if (workers_ > 2) free_trees_[slot].set(worker, 0);
  }
  routable_.push_back(slot);
}

void RecursionVariant::stop(InstanceSlot slot, SimTime gone_at) {
  CHECK(servers_[slot].present);
  servers_[slot].gone_at = core::ticks(gone_at);
  std::erase(routable_, slot);
}

void RecursionVariant::remove(InstanceSlot slot) {
  Server& server = servers_[slot];
  CHECK(server.present);
  std::erase_if(unsettled_, [&](const Unsettled& request) {
    if (request.slot != slot) return false;
    if (request.end < server.gone_at) {
      book(request);
    } else {
      ledger_.interrupted(request.arrival, server.gone_at);
    }
    return true;
  });
  book_busy(slot, server.gone_at);
  server.present = false;
}

void RecursionVariant::close(SimTime at) {
  settle(core::ticks(at));
  for (InstanceSlot slot = 0; slot < servers_.size(); ++slot) {
    if (servers_[slot].present) book_busy(slot, core::ticks(at));
  }
  ledger_.close(at);
}

// All requests so far arrived before `until`, so a worker that is not free then has been given
// nothing but work without a gap: what it was assigned less what lies ahead is what it has done.
void RecursionVariant::book_busy(InstanceSlot slot, std::int64_t until) {
  Server& server = servers_[slot];
  std::int64_t ahead = 0;
  for (std::size_t worker = 0; worker < workers_; ++worker) {
    ahead += std::max<std::int64_t>(0, free_at(slot, worker) - until);
  }
  const std::int64_t done = assigned_[slot] - ahead;
  ledger_.busy(slot, done - server.counted);
  server.counted = done;
}

}  // namespace models::endpoint
