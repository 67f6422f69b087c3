#include "models/endpoint/fleet.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace models::endpoint {
namespace {

using namespace std::chrono_literals;

SimTime at(core::Duration since_start) { return core::kStart + since_start; }

EndpointVariant variant_of(std::int32_t initial) {
  EndpointVariant variant;
  variant.initial_instances = initial;
  variant.startup = ExactSpan{4min};
  variant.stopping = 30s;
  return variant;
}

Fleet fleet_of(std::int32_t initial) { return {variant_of(initial), core::RandomEngine(1)}; }

std::vector<std::uint32_t> numbers(const std::vector<Instance>& instances) {
  std::vector<std::uint32_t> all;
  for (const Instance& instance : instances) all.push_back(instance.number);
  return all;
}

using Numbers = std::vector<std::uint32_t>;

TEST(Fleet, FirstInstancesAreInServiceAtOnce) {
  const Fleet fleet = fleet_of(3);
  EXPECT_EQ(fleet.count(InstanceState::InService), 3);
  EXPECT_EQ(fleet.count(InstanceState::Starting), 0);
  EXPECT_EQ(fleet.launched_count(), 3U);
  for (const Instance& instance : fleet.instances()) {
    EXPECT_EQ(instance.launched, core::kStart);
    EXPECT_EQ(instance.in_service, core::kStart);
  }
}

TEST(Fleet, LaunchedInstancesComeIntoServiceAfterTheirStartup) {
  Fleet fleet = fleet_of(1);
  const FleetChange change = fleet.set_desired(3, at(10min));
  EXPECT_EQ(numbers(change.launched), (Numbers{2, 3}));
  EXPECT_TRUE(change.stopping.empty());
  EXPECT_EQ(fleet.count(InstanceState::Starting), 2);
  for (const Instance& launched : change.launched) {
    EXPECT_EQ(launched.launched, at(10min));
    EXPECT_EQ(launched.in_service, at(14min));
    const auto entered = fleet.enter_service(launched.slot, launched.number, at(14min));
    ASSERT_TRUE(entered.has_value());
    EXPECT_EQ(entered->state, InstanceState::InService);
  }
  EXPECT_EQ(fleet.count(InstanceState::InService), 3);
  EXPECT_EQ(fleet.count(InstanceState::Starting), 0);
}

TEST(Fleet, StartupsAreDrawnOneAfterAnother) {
  EndpointVariant variant = variant_of(0);
  variant.startup = LogNormalSpan::from_p50_p99(240, 480);
  Fleet fleet(variant, core::RandomEngine(8));
  SpanSampler sampler = make_sampler(variant.startup);
  core::RandomEngine engine(8);
  for (const Instance& instance : fleet.set_desired(4, at(1min)).launched) {
    EXPECT_EQ(instance.in_service, at(1min) + sample(sampler, engine));
  }
}

TEST(Fleet, LaunchedTogetherComeIntoServiceOneStaggerApart) {
  EndpointVariant variant = variant_of(1);
  variant.stagger = 20s;
  Fleet fleet(variant, core::RandomEngine(1));
  const auto first = fleet.set_desired(4, at(10min)).launched;
  ASSERT_EQ(first.size(), 3U);
  EXPECT_EQ(first[0].in_service, at(14min));
  EXPECT_EQ(first[1].in_service, at(14min + 20s));
  EXPECT_EQ(first[2].in_service, at(14min + 40s));
  // Another change counts from nothing again.
  const auto second = fleet.set_desired(5, at(11min)).launched;
  EXPECT_EQ(second.at(0).in_service, at(15min));
}

TEST(Fleet, StaggerLeavesTheDrawsAsTheyWere) {
  EndpointVariant variant = variant_of(0);
  variant.startup = LogNormalSpan::from_p50_p99(240, 480);
  Fleet plain(variant, core::RandomEngine(8));
  variant.stagger = 1min;
  Fleet staggered(variant, core::RandomEngine(8));
  const auto before = plain.set_desired(3, at(1min)).launched;
  const auto after = staggered.set_desired(3, at(1min)).launched;
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(after[k].in_service, before[k].in_service + static_cast<std::int64_t>(k) * 1min);
  }
}

TEST(Fleet, NewestInServiceStopFirst) {
  Fleet fleet = fleet_of(4);
  const FleetChange change = fleet.set_desired(2, at(5min));
  EXPECT_EQ(numbers(change.stopping), (Numbers{4, 3}));
  EXPECT_EQ(fleet.count(InstanceState::Stopping), 2);
  EXPECT_EQ(fleet.count(InstanceState::InService), 2);
  for (const Instance& stopping : change.stopping) {
    EXPECT_EQ(stopping.stopped, at(5min + 30s));
    fleet.remove(stopping.slot, stopping.number, at(5min + 30s));
  }
  EXPECT_EQ(fleet.instances().size(), 2U);
}

