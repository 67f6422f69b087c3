// Tells the utilization that an instance publishes, from the rate it served or from how busy its
// workers were.
//
// Measured points give a monotone cubic (Fritsch and Carlson, SIAM J. Numer. Anal. 17, 1980) with
// the slopes of Fritsch and Butland (SIAM J. Sci. Stat. Comput. 5, 1984): through every point,
// never overshooting between two; its ends have the slopes of their secants. Outside the measured
// range it stays at the first and the last value.
#pragma once

#include <vector>

#include "core/units.hpp"
#include "models/endpoint/endpoint_variant.hpp"

namespace models::endpoint {

class UtilizationCurve {
 public:
  // REQUIRES: points increasing in rate.
  explicit UtilizationCurve(const std::vector<UtilizationPoint>& points);

  bool has_points() const { return !rates_.empty(); }

  // The percentage at this rate of answered requests. REQUIRES: has_points().
  double at(core::RequestRate served) const;

 private:
  std::vector<double> rates_;
  std::vector<double> percents_;
  std::vector<double> slopes_;
};

// CPUUtilization where nothing was measured: busy workers spread over the vCPUs. busy_share: 0..1
// of all the instance's workers.
core::CpuPercent cpu_of_busy_workers(double busy_share, int workers, core::VcpuCount vcpus);

}  // namespace models::endpoint
