// Tells how much workers of one instance slow each other down.
//
// Below saturation an instance serves k requests at once at k / (1 + alpha (k - 1)) times the rate
// of one: the contention term of Gunther's universal scalability law (Guerrilla Capacity Planning,
// 2007, eq. 4.6, with no coherency term). alpha follows from the two figures that people have: the
// latency of a request alone, and the most that all workers together serve.
#pragma once

#include "core/units.hpp"

namespace models::endpoint {

struct EndpointVariant;

struct Contention {
  double alpha = 0;  // 0: workers are independent

  bool none() const { return alpha == 0; }
  // The share of its speed alone at which each of `busy` requests is served.
  double speed(int busy) const { return 1 / (1 + alpha * (busy - 1)); }
};

// Independent workers when the throughput is workers / mean service time, to a thousandth.
// REQUIRES: the throughput lies between 1 and `workers` times 1 / mean service time.
Contention contention_of(const EndpointVariant& variant);

}  // namespace models::endpoint
