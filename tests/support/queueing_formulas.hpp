// Gives the closed forms of queueing theory that a simulator must meet, in the letters of the
// books: lambda, the arrival rate, and mu, the service rate of one server, per second.
//
// [G] Gross, Shortle, Thompson and Harris, Fundamentals of Queueing Theory, 4th ed., 2008.
// [K] Kleinrock, Queueing Systems vol. 1, 1975.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace tests {

// The share of requests that find all of c servers busy when nobody waits: Erlang's B, by the
// recursion of [G] eq. 2.54, whatever the distribution of service. a = lambda / mu.
inline double erlang_b(int c, double a) {
  double blocked = 1;
  for (int k = 1; k <= c; ++k) blocked = a * blocked / (k + a * blocked);
  return blocked;
}

// The share that must wait for one of c servers: Erlang's C, [G] eq. 2.40.
inline double erlang_c(int c, double a) {
  const double blocked = erlang_b(c, a);
  return c * blocked / (c - a * (1 - blocked));
}

// M/M/c, first come first served ([G] section 2.4). M/M/1 is c = 1.
struct Mmc {
  double lambda;
  double mu;
  int c;

  double must_wait() const { return erlang_c(c, lambda / mu); }
  double mean_wait() const { return must_wait() / (c * mu - lambda); }
  double mean_response() const { return mean_wait() + 1 / mu; }

  // The wait exceeds t with probability must_wait() e^-(c mu - lambda) t; some do not wait at all.
  double wait_quantile(double share) const {
    return std::max(0.0, std::log(must_wait() / (1 - share)) / (c * mu - lambda));
  }

  // The share of responses longer than t: the wait's distribution folded with the service's.
  double response_beyond(double t) const {
    const double spare = c - 1 - lambda / mu;  // in servers, beside the one that serves
    const double folded = std::abs(spare) < 1e-9 ? mu * t : (1 - std::exp(-mu * spare * t)) / spare;
    return std::exp(-mu * t) * (1 + must_wait() * folded);
  }
};

// Where a falling share reaches 1 - share, by bisection up to `most`.
inline double quantile_of(const std::function<double(double)>& beyond, double share, double most) {
  double low = 0;
  double high = most;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    (beyond(middle) > 1 - share ? low : high) = middle;
  }
  return low;
}

// M/G/1's mean wait by Pollaczek and Khinchine's formula ([K] eq. 5.67), from the mean and the
// coefficient of variation of the service time.
inline double mg1_mean_wait(double lambda, double mean_service, double cv) {
  const double rho = lambda * mean_service;
  return rho * mean_service * (1 + cv * cv) / (2 * (1 - rho));
}

// M/D/1: the share of waits longer than t (Erlang 1909; [G] section 5.1.5 for the queue lengths).
// The terms alternate, so t should stay below some twenty mean gaps between arrivals.
inline double md1_wait_beyond(double lambda, double service, double t) {
  long double within = 0;
  for (int k = 0; k * service <= t; ++k) {
    const long double y = lambda * (k * static_cast<long double>(service) - t);
    long double term = std::exp(-y);
    for (int i = 1; i <= k; ++i) term *= y / i;
    within += term;
  }
  return 1 - static_cast<double>(within * (1 - lambda * static_cast<long double>(service)));
}

// The shares of time in the states 0, 1, ... of a birth-death process ([G] eq. 2.3): birth[k] is
// the rate from k to k + 1, death[k] the rate from k + 1 to k.
inline std::vector<double> birth_death_shares(const std::vector<double>& birth,
                                              const std::vector<double>& death) {
  std::vector<double> shares = {1};
  double sum = 1;
  for (std::size_t k = 0; k < birth.size(); ++k) {
    shares.push_back(shares.back() * birth[k] / death[k]);
    sum += shares.back();
  }
  for (double& share : shares) share /= sum;
  return shares;
}

inline double mean_state(const std::vector<double>& shares) {
  double mean = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) mean += static_cast<double>(k) * shares[k];
  return mean;
}

// M/M/1 whose customers give up after waiting `patience`: the share that does (Barrer, Operations
// Research 5, 1957). The work that an arrival finds has the density
// p0 lambda e^-(mu - lambda) x up to the patience, and falls with e^-mu x beyond it.
inline double mm1_gives_up(double lambda, double mu, double patience) {
  const double at_patience = std::exp(-(mu - lambda) * patience);
  const double before = lambda / (mu - lambda) * (1 - at_patience);
  const double beyond = lambda / mu * at_patience;
  return beyond / (1 + before + beyond);
}

// A closed network: each of `users` thinks for `think_time`, then goes to one station, to the i-th
// with probability visits[i], where a single server takes services[i] on average, exponentially
// distributed, in the order of arrival. By mean value analysis (Reiser and Lavenberg, Journal of
// the ACM 27, 1980), which holds for any distribution of the time to think.
struct ClosedNetwork {
  double rate = 0;                // requests of all users
  std::vector<double> responses;  // mean time at each station
};
inline ClosedNetwork mean_value_analysis(int users, double think_time,
                                         const std::vector<double>& visits,
                                         const std::vector<double>& services) {
  ClosedNetwork network{.responses = services};
  std::vector<double> queues(services.size(), 0);
  for (int n = 1; n <= users; ++n) {
    double cycle = think_time;
    for (std::size_t i = 0; i < services.size(); ++i) {
      network.responses[i] = services[i] * (1 + queues[i]);
      cycle += visits[i] * network.responses[i];
    }
    network.rate = n / cycle;
    for (std::size_t i = 0; i < services.size(); ++i) {
      queues[i] = network.rate * visits[i] * network.responses[i];
    }
  }
  return network;
}

}  // namespace tests
