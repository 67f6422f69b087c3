#include "tools/headroom/plane_choice.hpp"

#include <algorithm>
#include <variant>
#include <vector>

namespace headroom {

using models::endpoint::PlaneKind;

PlaneChoice choose_plane(std::string_view name, const sim::Scenario& scenario) {
  if (name == "auto") return {};
  if (name == "events") return {PlaneKind::Events, {}};
  const bool is_closed_loop =
      std::any_of(scenario.traffic.begin(), scenario.traffic.end(), [](const auto& stream) {
        return std::holds_alternative<models::traffic::ClosedLoopTraffic>(stream.shape);
      });
  std::vector<models::endpoint::EndpointVariant> variants;
  for (const sim::ScenarioVariant& variant : scenario.variants) variants.push_back(variant.variant);
  if (models::endpoint::recursion_applies(variants, is_closed_loop)) {
    return {PlaneKind::Recursion, {}};
  }
  std::string why =
      "its workers slow each other down, because throughput is less than workers / "
      "mean latency";
  if (is_closed_loop) {
    why = "its users wait for their answers before they send again";
  } else if (std::any_of(variants.begin(), variants.end(), [](const auto& variant) {
               return variant.routing != models::endpoint::RoutingStrategy::Random;
             })) {
    why = "its routing looks at the instances' queues";
  }
  return {std::nullopt, "'--plane recursion' cannot play this scenario: " + why +
                            "; leave it out, or use '--plane events'"};
}

}  // namespace headroom
