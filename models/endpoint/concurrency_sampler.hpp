// Samples how many requests are in the system, at every 2^25 ns (about 34 ms) of simulated time.
//
// SageMaker's ConcurrentRequestsPerModel is itself a sample, taken every ten seconds. The
// sampling instants are fixed, so any plane finds the same values in any order of booking: an
// arrival adds one from its first sampling instant on, an end takes it away.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/sim_time.hpp"

namespace models::endpoint {

struct ConcurrencySamples {
  std::int64_t count = 0;
  std::int64_t sum = 0;
  std::int64_t minimum = std::numeric_limits<std::int64_t>::max();
  std::int64_t maximum = 0;

  void add(std::int64_t in_system);
  void merge(const ConcurrencySamples& other);
  // Adds the samples of others in the same system, taken at the same instants: the sum is exact,
  // the minimum and the maximum are bounds.
  void merge_beside(const ConcurrencySamples& other);
  double mean() const {
    return count == 0 ? 0.0 : static_cast<double>(sum) / static_cast<double>(count);
  }
};

class ConcurrencySampler {
 public:
  static constexpr int kShift = 25;
  static constexpr core::Duration kEvery{std::int64_t{1} << kShift};

  // ahead: how far after the last take() a booked instant can lie.
  explicit ConcurrencySampler(core::Duration ahead);

  void enter(std::int64_t at) { ++change_[slot_of(at)]; }
  void leave(std::int64_t at) { --change_[slot_of(at)]; }

  // The samples taken in [last take, until).
  ConcurrencySamples take(core::SimTime until);

 private:
  std::size_t slot_of(std::int64_t at) const {
    return static_cast<std::size_t>((at + kEvery.count() - 1) >> kShift) & mask_;
  }

  std::vector<std::int32_t> change_;  // a ring over sampling instants
  std::size_t mask_;
  std::int64_t next_ = 0;  // index of the next sampling instant
  std::int64_t in_system_ = 0;
};

}  // namespace models::endpoint
