// Chooses the instance for a request: RANDOM, or LEAST_OUTSTANDING_REQUESTS.
//
// Least outstanding keeps the instances in lists by the number of requests they hold, so that a
// choice and an update cost the same for any fleet. Among equals it chooses at random.
//
// Invariants
// 1. One draw for each choice, whatever the strategy and the number of instances.
// 2. RANDOM chooses among the instances in the order in which they were added.
#pragma once

#include <cstdint>
#include <vector>

#include "core/random_streams.hpp"
#include "models/endpoint/endpoint_variant.hpp"
#include "models/endpoint/fleet.hpp"

namespace models::endpoint {

class Router {
 public:
  Router(RoutingStrategy strategy, core::RandomEngine engine)
      : least_outstanding_(strategy == RoutingStrategy::LeastOutstandingRequests),
        engine_(engine) {}

  void add(InstanceSlot slot);
  void remove(InstanceSlot slot);
  bool empty() const { return routable_.empty(); }

  // Draws even when there is no choice; then the result means nothing.
  InstanceSlot choose() {
    const auto& candidates = least_outstanding_ ? lists_[least_] : routable_;
    const auto count = static_cast<std::uint32_t>(candidates.size());
    const std::uint32_t choice = engine_.below(count == 0 ? 1 : count);
    return count == 0 ? 0 : candidates[choice];
  }

  // The instance holds one more, or one less.
  void request_added(InstanceSlot slot) {
    if (least_outstanding_) move(slot, places_[slot].outstanding + 1);
  }
  void request_gone(InstanceSlot slot) {
    if (least_outstanding_ && places_[slot].routable) move(slot, places_[slot].outstanding - 1);
  }

 private:
  struct Place {
    std::uint32_t outstanding = 0;
    std::uint32_t index = 0;  // in its list
    bool routable = false;
  };

  void move(InstanceSlot slot, std::uint32_t outstanding);
  void take_out(InstanceSlot slot);
  void put_in(InstanceSlot slot, std::uint32_t outstanding);

  bool least_outstanding_;
  core::RandomEngine engine_;
  std::vector<InstanceSlot> routable_;
  std::vector<Place> places_;                            // by slot
  std::vector<std::vector<InstanceSlot>> lists_ = {{}};  // by number of outstanding requests
  std::size_t least_ = 0;                                // the first list that is not empty
};

}  // namespace models::endpoint
