#include "sim/observe/run_recorder.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "core/check.hpp"

namespace sim {
namespace {

using models::autoscaling::ScalingActivity;
using models::endpoint::RequestTally;

std::vector<TimeWindow> windows_of(const Scenario& scenario,
                                   const std::vector<TrafficPhaseWindow>& phases) {
  std::vector<TimeWindow> windows = {
      {core::kStart + scenario.run.warm_up, core::kStart + scenario.run.duration}};
  for (const TrafficPhaseWindow& phase : phases) windows.push_back({phase.from, phase.to});
  for (const RunWindow& window : expectation_windows(scenario)) {
    windows.push_back({core::kStart + window.from, core::kStart + window.to});
  }
  return windows;
}

std::int64_t least_in_system(const RequestTally& requests) {
  return requests.concurrency.count > 0 ? requests.concurrency.minimum : 0;
}

// Money of all variants, shadows included: absent when one variant's price is unknown.
std::optional<CostSummary> sum_of_costs(const std::vector<std::vector<Summary>>& of_variants,
                                        std::size_t window, std::int64_t succeeded) {
  CostSummary sum;
  for (const auto& summaries : of_variants) {
    const auto& cost = summaries[window].cost;
    if (!cost) return std::nullopt;
    sum.total += cost->total;
    sum.per_hour += cost->per_hour;
    sum.busy += cost->busy;
    sum.idle += cost->idle;
    sum.starting += cost->starting;
    sum.fixed_at_peak += cost->fixed_at_peak;
    sum.perfect_hindsight += cost->perfect_hindsight;
  }
  if (succeeded > 0) sum.per_million_succeeded = sum.total / static_cast<double>(succeeded) * 1e6;
  return sum;
}

// The cost of each minute of all variants, shadows included: absent when one's price is unknown.
void add_costs(const std::vector<VariantResult>& variants, std::vector<MinuteRecord>& minutes) {
  for (std::size_t index = 0; index < minutes.size(); ++index) {
    minutes[index].cost.emplace();
    for (const VariantResult& variant : variants) {
      const auto& cost = variant.minutes[index].cost;
      if (!cost) {
        minutes[index].cost.reset();
        break;
      }
      *minutes[index].cost += *cost;
    }
  }
}

// Of the production variants, the first in the list: an instance of one is none of another.
std::optional<double> shortest_life(std::span<const std::vector<Summary>> of_production,
                                    std::size_t window) {
  std::optional<double> shortest;
  for (const auto& summaries : of_production) {
    const std::optional<double> life = summaries[window].instances.shortest_life;
    if (life && (!shortest || *life < *shortest)) shortest = life;
  }
  return shortest;
}

template <class T, class Time>
std::vector<T> merged_by_time(const std::vector<const std::vector<T>*>& lists, Time time) {
  std::vector<T> merged;
  for (const auto* list : lists) merged.insert(merged.end(), list->begin(), list->end());
  std::stable_sort(merged.begin(), merged.end(),
                   [&](const T& a, const T& b) { return time(a) < time(b); });
  return merged;
}

}  // namespace

RunRecorder::RunRecorder(const Scenario& scenario, std::vector<TrafficPhaseWindow> phases)
    : scenario_(scenario), phases_(std::move(phases)) {
  const SimTime end = core::kStart + scenario.run.duration;
  const std::vector<TimeWindow> windows = windows_of(scenario, phases_);
  for (const ScenarioVariant& variant : scenario.variants) {
    variants_.emplace_back(terms_of(variant, scenario), end, windows);
    production_count_ += variant.variant.is_shadow() ? 0U : 1U;
  }
  if (variants_.size() > 1) {
    // Its money is the sum of the variants', so there is no price and no number of workers.
    endpoint_.emplace(AccountTerms{.overhead = scenario.variants.front().variant.overhead,
                                   .workers = 1,
                                   .price = std::nullopt,
                                   .bill_startup = scenario.assumptions.bill_startup,
                                   .has_retries = has_retries(scenario)},
                      end, windows);
  }
}

void RunRecorder::fleet_changed(std::size_t variant, SimTime now, const FleetCounts& counts,
                                const std::string& cause) {
  variants_[variant].fleet_changed(now, counts, cause);
  if (endpoint_ && is_production(variant)) {
    endpoint_->fleet_changed(now, fleet_of_endpoint(), cause);
  }
}

FleetCounts RunRecorder::fleet_of_endpoint() const {
  FleetCounts sum;
  for (std::size_t variant = 0; variant < production_count_; ++variant) {
    const FleetCounts& counts = variants_[variant].fleet();
    sum.starting += counts.starting;
    sum.in_service += counts.in_service;
    sum.stopping += counts.stopping;
  }
  return sum;
}

void RunRecorder::stretch_closed(std::size_t variant, const RequestTally& stretch) {
  variants_[variant].stretch_closed(stretch);
  if (!endpoint_ || !is_production(variant)) return;
  if (variant == 0) {
    stretch_.clear();
    stretch_.from = stretch.from;
    stretch_.to = stretch.to;
  }
  stretch_.merge_beside(stretch);
  if (is_last_production(variant)) endpoint_->stretch_closed(stretch_);
}

void RunRecorder::minute_closed(std::size_t variant, const MinuteRecord& minute,
                                const RequestTally& requests) {
  const std::int64_t workers =
      std::int64_t{scenario_.variants[variant].variant.workers} * minute.in_service;
  variants_[variant].minute_closed(minute, workers, least_in_system(requests));
  if (!endpoint_ || !is_production(variant)) return;
  if (variant == 0) {
    minute_ = MinuteRecord{};
    minute_.demand = 0;
    minute_requests_.clear();
    minute_cpu_ = 0;
    minute_cpu_instances_ = 0;
    minute_workers_ = 0;
  }
  minute_requests_.merge_beside(requests);
  minute_workers_ += workers;
  add_minute_to_endpoint(variant, minute);
  if (is_last_production(variant)) {
    endpoint_->minute_closed(minute_, minute_workers_, least_in_system(minute_requests_));
  }
}

void RunRecorder::add_minute_to_endpoint(std::size_t variant, const MinuteRecord& minute) {
  minute_.start = minute.start;
  minute_.end = minute.end;
  minute_.invocations += minute.invocations;
  minute_.errors += minute.errors;
  minute_.errors_by_cause += minute.errors_by_cause;
  minute_.in_service += minute.in_service;
  minute_.starting += minute.starting;
  minute_.desired += minute.desired;
  minute_.min_capacity += minute.min_capacity;
  minute_.max_capacity += minute.max_capacity;
  minute_.demand += minute.demand;
  minute_.offered_rate += minute.offered_rate;
  minute_.capacity_rate += minute.capacity_rate;
  minute_.concurrency_max += minute.concurrency_max;
  if (minute.cpu_percent) {
    minute_cpu_ += *minute.cpu_percent * minute.in_service;
    minute_cpu_instances_ += minute.in_service;
  }
  if (!is_last_production(variant)) return;
  if (minute_cpu_instances_ > 0) minute_.cpu_percent = minute_cpu_ / minute_cpu_instances_;
  if (minute_.in_service > 0) {
    minute_.invocations_per_instance =
        static_cast<double>(minute_.invocations) / minute_.in_service;
  }
  set_latencies(minute_, minute_requests_, scenario_.variants.front().variant.overhead);
}

void RunRecorder::decided(std::size_t variant, SimTime now,
                          const models::autoscaling::ScalingDecision& decision, bool accepted,
                          const DatapointTiming& timing) {
  if (accepted && decision.to > decision.from) {
    variants_[variant].scale_out(now, decision, timing);
  }
  result_.decisions.add(now, variant, decision);
}

// Of the production variants.
std::vector<ReactionTime> RunRecorder::all_reactions() const {
  std::vector<const std::vector<ReactionTime>*> reactions;
  for (std::size_t variant = 0; variant < production_count_; ++variant) {
    reactions.push_back(&variants_[variant].reactions());
  }
  return merged_by_time(reactions,
                        [](const ReactionTime& reaction) { return reaction.decided_at; });
}

std::vector<Summary> RunRecorder::finish_endpoint(
    const std::vector<std::vector<Summary>>& of_variants,
    const std::vector<ScalingActivity>& activities) const {
  std::vector<Summary> summaries = endpoint_->finish(activities, result_.reactions);
  for (std::size_t window = 0; window < summaries.size(); ++window) {
    Summary& summary = summaries[window];
    summary.cost = sum_of_costs(of_variants, window, summary.requests.succeeded);
    summary.instances.shortest_life =
        shortest_life(std::span(of_variants).first(production_count_), window);
  }
  return summaries;
}

RunResult RunRecorder::finish(std::vector<AlarmRecord> alarms,
                              std::vector<std::vector<ScalingActivity>> activities) {
  CHECK_EQ(activities.size(), variants_.size());
  result_.alarms = std::move(alarms);
  std::vector<std::vector<Summary>> of_variants;
  std::vector<const std::vector<ScalingActivity>*> lists;
  for (std::size_t variant = 0; variant < variants_.size(); ++variant) {
    const auto& reactions = variants_[variant].reactions();
    of_variants.push_back(variants_[variant].finish(activities[variant], reactions));
    lists.push_back(&activities[variant]);
  }
  result_.activities =
      merged_by_time(lists, [](const ScalingActivity& activity) { return activity.start_time; });

  result_.reactions = all_reactions();
  VariantRecorder& whole = endpoint_ ? *endpoint_ : variants_.front();
  std::vector<Summary> summaries =
      endpoint_ ? finish_endpoint(of_variants, result_.activities) : of_variants.front();
  result_.summary = std::move(summaries.front());
  // In the order of windows_of().
  std::size_t next = 1;
  for (const TrafficPhaseWindow& phase : phases_) {
    result_.phases.push_back(
        {phase.name, phase.stream, phase.from, phase.to, std::move(summaries[next++])});
  }
  for (const RunWindow& window : expectation_windows(scenario_)) {
    result_.windows.push_back({{},
                               {},
                               core::kStart + window.from,
                               core::kStart + window.to,
                               std::move(summaries[next++])});
  }
  result_.minutes = whole.take_minutes();
  result_.capacity_changes = whole.take_capacity_changes();
  for (std::size_t variant = 0; endpoint_ && variant < variants_.size(); ++variant) {
    result_.variants.push_back({scenario_.variants[variant].variant.variant_name,
                                !is_production(variant), std::move(of_variants[variant].front()),
                                variants_[variant].take_minutes(), std::move(activities[variant]),
                                variants_[variant].take_capacity_changes()});
  }
  if (endpoint_) add_costs(result_.variants, result_.minutes);
  return std::move(result_);
}

}  // namespace sim
