#include "models/endpoint/traffic_split.hpp"

#include "core/check.hpp"

namespace models::endpoint {

TrafficSplit::Shadow::Shadow(VariantIndex variant, double share, const VariantEngines& engines)
    : variant_(variant),
      bound_(bound_of(share)),
      engine_(engines.copies),
      retry_engine_(engines.retry_copies) {}

TrafficSplit::TrafficSplit(std::span<const EndpointVariant> variants, const PlaneInputs& inputs)
    : engine_(inputs.split), retry_engine_(inputs.retry_split) {
  CHECK_EQ(inputs.variants.size(), variants.size());
  double total = 0;
  for (const EndpointVariant& variant : variants) {
    if (!variant.is_shadow()) total += variant.weight;
  }
  CHECK(total > 0);
  double before = 0;
  for (VariantIndex index = 0; index < variants.size(); ++index) {
    const EndpointVariant& variant = variants[index];
    if (variant.is_shadow()) {
      shadows_.emplace_back(index, *variant.shadow_share, inputs.variants[index]);
      continue;
    }
    CHECK(variant.weight >= 0);
    if (!production_.empty()) bounds_.push_back(bound_of(before / total));
    production_.push_back(index);
    before += variant.weight;
  }
}

std::uint64_t TrafficSplit::bound_of(double share) {
  CHECK(share >= 0 && share <= 1);
  return static_cast<std::uint64_t>(share * static_cast<double>(kWhole));
}

}  // namespace models::endpoint
