// Merges the arrivals of all open streams of a run into one sequence.
//
// Each stream draws from its own random numbers, so taking one away leaves the others' arrivals as
// they were. A single stream is passed through: merging costs it nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/sim_time.hpp"
#include "core/winner_tree.hpp"
#include "models/traffic/arrival_process.hpp"

namespace models::traffic {

// The place of a process in the list that OpenArrivals was made of.
using StreamIndex = std::uint16_t;

class OpenArrivals {
 public:
  static constexpr std::size_t kMaxStreams = 65'535;

  explicit OpenArrivals(std::vector<ArrivalProcess> processes);

  // Writes the next arrivals of all streams strictly before `until`, sorted, those at one instant
  // in the order of their streams; returns how many. Fewer than at.size() means: no other before
  // `until`. `stream` gets the index of each arrival's process; it may be empty when nobody asks.
  // REQUIRES: stream.size() is at.size() or 0.
  std::size_t fill(std::span<std::int64_t> at, std::span<StreamIndex> stream, core::SimTime until);

  std::span<const ArrivalProcess> processes() const { return processes_; }

 private:
  // Arrivals of one process that were drawn ahead of time.
  struct Ahead {
    std::vector<std::int64_t> at;
    std::size_t position = 0;
    std::size_t size = 0;
  };

  // The process's next arrival, drawing more when none is left.
  std::int64_t head(std::size_t process);

  std::vector<ArrivalProcess> processes_;
  std::vector<Ahead> ahead_;       // empty for a single process
  core::WinnerTree next_arrival_;  // the next arrival of each process
};

}  // namespace models::traffic
