#include "models/endpoint/saturation_fit.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <unsupported/Eigen/NonLinearOptimization>
#include <unsupported/Eigen/NumericalDiff>

#include "core/check.hpp"
#include "models/endpoint/closed_network.hpp"

namespace models::endpoint {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// Residuals as a function of parameters, in the form that Eigen's solver asks for.
struct Residuals {
  using Scalar = double;
  using InputType = VectorXd;
  using ValueType = VectorXd;
  using JacobianType = MatrixXd;
  enum { InputsAtCompileTime = Eigen::Dynamic, ValuesAtCompileTime = Eigen::Dynamic };

  Eigen::Index parameters;
  Eigen::Index count;
  std::function<void(const VectorXd&, VectorXd&)> evaluate;

  Eigen::Index inputs() const { return parameters; }
  Eigen::Index values() const { return count; }
  int operator()(const VectorXd& at, VectorXd& residuals) const {
    evaluate(at, residuals);
    return 0;
  }
};

struct Solution {
  VectorXd parameters;
  double sum_of_squares = 0;
  MatrixXd jacobian;
};

Solution least_squares(const Residuals& residuals, VectorXd start) {
  using Differences = Eigen::NumericalDiff<Residuals, Eigen::Central>;
  Differences differences(residuals);
  Eigen::LevenbergMarquardt<Differences> solver(differences);
  solver.parameters.maxfev = 400;  // a fit that needs more is not going to be better
  solver.parameters.xtol = 1e-12;
  solver.parameters.ftol = 1e-14;
  solver.minimize(start);
  Solution solution;
  solution.parameters = start;
  VectorXd at_solution(residuals.values());
  residuals(start, at_solution);
  solution.sum_of_squares = at_solution.squaredNorm();
  solution.jacobian.resize(residuals.values(), residuals.inputs());
  differences.df(start, solution.jacobian);
  return solution;
}

double in_five_digits(double value) {
  const double unit = std::pow(10, std::floor(std::log10(value)) - 4);
  return std::round(value / unit) * unit;
}

// The rows, by rising concurrency, and the users who measured them.
struct Benchmark {
  std::vector<BenchmarkRow> rows;
  double think_time_s = 0;

  double users(std::size_t row) const {
    return rows[row].throughput * (rows[row].latency_s + think_time_s);
  }
  // How far off these rates would be, relative to what was measured.
  double error(std::size_t row, std::span<const double> rates) const {
    return closed_load(rates, think_time_s, users(row)).throughput / rows[row].throughput - 1;
  }
  int most_requests() const {
    return std::max(1, static_cast<int>(std::ceil(rows.back().concurrency() - 1e-9)));
  }
};

Benchmark benchmark_of(std::vector<BenchmarkRow> rows, const SaturationFitOptions& options) {
  std::stable_sort(rows.begin(), rows.end(), [](const BenchmarkRow& a, const BenchmarkRow& b) {
    return a.concurrency() < b.concurrency();
  });
  Benchmark benchmark{std::move(rows), options.think_time_s.value_or(0)};
  const BenchmarkRow& first = benchmark.rows.front();
  if (!options.think_time_s && first.concurrency() < 1) {
    benchmark.think_time_s = (1 - first.concurrency()) / first.throughput;
  }
  return benchmark;
}

// --- The law

std::vector<double> rates_of(const UniversalScalability& law, int most) {
  std::vector<double> rates;
  for (int k = 1; k <= most; ++k) rates.push_back(law.throughput(k));
  return rates;
}

// Parameters: ln lambda, and those of sigma and kappa that are not held at zero.
struct LawTerms {
  bool sigma = true;
  bool kappa = true;

