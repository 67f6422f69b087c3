#include "models/endpoint/router.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace models::endpoint {
namespace {

// The fewest requests that any routable instance holds, by looking at all of them.
std::uint32_t fewest(const std::map<InstanceSlot, std::uint32_t>& outstanding) {
  return std::min_element(outstanding.begin(), outstanding.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->second;
}

TEST(Router, RandomTakesOneDrawAndTheInstancesInTheOrderOfTheirAdding) {
  Router router(RoutingStrategy::Random, core::RandomEngine(9));
  core::RandomEngine same(9);
  std::vector<InstanceSlot> added = {4, 0, 7, 2};
  for (const InstanceSlot slot : added) router.add(slot);
  for (int i = 0; i < 1000; ++i) {
    if (i == 500) {
      router.remove(0);
      std::erase(added, 0U);
    }
    EXPECT_EQ(router.choose(), added[same.below(static_cast<std::uint32_t>(added.size()))]);
  }
}

TEST(Router, DrawsOnceEvenWithoutAChoice) {
  for (const auto strategy : {RoutingStrategy::Random, RoutingStrategy::LeastOutstandingRequests}) {
    Router without(strategy, core::RandomEngine(9));
    Router with(strategy, core::RandomEngine(9));
    EXPECT_TRUE(without.empty());
    with.add(0);
    EXPECT_FALSE(with.empty());
    for (int i = 0; i < 3; ++i) {
      without.choose();
      with.choose();
    }
    without.add(0);
    for (InstanceSlot slot = 1; slot < 50; ++slot) {
      without.add(slot);
      with.add(slot);
    }
    for (int i = 0; i < 20; ++i) EXPECT_EQ(without.choose(), with.choose());
  }
}

TEST(Router, RandomChoosesEachEquallyOften) {
  Router router(RoutingStrategy::Random, core::RandomEngine(1));
  for (InstanceSlot slot = 0; slot < 5; ++slot) router.add(slot);
  std::map<InstanceSlot, int> chosen;
  for (int i = 0; i < 50'000; ++i) ++chosen[router.choose()];
  for (InstanceSlot slot = 0; slot < 5; ++slot) EXPECT_NEAR(chosen[slot], 10'000, 500);
}

TEST(Router, LeastOutstandingAgreesWithLookingAtEveryInstance) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Router router(RoutingStrategy::LeastOutstandingRequests, core::RandomEngine(seed));
    core::RandomEngine engine(1000 + seed);
    std::map<InstanceSlot, std::uint32_t> outstanding;
    for (int step = 0; step < 3000; ++step) {
      const InstanceSlot slot = engine.below(12);
      const bool routable = outstanding.contains(slot);
      switch (engine.below(8)) {
        case 0:
          if (routable) break;
          router.add(slot);
          outstanding[slot] = 0;
          break;
        case 1:
          if (!routable || engine.below(3) > 0) break;
          router.remove(slot);
          outstanding.erase(slot);
          router.request_gone(slot);  // one it still had when it was stopped
          break;
        case 2:
        case 3:
        case 4:
          if (!routable || outstanding[slot] == 0) break;
          router.request_gone(slot);
          --outstanding[slot];
          break;
        default: {
          const InstanceSlot chosen = router.choose();
          ASSERT_EQ(router.empty(), outstanding.empty());
          if (outstanding.empty()) break;
          ASSERT_TRUE(outstanding.contains(chosen)) << "seed " << seed << ", step " << step;
          ASSERT_EQ(outstanding[chosen], fewest(outstanding))
              << "seed " << seed << ", step " << step;
          router.request_added(chosen);
          ++outstanding[chosen];
        }
      }
    }
  }
}

TEST(Router, LeastOutstandingChoosesAmongEqualsEquallyOften) {
  std::map<InstanceSlot, int> chosen;
  Router router(RoutingStrategy::LeastOutstandingRequests, core::RandomEngine(1));
  for (InstanceSlot slot = 0; slot < 4; ++slot) router.add(slot);
  router.request_added(2);
  for (int i = 0; i < 30'000; ++i) {
    const InstanceSlot slot = router.choose();
    ++chosen[slot];
    router.request_added(slot);
    router.request_gone(slot);
  }
  EXPECT_EQ(chosen[2], 0);
  for (const InstanceSlot slot : {0U, 1U, 3U}) EXPECT_NEAR(chosen[slot], 10'000, 500);
}

}  // namespace
}  // namespace models::endpoint
