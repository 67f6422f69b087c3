// Runs a simulation's future events one after another: take the next, advance the clock, handle it.
//
// Invariants
// 1. now() never goes back, and no event is scheduled before now().
// 2. Before an event at time t is handled, advance(t) has been called: whatever the owner simulates
//    between events has happened up to t, t itself excluded.
#pragma once

#include <utility>

#include "core/check.hpp"
#include "core/event_queue.hpp"

namespace core {

template <class Payload>
class EventLoop {
 public:
  SimTime now() const { return now_; }

  // REQUIRES: at >= now().
  void schedule(SimTime at, Phase phase, Payload payload) {
    CHECK_GE(ticks(at), ticks(now_));
    queue_.schedule(at, phase, std::move(payload));
  }

  // Handles every event up to and including `end`, then advances to `end`.
  // advance(SimTime) moves the world between events; handle(const Payload&) is one event.
  template <class Advance, class Handle>
  void run_until(SimTime end, Advance&& advance, Handle&& handle) {
    while (!queue_.empty() && queue_.next().at <= end) {
      auto event = queue_.take();
      step_to(event.at, advance);
      handle(event.payload);
    }
    step_to(end, advance);
  }

 private:
  template <class Advance>
  void step_to(SimTime at, Advance&& advance) {
    CHECK_GE(ticks(at), ticks(now_));
    if (at > now_) advance(at);
    now_ = at;
    check_context().now = at;
  }

  EventQueue<Payload> queue_;
  SimTime now_ = kStart;
};

}  // namespace core
