#include "models/endpoint/span_distribution.hpp"

#include <cmath>
#include <numeric>

#include "core/check.hpp"

namespace models::endpoint {
namespace {

// The 99th percentile of the standard normal distribution (NIST/SEMATECH e-Handbook, 1.3.6.7.1).
constexpr double kNormalP99 = 2.3263478740408408;

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace

LogNormalSpan LogNormalSpan::from_p50_p99(double p50_s, double p99_s) {
  CHECK(p50_s > 0 && p99_s >= p50_s);
  return {std::log(p50_s), std::log(p99_s / p50_s) / kNormalP99};
}

LogNormalSpan LogNormalSpan::from_mean_cv(double mean_s, double cv) {
  CHECK(mean_s > 0 && cv >= 0);
  const double sigma_squared = std::log1p(cv * cv);
  return {std::log(mean_s) - sigma_squared / 2, std::sqrt(sigma_squared)};
}

GammaSpan GammaSpan::from_mean_cv(double mean_s, double cv) {
  CHECK(mean_s > 0 && cv > 0);
  return {1 / (cv * cv), mean_s * cv * cv};
}

double mean_seconds(const SpanDistribution& distribution) {
  return std::visit(
      Overloaded{
          [](const ExactSpan& span) { return core::in_seconds(span.value); },
          [](const ExponentialSpan& span) { return span.mean_s; },
          [](const LogNormalSpan& span) { return std::exp(span.mu + span.sigma * span.sigma / 2); },
          [](const GammaSpan& span) { return span.shape * span.scale_s; },
          [](const SampledSpan& span) {
            return std::accumulate(span.seconds.begin(), span.seconds.end(), 0.0) /
                   static_cast<double>(span.seconds.size());
          },
      },
      distribution);
}

}  // namespace models::endpoint
