// Tells the CPUUtilization that an instance publishes, from the rate it served or from how busy its
// workers were.
//
// With measured points the curve is a monotone cubic (Fritsch and Carlson, SIAM J. Numer. Anal. 17,
// 1980) with the slopes of Fritsch and Butland (SIAM J. Sci. Stat. Comput. 5, 1984): through every
// point, never overshooting between two; its ends have the slopes of their secants. Outside the
// measured range it stays at the first and the last value. Without points, busy workers are spread
// over the vCPUs.
#pragma once

#include <vector>

#include "core/units.hpp"
#include "models/endpoint/endpoint_variant.hpp"

namespace models::endpoint {

class CpuCurve {
 public:
  // REQUIRES: points increasing in rate.
  CpuCurve(const std::vector<CpuPoint>& points, core::VcpuCount vcpus, int workers);

  // served: requests answered a second; busy_share: 0..1 of all the instance's workers.
  core::CpuPercent at(core::RequestRate served, double busy_share) const;

 private:
  double measured(double rate) const;

  std::vector<double> rates_;
  std::vector<double> percents_;
  std::vector<double> slopes_;
  core::VcpuCount vcpus_;
  double workers_per_vcpu_;
};

}  // namespace models::endpoint
