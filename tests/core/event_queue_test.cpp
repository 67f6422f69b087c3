#include "core/event_queue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <tuple>
#include <vector>

#include "core/random_streams.hpp"

namespace core {
namespace {

using std::chrono::nanoseconds;

template <class Payload>
std::vector<Payload> take_all(EventQueue<Payload>& queue) {
  std::vector<Payload> payloads;
  while (!queue.empty()) payloads.push_back(queue.take().payload);
  return payloads;
}

TEST(EventQueue, OrdersByTimeThenPhaseThenScheduling) {
  EventQueue<char> queue;
  queue.schedule(at_ticks(20), 0, 'f');
  queue.schedule(at_ticks(10), 2, 'd');
  queue.schedule(at_ticks(10), 1, 'b');
  queue.schedule(at_ticks(10), 2, 'e');
  queue.schedule(at_ticks(5), 9, 'a');
  queue.schedule(at_ticks(10), 1, 'c');
  EXPECT_EQ(take_all(queue), (std::vector<char>{'a', 'b', 'c', 'd', 'e', 'f'}));
}

TEST(EventQueue, ShowsTheNextWithoutTakingIt) {
  EventQueue<int> queue;
  queue.schedule(at_ticks(2), 3, 7);
  EXPECT_EQ(ticks(queue.next().at), 2);
  EXPECT_EQ(queue.next().phase, 3);
  EXPECT_EQ(queue.size(), 1U);
  EXPECT_EQ(queue.take().payload, 7);
  EXPECT_TRUE(queue.empty());
}

TEST(EventQueue, KeepsSchedulingOrderAmongThousandsOfEqualEvents) {
  EventQueue<int> queue;
  std::vector<int> scheduled(5000);
  std::iota(scheduled.begin(), scheduled.end(), 0);
  for (const int number : scheduled) queue.schedule(at_ticks(1), 1, number);
  EXPECT_EQ(take_all(queue), scheduled);
}

TEST(EventQueue, AgreesWithASortedListUnderRandomUse) {
  RandomEngine engine(7);
  EventQueue<int> queue;
  using Expected = std::tuple<std::int64_t, int, int>;
  std::vector<Expected> expected;
  for (int step = 0; step < 20'000; ++step) {
    if (engine.below(5) < 3 || queue.empty()) {
      const auto at = static_cast<std::int64_t>(engine.below(50));
      const auto phase = static_cast<Phase>(engine.below(4));
      queue.schedule(at_ticks(at), phase, step);
      expected.emplace_back(at, phase, step);
    } else {
      const auto smallest = std::min_element(expected.begin(), expected.end());
      const auto event = queue.take();
      ASSERT_EQ(std::make_tuple(ticks(event.at), int{event.phase}, event.payload), *smallest);
      expected.erase(smallest);
    }
    ASSERT_EQ(queue.size(), expected.size());
  }
}

TEST(EventQueue, CarriesPayloadsThatCanOnlyBeMoved) {
  EventQueue<std::unique_ptr<int>> queue;
  queue.schedule(at_ticks(2), 0, std::make_unique<int>(2));
  queue.schedule(at_ticks(1), 0, std::make_unique<int>(1));
  EXPECT_EQ(*queue.take().payload, 1);
  EXPECT_EQ(*queue.take().payload, 2);
}

TEST(EventQueue, HoldsEventsThatNeverHappen) {
  EventQueue<char> queue;
  queue.schedule(kNever, 0, 'z');
  queue.schedule(kNever - nanoseconds(1), 255, 'y');
  EXPECT_EQ(take_all(queue), (std::vector<char>{'y', 'z'}));
}

TEST(EventQueueDeathTest, HasNothingToTakeWhenEmpty) {
  EventQueue<int> queue;
  EXPECT_EXIT(queue.take(), ::testing::ExitedWithCode(3), "heap_.empty");
  EXPECT_EXIT(queue.next(), ::testing::ExitedWithCode(3), "heap_.empty");
}

}  // namespace
}  // namespace core
