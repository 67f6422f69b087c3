// Fits how fast an instance serves k requests at once to a benchmark of it.
//
// A row of a benchmark is an average over a minute in which the number of requests at the instance
// went up and down. So the rates with 1, 2, ... requests are not read off the rows, but found: they
// are those with which a closed loop of users would have measured the rows (closed_network.hpp).
// By Little's law a row of throughput X and latency R was measured by X (R + Z) users who wait Z
// between an answer and the next request.
//
// - The universal scalability law, X(k) = lambda k / (1 + sigma (k - 1) + kappa k (k - 1))
// (Gunther,
//   Guerrilla Capacity Planning, 2007, eq. 4.6), is fitted to the relative errors of the rows by
//   Levenberg and Marquardt; standard errors are those of the linearised problem.
// - Where it misses a row by more than kLawTolerance, the instance is given free rates instead, at
//   each k or at the measured ones, that rise up to a peak and never rise beyond it.
// - One row alone is taken for the start of the plateau: requests are served without
//   slowing each other down until the instance gives that throughput, X(k) = min(k / R, X).
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace models::endpoint {

inline constexpr double kLawTolerance = 0.03;

struct BenchmarkRow {
  double throughput = 0;  // answers a second
  double latency_s = 0;   // mean model latency
  std::optional<double> cpu_percent{};

  double concurrency() const { return throughput * latency_s; }  // Little's law
};

struct UniversalScalability {
  double lambda = 0;  // requests a second of one at a time
  double sigma = 0;   // contention
  double kappa = 0;   // coherency

  double throughput(double requests) const;
};

struct FittedRow {
  BenchmarkRow measured;
  double users = 0;           // who asked for it, by Little's law
  double law_throughput = 0;  // what these users would have got by the law,
  double throughput = 0;      // and of the instance
  std::optional<double> cpu_percent{};
};

struct SaturationFitOptions {
  // Between an answer and the user's next request. None: from the row of least concurrency, taken
  // for that of one user if it is below one, else zero; free rates are fitted together with it.
  std::optional<double> think_time_s{};
  // Served at once by one instance. None: the largest concurrency measured, for nothing is known
  // beyond it.
  std::optional<int> workers{};
  double most_cpu_percent = 100;  // 100 a vCPU
};

struct SaturationFit {
  double think_time_s = 0;
  UniversalScalability law;
  // None where the rows are too few or do not tell the terms apart; NaN of a term that is left out.
  std::optional<UniversalScalability> standard_errors;
  bool follows_law = false;         // else the rates are free
  std::vector<double> throughputs;  // of the instance with 1, 2, ... requests; to five digits
  int peak = 1;                     // the number of requests with the largest of them
  std::vector<double> busy_cpu;     // with 0, 1, ... requests; empty when no row has CPU
  std::vector<FittedRow> rows;      // by rising concurrency

  double service_time_s() const { return 1 / throughputs.front(); }
};

inline constexpr std::size_t kFewestRows = 3;

// REQUIRES: one row or at least kFewestRows, all of positive throughput and latency.
SaturationFit fit_saturation(std::vector<BenchmarkRow> rows, const SaturationFitOptions& options);

// What some number of users would get from the fitted instance, averaged over time.
struct FittedLoad {
  double users = 0;
  double throughput = 0;
  double concurrency = 0;
  std::optional<double> cpu_percent{};

  double latency_s() const { return concurrency / throughput; }
};

FittedLoad fitted_load(const SaturationFit& fit, double users);
// The most that any number of users gets, to a thousandth, and the fewest who get it.
FittedLoad peak_load(const SaturationFit& fit);
// The start of the plateau: the fewest users who get kPlateau of the peak.
inline constexpr double kPlateau = 0.95;
FittedLoad knee_load(const SaturationFit& fit);
// The fewest users at whom the CPU reaches this. None: it never does, or is not known.
std::optional<FittedLoad> load_at_cpu(const SaturationFit& fit, double cpu_percent);

}  // namespace models::endpoint
