// Draws random spans: how long a service or a startup takes.
//
// A SpanSampler is one of a closed set of samplers. The request planes draw a batch at a time with
// fill(), so that the inner loop knows the sampler's type; everybody else calls sample().
#pragma once

#include <algorithm>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "core/random_streams.hpp"
#include "core/sim_time.hpp"
#include "models/endpoint/span_distribution.hpp"

namespace models::endpoint {

// Longer than any run: what lasts longer makes no difference, and sums of spans cannot overflow.
inline constexpr Duration kLongestSpan = std::chrono::hours{24 * 365};

// Every sampler returns nanoseconds, at least 1, for no request is served in no time, and at most
// those of kLongestSpan. Bounded before it is rounded: that takes no branch.
inline std::int64_t ticks_of_span(double seconds) {
  constexpr auto kLongest = static_cast<double>(kLongestSpan.count());
  return core::nearest_tick(std::min(std::max(seconds * 1e9, 1.0), kLongest));
}

struct ExactSampler {
  std::int64_t value = 1;
  std::int64_t operator()(core::RandomEngine&) const { return value; }
};

struct ExponentialSampler {
  double mean_s = 1;
  boost::random::exponential_distribution<double> unit{1.0};
  std::int64_t operator()(core::RandomEngine& engine) const {
    return ticks_of_span(unit(engine) * mean_s);
  }
};

struct LogNormalSampler {
  double mu = 0;
  double sigma = 0;
  boost::random::normal_distribution<double> unit{0.0, 1.0};
  std::int64_t operator()(core::RandomEngine& engine) {
    return ticks_of_span(std::exp(mu + sigma * unit(engine)));
  }
};

struct GammaSampler {
  double scale_s = 1;
  boost::random::gamma_distribution<double> unit{1.0, 1.0};
  std::int64_t operator()(core::RandomEngine& engine) {
    return ticks_of_span(unit(engine) * scale_s);
  }
};

struct MeasuredSampler {
  std::vector<std::int64_t> ticks;
  std::int64_t operator()(core::RandomEngine& engine) const {
    return ticks[engine.below(static_cast<std::uint32_t>(ticks.size()))];
  }
};

using SpanSampler =
    std::variant<ExactSampler, ExponentialSampler, LogNormalSampler, GammaSampler, MeasuredSampler>;

SpanSampler make_sampler(const SpanDistribution& distribution);
Duration sample(SpanSampler& sampler, core::RandomEngine& engine);
// The next spans.size() draws, in ticks: the same as that many calls of sample().
void fill(SpanSampler& sampler, core::RandomEngine& engine, std::span<std::int64_t> spans);

}  // namespace models::endpoint
