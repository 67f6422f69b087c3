#include "sim/scenario/offered_load.hpp"

#include <algorithm>
#include <variant>

#include "core/random_streams.hpp"
#include "models/traffic/rate_profile.hpp"

namespace sim {
namespace {

using models::traffic::DailyTraffic;
using models::traffic::PhasedTraffic;
using models::traffic::RateProfile;
using models::traffic::RunClock;
using models::traffic::SmoothTraffic;
using models::traffic::SpikyTraffic;
using models::traffic::TrafficStream;

constexpr Duration kMinute = std::chrono::minutes{1};
constexpr Duration kLongest = std::chrono::hours{24 * 31};

std::optional<RateProfile> profile_of(const TrafficStream& stream, const RunClock& clock) {
  if (const auto* smooth = std::get_if<SmoothTraffic>(&stream.shape)) {
    return rate_profile(*smooth, stream.begins, clock);
  }
  if (const auto* phased = std::get_if<PhasedTraffic>(&stream.shape)) {
    return rate_profile(*phased, stream.begins, clock);
  }
  if (const auto* daily = std::get_if<DailyTraffic>(&stream.shape)) {
    return rate_profile(*daily, stream.begins, clock);
  }
  if (const auto* spiky = std::get_if<SpikyTraffic>(&stream.shape)) {
    SpikyTraffic on_time = *spiky;  // where chance moves them is the run's to say
    on_time.jitter = Duration{};
    core::RandomEngine engine(0);
    return rate_profile(on_time, stream.begins, clock, engine);
  }
  return std::nullopt;
}

}  // namespace

std::size_t OfferedLoad::busiest() const {
  return static_cast<std::size_t>(std::max_element(minutes.begin(), minutes.end()) -
                                  minutes.begin());
}

std::size_t OfferedLoad::quietest() const {
  return static_cast<std::size_t>(std::min_element(minutes.begin(), minutes.end()) -
                                  minutes.begin());
}

double OfferedLoad::sustained(std::size_t span) const {
  const auto width = static_cast<std::ptrdiff_t>(std::min(span, minutes.size()));
  double most = 0;
  for (auto from = minutes.begin(); minutes.end() - from >= width; ++from) {
    most = std::max(most, *std::min_element(from, from + width));
  }
  return most;
}

std::optional<OfferedLoad> offered_load(const Scenario& scenario) {
  const RunSettings& run = scenario.run;
  if (run.duration < kMinute || run.duration > kLongest) return std::nullopt;
  const RunClock clock{.end = core::kStart + run.duration,
                       .local_time_of_day = run.local_time_of_day,
                       .weekday = run.weekday};
  OfferedLoad load;
  load.minutes.resize(static_cast<std::size_t>(run.duration / kMinute));
  for (const TrafficStream& stream : scenario.traffic) {
    if (segments_needed(stream, clock) > RateProfile::kMaxSegments) return std::nullopt;
    const auto profile = profile_of(stream, clock);
    if (!profile) return std::nullopt;
    core::SimTime begin = core::kStart;
    for (double& requests : load.minutes) {
      requests += profile->expected_requests(begin, begin + kMinute);
      begin += kMinute;
    }
  }
  return load;
}

}  // namespace sim
