// Reads the benchmark of one instance: what it served, how fast, and how busy it was, one row a
// level of load.
//
// Formats, told apart by their contents:
// - CSV with a header: `rate` (a second) or `invocations_per_minute`; `mean_latency_ms` or `p50_ms`
//   or `concurrency`; and where known `p99_ms`, `cpu_percent`, `error_rate` (a fraction). Lines
//   before the header that begin with # are comments.
// - Locust's `_stats_history.csv`: its rows of one number of users are averaged, without the first
//   third, in which users were still coming.
// - What `aws sagemaker describe-inference-recommendations-job` prints: of the instance
//   type asked for, one row, where the invocations begin to be flat.
#pragma once

#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/endpoint/saturation_fit.hpp"
#include "sim/scenario/diagnostic.hpp"

namespace sim {

struct MeasuredBenchmark {
  std::vector<models::endpoint::BenchmarkRow> rows;  // one of a recommendation, or kFewestRows
  // Of the row of least load, where it has them: how far latencies spread.
  std::optional<double> p50_s;
  std::optional<double> p99_s;
};

// Nothing after an error. Warns of a table that never saturates, of rows that it leaves out, and of
// latencies that cannot be milliseconds. Of recommendations that of the instance type is taken; it
// may be empty when there is only one.
std::optional<MeasuredBenchmark> read_benchmark(std::string_view text, const std::string& file,
                                                std::string_view instance_type,
                                                Diagnostics& diagnostics);

// Warns of rows of equal rate and rising latency: that is concurrency, not load, and whoever takes
// the rates for loads is misled. The fit is not.
void warn_of_closed_loop(const MeasuredBenchmark& benchmark, const std::string& file,
                         Diagnostics& diagnostics);

// nobody waits ten seconds at the least load, so such latencies, taken for milliseconds, are
// microseconds.
inline constexpr double kMicroseconds = 10'000;

// The longest table that is read.
inline constexpr std::size_t kMostBenchmarkRows = 100'000;

}  // namespace sim
