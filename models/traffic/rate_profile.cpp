#include "models/traffic/rate_profile.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/check.hpp"

namespace models::traffic {
namespace {

using core::kStart;
using core::SimTime;

constexpr Duration kMinute = std::chrono::minutes{1};
constexpr Duration kDay = std::chrono::hours{24};

bool is_rate(core::RequestRate rate) {
  return std::isfinite(rate.per_second()) && rate.per_second() >= 0;
}

struct Window {
  SimTime begin{};
  SimTime end{};
  bool empty() const { return begin >= end; }
};

Window window_of(Duration begins, std::optional<Duration> duration, const RunClock& run) {
  CHECK_GE(begins.count(), 0);
  const SimTime begin = kStart + begins;
  if (begin >= run.end) return {run.end, run.end};
  const bool until_the_run_ends = !duration || *duration >= run.end - begin;
  return {begin, until_the_run_ends ? run.end : begin + *duration};
}

core::RequestRate between(const RateSegment& segment, SimTime at) {
  if (segment.rate_begin == segment.rate_end) return segment.rate_begin;
  const double share =
      core::in_seconds(at - segment.begin) / core::in_seconds(segment.end - segment.begin);
  return segment.rate_begin * (1.0 - share) + segment.rate_end * share;
}

// Appends the part of the segment that lies in the window.
void append(std::vector<RateSegment>& segments, const RateSegment& whole, const Window& window) {
  RateSegment part = whole;
  part.begin = std::max(whole.begin, window.begin);
  part.end = std::min(whole.end, window.end);
  if (part.begin >= part.end) return;
  if (part.begin != whole.begin) part.rate_begin = between(whole, part.begin);
  if (part.end != whole.end) part.rate_end = between(whole, part.end);
  segments.push_back(part);
}

// The cosine of a full turn's fraction, as its Taylor polynomial over a quarter turn (good to
// 1e-15): unlike the C library's it has the same bits on every machine.
double cosine_of_turns(double turns) {
  const double nearest = std::abs(turns - std::round(turns));  // 0 .. 0.5
  const bool far_side = nearest > 0.25;
  const double angle = 2.0 * std::numbers::pi * (far_side ? 0.5 - nearest : nearest);
  double sum = 1.0;
  for (int term = 22; term >= 2; term -= 2) sum = 1.0 - angle * angle / (term * (term - 1)) * sum;
  return far_side ? -sum : sum;
}

core::RequestRate weekday_rate(const DailyTraffic& shape, Duration local) {
  const double turns = core::in_seconds(local - shape.peak_at) / core::in_seconds(kDay);
  const double share = 0.5 + 0.5 * cosine_of_turns(turns);
  return shape.low * (1.0 - share) + shape.high * share;
}

// `local` counts from the local midnight before the run's start.
double weekend_factor(const DailyTraffic& shape, Duration local, const RunClock& run) {
  const std::int64_t weekday = (run.weekday + local / kDay) % 7;
  return weekday == 0 || weekday == 6 ? shape.weekend : 1.0;
}

std::vector<SimTime> spike_begins(const SpikyTraffic& shape, const Window& window,
                                  core::RandomEngine engine) {
  std::vector<SimTime> begins;
  for (SimTime place = window.begin; shape.every < window.end - place;) {
    place += shape.every;
    const double moved = engine.unit_interval() * core::in_seconds(shape.jitter);
    const Duration jitter = std::min(core::round_to_duration(moved), shape.jitter);
    if (jitter < window.end - place) begins.push_back(place + jitter);
  }
  std::sort(begins.begin(), begins.end());
  return begins;
}

}  // namespace

RateProfile::RateProfile(std::vector<RateSegment> segments) : segments_(std::move(segments)) {
  SimTime free_from = SimTime::min();
  for (const RateSegment& segment : segments_) {
    CHECK_LE(core::ticks(free_from), core::ticks(segment.begin));
    CHECK_LT(core::ticks(segment.begin), core::ticks(segment.end));
    CHECK(is_rate(segment.rate_begin) && is_rate(segment.rate_end));
    free_from = segment.end;
  }
}

core::RequestRate RateProfile::rate_at(core::SimTime at) const {
  const auto after =
      std::upper_bound(segments_.begin(), segments_.end(), at,
                       [](SimTime time, const RateSegment& segment) { return time < segment.end; });
  if (after == segments_.end() || at < after->begin) return {};
  return between(*after, at);
}

double RateProfile::expected_requests(core::SimTime from, core::SimTime to) const {
  CHECK_LE(core::ticks(from), core::ticks(to));
  double requests = 0;
  auto segment =
      std::upper_bound(segments_.begin(), segments_.end(), from,
                       [](SimTime time, const RateSegment& later) { return time < later.end; });
  for (; segment != segments_.end() && segment->begin < to; ++segment) {
    const SimTime begin = std::max(from, segment->begin);
    const SimTime end = std::min(to, segment->end);
    requests += (between(*segment, begin) + between(*segment, end)) * 0.5 * (end - begin);
  }
  return requests;
}

RateProfile rate_profile(const SmoothTraffic& shape, Duration begins, const RunClock& run) {
  const Window window = window_of(begins, shape.duration, run);
  if (window.empty()) return {};
  return RateProfile({{window.begin, window.end, shape.rate, shape.rate}});
}

RateProfile rate_profile(const PhasedTraffic& shape, Duration begins, const RunClock& run) {
  const Window window = window_of(begins, std::nullopt, run);
  std::vector<RateSegment> segments;
  SimTime begin = window.begin;
  for (const TrafficPhase& phase : shape.phases) {
    if (begin >= window.end) break;
    const Duration longest = SimTime::max() - begin;
    const SimTime end = begin + std::min(phase.duration, longest);
    append(segments, {begin, end, phase.rate_begin, phase.rate_end}, window);
    begin = end;
  }
  return RateProfile(std::move(segments));
}

RateProfile rate_profile(const SpikyTraffic& shape, Duration begins, const RunClock& run,
                         core::RandomEngine& engine) {
  CHECK_LT(Duration::zero().count(), shape.every.count());
  const core::RandomEngine jitter_engine(engine());
  const Window window = window_of(begins, shape.duration, run);
  std::vector<RateSegment> segments;
  SimTime covered = window.begin;
  for (const SimTime begin : spike_begins(shape, window, jitter_engine)) {
    const SimTime end = begin + std::min(shape.width, window.end - begin);
    const SimTime free_begin = std::max(begin, covered);
    append(segments, {covered, free_begin, shape.base, shape.base}, window);
    append(segments, {free_begin, end, shape.peak, shape.peak}, window);
    covered = std::max(covered, end);
  }
  append(segments, {covered, window.end, shape.base, shape.base}, window);
  return RateProfile(std::move(segments));
}

RateProfile rate_profile(const DailyTraffic& shape, Duration begins, const RunClock& run) {
  const Window window = window_of(begins, shape.duration, run);
  std::vector<RateSegment> segments;
  if (window.empty()) return {};
  segments.reserve(static_cast<std::size_t>((window.end - window.begin) / kMinute + 2));
  // From the local midnight before the run's start to the local minute in which the stream begins.
  Duration local = (run.local_time_of_day + begins) / kMinute * kMinute;
  for (SimTime begin = kStart + (local - run.local_time_of_day); begin < window.end;) {
    const double factor = weekend_factor(shape, local, run);
    append(segments,
           {begin, begin + kMinute, weekday_rate(shape, local) * factor,
            weekday_rate(shape, local + kMinute) * factor},
           window);
    begin += kMinute;
    local += kMinute;
  }
  return RateProfile(std::move(segments));
}

std::int64_t segments_needed(const TrafficStream& stream, const RunClock& run) {
  return std::visit(
      [&](const auto& shape) -> std::int64_t {
        using Shape = std::decay_t<decltype(shape)>;
        if constexpr (std::is_same_v<Shape, SmoothTraffic>) {
          return 1;
        } else if constexpr (std::is_same_v<Shape, PhasedTraffic>) {
          return static_cast<std::int64_t>(shape.phases.size());
        } else if constexpr (std::is_same_v<Shape, SpikyTraffic>) {
          const Window window = window_of(stream.begins, shape.duration, run);
          const std::int64_t spikes = (window.end - window.begin) / shape.every;
          return 2 * std::min(spikes, RateProfile::kMaxSegments) + 1;
        } else if constexpr (std::is_same_v<Shape, DailyTraffic>) {
          const Window window = window_of(stream.begins, shape.duration, run);
          return (window.end - window.begin) / kMinute + 2;
        } else {
          return 0;
        }
      },
      stream.shape);
}

}  // namespace models::traffic
