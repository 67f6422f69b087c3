#include "tests/support/plane_case.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

#include "core/random_streams.hpp"
#include "models/traffic/arrival_process.hpp"

namespace tests {
namespace {

using models::endpoint::EndpointVariant;
using models::endpoint::InstanceUse;
using models::endpoint::PlaneInputs;
using models::endpoint::RequestPlane;
using models::endpoint::RequestTally;
using models::traffic::ClosedLoopTraffic;
using models::traffic::TrafficStream;

void before_close(RequestPlane& plane, const FleetMoment& moment, const PlaneCase& plane_case) {
  for (const InstanceLife& life : moment.gone) plane.remove(life.variant, life.slot);
  for (const InstanceLife& life : moment.entering) {
    // Those of the start are warm.
    const auto& warming = plane_case.variant_at(life.variant).warming;
    const bool is_first = life.in_service == core::kStart;
    plane.enter_service(life.variant, life.slot,
                        life.in_service + (is_first ? core::Duration{} : warming.duration));
  }
}

void after_close(RequestPlane& plane, const FleetMoment& moment, const PlaneCase& plane_case) {
  for (const InstanceLife& life : moment.stopping) {
    plane.stop(life.variant, life.slot, plane_case.gone(life));
    if (plane_case.gone(life) == moment.at) plane.remove(life.variant, life.slot);
  }
}

InstanceUse use_of(const RequestTally& tally, std::size_t slot) {
  return slot < tally.use.size() ? tally.use[slot] : InstanceUse{};
}

template <class Value>
void compare(std::ostringstream& differences, const char* field, const Value& a, const Value& b) {
  if (a != b) differences << "  " << field << ": " << a << " against " << b << '\n';
}

void compare_histograms(std::ostringstream& differences, const char* field,
                        const core::LatencyHistogram& a, const core::LatencyHistogram& b) {
  if (a == b) return;
  const auto describe = [](const core::LatencyHistogram& histogram) {
    std::ostringstream text;
    text.precision(17);
    text << histogram.count() << " spans, " << histogram.sum_seconds() << " s";
    if (histogram.count() > 0) {
      text << ", " << histogram.minimum()->count() << " to " << histogram.maximum()->count()
           << " ns";
    }
    return text.str();
  };
  differences << "  " << field << ": " << describe(a) << " against " << describe(b) << '\n';
}

}  // namespace

core::SimTime PlaneCase::gone(const InstanceLife& life) const {
  return life.stops == core::kNever ? core::kNever : life.stops + variant_at(life.variant).stopping;
}

std::vector<EndpointVariant> PlaneCase::variants() const {
  std::vector<EndpointVariant> all = {variant};
  all.insert(all.end(), others.begin(), others.end());
  return all;
}

std::vector<FleetMoment> fleet_moments(const PlaneCase& plane_case) {
  std::map<core::SimTime, FleetMoment> moments;
  for (const InstanceLife& life : plane_case.lives) {
    moments[life.in_service].entering.push_back(life);
    moments[life.stops].stopping.push_back(life);
    if (plane_case.variant_at(life.variant).stopping > core::Duration{0}) {
      moments[plane_case.gone(life)].gone.push_back(life);
    }
  }
  std::vector<FleetMoment> in_order;
  for (auto& [at, moment] : moments) {
    moment.at = at;
    if (at <= plane_case.end) in_order.push_back(std::move(moment));
  }
  return in_order;
}

PlaneInputs inputs_of(const PlaneCase& plane_case) {
  const core::RandomStreams streams(plane_case.seed, 0);
  const models::traffic::RunClock clock{plane_case.end, core::Duration{0}, 1};
  std::vector<models::traffic::ArrivalProcess> processes;
  std::vector<models::traffic::UserPopulation> users;
  std::vector<models::endpoint::StreamRetries> user_retries;
  std::vector<models::endpoint::StreamRetries> open_retries;
  bool retries = false;
  for (const TrafficStream& stream : plane_case.streams) {
    const models::endpoint::StreamRetries again{stream.retries,
                                                streams.stream("retries/" + stream.name)};
    retries = retries || stream.retries.attempts > 1;
    if (const auto* closed_loop = std::get_if<ClosedLoopTraffic>(&stream.shape)) {
      users.emplace_back(*closed_loop, stream.begins);
      user_retries.push_back(again);
    } else {
      open_retries.push_back(again);
      processes.push_back(models::traffic::make_arrival_process(
          stream, clock, streams.stream("arrivals/" + stream.name)));
    }
  }
  std::vector<core::SimTime> cuts = plane_case.cuts;
  cuts.push_back(plane_case.end);
  std::vector<models::endpoint::VariantEngines> engines;
  for (std::size_t i = 0; i <= plane_case.others.size(); ++i) {
    const std::string of_variant = i == 0 ? "" : "/" + std::to_string(i);
    engines.push_back({.service = streams.stream("service" + of_variant),
                       .retry_service = streams.stream("retry_service" + of_variant),
                       .routing = streams.stream("routing" + of_variant),
                       .copies = streams.stream("copies" + of_variant),
                       .retry_copies = streams.stream("retry_copies" + of_variant),
                       .warming = streams.stream("warming" + of_variant)});
  }
  if (!retries) {
    user_retries.clear();
    open_retries.clear();
  }
  return {.arrivals = models::traffic::OpenArrivals(std::move(processes)),
          .users = std::move(users),
          .open_retries = std::move(open_retries),
          .user_retries = std::move(user_retries),
          .split = streams.stream("split"),
          .retry_split = streams.stream("retry_split"),
          .variants = std::move(engines),
          .stretches = {.every = plane_case.stretch_every, .cuts = std::move(cuts)}};
}

std::vector<Tallies> play_all(const PlaneCase& plane_case, models::endpoint::PlaneKind kind) {
  const auto plane = make_plane(kind, plane_case.variants(), inputs_of(plane_case));
  std::vector<Tallies> tallies(plane_case.others.size() + 1);
  const auto moments = fleet_moments(plane_case);
  auto moment = moments.begin();
  for (core::SimTime now = core::kStart; now <= plane_case.end;) {
    plane->advance(now);
    const bool changes = moment != moments.end() && moment->at == now;
    if (changes) before_close(*plane, *moment, plane_case);
    if (now == plane->stretch_end()) {
      plane->close(now);
      for (models::endpoint::VariantIndex variant = 0; variant < tallies.size(); ++variant) {
        tallies[variant].push_back(plane->closed(variant));
      }
    }
    if (changes) after_close(*plane, *moment++, plane_case);
    if (now == plane_case.end) break;
    now = plane->stretch_end();
    if (moment != moments.end()) now = std::min(now, moment->at);
  }
  return tallies;
}

Tallies play(const PlaneCase& plane_case, models::endpoint::PlaneKind kind) {
  return play_all(plane_case, kind).front();
}

RequestTally total_of(const Tallies& tallies) {
  RequestTally total;
  for (const RequestTally& tally : tallies) total.merge(tally);
  return total;
}

testing::AssertionResult same_account(const RequestTally& a, const RequestTally& b) {
  std::ostringstream differences;
  compare(differences, "from", core::ticks(a.from), core::ticks(b.from));
  compare(differences, "to", core::ticks(a.to), core::ticks(b.to));
  compare(differences, "invocations", a.invocations, b.invocations);
  static const char* const kOutcomeNames[] = {"succeeded",   "timed out",   "rejected",
                                              "interrupted", "no capacity", "model error"};
  for (std::size_t i = 0; i < models::endpoint::kOutcomes; ++i) {
    compare(differences, kOutcomeNames[i], a.ended[i], b.ended[i]);
  }
  compare_histograms(differences, "model latency", a.model_latency, b.model_latency);
  compare_histograms(differences, "wait", a.wait, b.wait);
  compare(differences, "interrupted ticks", a.interrupted_ticks, b.interrupted_ticks);
  compare(differences, "retries", a.retries, b.retries);
  compare(differences, "recovered", a.recovered, b.recovered);
  compare(differences, "given up", a.given_up, b.given_up);
  compare(differences, "samples of concurrency", a.concurrency.count, b.concurrency.count);
  compare(differences, "sum of concurrency", a.concurrency.sum, b.concurrency.sum);
  compare(differences, "least concurrency", a.concurrency.minimum, b.concurrency.minimum);
  compare(differences, "most concurrency", a.concurrency.maximum, b.concurrency.maximum);
  for (std::size_t slot = 0; slot < std::max(a.use.size(), b.use.size()); ++slot) {
    const std::string of_slot = " of slot " + std::to_string(slot);
    const InstanceUse in_a = use_of(a, slot);
    const InstanceUse in_b = use_of(b, slot);
    compare(differences, ("served" + of_slot).c_str(), in_a.served, in_b.served);
    compare(differences, ("busy ticks" + of_slot).c_str(), in_a.busy_ticks, in_b.busy_ticks);
  }
  if (differences.str().empty()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "from " << core::in_seconds(a.from) << " s\n"
                                     << differences.str();
}

testing::AssertionResult same_accounts(const Tallies& a, const Tallies& b) {
  if (a.size() != b.size()) {
    return testing::AssertionFailure() << a.size() << " stretches against " << b.size();
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (const auto same = same_account(a[i], b[i]); !same) return same;
  }
  return testing::AssertionSuccess();
}

EndpointVariant variant_of(models::endpoint::SpanDistribution service, std::int32_t workers) {
  EndpointVariant variant;
  variant.workers = workers;
  variant.service_time = std::move(service);
  set_contention(variant, 0);
  return variant;
}

void set_contention(EndpointVariant& variant, double alpha) {
  const double independent = variant.workers / mean_seconds(variant.service_time);
  variant.throughput =
      core::RequestRate::per_second(independent / (1 + alpha * (variant.workers - 1)));
}

void set_throughputs(EndpointVariant& variant, const std::vector<double>& all) {
  variant.workers = static_cast<std::int32_t>(all.size());
  variant.throughputs.clear();
  for (const double relative : all) {
    variant.throughputs.push_back(
        core::RequestRate::per_second(relative / mean_seconds(variant.service_time)));
  }
  variant.throughput = *std::max_element(variant.throughputs.begin(), variant.throughputs.end());
}

std::vector<TrafficStream> requests_at(const std::vector<std::int64_t>& instants) {
  std::vector<TrafficStream> streams;
  for (const std::int64_t at : instants) {
    // Evenly spaced, the only arrival of a rate that lasts for one request lies in its middle.
    const models::traffic::SmoothTraffic one{core::RequestRate::per_second(5e8), core::Duration{2}};
    streams.push_back({"request " + std::to_string(streams.size()), core::Duration{at - 1},
                       models::traffic::ArrivalPattern::Even, one});
  }
  return streams;
}

TrafficStream poisson_stream(std::string name, double per_second) {
  const models::traffic::SmoothTraffic smooth{core::RequestRate::per_second(per_second), {}};
  return {std::move(name), core::Duration{0}, models::traffic::ArrivalPattern::Poisson, smooth};
}

TrafficStream users_stream(std::string name, std::int32_t users, core::Duration think_time,
                           core::Duration duration) {
  ClosedLoopTraffic closed_loop;
  closed_loop.phases.push_back({.name = "users", .initial = users, .duration = duration});
  closed_loop.think_time = think_time;
  return {std::move(name), core::Duration{0}, models::traffic::ArrivalPattern::Poisson,
          closed_loop};
}

}  // namespace tests
