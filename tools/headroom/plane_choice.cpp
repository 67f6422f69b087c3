#include "tools/headroom/plane_choice.hpp"

#include <algorithm>
#include <vector>

namespace headroom {

using models::endpoint::PlaneKind;

PlaneChoice choose_plane(std::string_view name, const sim::Scenario& scenario) {
  if (name == "auto") return {};
  if (name == "events") return {PlaneKind::Events, {}};
  std::vector<models::endpoint::EndpointVariant> variants;
  for (const sim::ScenarioVariant& variant : scenario.variants) variants.push_back(variant.variant);
  if (models::endpoint::recursion_applies(variants, has_users(scenario) || has_retries(scenario))) {
    return {PlaneKind::Recursion, {}};
  }
  std::string why =
      "its workers slow each other down, because throughput is less than workers / "
      "mean latency";
  if (has_users(scenario)) {
    why = "its users wait for their answers before they send again";
  } else if (has_retries(scenario)) {
    why = "its clients send again what has failed";
  } else if (std::any_of(variants.begin(), variants.end(), [](const auto& variant) {
               return variant.routing != models::endpoint::RoutingStrategy::Random;
             })) {
    why = "its routing looks at the instances' queues";
  }
  return {std::nullopt, "'--plane recursion' cannot play this scenario: " + why +
                            "; leave it out, or use '--plane events'"};
}

}  // namespace headroom
