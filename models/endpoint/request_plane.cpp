#include "models/endpoint/request_plane.hpp"

#include <utility>

#include "core/check.hpp"
#include "models/endpoint/contention.hpp"
#include "models/endpoint/event_plane.hpp"
#include "models/endpoint/recursion_plane.hpp"

namespace models::endpoint {

bool recursion_applies(const EndpointVariant& variant, bool closed_loop) {
  return variant.routing == RoutingStrategy::Random && !closed_loop &&
         contention_of(variant).none();
}

std::unique_ptr<RequestPlane> make_plane(PlaneKind kind, const EndpointVariant& variant,
                                         PlaneInputs inputs) {
  if (kind == PlaneKind::Recursion) {
    return std::make_unique<RecursionPlane>(variant, std::move(inputs));
  }
  return std::make_unique<EventPlane>(variant, std::move(inputs));
}

}  // namespace models::endpoint
