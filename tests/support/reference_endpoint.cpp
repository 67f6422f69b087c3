#include "tests/support/reference_endpoint.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "models/endpoint/concurrency_sampler.hpp"
#include "models/endpoint/router.hpp"
#include "models/endpoint/saturation_curve.hpp"
#include "models/endpoint/span_sampler.hpp"

namespace tests {
namespace {

using models::endpoint::EndpointVariant;
using models::endpoint::InstanceSlot;
using models::endpoint::Outcome;
using models::endpoint::RequestTally;
using models::endpoint::RoutingStrategy;
using models::endpoint::VariantEngines;
using models::endpoint::VariantIndex;

constexpr std::int64_t kNever = core::ticks(core::kNever);
constexpr std::int64_t kPauseAfterRefusal = 100'000'000;
constexpr double kLongestWait = 20e9;

// Of what happens at one instant, in this order.
enum class Kind { Fleet, Deadline, Departure, OpenArrival, Retry, UserSends, Nothing };

struct Step {
  std::int64_t at = kNever;
  Kind kind = Kind::Nothing;
  std::size_t slot = 0;   // of a departure: the lowest first
  std::size_t which = 0;  // request, retry or user
  std::size_t variant = 0;
  // What happens to the requests of one variant comes before what happens to those of the next.
  auto key() const {
    const Kind group = kind == Kind::Departure ? Kind::Deadline : kind;
    return std::tuple(at, group, variant, kind, slot, which);
  }
};

struct ReferenceUser {
  std::int64_t sends = kNever;
  std::int64_t think_time = 0;
  std::int64_t leaves = 0;
  std::size_t population = 0;
  std::int32_t attempt = 1;
};

// Of whoever sent an open arrival.
struct ReferenceRetry {
  std::int64_t at = kNever;
  std::size_t stream = 0;
  std::int32_t attempt = 1;
};

// Who sends a request.
struct Sender {
  std::optional<std::uint32_t> user{};
  std::optional<std::size_t> open_stream{};
  std::int32_t attempt = 1;
};

struct ReferenceVariant {
  ReferenceVariant(const EndpointVariant& its_variant, const VariantEngines& its_engines)
      : variant(its_variant),
        engines(its_engines),
        sampler(make_sampler(variant.service_time)),
        retry_sampler(make_sampler(variant.service_time)),
        curve(saturation_curve_of(variant)),
        router(variant.routing, engines.routing) {}

  const EndpointVariant& variant;
  VariantEngines engines;
  models::endpoint::SpanSampler sampler;
  models::endpoint::SpanSampler retry_sampler;
  models::endpoint::SaturationCurve curve;
  models::endpoint::Router router;
  std::vector<InstanceSlot> routable;
  std::map<InstanceSlot, std::int64_t> warm_at;
};

// In [0, 1).
double draw(core::RandomEngine& engine) { return static_cast<double>(engine() >> 11) * 0x1.0p-53; }

class ReferenceEndpoint {
 public:
  explicit ReferenceEndpoint(const PlaneCase& plane_case)
      : case_(plane_case), inputs_(inputs_of(plane_case)), moments_(fleet_moments(plane_case)) {
    for (VariantIndex i = 0; i <= case_.others.size(); ++i) {
      variants_.emplace_back(case_.variant_at(i), inputs_.variants[i]);
    }
    std::vector<std::int64_t> batch(1000);
    std::vector<models::traffic::StreamIndex> streams(1000);
    while (const std::size_t count = inputs_.arrivals.fill(batch, streams, case_.end)) {
      for (std::size_t i = 0; i < count; ++i) open_.push_back({batch[i], streams[i]});
    }
    for (std::size_t index = 0; index < inputs_.users.size(); ++index) {
      const auto& population = inputs_.users[index];
      for (std::int64_t user = 0; user < population.total_users(); ++user) {
        users_.push_back({.sends = core::ticks(population.join_time(user)),
                          .think_time = population.think_time().count(),
                          .leaves = core::ticks(population.end()),
                          .population = index});
      }
    }
  }

