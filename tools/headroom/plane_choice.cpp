#include "tools/headroom/plane_choice.hpp"

#include <algorithm>
#include <span>
#include <variant>

namespace headroom {

using models::endpoint::PlaneKind;

PlaneChoice choose_plane(std::string_view name, const sim::Scenario& scenario) {
  if (name == "auto") return {};
  if (name == "events") return {PlaneKind::Events, {}};
  const bool is_closed_loop =
      std::any_of(scenario.traffic.begin(), scenario.traffic.end(), [](const auto& stream) {
        return std::holds_alternative<models::traffic::ClosedLoopTraffic>(stream.shape);
      });
  if (models::endpoint::recursion_applies(std::span(&scenario.endpoint, 1), is_closed_loop)) {
    return {PlaneKind::Recursion, {}};
  }
  std::string why =
      "its workers slow each other down, because throughput is less than workers / "
      "mean latency";
  if (is_closed_loop) {
    why = "its users wait for their answers before they send again";
  } else if (scenario.endpoint.routing != models::endpoint::RoutingStrategy::Random) {
    why = "its routing looks at the instances' queues";
  }
  return {std::nullopt, "'--plane recursion' cannot play this scenario: " + why +
                            "; leave it out, or use '--plane events'"};
}

}  // namespace headroom
