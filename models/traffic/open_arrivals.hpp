// Merges the arrivals of all open streams of a run into one sequence.
//
// Each stream draws from its own random numbers, so taking one away leaves the others' arrivals as
// they were. A single stream is passed through: merging costs it nothing.
//
// Several are merged by a binary tree of queues, each filled by the batch from its two children: a
// level costs a compare without a branch, which is half of what a tree of next arrivals costs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/sim_time.hpp"
#include "models/traffic/arrival_process.hpp"

namespace models::traffic {

// The place of a process in the list that OpenArrivals was made of.
using StreamIndex = std::uint16_t;

class OpenArrivals {
 public:
  static constexpr std::size_t kMaxStreams = 1'000;  // 5 MB of queues

  explicit OpenArrivals(std::vector<ArrivalProcess> processes);

  // Writes the next arrivals of all streams strictly before `until`, sorted, those at one instant
  // in the order of their streams; returns how many. Fewer than at.size() means: no other before
  // `until`. `stream` gets the index of each arrival's process; it may be empty when nobody asks.
  // REQUIRES: stream.size() is at.size() or 0.
  std::size_t fill(std::span<std::int64_t> at, std::span<StreamIndex> stream, core::SimTime until);

  std::span<const ArrivalProcess> processes() const { return processes_; }

 private:
  static constexpr std::size_t kAhead = 256;  // stays in the first-level cache

  // Arrivals that were drawn ahead of time: of one process, or merged from two queues.
  struct Queue {
    std::array<std::int64_t, kAhead> at{};
    std::array<StreamIndex, kAhead> stream{};
    std::size_t position = 0;
    std::size_t size = 0;

    bool empty() const { return position == size; }
    void append(Queue& from);
    void merge(Queue& left, Queue& right);
  };

  std::size_t fill_from_tree(std::span<std::int64_t> at, std::span<StreamIndex> stream,
                             core::SimTime until);
  void refill(std::size_t queue);

  std::vector<ArrivalProcess> processes_;
  // The root is 1, the children of k are 2 k and 2 k + 1, the leaves follow from leaf_count_ on,
  // one a process. Empty for a single process.
  std::vector<Queue> queues_;
  std::size_t leaf_count_ = 0;
};

}  // namespace models::traffic
