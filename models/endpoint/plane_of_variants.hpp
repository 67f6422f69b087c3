// Hands what concerns one variant to the object that plays that variant: what the request planes
// have in common.
#pragma once

#include <vector>

#include "models/endpoint/request_plane.hpp"

namespace models::endpoint {

// Variant: enter_service(), stop(), remove(), close() as of RequestPlane but for one variant, and
// ledger().
template <class Variant>
class PlaneOfVariants : public RequestPlane {
 public:
  void enter_service(VariantIndex variant, InstanceSlot slot, SimTime warm_at) override {
    variants_[variant].enter_service(slot, warm_at);
  }
  void stop(VariantIndex variant, InstanceSlot slot, SimTime gone_at) override {
    variants_[variant].stop(slot, gone_at);
  }
  void remove(VariantIndex variant, InstanceSlot slot) override { variants_[variant].remove(slot); }

  void close(SimTime at) override {
    for (Variant& variant : variants_) variant.close(at);
  }
  const RequestTally& closed(VariantIndex variant) const override {
    return variants_[variant].ledger().closed();
  }
  SimTime stretch_end() const override { return variants_.front().ledger().current_end(); }
  std::int64_t invocations(VariantIndex variant) const override {
    return variants_[variant].ledger().current_invocations();
  }

 protected:
  std::vector<Variant> variants_;  // never moved once the plane is made
};

}  // namespace models::endpoint
