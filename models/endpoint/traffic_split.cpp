#include "models/endpoint/traffic_split.hpp"

#include "core/check.hpp"

namespace models::endpoint {

TrafficSplit::Shadow::Shadow(VariantIndex variant, double share, const core::RandomEngine& engine)
    : variant_(variant), bound_(bound_of(share)), engine_(engine) {}

TrafficSplit::TrafficSplit(std::span<const VariantInputs> variants,
                           const core::RandomEngine& engine)
    : engine_(engine) {
  double total = 0;
  for (const VariantInputs& variant : variants) {
    if (!variant.is_shadow) total += variant.share;
  }
  CHECK(total > 0);
  double before = 0;
  for (VariantIndex index = 0; index < variants.size(); ++index) {
    const VariantInputs& variant = variants[index];
    CHECK(variant.share >= 0);
    if (variant.is_shadow) {
      shadows_.emplace_back(index, variant.share, variant.copies);
      continue;
    }
    if (!production_.empty()) bounds_.push_back(bound_of(before / total));
    production_.push_back(index);
    before += variant.share;
  }
}

std::uint64_t TrafficSplit::bound_of(double share) {
  CHECK(share <= 1);
  return static_cast<std::uint64_t>(share * static_cast<double>(kWhole));
}

}  // namespace models::endpoint
