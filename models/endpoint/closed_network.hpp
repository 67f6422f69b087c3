// Says what a closed loop of users gets from one instance, exactly.
//
// Each user thinks, asks, and waits for the answer; the instance serves k requests at once at a
// rate that depends on k. That is a closed network of a delay station and a load-dependent station
// with processor sharing, whose state has a product form whatever the distributions of service and
// thinking (Baskett, Chandy, Muntz and Palacios, Journal of the ACM 22, 1975).
#pragma once

#include <span>
#include <vector>

namespace models::endpoint {

struct ClosedLoad {
  double throughput = 0;       // answers a second
  double concurrency = 0;      // mean number of requests at the instance
  std::vector<double> shares;  // of the time with 0, 1, ... requests at the instance; of sum 1
};

// rates: answers a second with 1, 2, ... requests at the instance; with more than are given, the
// last. A number of users between two whole ones is a mixture of both in time, as in a test to
// which a user was added within the minute.
// REQUIRES: positive rates, at least one; users > 0; think_time_s >= 0.
ClosedLoad closed_load(std::span<const double> rates, double think_time_s, double users);

}  // namespace models::endpoint
