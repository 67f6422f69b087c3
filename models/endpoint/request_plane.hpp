// Serves the requests of an endpoint: the interface behind which the request planes differ.
//
// The control plane calls it a few times a simulated minute; inside advance() a plane runs its own
// tight loop, without allocation, virtual call or event object for a request. Where two planes can
// play the same scenario they give the same bytes.
//
// What happens to a request
// - It arrives, and is given to one production variant by the weights. Every shadow variant gets a
//   copy of it, or of a share of all requests: the copy is played as a request of its own, for
//   which nobody waits. Each variant has its own instances, queues, router and account.
// - The variant's router gives it to an instance in service, or it fails: no capacity.
// - It is served at once when a worker is free, else it waits in the instance's FIFO queue, or is
//   rejected when the queue is full.
// - On an instance that is not yet warm it takes longer, and may be answered with an error.
// - It ends when it is served. One that is not answered `queue_timeout` after its arrival has timed
//   out then: if still waiting, it leaves the queue; if being served, the worker finishes the work
//   for nobody, and until then the router counts it as outstanding.
// - What is on an instance when the grace of its stopping is over is interrupted at that moment.
// - A user sends again when the request has ended and the overhead and the time to think are over,
//   and after a refusal no sooner than 100 ms later: without that, a closed loop with no time to
//   think would ask again in the same instant, for ever.
// - A client that retries sends a new request when one has failed, the overhead and its wait are
//   over. Retries draw their service and their variant from streams of their own: they leave the
//   service times of all first requests as they were.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/random_streams.hpp"
#include "core/sim_time.hpp"
#include "models/endpoint/clients.hpp"
#include "models/endpoint/endpoint_variant.hpp"
#include "models/endpoint/fleet.hpp"
#include "models/endpoint/request_ledger.hpp"
#include "models/traffic/open_arrivals.hpp"
#include "models/traffic/user_population.hpp"

namespace models::endpoint {

// The place of a variant in the list that the plane was made of.
using VariantIndex = std::uint32_t;

class RequestPlane {
 public:
  virtual ~RequestPlane() = default;
  RequestPlane(const RequestPlane&) = delete;
  RequestPlane& operator=(const RequestPlane&) = delete;

  virtual std::string_view name() const = 0;

  // Plays all requests up to `until`, that instant excluded.
  virtual void advance(SimTime until) = 0;

  // The instance takes requests from now on. Those that arrive before `warm_at` meet it cold: see
  // Warming.
  virtual void enter_service(VariantIndex variant, InstanceSlot slot, SimTime warm_at) = 0;
  // It takes no more; what it holds at `gone_at` is interrupted then.
  virtual void stop(VariantIndex variant, InstanceSlot slot, SimTime gone_at) = 0;
  // The grace is over. REQUIRES: advanced to the instant that stop() named.
  virtual void remove(VariantIndex variant, InstanceSlot slot) = 0;

  // Closes the current stretch of all variants. REQUIRES: advanced to `at`, which is stretch_end().
  virtual void close(SimTime at) = 0;
  // A variant's account of the stretch that was closed last; valid until the next is closed.
  // REQUIRES: one was closed.
  virtual const RequestTally& closed(VariantIndex variant) const = 0;
  // When the current stretch ends.
  virtual SimTime stretch_end() const = 0;
  // Requests, or copies of requests, that the variant got in the current stretch so far.
  virtual std::int64_t invocations(VariantIndex variant) const = 0;

 protected:
  RequestPlane() = default;
};

// A variant's streams of random numbers.
struct VariantEngines {
  core::RandomEngine service;
  core::RandomEngine retry_service;
  core::RandomEngine routing;
  core::RandomEngine copies;  // of a shadow variant: whether a request is copied
  core::RandomEngine retry_copies;
  core::RandomEngine warming;  // whether a cold instance fails a request
};

// All that a plane needs besides the variants.
struct PlaneInputs {
  models::traffic::OpenArrivals arrivals;
  std::vector<models::traffic::UserPopulation> users;
  // How the clients of each process of the arrivals, and of each population, ask again; empty: none
  // of them does.
  std::vector<StreamRetries> open_retries{};
  std::vector<StreamRetries> user_retries{};
  core::RandomEngine split;              // which production variant gets a request
  core::RandomEngine retry_split;        // the same of retries
  std::vector<VariantEngines> variants;  // one for each, in the order of the variants
  StretchBounds stretches;
};

enum class PlaneKind { Recursion, Events };

// Whether the recursion can play these variants and this traffic; it needs routers that ignore
// state, workers that do not slow each other down and whose number is not asked for by the CPU,
// instances that are warm at once, and requests that depend on no answer: neither users of a closed
// loop nor clients that retry.
bool recursion_applies(std::span<const EndpointVariant> variants, bool answers_matter);

// REQUIRES: the production variants' weights are not negative and their sum is positive, shares of
// shadow variants lie in 0..1; recursion_applies() when kind is Recursion.
std::unique_ptr<RequestPlane> make_plane(PlaneKind kind, std::span<const EndpointVariant> variants,
                                         PlaneInputs inputs);

}  // namespace models::endpoint
