// Counts durations in logarithmic buckets so that any quantile can be read later, in fixed memory.
//
// Buckets are linear within an octave, 64 to each power of two, found from the bits of the integer
// (the layout of Gil Tene's HdrHistogram). A quantile is the middle of its bucket: within 0.8 % of
// a recorded value between 1 us and 1 h. Shorter values are kept to 16 ns, longer ones count as one
// hour; count, sum, minimum and maximum are exact. Two histograms merge by adding.
//
// Invariants
// 1. count() is the sum of the buckets.
// 2. Merging in any order gives the same histogram.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/sim_time.hpp"

namespace core {

class LatencyHistogram {
 public:
  // REQUIRES: value >= 0.
  void record(Duration value) {
    const std::int64_t nanoseconds = value.count();
    ++buckets_[bucket_of(nanoseconds)];
    ++count_;
    sum_ += nanoseconds;
    minimum_ = nanoseconds < minimum_ ? nanoseconds : minimum_;
    maximum_ = nanoseconds > maximum_ ? nanoseconds : maximum_;
  }

  void merge(const LatencyHistogram& other);
  void clear();

  std::int64_t count() const { return count_; }
  double sum_seconds() const { return static_cast<double>(sum_) / 1e9; }
  // Empty when nothing was recorded.
  std::optional<Duration> mean() const;
  std::optional<Duration> minimum() const;
  std::optional<Duration> maximum() const;
  // The smallest recorded value that at least the share `q` of the values does not exceed.
  // REQUIRES: 0 < q <= 1.
  std::optional<Duration> quantile(double q) const;

 private:
  static constexpr int kSubBucketBits = 6;
  static constexpr std::size_t kSubBuckets = std::size_t{1} << kSubBucketBits;
  static constexpr int kSmallestShift = 4;  // 16 ns, a sixty-fourth of about 1 us
  static constexpr std::int64_t kLargest = 3'600'000'000'000;  // one hour
  static constexpr std::size_t kBuckets = 33 * kSubBuckets;    // one hour has 42 bits: shift 35

  static std::size_t bucket_of(std::int64_t nanoseconds) {
    const auto value = static_cast<std::uint64_t>(nanoseconds < kLargest ? nanoseconds : kLargest);
    // The bit set by hand makes everything below 2^11 ns share the smallest, linear scale.
    const int shift = static_cast<int>(std::bit_width(value | 1024U)) - kSubBucketBits - 1;
    return static_cast<std::size_t>(shift - kSmallestShift) * kSubBuckets +
           static_cast<std::size_t>(value >> shift);
  }
  static std::int64_t middle_of(std::size_t bucket);

  std::array<std::uint64_t, kBuckets> buckets_{};
  std::int64_t count_ = 0;
  __extension__ __int128 sum_ = 0;  // nanoseconds; 64 bits would hold 2.5 million hours only
  std::int64_t minimum_ = INT64_MAX;
  std::int64_t maximum_ = INT64_MIN;
};

}  // namespace core
