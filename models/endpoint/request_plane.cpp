#include "models/endpoint/request_plane.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"
#include "models/endpoint/event_plane.hpp"
#include "models/endpoint/recursion_plane.hpp"
#include "models/endpoint/saturation_curve.hpp"

namespace models::endpoint {

bool recursion_applies(std::span<const EndpointVariant> variants, bool answers_matter) {
  const auto fate_is_known_at_arrival = [](const EndpointVariant& variant) {
    return variant.routing == RoutingStrategy::Random && variant.busy_cpu.empty() &&
           variant.warming.none() && saturation_curve_of(variant).independent();
  };
  return !answers_matter && std::all_of(variants.begin(), variants.end(), fate_is_known_at_arrival);
}

std::unique_ptr<RequestPlane> make_plane(PlaneKind kind, std::span<const EndpointVariant> variants,
                                         PlaneInputs inputs) {
  if (kind == PlaneKind::Recursion) {
    return std::make_unique<RecursionPlane>(variants, std::move(inputs));
  }
  return std::make_unique<EventPlane>(variants, std::move(inputs));
}

}  // namespace models::endpoint
