// Plays small cases of requests on an endpoint through a request plane, and gives back the account
// of every stretch: what the tests of the planes compare.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/sim_time.hpp"
#include "models/endpoint/endpoint_variant.hpp"
#include "models/endpoint/request_plane.hpp"
#include "models/traffic/traffic_stream.hpp"

namespace tests {

// One instance's life: in service from `in_service` on, taking no new request from `stops` on, gone
// a grace later. A slot of a variant may have several, one after another.
struct InstanceLife {
  models::endpoint::InstanceSlot slot = 0;
  core::SimTime in_service = core::kStart;
  core::SimTime stops = core::kNever;
  models::endpoint::VariantIndex variant = 0;
};

// Everything that decides what happens to requests.
struct PlaneCase {
  models::endpoint::EndpointVariant variant;              // the first
  std::vector<models::endpoint::EndpointVariant> others;  // variants of the endpoint
  std::vector<models::traffic::TrafficStream> streams;    // open ones and closed loops
  std::vector<InstanceLife> lives;
  std::vector<core::SimTime> cuts;
  core::Duration stretch_every = std::chrono::minutes{1};
  core::SimTime end = core::kStart + std::chrono::seconds{60};
  std::uint64_t seed = 1;

  std::vector<models::endpoint::EndpointVariant> variants() const;
  const models::endpoint::EndpointVariant& variant_at(models::endpoint::VariantIndex index) const {
    return index == 0 ? variant : others[index - 1];
  }
  core::SimTime gone(const InstanceLife& life) const;
};

// What happens to instances at one instant, in this order; between the changes of the first two
// kinds and those of the last the simulation may close a stretch.
struct FleetMoment {
  core::SimTime at;
  std::vector<InstanceLife> gone;      // their grace is over
  std::vector<InstanceLife> entering;  // into service
  std::vector<InstanceLife> stopping;  // without grace they are gone at once
};
// In order, those up to the end of the case.
std::vector<FleetMoment> fleet_moments(const PlaneCase& plane_case);

models::endpoint::PlaneInputs inputs_of(const PlaneCase& plane_case);

using Tallies = std::vector<models::endpoint::RequestTally>;
// Of each variant.
std::vector<Tallies> play_all(const PlaneCase& plane_case, models::endpoint::PlaneKind kind);
// Of the first variant.
Tallies play(const PlaneCase& plane_case, models::endpoint::PlaneKind kind);

// All stretches as one.
models::endpoint::RequestTally total_of(const Tallies& tallies);

// Success, or a list of the fields that differ. A slot beyond the end of one account's use counts
// as unused there.
testing::AssertionResult same_account(const models::endpoint::RequestTally& a,
                                      const models::endpoint::RequestTally& b);
testing::AssertionResult same_accounts(const Tallies& a, const Tallies& b);

// A variant whose workers do not slow each other down, with plain defaults.
models::endpoint::EndpointVariant variant_of(models::endpoint::SpanDistribution service,
                                             std::int32_t workers = 1);
// Sets the throughput at which each of `busy` workers is slowed by alpha x (busy - 1).
void set_contention(models::endpoint::EndpointVariant& variant, double alpha);
// Relative to that of one request alone.
void set_throughputs(models::endpoint::EndpointVariant& variant, const std::vector<double>& all);

// One stream for each instant, in nanoseconds (at least 1), with a single request then.
std::vector<models::traffic::TrafficStream> requests_at(const std::vector<std::int64_t>& instants);
models::traffic::TrafficStream poisson_stream(std::string name, double per_second);
models::traffic::TrafficStream users_stream(std::string name, std::int32_t users,
                                            core::Duration think_time, core::Duration duration);

}  // namespace tests
