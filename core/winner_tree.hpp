// Finds the smallest of a fixed set of keys again after any one of them changes, without a branch.
//
// A tournament (Knuth, The Art of Computer Programming vol. 3, section 5.4.1, "trees of losers",
// here with the winners kept): one leaf per slot, each inner node holds the winner of its two
// children. A change replays one path to the root: log2(slots) comparisons, each a conditional
// move, so its cost does not depend on the data.
//
// Invariants
// 1. The root is the slot with the smallest key; among equal keys the lowest slot.
// 2. A slot that was never set, or was cleared, has the key kIdle and loses to every real key.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace core {

class WinnerTree {
 public:
  using Key = std::int64_t;
  static constexpr Key kIdle = std::numeric_limits<Key>::max();

  WinnerTree() { resize(1); }
  explicit WinnerTree(std::size_t slots) { resize(slots); }

  std::size_t slots() const { return leaf_count_; }

  // Makes room for at least `slots` slots and keeps the keys that are there. Allocates.
  void resize(std::size_t slots) {
    const std::size_t wanted = std::bit_ceil(slots == 0 ? std::size_t{1} : slots);
    if (wanted <= leaf_count_) return;
    std::vector<Node> grown(2 * wanted, Node{kIdle, 0});
    for (std::size_t slot = 0; slot < wanted; ++slot) {
      const Key key = slot < leaf_count_ ? nodes_[leaf_count_ + slot].key : kIdle;
      grown[wanted + slot] = Node{key, static_cast<std::uint32_t>(slot)};
    }
    nodes_.swap(grown);
    leaf_count_ = wanted;
    for (std::size_t at = wanted - 1; at >= 1; --at) play(at);
  }

  void set(std::size_t slot, Key key) {
    Node winner{key, static_cast<std::uint32_t>(slot)};
    std::size_t at = leaf_count_ + slot;
    nodes_[at] = winner;
    // The winner so far stays in registers; only its opponents are read on the way up.
    for (; at > 1; at >>= 1) {
      winner = winner_of(winner, nodes_[at ^ 1]);
      nodes_[at >> 1] = winner;
    }
  }
  void clear(std::size_t slot) { set(slot, kIdle); }

  Key key(std::size_t slot) const { return nodes_[leaf_count_ + slot].key; }
  Key smallest() const { return nodes_[root()].key; }
  std::size_t winner() const { return nodes_[root()].slot; }

 private:
  struct Node {
    Key key;
    std::uint32_t slot;
  };

  static constexpr std::size_t root() { return 1; }

  void play(std::size_t at) { nodes_[at] = winner_of(nodes_[2 * at], nodes_[2 * at + 1]); }

  // Selected by a mask rather than by a condition, which the compilers would turn into a jump.
  static Node winner_of(const Node& a, const Node& b) {
    const auto b_first =
        static_cast<std::uint64_t>(b.key < a.key) |
        (static_cast<std::uint64_t>(b.key == a.key) & static_cast<std::uint64_t>(b.slot < a.slot));
    const std::uint64_t mask = std::uint64_t{0} - b_first;
    const auto key_a = static_cast<std::uint64_t>(a.key);
    const auto key_b = static_cast<std::uint64_t>(b.key);
    return {static_cast<Key>(key_a ^ ((key_a ^ key_b) & mask)),
            a.slot ^ ((a.slot ^ b.slot) & static_cast<std::uint32_t>(mask))};
  }

  std::vector<Node> nodes_;
  std::size_t leaf_count_ = 0;
};

}  // namespace core
