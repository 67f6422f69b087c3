// Counts durations in logarithmic buckets so that any quantile can be read later, in fixed memory.
//
// Buckets are linear within an octave, 64 to each power of two (the layout of Gil Tene's
// HdrHistogram), and found from the leading bits of the value as a floating-point number. A
// quantile is the middle of its bucket: within 0.8 % of a recorded value between 1 ns and 1 h.
// Longer values count as one hour; count, sum, minimum and maximum are exact. Two histograms merge
// by adding.
//
// Invariants
// 1. count() is the sum of the buckets.
// 2. Merging in any order gives the same histogram.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "core/sim_time.hpp"

namespace core {

class LatencyHistogram {
 public:
  // REQUIRES: value >= 0.
  void record(Duration value) {
    const std::int64_t nanoseconds = value.count();
    record_all({&nanoseconds, 1});
  }

  // The same for many, in nanoseconds: the loop keeps sum and extremes in registers.
  void record_all(std::span<const std::int64_t> values) {
    Sum sum = 0;
    std::int64_t minimum = minimum_;
    std::int64_t maximum = maximum_;
    for (const std::int64_t nanoseconds : values) {
      ++buckets_[bucket_of(nanoseconds)];
      sum += static_cast<std::uint64_t>(nanoseconds);
      minimum = nanoseconds < minimum ? nanoseconds : minimum;
      maximum = nanoseconds > maximum ? nanoseconds : maximum;
    }
    count_ += static_cast<std::int64_t>(values.size());
    sum_ += sum;
    minimum_ = minimum;
    maximum_ = maximum;
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
  // Calls visit(value, count) for each bucket that holds values, from the least; `value` stands for
  // them all, as in quantile().
  template <class Visit>
  void for_each(Visit visit) const {
    if (count_ == 0) return;
    const std::size_t last = bucket_of(maximum_);
    for (std::size_t bucket = bucket_of(minimum_); bucket <= last; ++bucket) {
      if (buckets_[bucket] == 0) continue;
      const std::int64_t middle = std::clamp(middle_of(bucket), minimum_, maximum_);
      visit(Duration{middle}, static_cast<std::int64_t>(buckets_[bucket]));
    }
  }

  bool operator==(const LatencyHistogram&) const = default;

 private:
  __extension__ using Sum = unsigned __int128;  // 64 bits of nanoseconds are 5 million hours only

  static constexpr int kSubBucketBits = 6;
  static constexpr int kMantissaRest =
      23 - kSubBucketBits;  // of a float's 23 mantissa bits, those that name no bucket
  static constexpr std::uint32_t kOne = 127U << kSubBucketBits;  // where 1 ns begins
  static constexpr std::int64_t kLargest = 3'600'000'000'000;    // one hour has 42 bits
  static constexpr std::size_t kBuckets = (42U << kSubBucketBits) + 1;

  // A float's exponent and leading mantissa bits, read as one number, count buckets through the
  // octaves. Bucket 0 holds zero alone.
  static std::size_t bucket_of(std::int64_t nanoseconds) {
    const auto value = static_cast<float>(nanoseconds < kLargest ? nanoseconds : kLargest);
    const std::uint32_t leading = std::bit_cast<std::uint32_t>(value) >> kMantissaRest;
    return (leading < kOne ? kOne - 1 : leading) - (kOne - 1);
  }
  static std::int64_t middle_of(std::size_t bucket);

  std::array<std::uint64_t, kBuckets> buckets_{};
  std::int64_t count_ = 0;
  Sum sum_ = 0;  // nanoseconds
  std::int64_t minimum_ = INT64_MAX;
  std::int64_t maximum_ = INT64_MIN;
};

}  // namespace core