  Eigen::Index parameters() const { return 1 + (sigma ? 1 : 0) + (kappa ? 1 : 0); }
  UniversalScalability law(const VectorXd& at) const {
    UniversalScalability law{std::exp(at[0]), 0, 0};
    if (sigma) law.sigma = at[1];
    if (kappa) law.kappa = at[sigma ? 2 : 1];
    return law;
  }
};

Solution fit_law(const Benchmark& benchmark, const LawTerms& terms) {
  const int most = static_cast<int>(std::ceil(benchmark.users(benchmark.rows.size() - 1))) + 1;
  const Residuals residuals{terms.parameters(), static_cast<Eigen::Index>(benchmark.rows.size()),
                            [&](const VectorXd& at, VectorXd& errors) {
                              const std::vector<double> rates = rates_of(terms.law(at), most);
                              for (std::size_t i = 0; i < benchmark.rows.size(); ++i) {
                                errors[static_cast<Eigen::Index>(i)] = benchmark.error(i, rates);
                              }
                            }};
  VectorXd start = VectorXd::Constant(terms.parameters(), 0.01);
  start[0] = -std::log(benchmark.rows.front().latency_s);
  if (terms.sigma) start[1] = 0.3;
  return least_squares(residuals, std::move(start));
}

// The square roots of the diagonal of s^2 (J'J)^-1; of lambda by the delta method.
std::optional<UniversalScalability> standard_errors(const Solution& solution, const LawTerms& terms,
                                                    const UniversalScalability& law,
                                                    std::size_t rows) {
  const auto freedom = static_cast<Eigen::Index>(rows) - terms.parameters();
  if (freedom < 1) return std::nullopt;
  const double variance = solution.sum_of_squares / static_cast<double>(freedom);
  const MatrixXd information = solution.jacobian.transpose() * solution.jacobian;
  const MatrixXd covariance = variance * information.inverse();
  if (!covariance.allFinite()) return std::nullopt;  // the rows do not tell the terms apart
  const auto error = [&](Eigen::Index i) { return std::sqrt(std::max(0.0, covariance(i, i))); };
  // Of a term that is left out there is none.
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  UniversalScalability errors{law.lambda * error(0), kNone, kNone};
  if (terms.sigma) errors.sigma = error(1);
  if (terms.kappa) errors.kappa = error(terms.sigma ? 2 : 1);
  return errors;
}

void fit_law(const Benchmark& benchmark, SaturationFit& fit) {
  LawTerms terms;
  Solution solution = fit_law(benchmark, terms);
  // A negative term has no meaning: it is left out.
  if (terms.law(solution.parameters).kappa < 0) {
    terms.kappa = false;
    solution = fit_law(benchmark, terms);
  }
  if (terms.law(solution.parameters).sigma < 0) {
    terms.sigma = false;
    solution = fit_law(benchmark, terms);
  }
  fit.law = terms.law(solution.parameters);
  fit.standard_errors = standard_errors(solution, terms, fit.law, benchmark.rows.size());
}

// --- Free rates

// The numbers of requests at which a rate is free: each of a few, else a few of the measured ones.
std::vector<int> knots_of(const Benchmark& benchmark) {
  constexpr std::size_t kFew = 16;
  const int most = benchmark.most_requests();
  std::vector<int> knots;
  if (static_cast<std::size_t>(most) <= kFew) {
    for (int k = 1; k <= most; ++k) knots.push_back(k);
    return knots;
  }
  knots = {1, 2, most};
  for (const BenchmarkRow& row : benchmark.rows) {
    knots.push_back(std::clamp(static_cast<int>(std::lround(row.concurrency())), 1, most));
  }
  std::sort(knots.begin(), knots.end());
  knots.erase(std::unique(knots.begin(), knots.end()), knots.end());
  if (knots.size() <= kFew) return knots;
  std::vector<int> few;
  for (std::size_t i = 0; i < kFew; ++i) few.push_back(knots[i * (knots.size() - 1) / (kFew - 1)]);
  return few;
}

// Straight lines between the knots.
std::vector<double> between(const std::vector<int>& knots, const std::vector<double>& values) {
  std::vector<double> rates{values.front()};
  for (std::size_t i = 1; i < knots.size(); ++i) {
    const double width = knots[i] - knots[i - 1];
    for (int k = knots[i - 1] + 1; k <= knots[i]; ++k) {
      rates.push_back(values[i - 1] + (values[i] - values[i - 1]) * (k - knots[i - 1]) / width);
    }
  }
  return rates;
}

// Rates that rise up to the knot `peak` and never rise beyond it: ln of the first, then square
// roots of the relative steps.
std::vector<double> with_peak(const std::vector<int>& knots, std::size_t peak, const VectorXd& at) {
  std::vector<double> values{std::exp(at[0])};
  for (std::size_t i = 1; i < knots.size(); ++i) {
    const double root = at[static_cast<Eigen::Index>(i)];
    const double step = 1 + root * root;
    values.push_back(i <= peak ? values.back() * step : values.back() / step);
    // No request is served faster than alone.
    values.back() = std::min(values.back(), values.front() * knots[i]);
  }
  return between(knots, values);
}

struct FreeRates {
  std::vector<double> rates;
  double think_time_s = 0;
  double cost = 0;
};

// The sum of fourth powers is what is least: rows are measured alike, and one that is missed by far
// is worse than many by little. A pull on the steps, too weak to be seen in a rate that any row
// tells of, decides those that none does. The last parameter is that of the time to think.
FreeRates fit_peak(const Benchmark& benchmark, const std::vector<int>& knots, std::size_t peak,
                   bool fits_think_time) {
  constexpr double kPull = 0.1;
  constexpr double kPullOfThinking = 0.5;  // a factor of e weighs as much as a row 2 % off
  constexpr double kMostFactor = 4;
  const auto rows = benchmark.rows.size();
  const auto steps = static_cast<Eigen::Index>(knots.size());
  const auto think_time_s = [&](const VectorXd& at) {
    if (!fits_think_time) return benchmark.think_time_s;
    return benchmark.think_time_s * std::clamp(std::exp(at[steps]), 1 / kMostFactor, kMostFactor);
  };
  const Residuals residuals{
      steps + (fits_think_time ? 1 : 0), static_cast<Eigen::Index>(rows) + steps,
      [&](const VectorXd& at, VectorXd& errors) {
        const Benchmark tried{benchmark.rows, think_time_s(at)};
        const std::vector<double> rates = with_peak(knots, peak, at);
        for (std::size_t i = 0; i < rows; ++i) {
          const double error = tried.error(i, rates) / kLawTolerance;
          errors[static_cast<Eigen::Index>(i)] = error * std::abs(error);
        }
        const double more_thinking = fits_think_time ? at[steps] : 0;
        errors[static_cast<Eigen::Index>(rows)] = kPullOfThinking * more_thinking;
        for (Eigen::Index i = 1; i < steps; ++i) {
          errors[static_cast<Eigen::Index>(rows) + i] = kPull * at[i];
        }
      }};
  VectorXd start = VectorXd::Constant(residuals.parameters, 0.1);
  start[0] = -std::log(benchmark.rows.front().latency_s);
  if (steps > 1) start[1] = 0.7;
  const Solution solution = least_squares(residuals, std::move(start));
  return {with_peak(knots, peak, solution.parameters), think_time_s(solution.parameters),
          solution.sum_of_squares};
}

FreeRates fit_free_rates(const Benchmark& benchmark, bool fits_think_time) {
  const std::vector<int> knots = knots_of(benchmark);
  FreeRates best = fit_peak(benchmark, knots, 0, fits_think_time);
  for (std::size_t peak = 1; peak < knots.size(); ++peak) {
    FreeRates other = fit_peak(benchmark, knots, peak, fits_think_time);
    if (other.cost < best.cost) best = std::move(other);
  }
  return best;
}

// --- CPU

// CPU with 0, 1, ... requests, never falling, whose means over the rows' states are the measured
// ones: coordinate descent on the steps, each at least zero (Lawson and Hanson, Solving Least
// Squares Problems, 1974, chapter 23).
std::vector<double> fit_cpu(const Benchmark& benchmark, std::span<const double> rates,
                            double most) {
  constexpr int kSweeps = 4000;
  constexpr double kPull = 1e-6;           // decides the steps that no row tells of: none
  std::vector<std::vector<double>> above;  // of each row: share of the time with more than k
  std::vector<double> missing;             // of its CPU
  for (std::size_t i = 0; i < benchmark.rows.size(); ++i) {
    if (!benchmark.rows[i].cpu_percent) continue;
    const auto shares = closed_load(rates, benchmark.think_time_s, benchmark.users(i)).shares;
    std::vector<double> tail(rates.size(), 0);
    for (std::size_t k = 1; k < shares.size(); ++k) {
      for (std::size_t step = 0; step < std::min(k, rates.size()); ++step) tail[step] += shares[k];
    }
    above.push_back(std::move(tail));
    missing.push_back(*benchmark.rows[i].cpu_percent);
  }
  if (above.empty()) return {};
  std::vector<double> steps(rates.size(), 0);
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    for (std::size_t step = 0; step < steps.size(); ++step) {
      double gain = -kPull * steps[step];
      double weight = kPull;
      for (std::size_t i = 0; i < above.size(); ++i) {
        gain += above[i][step] * missing[i];
        weight += above[i][step] * above[i][step];
      }
      const double change = std::max(-steps[step], gain / weight);
      steps[step] += change;
      for (std::size_t i = 0; i < above.size(); ++i) missing[i] -= above[i][step] * change;
    }
  }
  std::vector<double> cpu{0};
  for (const double step : steps) cpu.push_back(cpu.back() + step);
  for (double& percent : cpu) percent = std::min(most, std::round(percent * 100) / 100);
  return cpu;
}

