// Plays the requests of an endpoint as events: takes the first of the next events of the variants,
// the next open arrival and the next request of a client that goes on.
//
// Invariants
// 1. At one instant: events of the variants, then open arrivals, then what clients send who go on.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "models/endpoint/clients.hpp"
#include "models/endpoint/event_variant.hpp"
#include "models/endpoint/plane_of_variants.hpp"
#include "models/endpoint/traffic_split.hpp"

namespace models::endpoint {

class EventPlane final : public PlaneOfVariants<EventVariant> {
 public:
  EventPlane(std::span<const EndpointVariant> variants, PlaneInputs inputs);

  std::string_view name() const override { return "events"; }
  void advance(SimTime until) override;

 private:
  static constexpr std::size_t kBatch = 1024;

  // Each for a single variant without copies, the usual case, and for any others.
  template <bool kSingle>
  void play_until(SimTime until);
  template <bool kSingle>
  void arrive(std::int64_t now, Clients::Send send);

  EventVariant& first_to_play();
  std::int64_t next_open_arrival(SimTime until);
  Clients::Send take_open_arrival();

  models::traffic::OpenArrivals arrivals_;
  Clients clients_;
  TrafficSplit split_;
  std::array<std::int64_t, kBatch> arrivals_batch_{};
  std::vector<models::traffic::StreamIndex> streams_batch_;  // empty when nobody asks
  std::size_t arrivals_position_ = 0;
  std::size_t arrivals_count_ = 0;
};

}  // namespace models::endpoint
