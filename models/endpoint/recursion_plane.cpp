#include "models/endpoint/recursion_plane.hpp"

#include <utility>

#include "core/check.hpp"

namespace models::endpoint {

RecursionPlane::RecursionPlane(std::span<const EndpointVariant> variants, PlaneInputs inputs)
    : arrivals_(std::move(inputs.arrivals)), split_(variants, inputs), shares_(variants.size()) {
  CHECK(recursion_applies(variants, !inputs.users.empty() || !inputs.open_retries.empty()));
  variants_.reserve(variants.size());
  for (std::size_t i = 0; i < variants.size(); ++i) {
    variants_.emplace_back(variants[i], inputs.variants[i], inputs.stretches);
  }
}

void RecursionPlane::advance(SimTime until) {
  CHECK_LE(core::ticks(until), core::ticks(stretch_end()));
  while (const std::size_t count = arrivals_.fill(arrivals_batch_, {}, until)) {
    const auto arrivals = std::span(arrivals_batch_).first(count);
    if (split_.is_single()) {
      variants_.front().serve(arrivals);
      continue;
    }
    deal(arrivals);
    for (std::size_t i = 0; i < variants_.size(); ++i) {
      variants_[i].serve(std::span(shares_[i].arrivals).first(shares_[i].count));
    }
  }
}

// Written always and counted when given: nobody could predict the branch.
void RecursionPlane::deal(std::span<const std::int64_t> arrivals) {
  for (Share& share : shares_) share.count = 0;
  for (const std::int64_t at : arrivals) {
    Share& share = shares_[split_.choose()];
    share.arrivals[share.count++] = at;
  }
  for (TrafficSplit::Shadow& shadow : split_.shadows()) {
    Share& share = shares_[shadow.variant()];
    for (const std::int64_t at : arrivals) {
      share.arrivals[share.count] = at;
      share.count += static_cast<std::size_t>(shadow.copies());
    }
  }
}

}  // namespace models::endpoint
