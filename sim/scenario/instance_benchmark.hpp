// Gives a variant the speed and the CPU of an instance that was measured: `endpoint.benchmark`.
#pragma once

#include <optional>
#include <string>

#include "models/endpoint/saturation_fit.hpp"
#include "sim/scenario/benchmark_reader.hpp"
#include "sim/scenario/endpoint_reader.hpp"
#include "sim/scenario/section.hpp"
#include "sim/scenario/span_reader.hpp"

namespace sim {

// Nothing, and a report at the file, when fitting would take minutes: more than kMostWork rows
// times users who measured them.
inline constexpr double kMostWork = 10'000;
std::optional<models::endpoint::SaturationFit> fit_benchmark(
    const MeasuredBenchmark& benchmark, const std::string& file,
    const models::endpoint::SaturationFitOptions& options, Diagnostics& diagnostics);

// Sets the variant's service time, throughputs, CPU and, unless they are given, its workers. The
// overhead, where it is given, is the time between an answer and the next request of the users who
// measured. REQUIRES: the section has `benchmark`; instance type and overhead are read.
void read_instance_benchmark(const Section& section, const FileContext& files,
                             VariantSection& read);

}  // namespace sim
