// Compares processor sharing with a rate that depends on the load with queueing theory: it is
// insensitive to the distribution of service, a birth-death process in its number of requests, and
// part of a closed network with a product form.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "models/endpoint/closed_network.hpp"
#include "tests/support/plane_case.hpp"
#include "tests/support/queueing_formulas.hpp"
#include "tests/support/theory_runs.hpp"

namespace models::endpoint {
namespace {

using namespace tests;
using namespace std::chrono_literals;

// More than ever come together at these loads, so that nobody waits.
constexpr int kMany = 120;

// Throughputs with 1, 2, ... requests in service, relative to the first.
std::vector<double> relative(int workers, const std::function<double(int)>& throughput) {
  std::vector<double> all;
  for (int k = 1; k <= workers; ++k) all.push_back(throughput(k) / throughput(1));
  return all;
}

PlaneCase shared_case(SpanDistribution service, const std::vector<double>& throughputs,
                      double lambda) {
  PlaneCase made = case_of(std::move(service), 1, lambda);
  set_throughputs(made.variant, throughputs);
  return made;
}

// One processor, shared: k requests are served at 1 / k of its speed each.
std::vector<double> one_processor() { return std::vector<double>(kMany, 1.0); }

// Kleinrock, Queueing Systems 2, 1976, eq. 4.17: the mean is that of M/M/1, whatever the service.
TEST(ProcessorSharing, MeanResponseIsInsensitiveToTheServiceDistribution) {
  constexpr double kLoad = 0.7;
  const std::vector<std::pair<std::string, SpanDistribution>> services{
      {"exponential", ExponentialSpan{kMeanService}},
      {"exact", ExactSpan{10ms}},
      {"log-normal", LogNormalSpan::from_mean_cv(kMeanService, 1.5)}};
  for (const auto& [name, service] : services) {
    SCOPED_TRACE(name);
    const auto runs =
        runs_of(shared_case(service, one_processor(), kLoad * kMu), PlaneKind::Events);
    expect_theory(kMeanService / (1 - kLoad), runs, mean_response);
    for (const RequestTally& run : runs) ASSERT_EQ(run.wait.maximum(), 0ns);
  }
}

struct NamedCurve {
  std::string name;
  std::vector<double> throughputs;
  double load;  // relative to the largest throughput
};

// Five shapes: no contention, contention, coherency with a peak, a collapse, and a measured one
// with a knee.
std::vector<NamedCurve> five_curves() {
  return {
      {"independent up to four", relative(kMany, [](int k) { return std::min(k, 4) * 1.0; }), 0.8},
      {"contention", relative(kMany, [](int k) { return k / (1 + 0.2 * (k - 1)); }), 0.7},
      {"a peak at five",
       relative(16, [](int k) { return k / (1 + 0.1 * (k - 1) + 0.03 * k * (k - 1)); }), 0.5},
      {"a collapse after two",
       relative(6, [](int k) { return std::min(k, 2) * std::pow(0.9, std::max(0, k - 2)); }), 0.5},
      {"a knee", {1, 1.6, 1.45, 1.42, 1.41, 1.4, 1.4, 1.39}, 0.75}};
}

// With a rate that depends on the number of requests the queue is a birth-death process whatever
// happens to those that wait for a worker, as long as service is exponential.
TEST(ProcessorSharing, LoadDependentRatesAreABirthDeathProcess) {
  for (const NamedCurve& curve : five_curves()) {
    SCOPED_TRACE(curve.name);
    const double most = *std::max_element(curve.throughputs.begin(), curve.throughputs.end());
    const double lambda = curve.load * most * kMu;
    std::vector<double> death;
    for (std::size_t k = 0; k < 400; ++k) {
      death.push_back(kMu * curve.throughputs[std::min(k, curve.throughputs.size() - 1)]);
    }
    const auto shares = birth_death_shares(std::vector<double>(death.size(), lambda), death);
    ASSERT_LT(shares.back(), 1e-9);  // few enough states would have been cut off
    const double in_system = mean_state(shares);
    const auto runs = runs_of(shared_case(ExponentialSpan{kMeanService}, curve.throughputs, lambda),
                              PlaneKind::Events);
    expect_theory(in_system / lambda, runs, mean_response);
    expect_theory(in_system, runs, [](const RequestTally& run) { return run.concurrency.mean(); });
  }
}

// Mean value analysis for a load-dependent station (Reiser and Lavenberg, Journal of the ACM 27,
// 1980): another recursion than that of closed_network.cpp, over users instead of states.
double mean_value_throughput(const std::vector<double>& rates, double think_time_s, int users) {
  std::vector<double> shares{1};  // of 0, 1, ... requests at the station
  double throughput = 0;
  for (int n = 1; n <= users; ++n) {
    double response = 0;
    for (int k = 1; k <= n; ++k) {
      const double rate =
          rates[std::min<std::size_t>(static_cast<std::size_t>(k), rates.size()) - 1];
      response += k / rate * shares[static_cast<std::size_t>(k - 1)];
    }
    throughput = n / (think_time_s + response);
    std::vector<double> next(static_cast<std::size_t>(n) + 1, 0);
    double sum = 0;
    for (int k = 1; k <= n; ++k) {
      const double rate =
          rates[std::min<std::size_t>(static_cast<std::size_t>(k), rates.size()) - 1];
      next[static_cast<std::size_t>(k)] =
          throughput / rate * shares[static_cast<std::size_t>(k - 1)];
      sum += next[static_cast<std::size_t>(k)];
    }
    next[0] = 1 - sum;
    shares = std::move(next);
  }
  return throughput;
}

TEST(ProcessorSharing, ClosedLoopUsersMatchMeanValueAnalysis) {
  const std::vector<double> relative_rates{1, 1.6, 1.45, 1.42, 1.41, 1.4, 1.4, 1.39};
  std::vector<double> rates;
  for (const double rate : relative_rates) rates.push_back(rate * kMu);
  constexpr double kThink = 0.05;
  for (const int users : {1, 2, 3, 5, 8, 12, 20, 35, 50}) {
    SCOPED_TRACE(users);
    PlaneCase made = shared_case(ExponentialSpan{kMeanService}, relative_rates, 1);
    made.streams = {users_stream("users", users, 50ms, kWarmUp + kMeasured)};
    const double theory = mean_value_throughput(rates, kThink, users);
    expect_theory(theory, runs_of(made, PlaneKind::Events), rate_of);
    EXPECT_NEAR(closed_load(rates, kThink, users).throughput, theory, 1e-6 * theory);
  }
}

}  // namespace
}  // namespace models::endpoint
