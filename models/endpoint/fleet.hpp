// Keeps the instances of one variant through their lives: Starting -> InService -> Stopping.
//
// The fleet says when an instance will change state; whoever runs the simulation schedules that
// moment and comes back. It knows no requests: a request plane serves them.
//
// Invariants
// 1. Instance numbers are given in launch order and never again; a slot is used again, but not
//    before a whole minute's account can no longer hold its last instance.
// 2. An instance changes state only forwards, and each change once.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "core/random_streams.hpp"
#include "core/sim_time.hpp"
#include "models/endpoint/endpoint_variant.hpp"
#include "models/endpoint/span_sampler.hpp"

namespace models::endpoint {

using core::SimTime;

// A place in the request plane's tables: small, dense, used again after an instance is gone.
using InstanceSlot = std::uint32_t;

enum class InstanceState : std::uint8_t { Starting, InService, Stopping };

struct Instance {
  std::uint32_t number = 0;  // 1, 2, ... in launch order
  InstanceSlot slot = 0;
  InstanceState state = InstanceState::Starting;
  SimTime launched;
  SimTime in_service;  // known from the launch on
  SimTime stopped;     // known once it is Stopping
};

// What a change of desired capacity sets in motion.
struct FleetChange {
  std::vector<Instance> launched;   // come into service at .in_service
  std::vector<Instance> stopping;   // take no new request from now; gone at .stopped
  std::vector<Instance> cancelled;  // were still starting; gone at once
};

class Fleet {
 public:
  // The first instances are in service at time zero.
  Fleet(const EndpointVariant& variant, core::RandomEngine startup);

  // Launches or stops instances until `desired` are starting or in service. The k-th of those
  // launched together, k = 0, 1, ..., takes k times the stagger longer than what is drawn for it.
  // AWS does not say which instance goes at a scale in: here those still starting go first, then
  // the newest in service.
  FleetChange set_desired(std::int32_t desired, SimTime now);

  // The instance in `slot` comes into service now. Empty when it was cancelled before.
  std::optional<Instance> enter_service(InstanceSlot slot, std::uint32_t number, SimTime now);
  // The grace of the instance in `slot` is over: it is gone, and its slot is free.
  void remove(InstanceSlot slot, std::uint32_t number, SimTime now);

  // In launch order.
  std::span<const Instance> instances() const { return instances_; }
  std::int32_t count(InstanceState state) const;
  std::uint32_t launched_count() const { return next_number_ - 1; }

 private:
  Instance& launch(SimTime now, Duration later);
  InstanceSlot take_slot(SimTime now);
  void free_slot(InstanceSlot slot, SimTime now);
  std::size_t index_of(InstanceSlot slot, std::uint32_t number) const;

  std::vector<Instance> instances_;
  struct FreeSlot {
    InstanceSlot slot = 0;
    SimTime usable_from;
  };
  std::deque<FreeSlot> free_slots_;  // the longest free first
  InstanceSlot next_slot_ = 0;
  std::uint32_t next_number_ = 1;
  Duration stopping_;
  Duration stagger_;
  SpanSampler startup_;
  core::RandomEngine engine_;
};

}  // namespace models::endpoint
