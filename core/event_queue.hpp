// Keeps the future events of a simulation in the order in which they must happen.
//
// The order is (at, phase, sequence): first the time; at the same time the phase, a small number
// that the owner of the payload gives a meaning; within a phase, the order of scheduling.
//
// Invariants
// 1. take() returns events in non-decreasing (at, phase, sequence).
// 2. Two events never compare equal: every scheduled event gets its own sequence number.
// 3. The payload is never looked at.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "core/check.hpp"
#include "core/sim_time.hpp"

namespace core {

using Phase = std::uint8_t;

template <class Payload>
class EventQueue {
 public:
  struct Event {
    SimTime at{};
    Phase phase = 0;
    std::uint64_t sequence = 0;
    Payload payload{};
  };

  void schedule(SimTime at, Phase phase, Payload payload) {
    heap_.push_back(Event{at, phase, next_sequence_++, std::move(payload)});
    std::push_heap(heap_.begin(), heap_.end(), comes_after);
  }

  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }

  // The next event to happen. REQUIRES: !empty().
  const Event& next() const {
    CHECK(!heap_.empty());
    return heap_.front();
  }

  // Removes and returns the next event. REQUIRES: !empty().
  Event take() {
    CHECK(!heap_.empty());
    std::pop_heap(heap_.begin(), heap_.end(), comes_after);
    Event event = std::move(heap_.back());
    heap_.pop_back();
    return event;
  }

 private:
  static bool comes_after(const Event& a, const Event& b) {
    return std::tie(a.at, a.phase, a.sequence) > std::tie(b.at, b.phase, b.sequence);
  }

  std::vector<Event> heap_;
  std::uint64_t next_sequence_ = 0;
};

}  // namespace core
