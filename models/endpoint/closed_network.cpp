#include "models/endpoint/closed_network.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/check.hpp"

namespace models::endpoint {
namespace {

double rate_with(std::span<const double> rates, std::size_t requests) {
  return rates[std::min(requests, rates.size()) - 1];
}

// Of 0, 1, ... `users` requests at the instance. Relative to the likeliest state, so that hundreds
// of users overflow nothing.
std::vector<double> state_shares(std::span<const double> rates, double think_time_s,
                                 std::size_t users) {
  std::vector<double> shares(users + 1, 0);
  if (users == 0 || think_time_s == 0) {
    shares.back() = 1;  // nobody ever thinks
    return shares;
  }
  std::vector<double> logarithms(users + 1, 0);
  for (std::size_t k = 1; k <= users; ++k) {
    const double thinking = static_cast<double>(users - k + 1);
    logarithms[k] = logarithms[k - 1] + std::log(thinking / think_time_s / rate_with(rates, k));
  }
  const double largest = *std::max_element(logarithms.begin(), logarithms.end());
  double sum = 0;
  for (std::size_t k = 0; k <= users; ++k) {
    shares[k] = std::exp(logarithms[k] - largest);
    sum += shares[k];
  }
  for (double& share : shares) share /= sum;
  return shares;
}

}  // namespace

ClosedLoad closed_load(std::span<const double> rates, double think_time_s, double users) {
  CHECK(!rates.empty() && users > 0 && think_time_s >= 0);
  const auto fewer = static_cast<std::size_t>(users);
  const double part = users - static_cast<double>(fewer);
  ClosedLoad load;
  load.shares = state_shares(rates, think_time_s, fewer);
  if (part > 0) {
    const std::vector<double> more = state_shares(rates, think_time_s, fewer + 1);
    load.shares.push_back(0);
    for (std::size_t k = 0; k < more.size(); ++k) {
      load.shares[k] += part * (more[k] - load.shares[k]);
    }
  }
  for (std::size_t k = 1; k < load.shares.size(); ++k) {
    load.throughput += load.shares[k] * rate_with(rates, k);
    load.concurrency += load.shares[k] * static_cast<double>(k);
  }
  return load;
}

}  // namespace models::endpoint
