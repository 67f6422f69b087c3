// Reads `metrics:`: metrics of the user's own, made of what the simulated endpoint does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/document.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

// The variant by its name, until names are resolved.
struct CustomMetricDraft {
  CustomMetric metric;
  std::optional<std::string> variant;
  NodePlace variant_place;
};

// `node` is null when the key is absent. Sorted by namespace, name and dimensions.
std::vector<CustomMetricDraft> read_custom_metrics(const Node* node, Diagnostics& diagnostics);

}  // namespace sim