std::optional<double> mean_cpu(const std::vector<double>& busy_cpu, const ClosedLoad& load) {
  if (busy_cpu.empty()) return std::nullopt;
  double percent = 0;
  for (std::size_t k = 0; k < load.shares.size(); ++k) {
    percent += load.shares[k] * busy_cpu[std::min(k, busy_cpu.size() - 1)];
  }
  return percent;
}

void fit_rows(const Benchmark& benchmark, std::span<const double> rates, SaturationFit& fit) {
  const int most = static_cast<int>(std::ceil(benchmark.users(benchmark.rows.size() - 1))) + 1;
  const std::vector<double> law = rates_of(fit.law, most);
  for (std::size_t i = 0; i < benchmark.rows.size(); ++i) {
    FittedRow row;
    row.measured = benchmark.rows[i];
    row.users = benchmark.users(i);
    row.law_throughput = row.measured.throughput * (1 + benchmark.error(i, law));
    const ClosedLoad load = closed_load(rates, benchmark.think_time_s, row.users);
    row.throughput = load.throughput;
    row.cpu_percent = mean_cpu(fit.busy_cpu, load);
    fit.rows.push_back(row);
  }
}

bool law_holds(const Benchmark& benchmark, const std::vector<double>& rates) {
  for (std::size_t i = 0; i < benchmark.rows.size(); ++i) {
    if (std::abs(benchmark.error(i, rates)) > kLawTolerance) return false;
  }
  return true;
}

