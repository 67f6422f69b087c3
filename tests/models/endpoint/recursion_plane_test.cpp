#include "models/endpoint/recursion_plane.hpp"

#include <gtest/gtest.h>

#include <span>

#include "tests/support/plane_case.hpp"

namespace models::endpoint {
namespace {

using tests::PlaneCase;
using tests::play;
using tests::poisson_stream;
using tests::same_account;
using tests::total_of;
using tests::variant_of;
using namespace std::chrono_literals;

EndpointVariant contended() {
  EndpointVariant variant = variant_of(ExactSpan{10ms}, 2);
  tests::set_contention(variant, 0.5);
  return variant;
}

TEST(RecursionPlane, AppliesOnlyWhereAFateIsKnownAtTheArrival) {
  EndpointVariant variant = variant_of(ExactSpan{10ms}, 2);
  const EndpointVariant slowed = contended();
  EXPECT_TRUE(recursion_applies(std::span(&variant, 1), false));
  EXPECT_FALSE(recursion_applies(std::span(&variant, 1), true));
  EXPECT_FALSE(recursion_applies(std::span(&slowed, 1), false));
  variant.routing = RoutingStrategy::LeastOutstandingRequests;
  EXPECT_FALSE(recursion_applies(std::span(&variant, 1), false));
}

TEST(RecursionPlane, PlanesAreNamed) {
  PlaneCase none;
  none.variant = variant_of(ExactSpan{10ms}, 2);
  const auto variants = none.variants();
  EXPECT_EQ(make_plane(PlaneKind::Recursion, variants, inputs_of(none))->name(), "recursion");
  EXPECT_EQ(make_plane(PlaneKind::Events, variants, inputs_of(none))->name(), "events");
}

TEST(RecursionPlaneDeathTest, RefusesWhatItCannotPlay) {
  PlaneCase none;
  none.variant = contended();
  EXPECT_DEATH(make_plane(PlaneKind::Recursion, none.variants(), inputs_of(none)),
               "recursion_applies");
}

TEST(RecursionPlane, HowFarItIsAdvancedAtATimeChangesNothing) {
  PlaneCase whole;
  whole.variant = variant_of(ExponentialSpan{0.02}, 3);
  whole.variant.stopping = 50ms;
  whole.lives = {{.slot = 0}, {.slot = 1}};
  whole.streams = {poisson_stream("busy", 280)};
  RecursionPlane in_steps(whole.variants(), inputs_of(whole));
  for (const auto& life : whole.lives) in_steps.enter_service(0, life.slot, core::kStart);
  for (SimTime now = core::kStart; now <= whole.end; now += 1ms) in_steps.advance(now);
  in_steps.close(whole.end);
  EXPECT_TRUE(same_account(in_steps.closed(0), play(whole, PlaneKind::Recursion).front()));
}

}  // namespace
}  // namespace models::endpoint
