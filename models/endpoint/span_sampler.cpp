#include "models/endpoint/span_sampler.hpp"

#include "core/check.hpp"

namespace models::endpoint {
namespace {

SpanSampler sampler_of(const ExactSpan& span) {
  return ExactSampler{ticks_of_span(core::in_seconds(span.value))};
}
SpanSampler sampler_of(const ExponentialSpan& span) {
  return ExponentialSampler{.mean_s = span.mean_s};
}
SpanSampler sampler_of(const LogNormalSpan& span) {
  return LogNormalSampler{.mu = span.mu, .sigma = span.sigma};
}
SpanSampler sampler_of(const GammaSpan& span) {
  return GammaSampler{.scale_s = span.scale_s,
                      .unit = boost::random::gamma_distribution<double>(span.shape, 1.0)};
}
SpanSampler sampler_of(const SampledSpan& span) {
  CHECK(!span.seconds.empty());
  MeasuredSampler sampler;
  for (const double seconds : span.seconds) sampler.ticks.push_back(ticks_of_span(seconds));
  return sampler;
}

}  // namespace

SpanSampler make_sampler(const SpanDistribution& distribution) {
  return std::visit([](const auto& span) { return sampler_of(span); }, distribution);
}

Duration sample(SpanSampler& sampler, core::RandomEngine& engine) {
  return Duration{std::visit([&](auto& chosen) { return chosen(engine); }, sampler)};
}

void fill(SpanSampler& sampler, core::RandomEngine& engine, std::span<std::int64_t> spans) {
  std::visit(
      [&](auto& chosen) {
        core::RandomEngine local = engine;  // in registers for the length of the loop
        for (std::int64_t& span : spans) span = chosen(local);
        engine = local;
      },
      sampler);
}

}  // namespace models::endpoint