// More than any benchmark needs for its plateau.
double most_users(const SaturationFit& fit) {
  const double workers = static_cast<double>(fit.throughputs.size());
  const double peak = *std::max_element(fit.throughputs.begin(), fit.throughputs.end());
  return 2 * (workers + peak * fit.think_time_s) + 2;
}

// The fewest users for whom `reached` holds, which holds for `most`, to a thousandth.
double fewest_users(double most, const std::function<bool(double)>& reached) {
  double too_few = 1e-3;
  if (reached(too_few)) return too_few;
  while (most - too_few > 1e-3) {
    const double users = (too_few + most) / 2;
    (reached(users) ? most : too_few) = users;
  }
  return most;
}

// The law is that of requests that do not meet; the instance stops at the row.
SaturationFit fit_plateau(const BenchmarkRow& row, const SaturationFitOptions& options) {
  SaturationFit fit;
  fit.think_time_s = options.think_time_s.value_or(0);
  fit.law.lambda = 1 / row.latency_s;
  const double concurrency = row.concurrency();
  const int workers =
      options.workers.value_or(std::max(1, static_cast<int>(std::ceil(concurrency))));
  if (row.cpu_percent) fit.busy_cpu.push_back(0);
  for (int k = 1; k <= workers; ++k) {
    const double share = std::min(k / concurrency, 1.0);
    fit.throughputs.push_back(in_five_digits(share * row.throughput));
    if (row.cpu_percent) fit.busy_cpu.push_back(std::round(share * *row.cpu_percent * 100) / 100);
  }
  fit.peak = std::min(workers, std::max(1, static_cast<int>(std::ceil(concurrency))));
  // Whole users: a mixture of more and fewer would get less.
  const double users =
      std::max(1.0, std::ceil(row.throughput * (row.latency_s + fit.think_time_s)));
  const ClosedLoad load = closed_load(fit.throughputs, fit.think_time_s, users);
  fit.rows.push_back({.measured = row,
                      .users = users,
                      .law_throughput = fit.law.lambda * concurrency,
                      .throughput = load.throughput,
                      .cpu_percent = mean_cpu(fit.busy_cpu, load)});
  return fit;
}

}  // namespace

