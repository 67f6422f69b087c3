#include "sim/observe/window_account.hpp"

#include <algorithm>
#include <optional>

namespace sim {
namespace {

using core::Duration;
using core::LatencyHistogram;
using models::endpoint::Outcome;

std::optional<double> plus(std::optional<Duration> span, Duration overhead) {
  if (!span) return std::nullopt;
  return core::in_seconds(*span + overhead);
}

LatencySummary latency_summary(const LatencyHistogram& histogram, Duration overhead) {
  return {
      .mean = plus(histogram.mean(), overhead),
      .p50 = plus(histogram.quantile(0.5), overhead),
      .p90 = plus(histogram.quantile(0.9), overhead),
      .p95 = plus(histogram.quantile(0.95), overhead),
      .p99 = plus(histogram.quantile(0.99), overhead),
      .p99_9 = plus(histogram.quantile(0.999), overhead),
      .max = plus(histogram.maximum(), overhead),
  };
}

Duration span_of(std::int64_t ticks) { return Duration{ticks}; }

}  // namespace

ErrorCounts& ErrorCounts::operator+=(const ErrorCounts& more) {
  timed_out += more.timed_out;
  rejected += more.rejected;
  interrupted += more.interrupted;
  no_capacity += more.no_capacity;
  model_error += more.model_error;
  return *this;
}

MinuteCost& MinuteCost::operator+=(const MinuteCost& more) {
  busy += more.busy;
  idle += more.idle;
  starting += more.starting;
  return *this;
}

void FleetUse::merge(const FleetUse& later) {
  starting_ticks += later.starting_ticks;
  in_service_ticks += later.in_service_ticks;
  stopping_ticks += later.stopping_ticks;
  busy_ticks += later.busy_ticks;
  load_ticks += later.load_ticks;
  in_service_min = std::min(in_service_min, later.in_service_min);
  in_service_max = std::max(in_service_max, later.in_service_max);
  in_service_final = later.in_service_final;
}

void WindowAccount::add(const models::endpoint::RequestTally& requests, const FleetUse& fleet) {
  requests_.merge(requests);
  fleet_.merge(fleet);
}

void WindowAccount::add_minute(const MinuteRecord& minute) {
  invocations_.add(static_cast<double>(minute.invocations));
  if (minute.cpu_percent) cpu_.add(*minute.cpu_percent);
}

void WindowAccount::add_demand(const MinuteRecord& minute) {
  const Duration inside = std::min(to_, minute.end) - std::max(from_, minute.start);
  if (inside <= Duration{0}) return;
  peak_demand_ = std::max(peak_demand_, minute.demand);
  demand_seconds_ += minute.demand * core::in_seconds(inside);
}

AccountTerms terms_of(const ScenarioVariant& variant, const Scenario& scenario) {
  return {.overhead = variant.variant.overhead,
          .workers = variant.variant.workers,
          .is_measured = !variant.variant.throughputs.empty(),
          .price = variant.variant.price,
          .bill_startup = scenario.assumptions.bill_startup,
          .has_retries = has_retries(scenario)};
}

void set_latencies(MinuteRecord& minute, const models::endpoint::RequestTally& requests,
                   Duration overhead) {
  const LatencyHistogram& latency = requests.model_latency;
  minute.latency_p50 = plus(latency.quantile(0.5), overhead);
  minute.latency_p95 = plus(latency.quantile(0.95), overhead);
  minute.latency_p99 = plus(latency.quantile(0.99), overhead);
}

Summary WindowAccount::summarize(const AccountTerms& terms) const {
  Summary summary;
  const std::int64_t failed = requests_.failed();
  summary.requests = {.total = requests_.invocations,
                      .succeeded = requests_.count(Outcome::Succeeded),
                      .failed = failed};
  summary.errors = {.rate = std::nullopt,
                    .timed_out = requests_.count(Outcome::TimedOut),
                    .rejected = requests_.count(Outcome::Rejected),
                    .interrupted = requests_.count(Outcome::Interrupted),
                    .no_capacity = requests_.count(Outcome::NoCapacity),
                    .model_error = requests_.count(Outcome::ModelError)};
  if (requests_.invocations > 0) {
    summary.errors.rate = static_cast<double>(failed) / static_cast<double>(requests_.invocations);
  }
  if (terms.has_retries) {
    summary.retries = RetrySummary{.attempts = requests_.retries,
                                   .recovered = requests_.recovered,
                                   .given_up = requests_.given_up};
  }
  summary.latency = latency_summary(requests_.model_latency, terms.overhead);
  summary.model_latency = latency_summary(requests_.model_latency, Duration{0});
  summary.wait = latency_summary(requests_.wait, Duration{0});
  if (invocations_.count() > 0) {
    summary.invocations_per_minute_max = static_cast<std::int64_t>(invocations_.maximum());
    summary.invocations_per_minute_mean = invocations_.mean();
  }
  summary.concurrency_mean = requests_.concurrency.mean();
  // Whoever was in the system between two samples was there all the same.
  summary.concurrency_max =
      std::max<std::int64_t>(requests_.concurrency.maximum, requests_.model_latency.count() > 0);
  if (cpu_.count() > 0) {
    summary.cpu_percent_mean = cpu_.mean();
    summary.cpu_percent_max = cpu_.maximum();
  }
  const double length = core::in_seconds(to_ - from_);
  const std::int64_t billed = fleet_.in_service_ticks + fleet_.stopping_ticks +
                              (terms.bill_startup ? fleet_.starting_ticks : 0);
  summary.instances = {
      .min = std::min(fleet_.in_service_min, fleet_.in_service_max),
      .max = fleet_.in_service_max,
      .mean = length > 0 ? core::in_seconds(span_of(fleet_.in_service_ticks)) / length : 0,
      .final = fleet_.in_service_final,
      .hours = core::in_seconds(span_of(billed)) / 3600,
      .shortest_life = plus(shortest_life_, Duration{0})};
  if (terms.price) summary.cost = cost(terms, *terms.price);
  return summary;
}

MinuteCost cost_of(const FleetUse& fleet, const AccountTerms& terms, core::HourlyPrice price) {
  const auto busy = terms.is_measured ? fleet.load_ticks : fleet.busy_ticks / terms.workers;
  const std::int64_t ready = fleet.in_service_ticks + fleet.stopping_ticks;
  const std::int64_t starting = terms.bill_startup ? fleet.starting_ticks : std::int64_t{0};
  return {.busy = (price * span_of(busy)).usd,
          .idle = (price * span_of(ready - busy)).usd,
          .starting = (price * span_of(starting)).usd};
}

CostSummary WindowAccount::cost(const AccountTerms& terms, core::HourlyPrice price) const {
  const std::int64_t ready = fleet_.in_service_ticks + fleet_.stopping_ticks;
  const std::int64_t starting = terms.bill_startup ? fleet_.starting_ticks : std::int64_t{0};
  const MinuteCost parts = cost_of(fleet_, terms, price);
  CostSummary cost;
  cost.total = (price * span_of(ready + starting)).usd;
  cost.busy = parts.busy;
  cost.idle = parts.idle;
  cost.starting = parts.starting;
  const double hours = core::in_seconds(to_ - from_) / 3600;
  cost.fixed_at_peak = price.usd_per_hour() * hours * peak_demand_;
  cost.perfect_hindsight = price.usd_per_hour() * demand_seconds_ / 3600;
  cost.per_hour = hours > 0 ? cost.total / hours : 0;
  const std::int64_t succeeded = requests_.count(Outcome::Succeeded);
  if (succeeded > 0) {
    cost.per_million_succeeded = cost.total / static_cast<double>(succeeded) * 1e6;
  }
  return cost;
}

}  // namespace sim
