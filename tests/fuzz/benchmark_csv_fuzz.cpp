// Feeds arbitrary bytes to the reader of benchmarks, and fits what it accepts.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sim/scenario/benchmark_reader.hpp"
#include "sim/scenario/instance_benchmark.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sim::Diagnostics diagnostics;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto benchmark = sim::read_benchmark(text, "benchmark.csv", "ml.c5.large", diagnostics);
  if (!benchmark) return diagnostics.has_errors() ? 0 : (std::abort(), 0);
  const auto fit = sim::fit_benchmark(*benchmark, "benchmark.csv", {}, diagnostics);
  if (!fit) return 0;
  for (const double rate : fit->throughputs) {
    if (!std::isfinite(rate) || rate <= 0) std::abort();
  }
  return 0;
}
