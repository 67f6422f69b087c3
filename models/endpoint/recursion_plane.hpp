// Plays the requests of an endpoint without events: deals each batch of arrivals to the variants,
// every one of which plays its own.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "models/endpoint/plane_of_variants.hpp"
#include "models/endpoint/recursion_variant.hpp"
#include "models/endpoint/traffic_split.hpp"

namespace models::endpoint {

class RecursionPlane final : public PlaneOfVariants<RecursionVariant> {
 public:
  // REQUIRES: recursion_applies() and neither users nor retries in the inputs.
  RecursionPlane(std::span<const EndpointVariant> variants, PlaneInputs inputs);

  std::string_view name() const override { return "recursion"; }
  void advance(SimTime until) override;

 private:
  using Batch = std::array<std::int64_t, RecursionVariant::kBatch>;

  // A variant's share of a batch.
  struct Share {
    Batch arrivals{};
    std::size_t count = 0;
  };

  void deal(std::span<const std::int64_t> arrivals);

  models::traffic::OpenArrivals arrivals_;
  TrafficSplit split_;
  Batch arrivals_batch_{};
  std::vector<Share> shares_;  // by variant
};

}  // namespace models::endpoint
