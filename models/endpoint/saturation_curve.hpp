// Tells how fast one instance serves k requests at once, and how much of its CPU that takes.
//
// Every request in service is served at the same speed, a share of the speed that one alone has:
// processor sharing with a rate that depends on the load. Requests beyond the workers wait.
//
// Two sources:
// - Throughput alone. All requests in service slow each other down by the contention term of
//   Gunther's universal scalability law (Guerrilla Capacity Planning, 2007, eq. 4.6, with no
//   coherency term), with the one alpha that meets the throughput when all workers are busy.
// - The throughput with 1, 2, ... requests in service, as a measured benchmark gives it. It may
//   fall beyond its peak.
#pragma once

#include <cstddef>
#include <vector>

#include "core/units.hpp"

namespace models::endpoint {

struct EndpointVariant;

class SaturationCurve {
 public:
  // Workers that do not slow each other down.
  SaturationCurve() = default;
  // k requests at once are served at k / (1 + alpha (k - 1)) times the rate of one.
  // REQUIRES: alpha >= 0, workers >= 1.
  static SaturationCurve with_contention(double alpha, int workers);
  // throughputs: with 1, 2, ... requests in service. REQUIRES: all positive, at least one.
  static SaturationCurve through(const std::vector<core::RequestRate>& throughputs);

  bool independent() const { return speeds_.empty(); }
  // The share of its speed alone at which each of `busy` requests is served.
  // REQUIRES: 1 <= busy <= workers.
  double speed(int busy) const {
    return speeds_.empty() ? 1 : speeds_[static_cast<std::size_t>(busy)];
  }

 private:
  std::vector<double> speeds_;  // by requests in service; empty: independent
};

// Independent workers when the throughput is workers / mean service time, to a thousandth, and
// each of the throughputs is that many times the first.
// REQUIRES: the throughput lies between 1 and `workers` times 1 / mean service time; there are no
// throughputs, or as many as workers.
SaturationCurve saturation_curve_of(const EndpointVariant& variant);

}  // namespace models::endpoint
