// Measures the least that one simulated request can cost: nothing but the queueing recursion.
//
// A simulator's speed is quoted as a ratio to this, measured in the same minute on the same core:
// absolute times on shared machines move by a factor of two, the ratio does not.
#pragma once

#include <cstdint>

namespace bench {

// CPU time of this process, in seconds.
double cpu_seconds();

// G/G/1 as Lindley's recursion, W' = max(0, W + S - A), at rho 0.9, with xoshiro256++ behind
// Boost's ziggurat: CPU nanoseconds a request.
double lindley_ns_per_request(std::int64_t requests);

}  // namespace bench
