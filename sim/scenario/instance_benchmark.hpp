// Gives a variant the speed and the CPU of an instance that was measured: `endpoint.benchmark`.
#pragma once

#include "sim/scenario/endpoint_reader.hpp"
#include "sim/scenario/section.hpp"
#include "sim/scenario/span_reader.hpp"

namespace sim {

// Sets the variant's service time, throughputs, CPU and, unless they are given, its workers. The
// overhead of the variant is the time between an answer and the next request of the users who
// measured it. REQUIRES: the section has `benchmark`; instance type and overhead are read.
void read_instance_benchmark(const Section& section, const FileContext& files,
                             VariantSection& read);

}  // namespace sim
