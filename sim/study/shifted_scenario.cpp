#include "sim/study/shifted_scenario.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "core/check.hpp"

namespace sim {
namespace {

using models::endpoint::EndpointVariant;
using models::endpoint::SpanDistribution;

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

void stretch(SpanDistribution& span, double factor) {
  std::visit(Overloaded{[&](models::endpoint::ExactSpan& s) {
                          s.value = core::round_to_duration(core::in_seconds(s.value) * factor);
                        },
                        [&](models::endpoint::ExponentialSpan& s) { s.mean_s *= factor; },
                        [&](models::endpoint::LogNormalSpan& s) { s.mu += std::log(factor); },
                        [&](models::endpoint::GammaSpan& s) { s.scale_s *= factor; },
                        [&](models::endpoint::SampledSpan& s) {
                          for (double& seconds : s.seconds) seconds *= factor;
                        }},
             span);
}

void slow_down(EndpointVariant& variant, double factor) {
  stretch(variant.service_time, factor);
  variant.throughput = variant.throughput * (1 / factor);
  for (core::RequestRate& rate : variant.throughputs) rate = rate * (1 / factor);
  for (auto* points :
       {&variant.cpu, &variant.memory, &variant.gpu, &variant.gpu_memory, &variant.disk}) {
    for (auto& point : *points) point.at = point.at * (1 / factor);
  }
}

std::int32_t people(std::int32_t count, double factor) {
  return count == 0 ? 0 : std::max(1, static_cast<std::int32_t>(std::lround(count * factor)));
}

void multiply(models::traffic::TrafficShape& shape, double factor) {
  namespace traffic = models::traffic;
  std::visit(Overloaded{[&](traffic::SmoothTraffic& s) { s.rate = s.rate * factor; },
                        [&](traffic::PhasedTraffic& s) {
                          for (traffic::TrafficPhase& phase : s.phases) {
                            phase.rate_begin = phase.rate_begin * factor;
                            phase.rate_end = phase.rate_end * factor;
                          }
                        },
                        [&](traffic::SpikyTraffic& s) {
                          s.base = s.base * factor;
                          s.peak = s.peak * factor;
                        },
                        [&](traffic::DailyTraffic& s) {
                          s.low = s.low * factor;
                          s.high = s.high * factor;
                        },
                        [&](traffic::ClosedLoopTraffic& s) {
                          for (traffic::UserPhase& phase : s.phases) {
                            phase.initial = people(phase.initial, factor);
                            phase.spawn_per_minute *= factor;
                          }
                          if (s.limit) s.limit = people(*s.limit, factor);
                        },
                        [&](traffic::TraceTraffic& s) { s.scale *= factor; }},
             shape);
}

}  // namespace

std::string_view to_string(Influence influence) {
  switch (influence) {
    case Influence::Startup:
      return "startup";
    case Influence::ServiceTime:
      return "service time";
    case Influence::Traffic:
      return "traffic";
  }
  return {};
}

Scenario shifted(Scenario scenario, Influence influence, double factor) {
  CHECK(factor > 0);
  for (ScenarioVariant& variant : scenario.variants) {
    if (influence == Influence::Startup) stretch(variant.variant.startup, factor);
    if (influence == Influence::ServiceTime) slow_down(variant.variant, factor);
  }
  if (influence == Influence::Traffic) {
    for (auto& stream : scenario.traffic) multiply(stream.shape, factor);
  }
  return scenario;
}

}  // namespace sim
