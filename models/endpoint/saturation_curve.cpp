#include "models/endpoint/saturation_curve.hpp"

#include <cmath>

#include "core/check.hpp"
#include "models/endpoint/endpoint_variant.hpp"

namespace models::endpoint {
namespace {

// Whoever measures 2 / 9.3 ms with two workers means that they do not slow each other down.
constexpr double kTolerance = 1e-3;

bool is_proportional(const std::vector<core::RequestRate>& throughputs) {
  for (std::size_t i = 0; i < throughputs.size(); ++i) {
    const double independent = static_cast<double>(i + 1) * throughputs.front().per_second();
    if (std::abs(throughputs[i].per_second() / independent - 1) > kTolerance) return false;
  }
  return true;
}

}  // namespace

SaturationCurve SaturationCurve::with_contention(double alpha, int workers) {
  CHECK(alpha >= 0 && workers >= 1);
  SaturationCurve curve;
  curve.speeds_.assign(1, 1);
  for (int busy = 1; busy <= workers; ++busy) {
    curve.speeds_.push_back(1 / (1 + alpha * (busy - 1)));
  }
  return curve;
}

SaturationCurve SaturationCurve::through(const std::vector<core::RequestRate>& throughputs) {
  CHECK(!throughputs.empty());
  SaturationCurve curve;
  curve.speeds_.assign(1, 1);
  for (const core::RequestRate throughput : throughputs) {
    CHECK(throughput.per_second() > 0);
    const auto busy = static_cast<double>(curve.speeds_.size());
    curve.speeds_.push_back(throughput.per_second() / throughputs.front().per_second() / busy);
  }
  return curve;
}

SaturationCurve saturation_curve_of(const EndpointVariant& variant) {
  if (!variant.throughputs.empty()) {
    CHECK_EQ(variant.throughputs.size(), static_cast<std::size_t>(variant.workers));
    if (is_proportional(variant.throughputs)) return {};
    return SaturationCurve::through(variant.throughputs);
  }
  const double alone = 1 / mean_seconds(variant.service_time);
  const double independent = variant.workers * alone;
  const double throughput = variant.throughput.per_second();
  CHECK(throughput > 0);
  if (throughput >= independent * (1 - kTolerance)) return {};
  CHECK(variant.workers > 1 && throughput >= alone * (1 - kTolerance));
  return SaturationCurve::with_contention((independent / throughput - 1) / (variant.workers - 1),
                                          variant.workers);
}

}  // namespace models::endpoint
