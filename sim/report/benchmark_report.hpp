// Writes what a load test of one instance measured: for people, for programs, and for `fit`.
#pragma once

#include <ostream>
#include <string_view>

#include "sim/observe/benchmark_result.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/paint.hpp"
#include "sim/scenario/scenario.hpp"

namespace sim {

struct BenchmarkReport {
  const Scenario& scenario;  // whose first variant was measured
  const BenchmarkResult& result;
};

// max_invocations, latency_threshold, flat_invocations, errors or max_users.
std::string_view to_string(BenchmarkStop stop);

void write_benchmark(std::ostream& out, const BenchmarkReport& report, Colour colour);
void write_benchmark_markdown(std::ostream& out, const BenchmarkReport& report);
// {rows, knee, stopped_by}
void write_benchmark_json(JsonWriter& json, const BenchmarkResult& result);
// The columns that sim/scenario/benchmark_reader.hpp reads, latencies those of the model.
void write_benchmark_csv(std::ostream& out, const BenchmarkResult& result);

}  // namespace sim