  std::vector<ReferenceRequest> run() {
    for (Step step = next(); step.at < core::ticks(case_.end); step = next()) {
      work_until(step.at);
      play(step);
    }
    return requests_;
  }

 private:
  Step next() const {
    Step first;
    const auto consider = [&](const Step& step) { first = std::min(first, step, before); };
    if (next_moment_ < moments_.size()) {
      consider({core::ticks(moments_[next_moment_].at), Kind::Fleet, 0, 0});
    }
    for (std::size_t i = 0; i < requests_.size(); ++i) {
      const ReferenceRequest& request = requests_[i];
      if (!request.outcome && !past_deadline_[i]) {
        consider({deadline(request), Kind::Deadline, 0, i, request.variant});
      }
      if (request.on_worker()) {
        consider({departure(request), Kind::Departure, request.slot, i, request.variant});
      }
    }
    if (next_open_ < open_.size()) consider({open_[next_open_].at, Kind::OpenArrival, 0, 0});
    for (std::size_t i = 0; i < retries_.size(); ++i) {
      consider({retries_[i].at, Kind::Retry, 0, i});
    }
    for (std::size_t user = 0; user < users_.size(); ++user) {
      consider({users_[user].sends, Kind::UserSends, 0, user});
    }
    return first;
  }
  static bool before(const Step& a, const Step& b) { return a.key() < b.key(); }

  void play(const Step& step) {
    if (step.kind == Kind::Fleet) {
      change_fleet(moments_[next_moment_++]);
    } else if (step.kind == Kind::Deadline) {
      meet_deadline(step.which);
    } else if (step.kind == Kind::Departure) {
      depart(step.which);
    } else if (step.kind == Kind::OpenArrival) {
      const ReferenceRetry& arrival = open_[next_open_++];
      arrive({.open_stream = arrival.stream});
    } else if (step.kind == Kind::Retry) {
      const ReferenceRetry retry = std::exchange(retries_[step.which], {});
      arrive({.open_stream = retry.stream, .attempt = retry.attempt});
    } else {
      ReferenceUser& user = users_[step.which];
      user.sends = kNever;
      arrive({.user = static_cast<std::uint32_t>(step.which), .attempt = user.attempt});
    }
  }

  const EndpointVariant& variant_of(const ReferenceRequest& request) const {
    return variants_[request.variant].variant;
  }
  // Those on the same instance are on a worker at the same time.
  int busy_beside(const ReferenceRequest& request) const {
    return static_cast<int>(
        std::count_if(requests_.begin(), requests_.end(), [&](const auto& other) {
          return other.shares_instance_with(request) && other.on_worker();
        }));
  }
  long double speed(const ReferenceRequest& request) const {
    return variants_[request.variant].curve.speed(busy_beside(request));
  }

  std::int64_t deadline(const ReferenceRequest& request) const {
    return request.arrival + variant_of(request).queue_timeout.count();
  }
  std::int64_t departure(const ReferenceRequest& request) const {
    const long double real = request.left / speed(request);
    return now_ + static_cast<std::int64_t>(std::ceil(real - 1e-3L));
  }

  void work_until(std::int64_t at) {
    std::vector<long double> done(requests_.size());
    for (std::size_t i = 0; i < requests_.size(); ++i) {
      if (!requests_[i].on_worker()) continue;
      done[i] = static_cast<long double>(at - now_) * speed(requests_[i]);
    }
    for (std::size_t i = 0; i < requests_.size(); ++i) requests_[i].left -= done[i];
    now_ = at;
  }

