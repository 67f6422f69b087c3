#include "sim/scenario/instance_benchmark.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/endpoint/saturation_fit.hpp"
#include "sim/scenario/benchmark_reader.hpp"
#include "sim/scenario/input_file.hpp"

namespace sim {
namespace {

using models::endpoint::EndpointVariant;
using models::endpoint::SaturationFit;

// Of latencies whose spread was not measured: between that of equal payloads and exponential.
constexpr double kUnknownVariation = 0.5;
constexpr double kNormalP99 = 2.3263478740408408;  // the 99 % quantile of the normal distribution

// The standard deviation over the mean of the log-normal distribution with the percentiles.
// None: they were not measured.
std::optional<double> spread_of(const MeasuredBenchmark& benchmark) {
  if (!benchmark.p50_s || !benchmark.p99_s || *benchmark.p99_s <= *benchmark.p50_s) {
    return std::nullopt;
  }
  const double sigma = std::log(*benchmark.p99_s / *benchmark.p50_s) / kNormalP99;
  return std::sqrt(std::expm1(sigma * sigma));
}

void apply(const SaturationFit& fit, double variation, EndpointVariant& variant) {
  variant.workers = static_cast<std::int32_t>(fit.throughputs.size());
  variant.service_time =
      models::endpoint::LogNormalSpan::from_mean_cv(fit.service_time_s(), variation);
  variant.throughputs.clear();
  for (const double rate : fit.throughputs) {
    variant.throughputs.push_back(core::RequestRate::per_second(rate));
  }
  // What can be held: the largest of the rates is that of a number of requests that no load holds.
  variant.throughput = core::RequestRate::per_second(models::endpoint::peak_load(fit).throughput);
  variant.busy_cpu.clear();
  for (const double percent : fit.busy_cpu) variant.busy_cpu.push_back({percent});
}

// One row alone can make an instance slower than it is: what the others say is not in doubt.
void warn_of_misses(const SaturationFit& fit, const Node& node, const std::string& path,
                    Diagnostics& diagnostics) {
  constexpr double kWorthSaying = 0.05;
  for (const auto& row : fit.rows) {
    const double error = row.throughput / row.measured.throughput - 1;
    if (std::abs(error) <= kWorthSaying) continue;
    report(diagnostics, Severity::Warning, node.place, "benchmark-missed",
           fmt::format("no instance that is served alike at the same load measures all rows of {}: "
                       "that of {:.4g}/s is missed by {:.2g} %",
                       in_quotes(path), row.measured.throughput, error * 100),
           "'headroom fit' shows each row");
    return;
  }
}

}  // namespace

std::optional<SaturationFit> fit_benchmark(const MeasuredBenchmark& benchmark,
                                           const std::string& file,
                                           const models::endpoint::SaturationFitOptions& options,
                                           Diagnostics& diagnostics) {
  // A time to think that is not given is found, and does not add more than a few users.
  constexpr double kUsersThinking = 5;
  double users = 0;
  for (const auto& row : benchmark.rows) {
    const double thinking = options.think_time_s.value_or(0) * row.throughput + kUsersThinking;
    users = std::max(users, row.concurrency() + thinking);
  }
  for (const auto& row : benchmark.rows) {
    if (row.cpu_percent.value_or(0) <= options.most_cpu_percent) continue;
    diagnostics.add_error({file, 0, 0}, "out-of-range",
                          fmt::format("expected a cpu_percent of at most {:.6g}, found {:.6g}",
                                      options.most_cpu_percent, *row.cpu_percent),
                          "CPUUtilization is 100 % for each vCPU of the instance type");
    return std::nullopt;
  }
  if (static_cast<double>(benchmark.rows.size()) * users > kMostWork) {
    diagnostics.add_error(
        {file, 0, 0}, "too-large",
        fmt::format("expected at most {:.0f} rows times users, found {} rows of up to {:.0f} users",
                    kMostWork, benchmark.rows.size(), users),
        "leave rows out, or average those of about the same load");
    return std::nullopt;
  }
  return models::endpoint::fit_saturation(benchmark.rows, options);
}

void read_instance_benchmark(const Section& section, const FileContext& files,
                             VariantSection& read) {
  Diagnostics& diagnostics = section.diagnostics();
  const Node& node = *section.find("benchmark");
  for (const std::string_view other : {"latency", "throughput", "cpu"}) {
    if (const Node* given = section.find(other)) {
      report(diagnostics, Severity::Error, given->place, "contradiction",
             fmt::format("expected either 'benchmark' or {}, found both", in_quotes(other)),
             "the curve that is fitted to the benchmark says all three");
      return;
    }
  }
  const auto written = section.text("benchmark");
  if (!written) return;
  const std::string path = beside(files.scenario_file, *written);
  const auto text = read_text_file(files.open, path, node.place, diagnostics);
  if (!text) return;
  const auto benchmark = read_benchmark(*text, path, read.variant.instance_type, diagnostics);
  if (!benchmark) return;
  EndpointVariant& variant = read.variant;
  models::endpoint::SaturationFitOptions options;
  // Without an overhead the rows tell how long their users waited, as in `headroom fit`.
  if (section.has("overhead")) options.think_time_s = core::in_seconds(variant.overhead);
  if (section.has("workers")) options.workers = variant.workers;
  options.most_cpu_percent = 100.0 * variant.vcpus.value;
  const auto fit = fit_benchmark(*benchmark, path, options, diagnostics);
  if (!fit) return;
  apply(*fit, spread_of(*benchmark).value_or(kUnknownVariation), variant);
  read.benchmark = {.file = path, .spread_is_assumed = !spread_of(*benchmark)};
  warn_of_misses(*fit, node, path, diagnostics);
}

}  // namespace sim
