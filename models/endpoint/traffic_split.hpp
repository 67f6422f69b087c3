// Gives each request of an endpoint to one production variant by the weights, and says which shadow
// variants get a copy of it.
//
// Invariants
// 1. One draw chooses the variant; none is made where there is only one to choose.
// 2. For each shadow variant one draw from its own stream tells whether it gets the copy; none is
//    made for one that gets every copy.
// 3. Retries draw from streams of their own: the fate of first requests does not depend on them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/random_streams.hpp"
#include "models/endpoint/endpoint_variant.hpp"
#include "models/endpoint/request_plane.hpp"

namespace models::endpoint {

class TrafficSplit {
 public:
  // Copies requests to one shadow variant.
  class Shadow {
   public:
    Shadow(VariantIndex variant, double share, const VariantEngines& engines);
    VariantIndex variant() const { return variant_; }
    // Whether it gets a copy of the next request, or of the next retry.
    bool copies(bool is_retry = false) {
      return bound_ == kWhole || draw(is_retry ? retry_engine_ : engine_) < bound_;
    }

   private:
    VariantIndex variant_;
    std::uint64_t bound_;
    core::RandomEngine engine_;
    core::RandomEngine retry_engine_;
  };

  // REQUIRES: what make_plane() requires of weights and shares.
  TrafficSplit(std::span<const EndpointVariant> variants, const PlaneInputs& inputs);

  // Whether every request goes to the same variant, and no copy anywhere.
  bool is_single() const { return bounds_.empty() && shadows_.empty(); }

  // The production variant of the next request, or of the next retry.
  VariantIndex choose(bool is_retry = false) {
    if (bounds_.empty()) return production_.front();
    const std::uint64_t drawn = draw(is_retry ? retry_engine_ : engine_);
    std::size_t place = 0;
    for (const std::uint64_t bound : bounds_) place += static_cast<std::size_t>(drawn >= bound);
    return production_[place];
  }
  std::span<Shadow> shadows() { return shadows_; }

 private:
  // Draws have 53 bits, as many as a double holds: a share of them is a whole number.
  static constexpr std::uint64_t kWhole = std::uint64_t{1} << 53;
  static std::uint64_t draw(core::RandomEngine& engine) { return engine() >> 11; }
  static std::uint64_t bound_of(double share);

  std::vector<VariantIndex> production_;
  std::vector<std::uint64_t> bounds_;  // of the draws for each production variant but the last
  std::vector<Shadow> shadows_;
  core::RandomEngine engine_;
  core::RandomEngine retry_engine_;
};

}  // namespace models::endpoint
