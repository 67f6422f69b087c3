#include "models/endpoint/saturation_fit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/endpoint/closed_network.hpp"
#include "tests/support/shared_vectors.hpp"

namespace models::endpoint {
namespace {

// What a closed loop of 1, 2, ... users would measure on an instance of these rates.
std::vector<BenchmarkRow> measured(const std::vector<double>& rates, double think_time_s,
                                   int users) {
  std::vector<BenchmarkRow> rows;
  for (int n = 1; n <= users; ++n) {
    const ClosedLoad load = closed_load(rates, think_time_s, n);
    rows.push_back({load.throughput, load.concurrency / load.throughput});
  }
  return rows;
}

std::vector<double> rates_of(const UniversalScalability& law, int most) {
  std::vector<double> rates;
  for (int k = 1; k <= most; ++k) rates.push_back(law.throughput(k));
  return rates;
}

TEST(SaturationFit, RecoversTheLawThatMadeTheRows) {
  const UniversalScalability law{100, 0.3, 0.02};
  const auto fit = fit_saturation(measured(rates_of(law, 12), 0.01, 12), {.think_time_s = 0.01});
  EXPECT_TRUE(fit.follows_law);
  EXPECT_NEAR(fit.law.lambda, law.lambda, 1e-4);
  EXPECT_NEAR(fit.law.sigma, law.sigma, 1e-5);
  EXPECT_NEAR(fit.law.kappa, law.kappa, 1e-6);
  for (const FittedRow& row : fit.rows) {
    EXPECT_NEAR(row.law_throughput, row.measured.throughput, 1e-5 * row.measured.throughput);
    // The instance serves no more requests at once than came together on average.
    EXPECT_NEAR(row.throughput, row.measured.throughput, 1e-2 * row.measured.throughput);
  }
  ASSERT_TRUE(fit.standard_errors);
  EXPECT_LT(fit.standard_errors->sigma, 1e-4);
}

// Noise of a known size: the standard errors are as large as the errors are.
TEST(SaturationFit, StandardErrorsTellHowFarOffTheParametersAre) {
  const UniversalScalability law{100, 0.3, 0.02};
  const auto exact = measured(rates_of(law, 12), 0.01, 12);
  const std::vector<double> noise{0.01,   -0.012, 0.004,  0.009, -0.01,  0.002,
                                  -0.006, 0.011,  -0.003, 0.005, -0.009, 0.004};
  auto rows = exact;
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].throughput *= 1 + noise[i];
  const auto fit = fit_saturation(rows, {.think_time_s = 0.01});
  ASSERT_TRUE(fit.standard_errors);
  EXPECT_LT(std::abs(fit.law.sigma - law.sigma), 3 * fit.standard_errors->sigma);
  EXPECT_LT(std::abs(fit.law.kappa - law.kappa), 3 * fit.standard_errors->kappa);
  EXPECT_GT(fit.standard_errors->sigma, 1e-3);
}

TEST(SaturationFit, IndependentWorkersHaveNeitherTerm) {
  const auto fit = fit_saturation(measured({100, 200, 300, 400}, 0.02, 5), {.think_time_s = 0.02});
  EXPECT_NEAR(fit.law.lambda, 100, 0.5);
  EXPECT_LT(fit.law.sigma, 0.01);
  EXPECT_GE(fit.law.sigma, 0);
  EXPECT_GE(fit.law.kappa, 0);
}

TEST(SaturationFit, WhatNoLawDescribesGetsFreeRates) {
  const std::vector<double> rates{100, 190, 150, 150, 150, 150};
  const auto fit = fit_saturation(measured(rates, 0.01, 6), {.think_time_s = 0.01});
  EXPECT_FALSE(fit.follows_law);
  EXPECT_EQ(fit.peak, 2);
  ASSERT_GE(fit.throughputs.size(), 5U);
  for (std::size_t k = 0; k < 5; ++k) EXPECT_NEAR(fit.throughputs[k], rates[k], 0.03 * rates[k]);
}

TEST(SaturationFit, RatesRiseToTheirPeakAndNeverBeyond) {
  const std::vector<BenchmarkRow> rows{
      {90, 0.0101}, {150, 0.02}, {130, 0.05}, {149, 0.09}, {120, 0.15}};
  const auto fit = fit_saturation(rows, {});
  const auto peak = fit.throughputs.begin() + fit.peak - 1;
  EXPECT_TRUE(std::is_sorted(fit.throughputs.begin(), peak + 1));
  EXPECT_TRUE(std::is_sorted(peak, fit.throughputs.end(), std::greater<>()));
  EXPECT_EQ(fit.throughputs.size(), 18U);  // 120 x 0.15
}

TEST(SaturationFit, CpuNeverFallsAndReproducesTheRows) {
  const std::vector<double> rates{100, 160, 170, 170};
  const std::vector<double> cpu{0, 60, 100, 120, 130};
  std::vector<BenchmarkRow> rows;
  for (const double users : {1.0, 2.0, 3.0, 4.0, 5.0, 6.0}) {
    const ClosedLoad load = closed_load(rates, 0.01, users);
    double percent = 0;
    for (std::size_t k = 0; k < load.shares.size(); ++k) {
      percent += load.shares[k] * cpu[std::min<std::size_t>(k, 4)];
    }
    rows.push_back({load.throughput, load.concurrency / load.throughput, percent});
  }
  const auto fit = fit_saturation(rows, {.think_time_s = 0.01, .most_cpu_percent = 200});
  ASSERT_EQ(fit.busy_cpu.size(), fit.throughputs.size() + 1);
  EXPECT_TRUE(std::is_sorted(fit.busy_cpu.begin(), fit.busy_cpu.end()));
  for (const FittedRow& row : fit.rows) EXPECT_NEAR(*row.cpu_percent, *row.measured.cpu_percent, 1);
}

TEST(SaturationFit, MoreWorkersThanWereMeasuredServeAsTheLast) {
  const auto fit = fit_saturation(measured({100, 150, 160}, 0.01, 4), {.workers = 9});
  ASSERT_EQ(fit.throughputs.size(), 9U);
  EXPECT_EQ(fit.throughputs[8], fit.throughputs[5]);
}

TEST(SaturationFit, TellsThePeakTheKneeAndTheLoadAtACpu) {
  const std::vector<double> rates{100, 160, 150, 140};
  std::vector<BenchmarkRow> rows = measured(rates, 0.01, 6);
  for (BenchmarkRow& row : rows) row.cpu_percent = row.throughput;  // one percent a request
  const auto fit = fit_saturation(rows, {.think_time_s = 0.01, .most_cpu_percent = 200});
  const FittedLoad peak = peak_load(fit);
  double most = 0;
  for (int users = 1; users < 20; ++users) {
    most = std::max(most, closed_load(rates, 0.01, users).throughput);
  }
  EXPECT_NEAR(peak.throughput, most, kLawTolerance * most);
  const FittedLoad knee = knee_load(fit);
  EXPECT_NEAR(knee.throughput, kPlateau * peak.throughput, 0.2);
  EXPECT_LT(knee.users, peak.users);
  const auto half = load_at_cpu(fit, 75);
  ASSERT_TRUE(half);
  EXPECT_NEAR(half->throughput, 75, 2);
  EXPECT_FALSE(load_at_cpu(fit, 199));
}

// The published benchmark of an XGBoost classifier on one ml.c5.large.
TEST(SaturationFit, FitsThePublishedBenchmark) {
  const auto path = tests::shared_folder() / "data" / "blog_benchmark_ml_c5_large.csv";
  const auto published = tests::read_csv(path);
  if (!published) GTEST_SKIP() << path << " is not at hand";
  std::vector<BenchmarkRow> rows;
  for (const tests::VectorRow& row : *published) {
    BenchmarkRow& read = rows.emplace_back();
    read.throughput = std::stod(row.at("invocations_per_minute")) / 60;
    read.latency_s = std::stod(row.at("mean_latency_ms")) / 1000;
    if (!row.at("cpu_percent").empty()) read.cpu_percent = std::stod(row.at("cpu_percent"));
  }
  ASSERT_EQ(rows.size(), 9U);
  const auto fit = fit_saturation(rows, {.most_cpu_percent = 200});
  for (const FittedRow& row : fit.rows) {
    EXPECT_NEAR(row.throughput / row.measured.throughput, 1, 0.03);
    if (!row.measured.cpu_percent) continue;
    EXPECT_NEAR(*row.cpu_percent, *row.measured.cpu_percent, 6);
  }
}

}  // namespace
}  // namespace models::endpoint