TEST(Fleet, ThoseStillStartingGoBeforeAnyInService) {
  Fleet fleet = fleet_of(2);
  const FleetChange out = fleet.set_desired(4, at(0min));
  const FleetChange in = fleet.set_desired(1, at(1min));
  EXPECT_EQ(numbers(in.cancelled), (Numbers{4, 3}));
  EXPECT_EQ(numbers(in.stopping), (Numbers{2}));
  // Their coming into service was already on the calendar: nothing happens then.
  for (const Instance& instance : out.launched) {
    EXPECT_FALSE(fleet.enter_service(instance.slot, instance.number, at(4min)).has_value());
  }
}

TEST(Fleet, WhatIsStoppingDoesNotCountAndDoesNotComeBack) {
  Fleet fleet = fleet_of(2);
  fleet.set_desired(1, at(1min));
  const FleetChange change = fleet.set_desired(2, at(1min + 10s));
  EXPECT_EQ(numbers(change.launched), (Numbers{3}));
  EXPECT_EQ(fleet.count(InstanceState::Stopping), 1);
}

TEST(Fleet, SameDesiredCapacityChangesNothing) {
  Fleet fleet = fleet_of(2);
  const FleetChange change = fleet.set_desired(2, at(1min));
  EXPECT_TRUE(change.launched.empty() && change.stopping.empty() && change.cancelled.empty());
}

TEST(Fleet, SlotIsUsedAgainOnlyWhenNoMinuteCanHoldItsLastInstance) {
  Fleet fleet = fleet_of(2);
  const Instance stopping = fleet.set_desired(1, at(10min)).stopping.at(0);
  fleet.remove(stopping.slot, stopping.number, at(10min + 30s));
  const Instance soon = fleet.set_desired(2, at(12min + 30s - 1ns)).launched.at(0);
  EXPECT_NE(soon.slot, stopping.slot);
  const Instance later = fleet.set_desired(3, at(12min + 30s)).launched.at(0);
  EXPECT_EQ(later.slot, stopping.slot);
  EXPECT_NE(later.number, stopping.number);
}

TEST(Fleet, SlotsStayFewHoweverOftenInstancesComeAndGo) {
  EndpointVariant variant = variant_of(1);
  variant.startup = ExactSpan{1min};
  Fleet fleet(variant, core::RandomEngine(1));
  InstanceSlot highest = 0;
  std::set<std::uint32_t> seen = {1};
  for (std::int64_t hour = 0; hour < 500; ++hour) {
    const SimTime now = at(std::chrono::hours{hour});
    for (const Instance& instance : fleet.set_desired(4, now).launched) {
      EXPECT_TRUE(seen.insert(instance.number).second) << "a number given twice";
      highest = std::max(highest, instance.slot);
      fleet.enter_service(instance.slot, instance.number, now + 1min);
    }
    for (const Instance& instance : fleet.set_desired(1, now + 30min).stopping) {
      fleet.remove(instance.slot, instance.number, now + 30min + 30s);
    }
  }
  EXPECT_EQ(highest, 3U);
  EXPECT_EQ(fleet.launched_count(), 1U + 3 * 500);
}

TEST(Fleet, InstancesStayInLaunchOrder) {
  Fleet fleet = fleet_of(3);
  fleet.set_desired(6, at(1min));
  const auto instances = fleet.instances();
  EXPECT_TRUE(std::is_sorted(instances.begin(), instances.end(),
                             [](const auto& a, const auto& b) { return a.number < b.number; }));
}

TEST(FleetDeathTest, RefusesAStaggeredInstanceBeforeItsTime) {
  EndpointVariant variant = variant_of(1);
  variant.stagger = 20s;
  Fleet fleet(variant, core::RandomEngine(1));
  const Instance second = fleet.set_desired(3, at(0min)).launched.at(1);
  const SimTime due = at(4min + 20s);
  EXPECT_DEATH(fleet.enter_service(second.slot, second.number, due - Duration{1}), "in_service");
  EXPECT_TRUE(fleet.enter_service(second.slot, second.number, due));
}

TEST(FleetDeathTest, RefusesAMomentThatItDidNotName) {
  Fleet fleet = fleet_of(1);
  const Instance launched = fleet.set_desired(2, at(0min)).launched.at(0);
  EXPECT_DEATH(fleet.enter_service(launched.slot, launched.number, at(3min)), "in_service");
  EXPECT_DEATH(fleet.remove(launched.slot, launched.number, at(4min)), "Stopping");
  EXPECT_DEATH(fleet.remove(17, 17, at(4min)), "an instance that the fleet does not have");
}

}  // namespace
}  // namespace models::endpoint
