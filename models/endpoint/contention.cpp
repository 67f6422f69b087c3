#include "models/endpoint/contention.hpp"

#include "core/check.hpp"
#include "models/endpoint/endpoint_variant.hpp"

namespace models::endpoint {

Contention contention_of(const EndpointVariant& variant) {
  constexpr double kTolerance = 1e-3;
  const double alone = 1 / mean_seconds(variant.service_time);
  const double independent = variant.workers * alone;
  const double throughput = variant.throughput.per_second();
  CHECK(throughput > 0);
  if (throughput >= independent * (1 - kTolerance)) return {};
  CHECK(variant.workers > 1 && throughput >= alone * (1 - kTolerance));
  return {(independent / throughput - 1) / (variant.workers - 1)};
}

}  // namespace models::endpoint