double UniversalScalability::throughput(double requests) const {
  // Beyond any reasonable parameter the law would serve infinitely fast, or backwards.
  const double slowing = 1 + sigma * (requests - 1) + kappa * requests * (requests - 1);
  return lambda * requests / std::max(slowing, 1e-3);
}

SaturationFit fit_saturation(std::vector<BenchmarkRow> rows, const SaturationFitOptions& options) {
  if (rows.size() == 1) return fit_plateau(rows.front(), options);
  CHECK(rows.size() >= kFewestRows);
  Benchmark benchmark = benchmark_of(std::move(rows), options);
  SaturationFit fit;
  fit_law(benchmark, fit);
  std::vector<double> rates = rates_of(fit.law, benchmark.most_requests());
  fit.follows_law = law_holds(benchmark, rates);
  if (!fit.follows_law) {
    const bool fits_think_time = !options.think_time_s && benchmark.think_time_s > 0;
    FreeRates found = fit_free_rates(benchmark, fits_think_time);
    rates = std::move(found.rates);
    benchmark.think_time_s = found.think_time_s;
  }
  fit.think_time_s = benchmark.think_time_s;
  const auto workers =
      static_cast<std::size_t>(options.workers.value_or(benchmark.most_requests()));
  rates.resize(workers, rates.back());
  for (double& rate : rates) rate = in_five_digits(rate);
  fit.busy_cpu = fit_cpu(benchmark, rates, options.most_cpu_percent);
  fit_rows(benchmark, rates, fit);
  fit.peak = static_cast<int>(std::max_element(rates.begin(), rates.end()) - rates.begin()) + 1;
  fit.throughputs = std::move(rates);
  return fit;
}

FittedLoad fitted_load(const SaturationFit& fit, double users) {
  const ClosedLoad load = closed_load(fit.throughputs, fit.think_time_s, users);
  return {users, load.throughput, load.concurrency, mean_cpu(fit.busy_cpu, load)};
}

FittedLoad peak_load(const SaturationFit& fit) {
  constexpr double kNearly = 1 - 1e-3;
  std::vector<FittedLoad> loads;
  double most = 0;
  for (double users = 1; users <= most_users(fit); ++users) {
    loads.push_back(fitted_load(fit, users));
    most = std::max(most, loads.back().throughput);
  }
  return *std::find_if(loads.begin(), loads.end(), [most](const FittedLoad& load) {
    return load.throughput >= kNearly * most;
  });
}

FittedLoad knee_load(const SaturationFit& fit) {
  const FittedLoad peak = peak_load(fit);
  // Up to the peak the throughput rises with the users.
  return fitted_load(fit, fewest_users(peak.users, [&](double users) {
                       return fitted_load(fit, users).throughput >= kPlateau * peak.throughput;
                     }));
}

std::optional<FittedLoad> load_at_cpu(const SaturationFit& fit, double cpu_percent) {
  const auto reached = [&](double users) {
    return fitted_load(fit, users).cpu_percent.value_or(0) >= cpu_percent;
  };
  const double most = most_users(fit);
  if (fit.busy_cpu.empty() || !reached(most)) return std::nullopt;
  return fitted_load(fit, fewest_users(most, reached));
}

}  // namespace models::endpoint
