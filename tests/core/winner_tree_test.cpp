#include "core/winner_tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/random_streams.hpp"

namespace core {
namespace {

TEST(WinnerTree, OfIdleSlotsHasTheIdleKey) {
  for (const std::size_t slots : {0U, 1U, 2U, 3U, 64U}) {
    const WinnerTree tree(slots);
    EXPECT_EQ(tree.smallest(), WinnerTree::kIdle);
    EXPECT_EQ(tree.winner(), 0U);
    EXPECT_GE(tree.slots(), std::max<std::size_t>(slots, 1));
  }
}

TEST(WinnerTree, FindsTheSmallestKeyAfterEachChange) {
  WinnerTree tree(4);
  tree.set(2, 50);
  EXPECT_EQ(tree.winner(), 2U);
  tree.set(1, 40);
  EXPECT_EQ(tree.winner(), 1U);
  tree.set(1, 60);
  EXPECT_EQ(tree.winner(), 2U);
  EXPECT_EQ(tree.smallest(), 50);
  tree.clear(2);
  EXPECT_EQ(tree.winner(), 1U);
  EXPECT_EQ(tree.key(2), WinnerTree::kIdle);
}

TEST(WinnerTree, PrefersTheLowestOfEqualSlots) {
  WinnerTree tree(8);
  for (const std::size_t slot : {6U, 3U, 5U}) tree.set(slot, 7);
  EXPECT_EQ(tree.winner(), 3U);
  tree.set(3, 8);
  EXPECT_EQ(tree.winner(), 5U);
}

TEST(WinnerTree, KeepsItsKeysWhenItGrowsAndIgnoresASmallerSize) {
  WinnerTree tree;
  EXPECT_EQ(tree.slots(), 1U);
  tree.set(0, 9);
  tree.resize(5);
  EXPECT_EQ(tree.slots(), 8U);
  EXPECT_EQ(tree.key(0), 9);
  EXPECT_EQ(tree.winner(), 0U);
  tree.set(4, 3);
  tree.resize(2);
  EXPECT_EQ(tree.slots(), 8U);
  EXPECT_EQ(tree.winner(), 4U);
}

// The winner by looking at every key.
std::pair<WinnerTree::Key, std::size_t> brute_force(const std::vector<WinnerTree::Key>& keys) {
  const auto smallest = std::min_element(keys.begin(), keys.end());
  return {*smallest, static_cast<std::size_t>(smallest - keys.begin())};
}

TEST(WinnerTree, AgreesWithBruteForceUnderRandomUse) {
  RandomEngine engine(3);
  for (int round = 0; round < 50; ++round) {
    WinnerTree tree(1 + engine.below(20));
    std::vector<WinnerTree::Key> keys(tree.slots(), WinnerTree::kIdle);
    for (int step = 0; step < 500; ++step) {
      const std::uint32_t what = engine.below(100);
      const std::size_t slot = engine.below(static_cast<std::uint32_t>(tree.slots()));
      if (what < 70) {
        keys[slot] = static_cast<WinnerTree::Key>(engine.below(40));  // few keys: many ties
        tree.set(slot, keys[slot]);
      } else if (what < 98) {
        keys[slot] = WinnerTree::kIdle;
        tree.clear(slot);
      } else {
        tree.resize(1 + engine.below(128));
        keys.resize(tree.slots(), WinnerTree::kIdle);
      }
      ASSERT_EQ(std::make_pair(tree.smallest(), tree.winner()), brute_force(keys));
      ASSERT_EQ(tree.key(slot), keys[slot]);
    }
  }
}

}  // namespace
}  // namespace core