  void change_fleet(const FleetMoment& moment) {
    for (const InstanceLife& life : moment.gone) gone(life);
    for (const InstanceLife& life : moment.entering) {
      variants_[life.variant].routable.push_back(life.slot);
      variants_[life.variant].router.add(life.slot);
      const bool is_first = life.in_service == core::kStart;
      variants_[life.variant].warm_at[life.slot] =
          is_first ? 0
                   : core::ticks(life.in_service) +
                         case_.variant_at(life.variant).warming.duration.count();
    }
    for (const InstanceLife& life : moment.stopping) {
      std::erase(variants_[life.variant].routable, life.slot);
      variants_[life.variant].router.remove(life.slot);
      if (case_.variant_at(life.variant).stopping == core::Duration{0}) gone(life);
    }
  }

  void gone(const InstanceLife& life) {
    for (ReferenceRequest& request : requests_) {
      if (request.variant != life.variant || request.slot != life.slot) continue;
      if (request.refused()) continue;
      const bool interrupted = !request.outcome;
      if (request.on_worker()) request.worker_free = now_;
      if (interrupted) finish(request, Outcome::Interrupted);
    }
  }

  void finish(ReferenceRequest& request, Outcome outcome, std::int64_t least_pause = 0) {
    request.end = now_;
    request.outcome = outcome;
    if (models::endpoint::StreamRetries* again = retries_of(request)) {
      if (outcome != Outcome::Succeeded && ask_again(request, *again)) return;
      request.gave_up = outcome != Outcome::Succeeded;
    }
    if (!request.user) return;
    ReferenceUser& user = users_[*request.user];
    user.attempt = 1;
    const std::int64_t pause = variant_of(request).overhead.count() + user.think_time;
    const std::int64_t again = now_ + std::max(pause, least_pause);
    if (again < user.leaves) user.sends = again;
  }

  // Of the client of the request; null when it asks once.
  models::endpoint::StreamRetries* retries_of(const ReferenceRequest& request) {
    models::endpoint::StreamRetries* found = nullptr;
    if (request.user && !inputs_.user_retries.empty()) {
      found = &inputs_.user_retries[users_[*request.user].population];
    } else if (request.open_stream && !inputs_.open_retries.empty()) {
      found = &inputs_.open_retries[*request.open_stream];
    }
    return found != nullptr && found->policy.attempts > 1 ? found : nullptr;
  }

  // False when the request was the last of its client.
  bool ask_again(const ReferenceRequest& request, models::endpoint::StreamRetries& again) {
    if (request.attempt >= again.policy.attempts) return false;
    auto wait = static_cast<double>(again.policy.backoff.count());
    for (std::int32_t k = 1; k < request.attempt; ++k) wait *= 2;
    wait = std::min(wait, kLongestWait);
    if (again.policy.jitter > 0) {
      wait *= 1 - again.policy.jitter * again.jitter.unit_interval();
    }
    const std::int64_t at = now_ + variant_of(request).overhead.count() + std::llround(wait);
    if (!request.user) {
      retries_.push_back({at, *request.open_stream, request.attempt + 1});
      return true;
    }
    ReferenceUser& user = users_[*request.user];
    if (at >= user.leaves) return false;
    user.sends = at;
    user.attempt = request.attempt + 1;
    return true;
  }

  void arrive(const Sender& sender) {
    const bool is_retry = sender.attempt > 1;
    arrive_at(choose_variant(is_retry), sender);
    for (VariantIndex i = 0; i < variants_.size(); ++i) {
      const auto share = variants_[i].variant.shadow_share;
      if (!share) continue;
      VariantEngines& engines = variants_[i].engines;
      const bool copied =
          *share == 1 || draw(is_retry ? engines.retry_copies : engines.copies) < *share;
      if (copied) arrive_at(i, {.attempt = sender.attempt});
    }
  }

  VariantIndex choose_variant(bool is_retry) {
    std::vector<VariantIndex> production;
    double total = 0;
    for (VariantIndex i = 0; i < variants_.size(); ++i) {
      if (variants_[i].variant.is_shadow()) continue;
      production.push_back(i);
      total += variants_[i].variant.weight;
    }
    if (production.size() == 1) return production.front();
    double left = draw(is_retry ? inputs_.retry_split : inputs_.split) * total;
    for (const VariantIndex i : production) {
      left -= variants_[i].variant.weight;
      if (left < 0) return i;
    }
    return production.back();
  }

