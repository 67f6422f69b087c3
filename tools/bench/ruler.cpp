#include "tools/bench/ruler.hpp"

#include <algorithm>
#include <boost/random/exponential_distribution.hpp>
#include <cstdio>
#include <ctime>

#include "core/random_streams.hpp"

namespace bench {

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double lindley_ns_per_request(std::int64_t requests) {
  core::RandomEngine arrivals(1);
  core::RandomEngine services(2);
  boost::random::exponential_distribution<double> exponential(1.0);
  const double start = cpu_seconds();
  double wait = 0;
  double sum = 0;
  for (std::int64_t i = 0; i < requests; ++i) {
    const double service = exponential(services);
    const double gap = exponential(arrivals) / 0.9;
    sum += wait + service;
    wait = std::max(0.0, wait + service - gap);
  }
  const double spent = cpu_seconds() - start;
  // The result is used, so that the loop cannot be left out.
  if (sum < 0) std::puts("impossible");
  return spent * 1e9 / static_cast<double>(requests);
}

}  // namespace bench
