#include "models/traffic/arrival_process.hpp"

#include <type_traits>
#include <utility>

#include "core/check.hpp"

namespace models::traffic {
namespace {

using Kind = ArrivalProcess::Kind;

Kind along(RateProfile profile, ArrivalPattern pattern, const core::RandomEngine& engine) {
  if (pattern == ArrivalPattern::Even) return EvenArrivals(std::move(profile), UnitGaps());
  return PoissonArrivals(std::move(profile), ExponentialGaps(engine));
}

Kind replay(const TraceTraffic& trace, const TrafficStream& stream,
            const core::RandomEngine& engine, std::unique_ptr<std::istream> input) {
  const core::SimTime begins = core::kStart + stream.begins;
  TraceReader reader(std::move(input), trace);
  if (!trace.value_column) return RequestRowArrivals(std::move(reader), trace, begins);
  return PeriodArrivals(std::move(reader), trace, begins, stream.arrivals, engine);
}

}  // namespace

const RateProfile* ArrivalProcess::profile() const {
  if (const auto* poisson = std::get_if<PoissonArrivals>(&kind_)) return &poisson->profile();
  if (const auto* even = std::get_if<EvenArrivals>(&kind_)) return &even->profile();
  return nullptr;
}

std::optional<TraceError> ArrivalProcess::error() const {
  if (const auto* periods = std::get_if<PeriodArrivals>(&kind_)) return periods->error();
  if (const auto* rows = std::get_if<RequestRowArrivals>(&kind_)) return rows->error();
  return std::nullopt;
}

ArrivalProcess make_arrival_process(const TrafficStream& stream, const RunClock& run,
                                    core::RandomEngine engine,
                                    std::unique_ptr<std::istream> trace) {
  return std::visit(
      [&](const auto& shape) -> ArrivalProcess {
        using Shape = std::decay_t<decltype(shape)>;
        if constexpr (std::is_same_v<Shape, TraceTraffic>) {
          return ArrivalProcess(replay(shape, stream, engine, std::move(trace)));
        } else if constexpr (std::is_same_v<Shape, SpikyTraffic>) {
          RateProfile profile = rate_profile(shape, stream.begins, run, engine);
          return ArrivalProcess(along(std::move(profile), stream.arrivals, engine));
        } else if constexpr (std::is_same_v<Shape, ClosedLoopTraffic>) {
          core::check_failed("an open shape", __FILE__, __LINE__, stream.name);
        } else {
          RateProfile profile = rate_profile(shape, stream.begins, run);
          return ArrivalProcess(along(std::move(profile), stream.arrivals, engine));
        }
      },
      stream.shape);
}

}  // namespace models::traffic
