#include "models/endpoint/utilization_curve.hpp"

#include <algorithm>
#include <cstddef>

#include "core/check.hpp"

namespace models::endpoint {
namespace {

// The slope at an inner point: zero at a turn, else the harmonic mean of the slopes beside it,
// weighted by the widths (Fritsch and Butland, 1984).
double inner_slope(double width_before, double slope_before, double width_after,
                   double slope_after) {
  if (slope_before * slope_after <= 0) return 0;
  const double weight_before = 2 * width_after + width_before;
  const double weight_after = width_after + 2 * width_before;
  return (weight_before + weight_after) /
         (weight_before / slope_before + weight_after / slope_after);
}

}  // namespace

UtilizationCurve::UtilizationCurve(const std::vector<UtilizationPoint>& points) {
  for (const UtilizationPoint& point : points) {
    CHECK(rates_.empty() || point.at.per_second() > rates_.back());
    rates_.push_back(point.at.per_second());
    percents_.push_back(point.percent);
  }
  if (rates_.size() < 2) return;
  const std::size_t last = rates_.size() - 1;
  std::vector<double> widths(last);
  std::vector<double> secants(last);
  for (std::size_t i = 0; i < last; ++i) {
    widths[i] = rates_[i + 1] - rates_[i];
    secants[i] = (percents_[i + 1] - percents_[i]) / widths[i];
  }
  slopes_.assign(rates_.size(), 0);
  slopes_.front() = secants.front();
  slopes_.back() = secants.back();
  for (std::size_t i = 1; i < last; ++i) {
    slopes_[i] = inner_slope(widths[i - 1], secants[i - 1], widths[i], secants[i]);
  }
}

double UtilizationCurve::at(core::RequestRate served) const {
  CHECK(has_points());
  const double rate = served.per_second();
  if (rate <= rates_.front()) return percents_.front();
  if (rate >= rates_.back()) return percents_.back();
  const auto above = std::upper_bound(rates_.begin(), rates_.end(), rate);
  const auto i = static_cast<std::size_t>(above - rates_.begin()) - 1;
  const double width = rates_[i + 1] - rates_[i];
  const double t = (rate - rates_[i]) / width;
  const double u = 1 - t;
  // The cubic Hermite form, each term with its own basis polynomial.
  return percents_[i] * (1 + 2 * t) * u * u + slopes_[i] * width * t * u * u +
         percents_[i + 1] * t * t * (3 - 2 * t) - slopes_[i + 1] * width * t * t * u;
}

core::CpuPercent cpu_of_busy_workers(double busy_share, int workers, core::VcpuCount vcpus) {
  const double workers_per_vcpu = static_cast<double>(workers) / vcpus.value;
  return core::to_cpu_percent({std::min(1.0, busy_share * workers_per_vcpu)}, vcpus);
}

}  // namespace models::endpoint