  void arrive_at(VariantIndex index, const Sender& sender) {
    ReferenceVariant& its = variants_[index];
    ReferenceRequest request;
    request.variant = index;
    request.arrival = now_;
    request.user = sender.user;
    request.open_stream = sender.open_stream;
    request.attempt = sender.attempt;
    request.service = sender.attempt > 1
                          ? sample(its.retry_sampler, its.engines.retry_service).count()
                          : sample(its.sampler, its.engines.service).count();
    request.left = static_cast<long double>(request.service);
    request.slot = choose_slot(its);
    if (its.routable.empty()) {
      finish(request, Outcome::NoCapacity, kPauseAfterRefusal);
    } else {
      const bool must_wait = busy_beside(request) == its.variant.workers;
      const auto limit = its.variant.queue_limit;
      if (must_wait && limit && waiting_beside(request) >= *limit) {
        finish(request, Outcome::Rejected, kPauseAfterRefusal);
      } else {
        if (now_ < its.warm_at.at(request.slot)) meet_cold(its, request);
        if (!must_wait) request.taken_on = now_;
        its.router.request_added(request.slot);
      }
    }
    requests_.push_back(request);
    past_deadline_.push_back(false);
  }

  static void meet_cold(ReferenceVariant& its, ReferenceRequest& request) {
    const models::endpoint::Warming& warming = its.variant.warming;
    request.service *= static_cast<std::int64_t>(warming.slowdown);  // whole numbers here
    request.left = static_cast<long double>(request.service);
    request.fails = warming.errors > 0 && its.engines.warming.unit_interval() <= warming.errors;
  }

  static InstanceSlot choose_slot(ReferenceVariant& its) {
    if (its.variant.routing == RoutingStrategy::LeastOutstandingRequests) {
      return its.router.choose();
    }
    const auto count = static_cast<std::uint32_t>(its.routable.size());
    const std::uint32_t choice = its.engines.routing.below(std::max(count, 1U));
    return its.routable.empty() ? 0 : its.routable[choice];
  }

  std::int64_t waiting_beside(const ReferenceRequest& request) const {
    return std::count_if(requests_.begin(), requests_.end(), [&](const auto& other) {
      return other.shares_instance_with(request) && other.waiting();
    });
  }

  void meet_deadline(std::size_t index) {
    ReferenceRequest& request = requests_[index];
    past_deadline_[index] = true;
    if (request.on_worker() && departure(request) == now_) return;  // done in time
    const bool waited = request.waiting();
    finish(request, Outcome::TimedOut);
    if (waited) variants_[request.variant].router.request_gone(request.slot);
  }

  void depart(std::size_t index) {
    ReferenceRequest& request = requests_[index];
    request.worker_free = now_;
    if (!request.outcome) {
      finish(request, request.fails ? Outcome::ModelError : Outcome::Succeeded);
    }
    variants_[request.variant].router.request_gone(request.slot);
    for (ReferenceRequest& next_in_line : requests_) {
      if (!next_in_line.shares_instance_with(request) || !next_in_line.waiting()) continue;
      next_in_line.taken_on = now_;
      return;
    }
  }

