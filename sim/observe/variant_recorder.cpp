#include "sim/observe/variant_recorder.hpp"

#include <algorithm>
#include <utility>

#include "core/check.hpp"
#include "sim/observe/elasticity.hpp"

namespace sim {
namespace {

using models::autoscaling::ActivityStatus;
using models::autoscaling::ScalingActivity;
using models::endpoint::ConcurrencySampler;
using models::endpoint::RequestTally;

ScalingSummary scaling_summary(const std::vector<ScalingActivity>& activities, SimTime from,
                               SimTime to) {
  ScalingSummary summary;
  int direction = 0;
  for (const ScalingActivity& activity : activities) {
    if (activity.start_time < from || activity.start_time >= to) continue;
    if (activity.not_scaled()) ++summary.not_scaled;
    if (!activity.scaled() || activity.status == ActivityStatus::Failed) continue;
    ++summary.activities;
    const bool out = activity.to > activity.from;
    ++(out ? summary.scale_outs : summary.scale_ins);
    const int now = out ? 1 : -1;
    if (direction != 0 && now != direction) ++summary.reversals;
    direction = now;
  }
  const double hours = core::in_seconds(to - from) / 3600;
  if (hours > 0) summary.activities_per_hour = static_cast<double>(summary.activities) / hours;
  return summary;
}

}  // namespace

VariantRecorder::VariantRecorder(const AccountTerms& terms, SimTime end,
                                 const std::vector<TimeWindow>& windows)
    : terms_(terms), everything_(core::kStart, end) {
  for (const TimeWindow& window : windows) windows_.emplace_back(window.from, window.to);
}

void VariantRecorder::fleet_changed(SimTime now, const FleetCounts& counts,
                                    const std::string& cause) {
  integrate_fleet(now);
  if (changes_.empty() || changes_.back().in_service != counts.in_service) {
    if (!changes_.empty() && changes_.back().at == now) changes_.pop_back();
    // It may be again what it was before this instant.
    if (changes_.empty() || changes_.back().in_service != counts.in_service) {
      changes_.push_back({now, counts.in_service, cause});
    }
  }
  follow_lives(now, counts.in_service);
  fleet_ = counts;
}

// The newest instance leaves first, as in models/endpoint/fleet.hpp.
void VariantRecorder::follow_lives(SimTime now, std::int32_t in_service) {
  const auto count = static_cast<std::size_t>(in_service);
  while (in_service_since_.size() > count) {
    const core::Duration life = now - in_service_since_.back();
    in_service_since_.pop_back();
    if (life == core::Duration{}) continue;  // changes of one instant are one
    for (WindowAccount& window : windows_) {
      if (window.covers(now)) window.add_life(life);
    }
  }
  in_service_since_.resize(count, now);
}

void VariantRecorder::integrate_fleet(SimTime until) {
  const std::int64_t span = (until - fleet_since_).count();
  CHECK_GE(span, 0);
  if (span > 0) {
    fleet_use_.starting_ticks += span * fleet_.starting;
    fleet_use_.in_service_ticks += span * fleet_.in_service;
    fleet_use_.stopping_ticks += span * fleet_.stopping;
    fleet_use_.in_service_min = std::min(fleet_use_.in_service_min, fleet_.in_service);
    fleet_use_.in_service_max = std::max(fleet_use_.in_service_max, fleet_.in_service);
  }
  fleet_since_ = until;
}

FleetUse VariantRecorder::take_fleet_use(SimTime until) {
  integrate_fleet(until);
  fleet_use_.in_service_final = fleet_.in_service;
  return std::exchange(fleet_use_, FleetUse{});
}

void VariantRecorder::stretch_closed(const RequestTally& stretch) {
  FleetUse fleet = take_fleet_use(stretch.to);
  for (const auto& instance : stretch.use) {
    fleet.busy_ticks += instance.busy_ticks;
    fleet.load_ticks += instance.load_ticks / models::endpoint::InstanceUse::kLoadTicksPerTick;
  }
  everything_.add(stretch, fleet);
  minute_use_.merge(fleet);
  for (WindowAccount& window : windows_) {
    if (window.covers(stretch.from)) window.add(stretch, fleet);
  }
}

void VariantRecorder::minute_closed(const MinuteRecord& minute, std::int64_t workers,
                                    std::int64_t least_in_system) {
  for (WindowAccount& window : windows_) {
    if (window.covers(minute.start)) window.add_minute(minute);
    window.add_demand(minute);
  }
  reactions_.minute(minute.start, minute.end, least_in_system <= workers);
  minutes_.push_back(minute);
  const FleetUse use = std::exchange(minute_use_, FleetUse{});
  if (terms_.price) minutes_.back().cost = cost_of(use, terms_, *terms_.price);
}

std::vector<Summary> VariantRecorder::finish(const std::vector<ScalingActivity>& activities,
                                             const std::vector<ReactionTime>& reactions) const {
  check_conservation();
  std::vector<Summary> summaries;
  for (const WindowAccount& window : windows_) {
    Summary summary = window.summarize(terms_);
    summary.scaling = scaling_summary(activities, window.from(), window.to());
    summary.reaction = reaction_summary(reactions, window.from(), window.to());
    summary.elasticity = elasticity(minutes_, window.from(), window.to());
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

void VariantRecorder::check_conservation() const {
  const RequestTally& all = everything_.requests();
  std::int64_t ended = 0;
  for (const std::int64_t outcome : all.ended) ended += outcome;
  const std::int64_t unfinished = all.invocations - ended;
  CHECK_GE(unfinished, 0);
  std::int64_t minutes = 0;
  for (const MinuteRecord& minute : minutes_) minutes += minute.invocations;
  CHECK_EQ(minutes, all.invocations);

  // A request is in the system at its time there divided by the sampling interval samples, give or
  // take one; one that is unfinished, at no more than all of them.
  const double every = static_cast<double>(ConcurrencySampler::kEvery.count());
  const double sampled = static_cast<double>(all.concurrency.sum);
  const double spent = all.model_latency.sum_seconds() * 1e9 / every +
                       static_cast<double>(all.interrupted_ticks) / every;
  const double slack = static_cast<double>(all.invocations) + 1 +
                       static_cast<double>(unfinished) * static_cast<double>(all.concurrency.count);
  CHECK_LE(sampled, spent + slack);
  CHECK_GE(sampled, spent - slack);
}

}  // namespace sim