  const PlaneCase& case_;
  models::endpoint::PlaneInputs inputs_;
  const std::vector<FleetMoment> moments_;
  std::size_t next_moment_ = 0;
  std::vector<ReferenceVariant> variants_;
  std::vector<ReferenceRetry> open_;
  std::size_t next_open_ = 0;
  std::vector<ReferenceRetry> retries_;  // kNever: sent
  std::vector<ReferenceUser> users_;
  std::vector<ReferenceRequest> requests_;
  std::vector<bool> past_deadline_;
  std::int64_t now_ = 0;
};

struct Stretch {
  std::int64_t from;
  std::int64_t to;
  bool covers(std::int64_t at) const { return from <= at && at < to; }
};

std::vector<Stretch> stretches_of(const PlaneCase& plane_case) {
  std::vector<std::int64_t> bounds = {core::ticks(plane_case.end)};
  for (const core::SimTime cut : plane_case.cuts) bounds.push_back(core::ticks(cut));
  for (core::SimTime at = core::kStart; at < plane_case.end; at += plane_case.stretch_every) {
    bounds.push_back(core::ticks(at));
  }
  std::sort(bounds.begin(), bounds.end());
  bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
  std::vector<Stretch> stretches;
  for (std::size_t i = 1; i < bounds.size() && bounds[i] <= core::ticks(plane_case.end); ++i) {
    stretches.push_back({bounds[i - 1], bounds[i]});
  }
  return stretches;
}

void book_end(RequestTally& tally, const ReferenceRequest& request) {
  const core::Duration spent{*request.end - request.arrival};
  ++tally.ended[static_cast<std::size_t>(*request.outcome)];
  tally.given_up += request.gave_up ? 1 : 0;
  const bool has_client = request.user || request.open_stream;
  tally.recovered +=
      has_client && request.attempt > 1 && *request.outcome == Outcome::Succeeded ? 1 : 0;
  if (request.outcome == Outcome::Interrupted) {
    tally.interrupted_ticks += spent.count();
  } else if (!request.refused()) {
    tally.model_latency.record(spent);
    tally.wait.record(request.taken_on ? core::Duration{*request.taken_on - request.arrival}
                                       : spent);
    if (request.taken_on) ++tally.use[request.slot].served;
  }
}

void sample_concurrency(RequestTally& tally, const Stretch& stretch,
                        const std::vector<ReferenceRequest>& requests) {
  const std::int64_t every = models::endpoint::ConcurrencySampler::kEvery.count();
  for (std::int64_t at = (stretch.from + every - 1) / every * every; at < stretch.to; at += every) {
    tally.concurrency.add(
        std::count_if(requests.begin(), requests.end(), [&](const ReferenceRequest& request) {
          return !request.refused() && request.arrival <= at && (!request.end || at < *request.end);
        }));
  }
}

}  // namespace

bool ReferenceRequest::shares_instance_with(const ReferenceRequest& other) const {
  return variant == other.variant && slot == other.slot;
}

bool ReferenceRequest::refused() const {
  return outcome == Outcome::Rejected || outcome == Outcome::NoCapacity;
}

std::vector<ReferenceRequest> reference_requests(const PlaneCase& plane_case) {
  return ReferenceEndpoint(plane_case).run();
}

Tallies reference_tallies(const PlaneCase& plane_case,
                          const std::vector<ReferenceRequest>& all_requests, VariantIndex variant) {
  std::vector<ReferenceRequest> requests;
  for (const ReferenceRequest& request : all_requests) {
    if (request.variant == variant) requests.push_back(request);
  }
  Tallies tallies;
  for (const Stretch& stretch : stretches_of(plane_case)) {
    RequestTally tally;
    tally.from = core::at_ticks(stretch.from);
    tally.to = core::at_ticks(stretch.to);
    for (const ReferenceRequest& request : requests) {
      if (request.slot >= tally.use.size()) tally.use.resize(request.slot + 1);
      if (stretch.covers(request.arrival)) {
        ++tally.invocations;
        if (request.attempt > 1) ++tally.retries;
      }
      if (request.end && stretch.covers(*request.end)) book_end(tally, request);
      if (!request.taken_on) continue;
      const std::int64_t begun = std::max(*request.taken_on, stretch.from);
      const std::int64_t freed = std::min(request.worker_free.value_or(stretch.to), stretch.to);
      tally.use[request.slot].busy_ticks += std::max<std::int64_t>(0, freed - begun);
    }
    sample_concurrency(tally, stretch, requests);
    tallies.push_back(std::move(tally));
  }
  return tallies;
}

}  // namespace tests
